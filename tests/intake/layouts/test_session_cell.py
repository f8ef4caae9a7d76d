"""What a cell of a week grid says, in any usual order; a name is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_cell

STUDENTS = ("Ana R.", "Ben Torres", "Cal M.", "Calvin Dove", "Sam Ito", "Sam Ortiz")
KNOWN = people(named(STUDENTS, {"S7": "Cal M.", "Benny": "Ben Torres"}), named(("Kim Lee", "J. Rivera")))
SPEECH, OT = "Speech therapy", "Occupational therapy"

CELLS = [
    # as typed                                students                       service  provider     place
    ("Ana R. - Speech (Kim Lee)", ("Ana R.",), SPEECH, "Kim Lee", ""),
    ("Ana - Speech (Kim)", ("Ana R.",), SPEECH, "Kim Lee", ""),
    ("OT: Ben, Cal", ("Ben Torres", "Cal M."), OT, "", ""),
    ("Speech / Ana R. & Ben T. / Rm 12", ("Ana R.", "Ben Torres"), SPEECH, "", "Rm 12"),
    ("Torres, Ben speech w/ Ms. Kim in library", ("Ben Torres",), SPEECH, "Kim Lee", "in library"),
    ("Rivera: Ana R., S7", ("Ana R.", "Cal M."), "", "J. Rivera", ""),
    ("Ana R. small group speech therapy", ("Ana R.",), SPEECH, "", ""),
    ("Ana\nBen\nSpeech", ("Ana R.", "Ben Torres"), SPEECH, "", ""),
    ("BENNY speech", ("Ben Torres",), SPEECH, "", ""),
    ("ana r speech", ("Ana R.",), SPEECH, "", ""),
    ("Ana R. social skills", ("Ana R.",), "Social skills", "", ""),
    ("Ana R. - Kim Lee OT", ("Ana R.",), OT, "Kim Lee", ""),
    ("Ana R.: OT Ms. Kim", ("Ana R.",), OT, "Kim Lee", ""),
]


@pytest.mark.parametrize(("text", "students", "service", "provider", "place"), CELLS)
def test_who_what_by_whom_and_where(
    text: str, students: tuple[str, ...], service: str, provider: str, place: str
) -> None:
    (read,) = read_session_cell(text, KNOWN)
    assert (read.students, read.service, read.provider, read.place) == (students, service, provider, place)
    assert read.unknown == ()


def test_a_line_for_each_session() -> None:
    read = read_session_cell("Ana R. speech\nBen T. OT", KNOWN)
    assert [(one.students, one.service) for one in read] == [(("Ana R.",), SPEECH), (("Ben Torres",), OT)]


AT_QUARTER = (555, 570)
LINES = [
    # lines                            what each session has: whom, time, provider, group; None: it is asked
    ("Ana\nBen (9:15-9:30)", [("Ana R.",), ("Ben Torres", AT_QUARTER)]),
    ("Ana\nBen [9:15-9:30]\nCal", [("Ana R.",), ("Ben Torres", AT_QUARTER), ("Cal M.",)]),
    ("Ana (individual)\nBen", [("Ana R.", "individual"), ("Ben Torres",)]),
    ("Ana (Kim Lee)\nBen", [("Ana R.", "Kim Lee"), ("Ben Torres",)]),
    ("Ana - Kim\nBen - Rivera", [("Ana R.", "Kim Lee"), ("Ben Torres", "J. Rivera")]),
    ("Ana (Rm 5)\nBen", [("Ana R.", "Rm 5"), ("Ben Torres",)]),
    ("Ana, Ben (9:15-9:30)", [("Ana R.", "Ben Torres", AT_QUARTER)]),
    ("Ana & Ben (9:15-9:30)\nCal", [("Ana R.", "Ben Torres", AT_QUARTER), ("Cal M.",)]),
    # a line without a student, and what stands before the first one, is of all
    ("Speech\nAna (9:15-9:30)\nBen", [("Ana R.", SPEECH, AT_QUARTER), ("Ben Torres", SPEECH)]),
    ("9:15-9:30\nAna\nBen", [("Ana R.", "Ben Torres", AT_QUARTER)]),
    ("9:15-9:30 Ana\nBen", [("Ana R.", "Ben Torres", AT_QUARTER)]),
    ("Kim Lee: Ana\nBen", [("Ana R.", "Ben Torres", "Kim Lee")]),
    ("Group: Ana\nBen", [("Ana R.", "Ben Torres", "group")]),
    # behind one name, without brackets: whose it is is not told
    ("Ana\nBen 9:15-9:30", None),
    ("Ana\nBen - Kim Lee", None),
    ("Ana 1:1\nBen", None),
    ("(9:15-9:30) Ana (9:20-9:30)\nBen", None),
    ("9:15-9:30 Ana\nBen (9:20-9:30)", None),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_what_stands_in_one_line_of_several(text: str, expected: list[tuple[object, ...]] | None) -> None:
    read = read_session_cell(text, KNOWN)
    said = [
        tuple(filter(None, (*one.students, one.service, one.times, one.provider, one.group, one.place)))
        for one in read
    ]
    assert (said if all(one.is_clear for one in read) else None) == expected


def test_a_time_and_a_group_in_the_cell() -> None:
    (read,) = read_session_cell("Speech group 9:05-9:35: Ana & Ben", KNOWN)
    assert (read.students, read.times, read.group) == (("Ana R.", "Ben Torres"), (545, 575), "group")


def test_who_is_called_by_a_part_of_the_name_is_said() -> None:
    (read,) = read_session_cell("Ana - Speech (Kim)", KNOWN)
    assert read.short == (("Ana", "Ana R."), ("Kim", "Kim Lee"))


UNKNOWN = [
    # somebody else, or one of two: never the one who is like it
    ("Ben Smith - OT", "Ben Smith"),
    ("Ben S. - OT", "Ben S."),
    ("Sam - OT", "Sam"),
    ("Zoe Q. - OT", "Zoe Q."),
    ("An - OT", "An"),
    ("OT: Calv", "Calv"),
    ("ben smith - OT", "ben smith"),
    ("Ben Smith-Jones OT", "Ben Smith-Jones OT"),
]

DOUBTS = [
    # a sign that leaves open whether the session is held, or for whom the service is
    *("Ana R.? speech", "?Ana R.", "~~Ana R.~~", "(Ana R.)", "-Ana R.", "Ana R. → Ben Torres", "Ana R.*"),
    *("Ana R.\nBen Torres OT", "Ana R., Cal M.\nBen Torres - OT", "OT: Ana R.\nBen Torres", "🔵 Ana R. OT"),
]
PLAIN = [
    *("Ana R. (speech)", "Speech (Ana R., Ben Torres)", "- Ana R.\n- Ben Torres", "Ana R. - Speech - Rm #12"),
    *("• Ana R. OT\n• Ben Torres OT", "Ana R. – OT", "Ana R. w/ Ben Torres"),
]


@pytest.mark.parametrize("text", DOUBTS)
def test_a_sign_of_doubt_is_kept(text: str) -> None:
    assert any(read.doubt for read in read_session_cell(text, KNOWN))


@pytest.mark.parametrize("text", PLAIN)
def test_strokes_and_brackets_that_part_are_no_doubt(text: str) -> None:
    assert all(read.students and not read.doubt for read in read_session_cell(text, KNOWN))


APART = {
    "Ana Rivera (S1)": ("Ana Rivera", "S1", "3"),
    "Ana Rivera (S2)": ("Ana Rivera", "S2", "5"),
    "Ben Ito (12)": ("Ben Ito", "12", "k"),
    "Ben Ito (gr 1)": ("Ben Ito", "", "1"),
}
ALIKE = [
    # as typed                  who it is; nobody where two can be meant
    ("Ana Rivera (S1) OT", ("Ana Rivera (S1)",)),
    ("Ana Rivera 5th OT", ("Ana Rivera (S2)",)),
    ("Ana R (3rd) - OT", ("Ana Rivera (S1)",)),
    ("Ben Ito (gr K) OT", ("Ben Ito (12)",)),
    ("Ben I (1st) OT", ()),  # Ben Ivy may be in first grade too
    ("Ben Ito 12 OT", ()),  # minutes, or a room's number
    ("Ana Rivera OT", ()),
    ("Ana Rivera (4th) OT", ()),
    ("Ana Rivera (S1) (5th) OT", ("Ana Rivera (S1)",)),
]


@pytest.mark.parametrize(("text", "students"), ALIKE)
def test_two_students_of_one_name_are_told_apart_by_id_or_grade(text: str, students: tuple[str, ...]) -> None:
    known = people(named((*APART, "Ben Ivy"), told_apart=APART), named(()))
    (read,) = read_session_cell(text, known)
    assert read.students == students
    assert bool(read.unknown) == (students == () or "(5th)" in text)


MAY_BE = [
    ("Sam", ("Sam Ito", "Sam Ortiz")),
    ("ana", ("Ana R.",)),
    ("BT", ("Ben Torres",)),
    ("Zoe", ()),
    ("b", ()),
]


@pytest.mark.parametrize(("text", "expected"), MAY_BE)
def test_whom_a_word_may_mean_that_calls_nobody_for_certain(text: str, expected: tuple[str, ...]) -> None:
    assert KNOWN.may_be(text) == expected


LEFT_OVER = [
    # a student, and something that denies or changes the session: no session each week
    "NO SPEECH - Ana R.",
    "Ana R. - no speech",
    "Ana R. speech cancelled",
    "Ana R. speech every other week",
    "Ana R. speech monthly",
    "Ana R. & Zoe Q. speech",
    "Ana R. (Zoe speech)",
    "Ana R. speech eval",
    "Ana R. - OT make-up",
    "IEP meeting - Ana R.",
    "Ana R. - Speech, Ben T. - OT",
    "Ana R. absent",
    "Ana R. speech 9:00-9:15 and 9:15-9:30",
    "Ana R. - Speech (Tom Rivera)",
    # what became of it, which no schedule says
    "Ana R. - Speech \u2713",
    "\u274c Ana R. - Speech",
    "\u2612 Ana R. speech\nBen T. OT",
]


@pytest.mark.parametrize("text", LEFT_OVER)
def test_where_anything_is_left_over_it_is_said(text: str) -> None:
    assert any(read.unknown for read in read_session_cell(text, KNOWN))


@pytest.mark.parametrize(
    "text", ["Ana R. speech Rm 101", "Ana R. speech (room 101)", "in Rm 101: Ana R. speech"]
)
def test_the_number_of_a_room_is_nobodys_id(text: str) -> None:
    (read,) = read_session_cell(text, people(named(STUDENTS, {"101": "Cal M."}), named(())))
    assert (read.students, read.unknown) == (("Ana R.",), ())


def test_a_name_that_a_student_and_a_provider_share_calls_neither() -> None:
    known = people(named(("Ana R.", "Kim Ortiz")), named(("Kim Lee",)))
    (read,) = read_session_cell("Ana R. - Speech (Kim)", known)
    assert (read.students, read.provider, read.unknown) == (("Ana R.",), "", ("Kim",))


def test_each_line_has_its_own_time() -> None:
    read = read_session_cell("Ana R. 9:00-9:15\nBen T. 9:15-9:30", KNOWN)
    assert [(one.students, one.times) for one in read] == [
        (("Ana R.",), (540, 555)),
        (("Ben Torres",), (555, 570)),
    ]


@pytest.mark.parametrize(("text", "unknown"), UNKNOWN)
def test_a_name_that_is_nobodys_or_two_peoples_is_not_guessed(text: str, unknown: str) -> None:
    (read,) = read_session_cell(text, KNOWN)
    assert (read.students, read.unknown) == ((), (unknown,))


@pytest.mark.parametrize("text", ["Lunch", "PREP", "IEP meeting", "lunch / recess", "Make-ups", "-"])
def test_what_is_no_session_is_left_out(text: str) -> None:
    assert all(read == SessionText() for read in read_session_cell(text, KNOWN))


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for read in read_session_cell(text, KNOWN):
        assert set(read.students) <= set(STUDENTS)
