"""Sums over channels, and views of a kernel's response: drawn and described."""

from __future__ import annotations

import numpy as np
import pytest

from cnnlab import figures
from cnnlab.numerics import corr2d

RNG = np.random.default_rng(11)
IMAGE = RNG.integers(-3, 4, size=(3, 5, 3))
KERNEL = RNG.integers(-2, 3, size=(2, 3, 3, 2))
BIAS = np.array([4, -1])
VIEWS = ["image", "kernel", "signed", "absolute", "clipped at 0 and 1"]


def texts(picture: figures.Picture) -> list[str]:
    """Return all texts that are drawn, without the blanks around them."""
    from matplotlib.text import Text

    return [text.get_text().strip() for text in picture.figure.findobj(Text)]


def row_of(values: np.ndarray) -> str:
    """Format numbers as in alt texts."""
    rows = (" ".join(f"{value:g}" for value in row) for row in values)
    return " / ".join(rows).replace("-", "−")


class TestChannelSums:
    def test_last_sums_are_the_maps_that_keras_would_give(self) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(IMAGE, (2, 3), (0, 1))
        maps = np.einsum("ijcab,abcf->fij", windows, KERNEL) + BIAS[:, None, None]
        alt = figures.channel_sums(IMAGE, KERNEL, BIAS).description
        for f, values in enumerate(maps, start=1):
            assert f"+ blue = map {f}, 2 by 3: {row_of(values)}" in alt

    def test_sums_begin_with_the_bias_and_grow_by_a_channel(self) -> None:
        alt = figures.channel_sums(IMAGE, KERNEL, BIAS).description
        for f, bias in enumerate(BIAS):
            red = corr2d(IMAGE[:, :, 0], KERNEL[:, :, 0, f])
            green = corr2d(IMAGE[:, :, 1], KERNEL[:, :, 1, f])
            assert row_of(red + bias) in alt
            assert row_of(red + green + bias) in alt

    def test_columns_of_sums_line_up_below_each_other(self) -> None:
        from matplotlib.text import Text

        picture = figures.channel_sums(IMAGE, KERNEL, BIAS)
        x = {
            text.get_text().strip(): text.get_position()[0]
            for text in picture.figure.findobj(Text)
        }
        assert x["bias 4 + red"] == pytest.approx(x["… + blue = map 1"])
        assert x["bias −1 + red"] == pytest.approx(x["… + blue = map 2"])

    def test_window_and_its_results_are_outlined(self) -> None:
        from matplotlib.patches import Rectangle

        picture = figures.channel_sums(IMAGE, KERNEL, BIAS, (1, 2))
        outlines = [
            (patch.get_height(), patch.get_width())
            for patch in picture.figure.findobj(Rectangle)
            if patch.get_linewidth() == 3
        ]
        assert sorted(outlines) == [(1, 1)] * 6 + [(2, 3)] * 3

    def test_other_counts_of_channels_and_filters(self) -> None:
        picture = figures.channel_sums(
            IMAGE[:, :, :1], KERNEL[:, :, :1], BIAS, names=["x"]
        )
        assert {"x", "bias 4 + x = map 1", "bias −1 + x = map 2"} <= set(texts(picture))

    @pytest.mark.parametrize(
        ("image", "kernel", "bias", "complaint"),
        [
            (IMAGE[:, :, 0], KERNEL, BIAS, "image must be 3-D"),
            (IMAGE, KERNEL[0], BIAS, "kernel must be 4-D"),
            (IMAGE, KERNEL, [], "bias must be 1-D and not empty"),
            (IMAGE[:, :, :2], KERNEL, BIAS, "channels and filters must match"),
            (IMAGE, KERNEL, [1], "channels and filters must match"),
        ],
    )
    def test_refuses_shapes_that_do_not_fit(
        self, image: np.ndarray, kernel: np.ndarray, bias: object, complaint: str
    ) -> None:
        with pytest.raises(ValueError, match=complaint):
            figures.channel_sums(image, kernel, np.asarray(bias))

    def test_refuses_wrong_names_and_positions(self) -> None:
        with pytest.raises(ValueError, match="names must hold 3 labels"):
            figures.channel_sums(IMAGE, KERNEL, BIAS, names=["grey"])
        for place in ((2, 0), (0, 3), (-1, 0)):
            with pytest.raises(IndexError, match="no window at"):
                figures.channel_sums(IMAGE, KERNEL, BIAS, place)


class TestKernelResponses:
    PIXELS = np.array([[0.0, 1.0, 0.5, 0.25], [0.0, 1.0, 0.5, 0.0]])
    WEIGHTS = np.array([[-2.0, 2.5]])

    def drawn(self) -> dict[str, np.ndarray]:
        picture = figures.kernel_responses(self.PIXELS, self.WEIGHTS)
        return {
            axes.get_title(): np.asarray(axes.images[0].get_array())
            for axes in picture.figure.axes
            if axes.images
        }

    def test_each_view_holds_what_its_title_says(self) -> None:
        response = corr2d(self.PIXELS, self.WEIGHTS)
        assert response.min() < 0
        assert response.max() > 1
        views = self.drawn()
        np.testing.assert_allclose(views["image"], self.PIXELS)
        np.testing.assert_allclose(views["signed"], response)
        np.testing.assert_allclose(views["absolute"], abs(response))
        clipped = np.minimum(np.maximum(response, 0), 1)
        np.testing.assert_allclose(views["clipped at 0 and 1"], clipped)

    def test_views_stand_in_order_with_the_weights_as_numbers(self) -> None:
        picture = figures.kernel_responses(self.PIXELS, self.WEIGHTS)
        assert [axes.get_title() for axes in picture.figure.axes] == VIEWS
        assert {"−2", "2.5", "sum 0.5"} <= set(texts(picture))

    def test_signs_are_drawn_and_not_only_coloured(self) -> None:
        picture = figures.kernel_responses(self.PIXELS, self.WEIGHTS)
        signed = picture.figure.axes[2]
        marks = {
            line.get_marker() for line in signed.lines if np.size(line.get_xdata())
        }
        assert {"+", "_"} <= marks

    def test_alt_text_has_kernel_range_and_share_of_clipped_values(self) -> None:
        alt = figures.kernel_responses(self.PIXELS, self.WEIGHTS).description
        assert "Kernel, 1 by 2: −2 2.5" in alt
        assert "an image of 2 by 4 ranges from −1 to 2.5." in alt
        assert "which changes 100% of the values" in alt

    def test_kernel_of_zeros_has_no_response_and_is_drawn(self) -> None:
        picture = figures.kernel_responses(self.PIXELS, np.zeros((1, 2)))
        assert "0 to 0" in picture.description
        assert picture.figure.axes[2].images[0].get_clim() == (-1, 1)
        assert picture.svg()

    def test_kernel_larger_than_the_image_is_refused(self) -> None:
        with pytest.raises(ValueError, match="window shape"):
            figures.kernel_responses(self.PIXELS, np.ones((3, 1)))
