"""Who is meant; and rosters as Moodle, Canvas, Gradescope and others export them."""

from __future__ import annotations

import pytest

from grader.classroom import roster_csv
from grader.classroom.names import fold, name_keys, reason_unsafe, slug
from grader.classroom.roster import Hint, Match, Person, Roster
from grader.errors import ClassError

PEOPLE = (
    Person("ada", "Lovelace, Ada King", "ada.l@uni.example", {"canvas": "55"}),
    Person("12345", "Björn Østergård", "bo@uni.example"),
    Person("ann1", "Ann Smith", aliases=("Ännchen",)),
    Person("ann2", "Smith, Ann", numbers={"moodle": "12345"}),
    Person("li", "李 雷"),
)


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster(PEOPLE)


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("ADA", "ada"),
        ("ada.l@UNI.example", "ada"),
        ("Ada.L", "ada"),
        ("king LOVELACE ada", "ada"),
        ("Ada King-Lovelace", "ada"),
        ("lovelaceadaking", "ada"),
        ("adakinglovelace", "ada"),
        ("bjorn ostergard", "12345"),
        ("østergårdbjörn", "12345"),
        ("annchen", "ann1"),
        ("雷 李", "li"),
        ("李雷", "li"),
    ],
)
def test_a_person_is_found_by_any_form_of_the_name(
    roster: Roster, text: str, student: str
) -> None:
    person = roster.find(Hint((text,))).person
    assert person
    assert person.id == student


@pytest.mark.parametrize(
    ("hint", "match"),
    [
        (Hint(("Ada Lovelace",)), Match(None, "unknown")),
        (Hint(("Ann Smith",)), Match(None, "ambiguous", ("ann1", "ann2"))),
        (Hint(("",)), Match(None, "unknown")),
        (Hint(("...",)), Match(None, "unknown")),
        (Hint((), "canvas", "12345"), Match(None, "unknown")),
        (Hint((), "moodle", ""), Match(None, "unknown")),
        (
            Hint(("Ada King Lovelace",), "moodle", "12345"),
            Match(None, "contradictory", ("ann2",), ("ada",)),
        ),
    ],
)
def test_ambiguous_or_unknown_hint_finds_nobody(
    roster: Roster, hint: Hint, match: Match
) -> None:
    assert roster.find(hint) == match


def test_number_decides_between_students_of_the_same_name(roster: Roster) -> None:
    person = roster.find(Hint(("Ann Smith",), "moodle", "12345")).person
    assert person
    assert person.id == "ann2"


def test_letters_with_marks_are_folded_into_plain_ones() -> None:
    assert fold("Straße ŁÓDŹ Æ") == "strasse lodz ae"
    assert name_keys("  ") == set()
    assert slug("Ada  King, Lovelace") == "ada-king-lovelace"


UNSAFE = ["..", ".x", "-x", "a/b", "a\\b", "a\0b", "a\nb", "x" * 101]


@pytest.mark.parametrize("student", UNSAFE, ids=range(len(UNSAFE)))
def test_ids_that_name_no_folder(student: str) -> None:
    with pytest.raises(ClassError, match="so it cannot name a folder"):
        roster_csv.read_roster(f'id,name\n"{student}",A B C\n'.encode(), "r.csv")


@pytest.mark.parametrize("student", ["", " x", "x "])
def test_blanks_make_no_id(student: str) -> None:
    assert reason_unsafe(student)


EXPORTS = {
    "ours": (
        "id,name,email,canvas\nada,Ada Lovelace,al@x.example,55\n",
        Person("ada", "Ada Lovelace", "al@x.example", {"canvas": "55"}),
    ),
    "semicolons": (
        "ID;Name;E-Mail\nada;Lovelace, Ada;al@x.example\n",
        Person("ada", "Lovelace, Ada", "al@x.example"),
    ),
    "moodle's worksheet": (
        "Identifier,Full name,ID number,Email address,Status,Grade\n"
        "Participant 77,Ada Lovelace,,al@x.example,Submitted,\n",
        Person("al", "Ada Lovelace", "al@x.example", {"moodle": "77"}),
    ),
    "moodle's participants": (
        '"First name","Last name","ID number","Email address"\n'
        "Ada,Lovelace,s123,al@x.example\n",
        Person("s123", "Ada Lovelace", "al@x.example"),
    ),
    "brightspace's grades": (
        "OrgDefinedId,Username,Last Name,First Name,Email,"
        "lab Points Grade <Numeric MaxPoints:10>,End-of-Line Indicator\n"
        "#0077,#ada.l,Lovelace,Ada,al@x.example,4,#\n",
        Person("ada.l", "Ada Lovelace", "al@x.example"),
    ),
    "canvas' gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Lab (17)\n"
        "    Points Possible,,,,,10\n"
        '"Lovelace, Ada",55,S1,al,A,9\n'
        '"Student, Test",56,,x,A,\n',
        Person("al", "Lovelace, Ada", "", {"canvas": "55"}),
    ),
    "gradescope's": (
        "First Name,Last Name,SID,Email,Sections\nAda,Lovelace,S1,al@x.example,A\n",
        Person("S1", "Ada Lovelace", "al@x.example", {"gradescope": "S1"}),
    ),
    "github's": (
        "identifier,github_username,github_id,name\nal,countess,12,Ada Lovelace\n",
        Person("al", "Ada Lovelace", "", {"github": "countess"}),
    ),
    "nbgrader's": (
        "id,first_name,last_name,email,lms_user_id\nal,Ada,Lovelace,,55\n",
        Person("al", "Ada Lovelace", "", {"moodle": "55", "canvas": "55"}),
    ),
    "names only": ("Name\nAda Lovelace\n", Person("ada-lovelace", "Ada Lovelace")),
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_roster_that_each_system_exports_is_read(kind: str) -> None:
    text, person = EXPORTS[kind]
    for content in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert roster_csv.read_roster(content, "r.csv").people == (person,)


def test_windows_1252_encoding() -> None:
    (person,) = roster_csv.read_roster(
        "id,name\nx,Zoë\n".encode("cp1252"), "r.csv"
    ).people
    assert person.name == "Zoë"


def test_written_roster_can_be_read() -> None:
    text = roster_csv.to_csv(PEOPLE)
    assert roster_csv.read_roster(text.encode(), "r.csv").people == PEOPLE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("\n , \n", "is empty"),
        ("a,b\n1,2\n", "no column identifies students"),
        ("id\n", "has no students"),
        ("id\nada\nADA\n", "occurs twice"),
        ("id,name\n../x,A\n", "'../x' (A)"),
    ],
)
def test_unusable_roster(text: str, told: str) -> None:
    with pytest.raises(ClassError) as raised:
        roster_csv.read_roster(text.encode(), "r.csv")
    assert told in str(raised.value)
    assert str(raised.value).startswith("r.csv: ")
