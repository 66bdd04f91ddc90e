"""Scores are readable at 80 columns, with one assignment or seven."""

from __future__ import annotations

import dataclasses

import pytest

from grader.cli.screens import printing, scores
from grader.records import Flag, Result
from tests.support.screens import HOSTILE, SPELT, printed, result


def table(results: list[Result], width: int) -> list[str]:
    made = scores.ScoreTable(tuple(results), "Scores")
    return [
        line.rstrip() for line in printed(width, lambda c: c.print(made)).split("\n")
    ]


CLASS = [
    result("ada", 25),
    result("ada", 25, "06_mnist_lab"),
    result("bob", 12.5, repairs=("a", "b")),
    result("cyn", 0, flags=("cell q1 ran into its time limit", "starts processes.")),
]


class TestTable:
    @pytest.mark.parametrize("width", [80, 120])
    def test_a_row_for_each_student_with_all_scores(self, width: int) -> None:
        lines = table(CLASS, width)
        assert lines[0] == "Scores"
        assert lines[1].split() == [
            "student",
            "02_convolutions",
            "06_mnist_lab",
            "noticed",
        ]
        assert lines[3].split() == ["ada", "✓", "25/25", "✓", "25/25"]
        assert lines[4].split()[:3] == ["bob", "◐", "12.5/25"]
        assert lines[4].endswith("2 repairs, shown to the student")
        assert lines[5].split()[:3] == ["cyn", "✗", "0/25"]
        assert lines[5].endswith("cell q1 ran into its time limit")
        assert lines[6].strip() == "starts processes"
        assert len(lines) == 8
        assert max(map(len, lines)) <= width

    def test_long_names_do_not_crowd_out_the_scores(self) -> None:
        lines = table([result("x" * 200, 25, flags=("said " * 60,))], 80)
        assert max(map(len, lines)) <= 80
        assert "✓ 25/25" in lines[3]
        assert "…" in lines[3]

    def test_a_copy_from_an_earlier_release_is_not_called_a_repair(self) -> None:
        flags = (Flag("release", "from earlier release 012345"),)
        older = dataclasses.replace(result("ada", 25, repairs=("a",)), flags=flags)
        assert table([older], 80)[3].endswith("from earlier release 012345")
        assert not any("repair" in line for line in table([older], 80))

    def test_hostile_names_and_flags_are_shown_literally(self) -> None:
        text = "\n".join(table([result(HOSTILE, 0, flags=(HOSTILE,))], 200))
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert SPELT in text
        assert SPELT[: printing.LONGEST_NAME - 1] + "…" in text.splitlines()[3]

    def test_flags_said_twice_are_shown_once_and_many_are_counted(self) -> None:
        flags = tuple(f"flag {number}" for number in range(5))
        twice = {name: result("ada", 0, name, flags) for name in ("lab", "lesson")}
        assert scores.noticed(twice) == ["flag 0", "flag 1", "flag 2", "2 more"]

    def test_points_that_wait_for_a_person_are_told(self) -> None:
        assert scores.noticed({"lab": result("ada", 3, by_hand=2)}) == [
            "2 points to grade by hand"
        ]
        assert scores.noticed({"lab": result("ada", 3, by_hand=1)}) == [
            "1 point to grade by hand"
        ]

    @pytest.mark.parametrize(
        ("score", "sign"), [(25, "✓"), (24.999, "◐"), (0.5, "◐"), (0, "✗")]
    )
    def test_signs_do_not_need_colour(self, score: float, sign: str) -> None:
        assert sign in scores.mark(result("ada", score))


def test_a_very_large_class_is_summed_up() -> None:
    many = [result(f"s{n}", 25 * (n % 2)) for n in range(scores.MOST_ROWS)]
    assert "s199" in printed(90, lambda c: c.print(scores.scores(many, "Scores")))
    many += [result("last", 10, flags=("slow",)), result("last", 5, "06_mnist_lab")]
    text = printed(90, lambda c: c.print(scores.scores(many, "Scores")))
    rows = [line.split() for line in text.splitlines()[3:]]
    assert rows[0] == "02_convolutions 201 12.49 25 100 1 100 1".split()
    assert rows[1] == "06_mnist_lab 1 5 25 0 1 0 0".split()


class TestManyAssignments:
    NAMES = tuple(f"exercise{number:02}" for number in range(1, 8))
    FLAG = "the 1st answer cell (“def mean_of_all(values):”) raised NotImplementedError"

    def rows(self, width: int, *names: str) -> list[str]:
        results = [result("blank", 0, name, (self.FLAG,)) for name in self.NAMES]
        results += [result("bob", 25, name, (self.FLAG,)) for name in names]
        return table(results, width)

    @pytest.mark.parametrize(("width", "tables"), [(80, 2), (40, 4), (120, 1)])
    def test_each_name_and_score_is_whole(self, width: int, tables: int) -> None:
        lines = self.rows(width)
        assert max(map(len, lines)) <= width
        heads = [line.split()[1:] for line in lines if line.startswith("student")]
        assert [name for names in heads for name in names] == [*self.NAMES]
        assert len(heads) == tables
        assert " ".join(lines).count("✗ 0/25") == 7
        if tables > 1:
            assert lines[0] == f"Scores (1 of {tables})"

    def test_remarks_stand_below_and_lines_end_at_words(self) -> None:
        lines = self.rows(80, "exercise03", "exercise05")
        below = lines[lines.index("Noticed") :]
        assert [line for line in below if line] == [
            "Noticed",
            "blank  in all: the 1st answer cell (“def mean_of_all(values):”) raised",
            "       NotImplementedError",
            "bob    in all: the 1st answer cell (“def mean_of_all(values):”) raised",
            "       NotImplementedError",
        ]

    def test_assignments_of_a_remark_are_named(self) -> None:
        flagged = {
            name: result("ada", 0, name, (self.FLAG,) if number % 2 else ())
            for number, name in enumerate(self.NAMES)
        }
        (told,) = scores.noticed(flagged, where=True)
        assert told == f"exercise02, exercise04, exercise06: {self.FLAG}"
        some = flagged | {"lab": result("ada", 0, "lab", (self.FLAG,))}
        (told,) = scores.noticed(some, where=True)
        assert told.startswith("exercise02, exercise04, exercise06 and 1 more: ")

    def test_name_wider_than_the_terminal(self) -> None:
        lines = table([result("ada", 25, "x" * 200)], 40)
        assert max(map(len, lines)) <= 40
