"""Every picture has an alt text, suits any theme and needs no colour vision."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from cnnlab import figures

pytestmark = [pytest.mark.slow, pytest.mark.long]

EXAMPLE = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, -1.25]])
HISTORY = {
    name: [0.75, 0.5] for name in ("loss", "val_loss", "accuracy", "val_accuracy")
}
MODEL = {"accuracy": 0.98, "margin": 0.002, "parameters": 7850.0, "seconds": 41.0}

PICTURES: dict[str, Callable[[], figures.Picture]] = {
    "number_grid": lambda: figures.number_grid(
        EXAMPLE,
        title="grid",
        rows=("rows", ["first", "second"]),
        columns=("columns", "abc"),
    ),
    "kernels": lambda: figures.kernels({"one": EXAMPLE, "two": [[1]]}, columns=1),
    "sliding_window": lambda: figures.sliding_window(EXAMPLE, [[1, -1]], 0, 1),
    "feature_maps": lambda: figures.feature_maps({"a": EXAMPLE, "b": -EXAMPLE}),
    "image_grid": lambda: figures.image_grid(
        [EXAMPLE, EXAMPLE],
        ["cat", "dog"],
        title="A title that is longer than two images are wide",
    ),
    "kernel_responses": lambda: figures.kernel_responses(EXAMPLE, [[-1, 1]]),
    "channel_sums": lambda: figures.channel_sums(
        EXAMPLE.reshape(2, 3, 1), np.ones((1, 2, 1, 2)), [1, -2], names=["grey"]
    ),
    "curves": lambda: figures.curves({"train": [2, 1], "validation": [3, 2.5]}),
    "bars": lambda: figures.bars({"CNN": {"plain": 4.5, "shuffled": 9}}),
    "log_bars": lambda: figures.log_bars({"GB": {"dense": 9.6, "conv": 1e-5}}),
    "dense_wiring": lambda: figures.dense_wiring(3, 2, input_labels="RGB"),
    "compare_wirings": lambda: figures.compare_wirings(7, 3),
    "weights_meter": lambda: figures.weights_meter((6, 9, 2), 5, 4),
    "training_monitor": lambda: figures.training_monitor(
        HISTORY, np.arange(-9.0, 9).reshape(3, 3, 1, 2), title="cnn"
    ),
    "model_comparison": lambda: figures.model_comparison({"cnn": MODEL}, title="test"),
    "digit_diagnosis": lambda: figures.digit_diagnosis(EXAMPLE, [0.25, 0.75], 1),
    "error_browser": lambda: figures.error_browser(
        [[7, 2], [1, 5]], (0, 1), [EXAMPLE, EXAMPLE], [np.eye(2), np.zeros((2, 2))]
    ),
    "window_places": lambda: figures.window_places((5, 8), (3, 3), stride=2),
    "pixel_usage": lambda: figures.pixel_usage((7, 7), (2, 2), stride=3),
    "architecture": lambda: figures.architecture(
        [
            {"kind": "conv", "filters": 3, "k": 3, "s": 2, "padding": "same"},
            {"kind": "pool", "k": 2, "s": 2, "padding": "valid"},
            {"kind": "flatten"},
            {"kind": "dense", "units": 5},
        ],
        (9, 12, 2),
        title="net",
    ),
    "inspect_unit": lambda: figures.inspect_unit(
        EXAMPLE, np.ones((3, 3)), -0.5, (0, 1), stride=2
    ),
    "pool_bench": lambda: figures.pool_bench(EXAMPLE, 2, 1),
    "pool_gradients": lambda: figures.pool_gradients(EXAMPLE, [[9, -4]], 2, 1),
    "shift_microscope": lambda: figures.shift_microscope(EXAMPLE, 1, 1),
}


class _Images(HTMLParser):
    """Collect the attributes of each ``<img>``."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))


def image_of(picture: figures.Picture) -> dict[str, str | None]:
    parser = _Images()
    parser.feed(picture.html())
    (image,) = parser.images
    return image


def texts(picture: figures.Picture) -> list[str]:
    """Return all texts that are drawn, including titles and ticks."""
    from matplotlib.text import Text

    return [text.get_text() for text in picture.figure.findobj(Text)]


def pixels(png: bytes) -> np.ndarray:
    from matplotlib.image import imread

    return np.asarray(imread(io.BytesIO(png)))


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> figures.Picture:
    return PICTURES[request.param]()


def test_every_function_is_tested_here() -> None:
    assert set(PICTURES) == set(figures.__all__) - {"Picture"}


def test_jupyter_gets_an_image_with_alt_text(picture: figures.Picture) -> None:
    data, metadata = picture._repr_mimebundle_()
    assert len(picture.alt) > 10
    assert image_of(picture)["alt"] == picture.alt
    assert data["text/html"] == picture.html()
    assert metadata["image/png"]["alt"] == picture.alt
    assert picture.alt in data["text/plain"]
    assert picture.description in data["text/plain"]


@pytest.mark.parametrize("name", PICTURES)
def test_no_figure_is_made_if_only_the_alt_text_is_wanted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = PICTURES[name]()
    monkeypatch.setenv("CNNLAB_FIGURES", "text")
    picture = PICTURES[name]()
    data, metadata = picture._repr_mimebundle_()
    assert metadata == {}
    assert set(data) == {"text/plain"}
    assert data["text/plain"].startswith(f"[picture: {drawn.alt}]")
    assert drawn.description in data["text/plain"]
    assert "_sheet" not in vars(picture)
    assert picture.figure.get_size_inches().tolist() == (
        drawn.figure.get_size_inches().tolist()
    )


def test_later_changes_of_the_data_do_not_show() -> None:
    values = np.zeros((2, 2))
    picture = figures.number_grid(values)
    values[:] = 7
    assert "7" not in texts(picture)


def test_the_still_image_is_the_png(picture: figures.Picture) -> None:
    head, data = (image_of(picture)["src"] or "").split(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data) == picture.png()


def test_svg_is_a_file_of_its_own(picture: figures.Picture) -> None:
    root = ElementTree.fromstring(picture.svg())
    assert root.tag.endswith("svg")
    assert root.get("viewBox")


def test_png_is_sharp_opaque_and_light(picture: figures.Picture) -> None:
    drawn = pixels(picture.png())
    width = picture.figure.get_figwidth()
    assert drawn.shape[1] >= 1.4 * 96 * width
    assert (drawn[..., 3] == 1).all()
    assert (drawn[0, :, :3] == 1).all()


@pytest.mark.nightly
def test_equal_data_gives_equal_svg() -> None:
    for make in PICTURES.values():
        assert make().svg() == make().svg()


def test_nothing_is_drawn_outside_the_figure(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.get_tightbbox()
    width, height = picture.figure.get_size_inches()
    assert 0 <= drawn.x0 < drawn.x1 <= width + 1e-6
    assert 0 <= drawn.y0 < drawn.y1 <= height + 1e-6


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_alt_text_can_be_written_by_hand_and_is_escaped(name: str) -> None:
    alt = 'a "quoted" <b> & c'
    picture = {
        "number_grid": lambda: figures.number_grid(EXAMPLE, alt=alt),
        "kernels": lambda: figures.kernels({"one": EXAMPLE}, alt=alt),
        "sliding_window": lambda: figures.sliding_window(EXAMPLE, [[1]], 0, 0, alt=alt),
        "feature_maps": lambda: figures.feature_maps({"a": EXAMPLE}, alt=alt),
        "image_grid": lambda: figures.image_grid([EXAMPLE], alt=alt),
        "kernel_responses": lambda: figures.kernel_responses(EXAMPLE, [[1]], alt=alt),
        "channel_sums": lambda: figures.channel_sums(
            [[[1]]], [[[[2]]]], [3], names=["grey"], alt=alt
        ),
        "curves": lambda: figures.curves({"a": [1]}, alt=alt),
        "bars": lambda: figures.bars({"a": {"b": 1}}, alt=alt),
        "log_bars": lambda: figures.log_bars({"a": {"b": 1}}, alt=alt),
        "dense_wiring": lambda: figures.dense_wiring(3, 2, alt=alt),
        "compare_wirings": lambda: figures.compare_wirings(7, 3, alt=alt),
        "weights_meter": lambda: figures.weights_meter((6, 9, 2), 5, 4, alt=alt),
        "training_monitor": lambda: figures.training_monitor(
            HISTORY, np.ones((3, 3, 1, 2)), alt=alt
        ),
        "model_comparison": lambda: figures.model_comparison({"a": MODEL}, alt=alt),
        "digit_diagnosis": lambda: figures.digit_diagnosis(EXAMPLE, [1, 0], alt=alt),
        "error_browser": lambda: figures.error_browser([[1]], (0, 0), [], [], alt=alt),
        "window_places": lambda: figures.window_places((5, 5), (3, 3), alt=alt),
        "pixel_usage": lambda: figures.pixel_usage((5, 5), (3, 3), alt=alt),
        "architecture": lambda: figures.architecture(
            [{"kind": "flatten"}], (3, 4, 1), alt=alt
        ),
        "inspect_unit": lambda: figures.inspect_unit(
            EXAMPLE, [[1]], 0, (0, 0), alt=alt
        ),
        "pool_bench": lambda: figures.pool_bench(EXAMPLE, alt=alt),
        "pool_gradients": lambda: figures.pool_gradients(EXAMPLE, [[9]], alt=alt),
        "shift_microscope": lambda: figures.shift_microscope(EXAMPLE, 1, alt=alt),
    }[name]()
    assert image_of(picture)["alt"] == alt


def test_numbers_are_in_their_cells_and_in_the_alt_text() -> None:
    picture = figures.number_grid([[1, -2.5], [0.333, 1234.5]])
    assert {"1", "−2.5", "0.33", "1234"} <= set(texts(picture))
    assert picture.alt == "Grid: 2 by 2 numbers, −2.5 to 1234"
    assert picture.description == "Grid, 2 by 2: 1 −2.5 / 0.33 1234"


def test_a_rounded_zero_has_no_sign_and_nan_is_a_question_mark() -> None:
    picture = figures.number_grid([[-0.001, np.nan]])
    assert picture.description.endswith(": 0 ?")


def test_labels_of_a_confusion_matrix_are_drawn_and_described() -> None:
    picture = figures.number_grid(
        [[5, 1], [0, 7]],
        rows=("true", ["cat", "dog"]),
        columns=("predicted", ["Cat", "Dog"]),
    )
    assert {"cat", "dog", "Cat", "Dog", "true", "predicted"} <= set(texts(picture))
    assert "rows true, columns predicted" in picture.description


def test_texts_have_contrast_with_their_cells() -> None:
    from matplotlib.collections import QuadMesh
    from matplotlib.colors import to_rgb

    picture = figures.number_grid(np.linspace(-9, 9, 16).reshape(4, 4))
    (mesh,) = picture.figure.findobj(QuadMesh)
    cells = mesh.to_rgba(np.asarray(mesh.get_array())).reshape(16, 4)
    numbers = picture.figure.axes[0].texts[:16]  # title and labels follow
    for text, cell in zip(numbers, cells, strict=True):
        shown = cell[3] * cell[:3] + (1 - cell[3])  # on white
        assert contrast(to_rgb(text.get_color()), tuple(shown)) >= 4.5


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return WCAG 2's contrast ratio of two sRGB colours."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: tuple[float, ...]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_marked_cells_are_outlined() -> None:
    from matplotlib.patches import Rectangle

    axes = figures.number_grid(EXAMPLE, marked=[(1, 2)]).figure.axes[0]
    (box,) = [p for p in axes.patches if isinstance(p, Rectangle)]
    assert (box.get_x(), box.get_y()) == (2, 1)
    assert not box.get_fill()


def test_sliding_window_shows_products_sum_and_output_so_far() -> None:
    picture = figures.sliding_window([[1, 2, 3, 7], [4, 5, 6, 0]], [[1, 10]], 1, 0)
    assert "row 1, column 0" in picture.alt
    assert "sum to 54" in picture.alt
    assert "window × kernel, 1 by 2: 4 50" in picture.description
    assert picture.description.endswith("output, 2 by 3: 21 32 73 / 54 ? ?")
    assert "sum 54 →" in texts(picture)


def test_sliding_window_can_hide_its_titles_for_a_quiz() -> None:
    picture = figures.sliding_window(EXAMPLE, [[1]], 0, 0, titles="WXYZ")
    assert set("WXYZ") <= set(texts(picture))
    assert not re.search("kernel,|input|output", picture.description)


@pytest.mark.parametrize("place", [(2, 0), (0, 2), (-1, 0)])
def test_sliding_window_refuses_a_position_outside_the_image(
    place: tuple[int, int],
) -> None:
    with pytest.raises(IndexError, match=r"within \(0..1, 0..1\)"):
        figures.sliding_window(EXAMPLE, [[1, 1]], *place)


def test_feature_maps_share_one_symmetric_scale_and_mark_signs() -> None:
    values = np.zeros((40, 40))
    values[5, 8], values[30, 20] = 4, -3
    picture = figures.feature_maps({"strong": values, "weak": values / 10})
    strong, weak, _ = picture.figure.axes
    assert {image.get_clim() for a in (strong, weak) for image in a.images} == {(-4, 4)}
    assert marks(strong, "+") == [(8, 5)]
    assert marks(strong, "_") == [(20, 30)]
    assert marks(weak, "+") == marks(weak, "_") == []
    assert strong.get_xlabel() == "−3 to 4"


def marks(axes: object, marker: str) -> list[tuple[int, int]]:
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)
    (line,) = [line for line in axes.lines if line.get_marker() == marker]
    return [(int(x), int(y)) for x, y in np.asarray(line.get_xydata())]


def test_maps_can_be_all_zero() -> None:
    picture = figures.feature_maps({"none": np.zeros((3, 4))})
    assert "0 to 0" in picture.description
    assert marks(picture.figure.axes[0], "+") == []


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (4, 6, 3)])
def test_image_grid_takes_grey_and_colour(shape: tuple[int, ...]) -> None:
    images = np.random.default_rng(1).random((5, *shape))
    picture = figures.image_grid(images, list("abcde"), columns=2, title="five")
    shown = [axes for axes in picture.figure.axes if axes.get_visible()]
    assert [axes.get_xlabel() for axes in shown] == list("abcde")
    assert picture.alt == "five: 5 images, a; b; c; d; e"


def test_curves_differ_in_dash_and_marker() -> None:
    picture = figures.curves({str(i): [i, i + 1] for i in range(4)}, y_label="loss")
    lines = picture.figure.axes[0].lines
    assert len({line.get_linestyle() for line in lines}) == 4
    assert len({line.get_marker() for line in lines}) == 4
    assert "0 from 0 to 1" in picture.alt


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: figures.number_grid([1, 2]),
        lambda: figures.number_grid(np.zeros((0, 3))),
        lambda: figures.number_grid(EXAMPLE, rows=("", [1])),
        lambda: figures.number_grid(EXAMPLE, columns=("", [1, 2])),
        lambda: figures.kernels({}),
        lambda: figures.kernels({"three axes": np.ones((1, 1, 1))}),
        lambda: figures.feature_maps({}),
        lambda: figures.image_grid([]),
        lambda: figures.image_grid([EXAMPLE], ["a", "b"]),
        lambda: figures.curves({}),
        lambda: figures.curves({"empty": []}),
    ],
)
def test_unusable_input_raises_a_clear_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"must|nothing to show|at least one"):
        wrong()


def test_import_loads_no_tensorflow_no_pyplot_and_no_grader() -> None:
    code = (
        "import sys, cnnlab.figures, cnnlab.numerics;"
        "heavy = {'tensorflow', 'keras', 'matplotlib.pyplot', 'grader'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_models_numbers_are_above_its_interval() -> None:
    figure = figures.model_comparison({"a": MODEL}).figure
    figure.canvas.draw()
    (text,) = figure.axes[0].texts
    box, page = text.get_window_extent(), figure.bbox
    assert f"{MODEL['parameters']:,.0f}" in text.get_text()
    assert page.x0 < box.x0 < box.x1 < page.x1
    _, (_, y) = figure.axes[0].transData.transform([(98, 1), (98, 0.27)])
    assert y + 4 < box.y0 < box.y1 < figure.axes[0].bbox.y1
