"""What `expect` says of a wrong value: on screen, and after grading."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from cnnlab.expect import Mistake, expect, expect_letter, expect_value

WANT = np.array([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]])
IMAGE = np.ones((3, 4))


def returning(value: object) -> Callable[..., object]:
    def answer(*args: object) -> object:
        return value

    return answer


def mistake(value: object, gives: object, **slips: object) -> Mistake:
    named = {lead.replace("_", " "): wrong for lead, wrong in slips.items()}
    with pytest.raises(Mistake) as caught:
        expect(returning(value), 5, gives=gives, slips=named)
    return caught.value


@pytest.mark.parametrize(
    ("value", "gives"),
    [
        (246, 246),
        (np.int64(246), 246),
        (246.0, 246),
        (np.float32(0.1), 0.1),
        (WANT + 1e-9, WANT),
        (WANT.astype("float32"), WANT),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
        (np.array([1, 2], "uint8"), np.array([1, 2])),
        ((1, 2), (1, 2)),
        ([1, 2], (1, 2)),
        ((WANT, 1), (WANT, 1)),
        ("none", "none"),
        (True, True),
    ],
)
def test_right_values_pass(value: object, gives: object) -> None:
    expect(returning(value), 5, gives=gives, slips={"never": [-1, "x", IMAGE]})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([3.0, -6e-16], "[3, 0]"),
        ([-6e-16, 1e-16], "[-6e-16, 1e-16]"),
        ([np.inf, 2.0], "[inf, 2]"),
        ([np.nan, 1e-3], "[nan, 0.001]"),
    ],
)
def test_rounding_is_not_shown(value: list[float], text: str) -> None:
    got = np.array(value)
    assert f"returned {text}, not" in str(mistake(got, np.full(2, 9.0), lead=got))


@pytest.mark.parametrize(
    ("value", "gives", "text"),
    [
        (None, 5, "returned None: `print` shows a value, `return` hands it over"),
        ("246", 246, "returned the text '246': a number, without quotes"),
        ([246], 246, "returned a list: one number is asked for"),
        (np.ones(1), 1, "returned an array of shape (1,): one number is asked for"),
        (245, 246, "answer(5) returned 245, not 246"),
        (0.2, 0.1, "returned 0.2, not 0.1"),
        (1e-9, 0, "returned 1e-09, not 0"),
        (float("nan"), 1, "returned nan, not 1"),
        (1j, 1, "returned the single number 1j: one number is asked for"),
        (WANT.tolist(), WANT, "returned a list, not a NumPy array"),
        (np.float64(3), WANT, "returned the single number 3, not a NumPy array"),
        (WANT.T, WANT, "shape (3, 2) where (2, 3) was asked: axes swapped?"),
        (WANT[:1, :2], WANT, "one too few: does the last position count?"),
        (np.ones((3, 3)), WANT, "one too many: does the last window still fit?"),
        (np.ones((5, 9)), WANT, "returned shape (5, 9) where (2, 3) was asked"),
        (WANT[0], WANT, "2 axes are asked for, not 1"),
        (WANT.astype(int), WANT, "an array of int64: floats are asked for"),
        (np.ones(2), np.array([1, 1]), "float64: whole numbers are asked for"),
        (-WANT, WANT, "an array with -1 at [0, 0], not 1 (6 of 6 values differ)"),
        ((1, 2), (1, 3), "returned (1, 2): item 1 is 2, not 3"),
        ((1,), (1, 3), "returned 1 value ((1,)): 2 values are asked for"),
        ((1, 2), (1,), "returned 2 values ((1, 2)): 1 value is asked for"),
        (7, (1,), "the single number 7: 1 value is asked for, in a tuple"),
        (WANT, WANT[0], "1 axis is asked for, not 2"),
        (7, (1, 3), "the single number 7: 2 values are asked for, in a tuple"),
        ("some", "none", "returned 'some', not 'none'"),
        (1, True, "returned 1, not True"),
    ],
)
def test_what_came_back_is_named(value: object, gives: object, text: str) -> None:
    error = mistake(value, gives)
    assert text in str(error)
    assert str(error).startswith("answer(5) returned ")
    assert "\n" not in str(error)


def test_square_shapes_are_never_called_swapped() -> None:
    assert "swapped" not in str(mistake(np.ones((2, 2)), np.ones((3, 3))))
    assert "swapped" not in str(mistake(np.ones(3), np.ones(4)))


def test_a_slip_leads_to_its_mistake() -> None:
    error = mistake(240, 246, the_biases_are_missing=[241, 240])
    assert str(error) == "answer(5) returned 240, not 246: the biases are missing"
    assert error.feedback == "for (5) the answer must be 246: the biases are missing"


def test_a_slip_in_a_large_array_shows_where_they_differ() -> None:
    want = np.arange(-5.0, 3.0).reshape(2, 4)
    shown = mistake(np.maximum(want, 0), want, start_at_minus_infinity=[want.clip(0)])
    assert str(shown) == (
        "answer(5) returned an array with 0 at [0, 0], not -5 (5 of 8 values differ): "
        "start at minus infinity"
    )


def test_a_hint_leads_from_a_value_that_no_slip_names() -> None:
    def said(value: object) -> str:
        with pytest.raises(Mistake) as caught:
            expect(returning(value), 5, gives=2, slips={"a slip": 3}, hint="a hint")
        return str(caught.value)

    assert said(4) == "answer(5) returned 4, not 2: a hint"
    assert said(3) == "answer(5) returned 3, not 2: a slip"
    assert said([2]) == "answer(5) returned a list: one number is asked for"


def test_a_slip_in_an_item_of_a_list() -> None:
    gives = [(10, 7, 5), (30,)]
    leads = {"add one": (9, 6, 5), "a tuple, even of one number": 30}

    def said(value: object) -> str:
        with pytest.raises(Mistake) as caught:
            expect(returning(value), 5, gives=gives, slips=leads)
        return str(caught.value).removeprefix("answer(5) returned ")

    first = said([(9, 6, 5), 30])
    assert first == "[(9, 6, 5), 30]: item 0 is (9, 6, 5), not (10, 7, 5): add one"
    second = said([(10, 7, 5), 30])
    assert second.endswith(": item 1 is 30, not (30,): a tuple, even of one number")
    assert "2 values are asked for" in said([(9, 6, 5)])


def test_long_lists_of_dicts_are_shortened() -> None:
    with pytest.raises(Mistake) as caught:
        expect(returning(1), [{"kind": "conv"}, {"kind": "pool"}], gives=2)
    assert str(caught.value) == "answer([2 dicts]) returned 1, not 2"


def test_long_lists_of_arrays_are_shortened() -> None:
    with pytest.raises(Mistake) as caught:
        expect(returning(1), [IMAGE, IMAGE, WANT], gives=2)
    assert str(caught.value) == "answer([3×4 array, …]) returned 1, not 2"


def test_an_error_of_a_likely_mistake_leads_to_it() -> None:
    def answer(layer: dict[str, int]) -> int:
        return layer["filters"]

    errors = {"KeyError: 'filters'": "a pool has no filters"}
    with pytest.raises(Mistake) as caught:
        expect(answer, {}, gives=1, errors=errors)
    lead = "stopped with KeyError: 'filters': a pool has no filters"
    assert str(caught.value) == f"answer({{}}) {lead}"
    assert caught.value.feedback == "a pool has no filters"
    assert isinstance(caught.value.__cause__, KeyError)


def test_other_errors_of_the_answer_stay_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError):
        expect(lambda n: n / 0, 1, gives=1, errors={"KeyError": "never"})


def test_an_answer_that_empties_its_list_spoils_no_other_test() -> None:
    """Else the next answer would be compared with that of an empty list."""

    def emptied(layers: list[dict[str, int]], model: object) -> int:
        total = sum(layer.pop("k") for layer in layers)
        layers.clear()
        return total + (model is not abs)

    stack = [{"k": 2}, {"k": 3}]
    for _ in range(2):
        expect(emptied, stack, abs, gives=5)
    assert stack == [{"k": 2}, {"k": 3}]


def test_a_slip_of_arrays() -> None:
    assert str(mistake(-WANT, WANT, flipped=-WANT)).endswith(": flipped")
    # An array of another shape is a slip as well.
    assert str(mistake(WANT[:1], WANT, cut=WANT[:1])).endswith(": cut")


def test_feedback_holds_nothing_that_came_back() -> None:
    secret = 987654321
    for value in (
        secret,
        str(secret),
        [secret],
        np.full((2, 3), secret),
        np.ones((secret % 1000, 1)),
        (secret,),
    ):
        for gives in (1, WANT, (1, 2), "text", True):
            error = mistake(value, gives)
            assert str(secret) not in error.feedback
            assert "321" not in error.feedback

    def student(x: int) -> None: ...

    student.__name__ = str(secret)
    with pytest.raises(Mistake) as caught:
        expect(student, 5, gives=1)
    assert str(secret) not in caught.value.feedback


def test_long_values_are_cut() -> None:
    assert len(str(mistake("x" * 10_000, 1))) < 200
    with pytest.raises(Mistake, match="answer\\(50×40 array\\)"):
        expect(returning(1), np.ones((50, 40)), gives=2)


def test_the_error_survives_a_pickle() -> None:
    error = mistake(240, 246)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.feedback) == (str(error), error.feedback)


def test_jupyter_shows_the_message_alone() -> None:
    shell = InteractiveShell()
    shell.user_ns["expect"] = expect
    with capture_output() as shown:
        shell.run_cell("expect(abs, 4, gives=5, slips={'add one': 4})")
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown.stdout)
    assert plain == "Not right yet. abs(4) returned 4, not 5: add one\n"


def test_a_wrong_value_is_named_with_its_slip() -> None:
    expect_value("photo_values", 12, gives=12)
    with pytest.raises(Mistake, match=r"^photo_values is 4, not 12: 3 for each pixel$"):
        expect_value("photo_values", 4, gives=12, slips={"3 for each pixel": 4})
    with pytest.raises(Mistake, match=r"^photo_values is still None: write your"):
        expect_value("photo_values", None, gives=12)


@pytest.mark.parametrize("answer", ["a", "AB", "", "E", 1, ["A"], None])
def test_an_answer_that_is_no_letter_is_told_the_letters(answer: object) -> None:
    expect_letter("answer_q1", "D", "ABCD")
    with pytest.raises(Mistake, match='such as answer_q1 = "A"; the letters are A, B'):
        expect_letter("answer_q1", answer, "ABCD")


def test_an_answer_that_writes_into_its_input_leaves_the_notebooks_arrays() -> None:
    def doubled(image: np.ndarray, pair: list[np.ndarray]) -> np.ndarray:
        image *= 2
        pair[0] += 1
        return image

    image, item = np.array([[1.5, np.nan]]), np.array([1])
    expect(doubled, image, [item], gives=2 * image)
    with pytest.raises(Mistake) as caught:
        expect(doubled, image, [item], gives=3 * image)
    assert "doubled([[1.5, nan]], " in str(caught.value)
    assert " changed its input, and returned " in str(caught.value)
    assert "changed" not in caught.value.feedback
    np.testing.assert_array_equal(image, [[1.5, np.nan]])
    assert item == 1


def test_only_a_changed_input_is_called_changed() -> None:
    with pytest.raises(Mistake, match=r"answer\(\[nan\], \[\[1, 2\]\]\) returned"):
        expect(returning(1), np.array([np.nan]), [[1, 2]], gives=2)
