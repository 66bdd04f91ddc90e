"""Figures are readable in narrow windows, in light and dark pages, and as words.

The browser's arithmetic is done here again, from the HTML: no browser is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from cnnlab import figures, numerics
from cnnlab.figures import _theme
from cnnlab.figures._theme import LINES

pytestmark = pytest.mark.slow

RNG = np.random.default_rng(4)
HOUSE = numerics.draw_house(40)
MAP = numerics.corr2d(HOUSE, [[-1, 1], [-1, 1]])
DIGIT = np.pad(np.full((20, 6), 255.0), ((4, 4), (11, 11)))
STACK: list[dict[str, Any]] = [
    {"kind": "conv", "filters": 4, "k": 5, "s": 1, "padding": "same"},
    {"kind": "conv", "filters": 12, "k": 3, "s": 2, "padding": "same"},
    {"kind": "flatten"},
    {"kind": "dense", "units": 200},
    {"kind": "dense", "units": 10},
]
CURVE = np.linspace(1, 0.1, 8).tolist()
HISTORY = dict.fromkeys(("loss", "val_loss", "accuracy", "val_accuracy"), CURVE)
COUNTS = np.diag(RNG.integers(900, 1135, 10)) + RNG.integers(0, 12, (10, 10))
MODEL = {"accuracy": 0.98, "margin": 0.002, "parameters": 121_086.0, "seconds": 41.0}
DIGITS = ("true digit", range(10))

# As lessons and labs call them: as usual, and the largest.
LESSONS: dict[str, Callable[[], figures.Picture]] = {
    "number_grid": lambda: figures.number_grid(
        RNG.integers(0, 256, (7, 10)), title="Part of the first image"
    ),
    "number_grid, confusion": lambda: figures.number_grid(
        COUNTS, title="Validation images", rows=DIGITS, columns=("answer", range(10))
    ),
    "kernels": lambda: figures.kernels(
        {f"convolve2d({n}, k)": [[0, 1, 1, -2], [0, 3, 1, -4]] for n in "xyzw"}
    ),
    "sliding_window": lambda: figures.sliding_window(
        np.eye(7), np.array([[1, 0, 1], [0, 1, 0], [1, 0, -1.25]]), 1, 1
    ),
    "feature_maps": lambda: figures.feature_maps(
        {f"stride {s}": MAP[::s, ::s] for s in (1, 2, 4)}
    ),
    "image_grid": lambda: figures.image_grid(
        [DIGIT] * 16, list(range(16)), title="The first training images: MNIST"
    ),
    "image_grid, one": lambda: figures.image_grid([HOUSE], ["0 is black, 1 is white"]),
    "kernel_responses": lambda: figures.kernel_responses(HOUSE, np.eye(3) - 1 / 3),
    "channel_sums": lambda: figures.channel_sums(
        RNG.integers(0, 4, (3, 4, 3)), RNG.integers(-2, 3, (2, 2, 3, 2)), [1, -2]
    ),
    "curves": lambda: figures.curves({"fit": CURVE, "validation": CURVE}, title="loss"),
    "bars": lambda: figures.bars(
        {"CNN": {"plain": 4.2, "shuffled": 9.1}, "dense": {"plain": 6.0}},
        title="Test images read wrongly, in %: sklearn digits",
    ),
    "log_bars": lambda: figures.log_bars({"GB": {"dense": 9.6, "conv": 1e-5}}),
    "dense_wiring": lambda: figures.dense_wiring(12, 3, input_labels="RGB" * 4),
    "compare_wirings": lambda: figures.compare_wirings(7, 3),
    "weights_meter": lambda: figures.weights_meter((2448, 3264, 3), 100, 100),
    "training_monitor": lambda: figures.training_monitor(
        HISTORY, RNG.normal(size=(3, 3, 1, 16)), title="cnn: MNIST"
    ),
    "model_comparison": lambda: figures.model_comparison(
        {"dense": MODEL, "cnn with dropout": MODEL}, title="10,000 test images: MNIST"
    ),
    "digit_diagnosis": lambda: figures.digit_diagnosis(
        DIGIT, [0.001, 0.92, *[0.079 / 8] * 8], 1
    ),
    "error_browser": lambda: figures.error_browser(
        COUNTS, (4, 9), [DIGIT] * 6, RNG.random((6, 7, 7))
    ),
    "window_places": lambda: figures.window_places((5, 8), (3, 3), stride=2),
    "window_places, padded": lambda: figures.window_places(
        (4, 6), (3, 3), 2, padding="same"
    ),
    "pixel_usage": lambda: figures.pixel_usage((7, 9), (3, 3), stride=2),
    "architecture": lambda: figures.architecture(
        STACK, (28, 28, 1), title="The slides' model"
    ),
    "inspect_unit": lambda: figures.inspect_unit(
        DIGIT, RNG.normal(size=(5, 5)), -0.25, (0, 3)
    ),
    "pool_bench": lambda: figures.pool_bench(RNG.integers(-6, 9, (4, 6)) / 3),
    "pool_gradients": lambda: figures.pool_gradients(
        RNG.integers(-4, 9, (5, 5)), [[9, 18], [-9, 27]], 3, 2
    ),
    "shift_microscope": lambda: figures.shift_microscope(RNG.integers(0, 9, (4, 8))),
}
# Wider than a column of 284 pixels, even with its texts at 9 pixels.
TOO_WIDE = {"number_grid, confusion"}

# Text colour and background of pages.
HOSTS = {
    "JupyterLab light": ("#212121", "#ffffff"),
    "JupyterLab dark": ("#ffffff", "#111111"),
    "VS Code dark": ("#cccccc", "#1f1f1f"),
    "Colab dark": ("#e3e3e3", "#383838"),
}


@dataclass
class Piece:
    """One piece of a figure in a page."""

    style: str
    svg_style: str
    box: list[float]
    shows: str = ""

    def lengths(self, pattern: str) -> list[float]:
        (found,) = re.findall(pattern, self.style)
        return [float(length) for length in found]

    def width(self, window: float) -> float:
        """Return the width of the drawing in a page of this width, in pixels."""
        low, gaps, total, natural, high = self.lengths(
            r"width:clamp\(([\d.]+)px,calc\(\(100cqw - ([\d.]+)px\)/([\d.]+)"
            r"\*([\d.]+)\),([\d.]+)px\)"
        )
        fitting = min(max(low, (window - gaps) / total * natural), high)
        (least,) = re.findall(r"min-width:([\d.]+)px", self.svg_style)
        return max(min(fitting, window), float(least))

    def scale(self, window: float) -> float:
        return self.width(window) / self.box[2]


class Page(HTMLParser):
    """The pieces of a figure's HTML, its image, its drawing and its words."""

    def __init__(self, picture: figures.Picture) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.images: list[dict[str, str | None]] = []
        self.panels: dict[str, str | None] = {}
        self.opened: list[str] = []
        self.words: list[str] = []
        self.source = picture.html()
        self.drawing = self.source.split("<defs>", 1)[1].split('<div class="cnn')[0]
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.opened.append(tag)
        if given.get("class") == "cnnlab-piece":
            self.pieces.append(Piece(given.get("style") or "", "", []))
        elif given.get("class") == "cnnlab-panels":
            self.panels = given
        elif tag == "svg" and "viewbox" in given:
            piece, box = self.pieces[-1], given["viewbox"] or ""
            piece.svg_style = given.get("style") or ""
            piece.box = [float(length) for length in box.split()]
        elif tag == "img":
            self.images.append(given)

    def handle_data(self, data: str) -> None:
        if "details" in self.opened:
            self.words.append(data)

    def text_sizes(self) -> list[float]:
        """Return the sizes of the texts in units of the drawing."""
        return [100 * float(s) for s in re.findall(r"scale\(([\d.]+) -", self.drawing)]


@cache
def made(name: str) -> tuple[figures.Picture, Page]:
    """Make each picture once: tests come in any order."""
    picture = LESSONS[name]()
    return picture, Page(picture)


@pytest.fixture(params=LESSONS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def picture(name: str) -> figures.Picture:
    return made(name)[0]


@pytest.fixture
def page(name: str) -> Page:
    return made(name)[1]


def test_every_function_is_tested_here() -> None:
    tested = {name.partition(",")[0] for name in LESSONS}
    assert tested == set(figures.__all__) - {"Picture"}


@pytest.mark.parametrize("window", [284, 380, 600, 1000])
def test_no_text_is_smaller_than_nine_pixels(page: Page, window: float) -> None:
    smallest = min(page.text_sizes(), default=20)
    assert page.pieces
    for piece in page.pieces:
        assert smallest * piece.scale(window) >= 9


def test_texts_have_no_parts_in_other_sizes(page: Page) -> None:
    # Such as exponents, which the sizes above do not include.
    assert "scale(0.7)" not in page.drawing


def test_only_wide_tables_scroll_in_a_narrow_window(name: str, page: Page) -> None:
    assert all(piece.width(380) <= 380 for piece in page.pieces)
    scrolls = any(piece.width(284) > 284 for piece in page.pieces)
    assert scrolls == (name in TOO_WIDE)
    assert all("max-width:min(100%," in piece.style for piece in page.pieces)
    assert ".cnnlab-piece{min-width:0;overflow-x:auto" in page.source


def test_pieces_have_their_natural_size_in_a_wide_window(page: Page) -> None:
    for piece in page.pieces:
        assert piece.scale(2000) == pytest.approx(96 / 72, rel=0.02)


def test_pieces_lie_within_the_figure(picture: figures.Picture, page: Page) -> None:
    width, height = picture.figure.get_size_inches() * 72
    for piece in page.pieces:
        x, y, w, h = piece.box
        assert -0.1 <= x < x + w <= width + 8
        assert -0.1 <= y < y + h <= height + 8


def test_pieces_of_a_step_wrap_before_they_get_too_small() -> None:
    page = made("sliding_window")[1]
    together = [sum(p.width(w) for p in page.pieces) + 3 * 14 for w in (284, 1100)]
    assert together[0] > 284
    smallest = min(page.text_sizes())
    wrapped = [piece for piece in page.pieces if piece.width(284) < 284]
    assert len(wrapped) == 3
    assert all(10.4 <= smallest * piece.scale(284) <= 11 for piece in wrapped)
    assert together[1] <= 1102


def test_colours_come_from_the_page_or_suit_every_page(page: Page) -> None:
    drawn = set(re.findall(r"(?:fill|stroke): (#\w+)", page.drawing))
    named = (_theme.BLUE, _theme.ORANGE, _theme.PURPLE, *LINES)
    known = {*named, *(fill[:7] for fill in _theme.FILLS), _theme.WHITE, _theme.BLACK}
    assert drawn <= known
    assert "currentColor" in page.drawing
    assert _theme.INK not in page.source


def test_drawing_has_no_background(page: Page) -> None:
    assert not re.search(r'<g id="[^"]*patch_1">\s*<path[^>]*fill: #', page.drawing)
    assert "fill: #ffffff" not in page.drawing.partition("axes_1")[0]


def blended(colour: tuple[float, ...], page: tuple[float, ...]) -> np.ndarray:
    return colour[3] * np.array(colour[:3]) + (1 - colour[3]) * np.array(page[:3])


def contrast(one: object, other: object) -> float:
    """Return WCAG 2's contrast ratio of two sRGB colours."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: object) -> float:
    parts = np.asarray(colour, dtype=float)[:3]
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize("host", HOSTS)
def test_texts_have_contrast_on_every_cell_and_in_every_page(host: str) -> None:
    from matplotlib.colors import to_rgba

    from cnnlab.figures import shapes

    ink, paper = (to_rgba(colour) for colour in HOSTS[host])
    cells = [_theme.signed()(0.262), _theme.signed()(0.738), _theme.amounts()(0.476)]
    cells += map(to_rgba, (*_theme.FILLS, *shapes._TINTS, f"{_theme.BLUE}70"))
    cells.append(to_rgba("none"))
    for cell in cells:
        assert contrast(ink, blended(cell, paper)) >= 4.5
    faint = (*ink[:3], to_rgba(_theme.FAINT)[3])
    assert contrast(blended(faint, paper), paper) >= 4.5


@pytest.mark.parametrize("host", HOSTS)
def test_lines_have_contrast_in_every_page(host: str) -> None:
    from matplotlib.colors import to_rgba

    paper = to_rgba(HOSTS[host][1])
    for line in LINES:
        assert contrast(to_rgba(line), paper) >= 3


def test_cells_are_never_stronger_than_the_texts_allow() -> None:
    from matplotlib.collections import QuadMesh

    for name in ("number_grid", "kernels", "pool_bench", "error_browser"):
        for mesh in made(name)[0].figure.findobj(QuadMesh):
            cells = mesh.to_rgba(np.asarray(mesh.get_array())).reshape(-1, 4)
            assert cells[:, 3].max() <= 0.48


def test_a_sentence_for_the_ear_and_the_numbers_behind_it(
    picture: figures.Picture, page: Page
) -> None:
    assert 20 <= len(picture.alt) <= 150
    assert "\n" not in picture.alt
    assert page.panels["aria-label"] == picture.alt
    assert page.panels["role"] == "img"
    assert "".join(page.words) == f"Description{picture.description}"
    assert len(picture.description) > len(picture.alt) * 0.9
    assert not re.search(r"\b1 (epochs|filters|channels|images)\b", picture.description)


def test_feature_maps_are_described_with_numbers() -> None:
    maps = {"a": np.array([[0, 2.5], [-7, 0]]), "b": np.zeros((1, 3))}
    words = figures.feature_maps(maps, alt="two maps").description
    assert "a, 2 by 2: −7 to 2.5, strongest −7 at row 1, column 0" in words
    assert "50% of the cells not 0" in words
    assert "b, 1 by 3: 0 to 0" in words


def test_one_epoch_is_no_epochs() -> None:
    history = {key: [0.5] for key in HISTORY}
    picture = figures.training_monitor(history, np.ones((3, 3, 1, 1)))
    for words in (picture.alt, picture.description):
        assert "1 epoch" in words
        assert "1 epochs" not in words


def test_long_names_do_not_make_the_sentence_long() -> None:
    names = {f"the kernel with the long name number {n}": [[1]] for n in range(9)}
    assert len(figures.kernels(names).alt) <= 150
    assert "and 6 more" in figures.kernels(names).alt
    assert len(figures.number_grid([[1]], title="long " * 60).alt) <= 150


@pytest.mark.parametrize("function", ["image_grid", "inspect_unit", "digit_diagnosis"])
def test_light_stands_for_high_values_in_all_images(function: str) -> None:
    for axes in made(function)[0].figure.axes:
        for image in axes.images:
            low, high = (sum(image.cmap(end)[:3]) for end in (0.0, 1.0))
            assert low < high


def test_without_styles_and_drawings_the_still_image_remains(
    picture: figures.Picture, page: Page
) -> None:
    # JupyterLab takes them out of notebooks that it does not trust.
    assert "hidden" in page.panels
    assert ".cnnlab-panels[hidden]{display:block" in page.source
    assert ".cnnlab-picture>img{display:none}" in page.source
    (still,) = page.images
    assert still["alt"] == picture.alt
    assert (still["src"] or "").startswith("data:image/png;base64,")
    assert page.source.index('class="cnnlab-panels"') < page.source.index("<img")


def test_figures_in_one_page_share_no_names() -> None:
    sources = [made(name)[1].source for name in ("kernels", "bars", "pool_bench")]
    names = [set(re.findall(r' id="([^"]+)"', source)) for source in sources]
    assert all(names)
    assert not names[0] & names[1]
    assert not names[1] & names[2]
    for source, known in zip(sources, names, strict=True):
        used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', source)
        assert {one or other for one, other in used} <= known


def test_styles_apply_to_figures_only(page: Page) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page.source)
    selectors = re.findall(r"(?:^|})([^{}]+){", style)
    assert selectors
    assert all(selector.startswith(".cnnlab-") for selector in selectors)
    assert "<style" not in page.drawing
    assert "<script" not in page.source


def test_equal_data_gives_equal_pages() -> None:
    for name in ("sliding_window", "feature_maps", "curves", "architecture"):
        assert LESSONS[name]().html() == LESSONS[name]().html()
