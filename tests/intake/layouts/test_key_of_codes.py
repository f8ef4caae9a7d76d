"""The key of codes on a sheet itself, in the ways in which people write it into one cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.layouts.key_meanings import attendance_words, category_words
from sheets_sync.intake.layouts.key_of_codes import Key, read_key
from sheets_sync.intake.layouts.key_pairs import pairs_in
from sheets_sync.intake.layouts.key_tables import key_tables
from sheets_sync.ports import CellValue, Sheet

PRESENT, ABSENT = "delivered", "student absent"
OF_THREE = {"P": PRESENT, "A": ABSENT, "TA": "provider absent"}
AGAINST = {"NS": ABSENT, "PA": ABSENT}
"""What a key says of two codes that mean something else by themselves."""


def key_in_one_cell(typed: str) -> Key:
    return read_key(Sheet("Log", [[typed]]), (), [(1, 0)], category_words)


@pytest.mark.parametrize(
    "typed",
    [
        "P = present; A = absent; TA = therapist absent",
        "P=present, A=absent, TA=therapist absent",
        "Key: P = present | A = absent | TA = therapist absent",
        "P = present  A = absent  TA = therapist absent",
        "P = present A = absent TA = therapist absent",
        "P=present A=absent TA=therapist absent",
        "Speech attendance Sept-Oct 2025   P = present  A = absent   TA = therapist absent",
        "P - present\nA - absent\nTA - therapist absent",
        "Present = P, Absent = A, Therapist absent = TA",
        "present=p; absent=a; therapist absent=ta",
        "Present (P), absent (A), therapist absent (TA)",
        "P (present), A (absent), TA (therapist absent)",
        "P present, A absent, TA therapist absent",
        "P → present  A → absent  TA → therapist absent",
        "P -> present; A -> absent; TA -> therapist absent",
    ],
)
def test_a_key_in_one_cell(typed: str) -> None:
    key = key_in_one_cell(typed)
    assert {code.upper(): said for code, said in key.codes.items()} == OF_THREE
    assert key.problems == ()


@pytest.mark.parametrize(
    "typed",
    [
        "NS = no show; PA = parent cancelled",
        "No show = NS; Parent cancelled - PA",
        "No show (NS), Parent cancelled (PA)",
        "Key: NS no show, PA parent cancelled",
        "NS => no show  PA => parent cancelled",
    ],
)
def test_a_key_goes_before_what_is_built_in(typed: str) -> None:
    assert key_in_one_cell(typed) == Key(AGAINST)


def test_codes_and_words_without_any_mark_are_asked_about_where_they_go_against_what_is_built_in() -> None:
    key = key_in_one_cell("NS no show, PA parent cancelled, SA absent")
    assert key.codes == {"SA": ABSENT, "NS": "", "PA": ""}
    assert [(one.cell, one.severity.value) for one in key.problems] == [("A1", "question")] * 2


@pytest.mark.parametrize(
    "typed",
    [
        "Speech log (SA)",
        "Student (AB)",
        "Kim Lee - PA",
        "TA was absent, MU owed",
        "PA absent",
        "Provider = PA",
    ],
)
def test_a_remark_or_a_name_is_no_key(typed: str) -> None:
    assert key_in_one_cell(typed) == Key({})


def test_of_a_code_with_two_meanings_none_counts() -> None:
    key = key_in_one_cell("P = present  P = provider absent")
    assert key.codes == {"P": ""}
    assert [one.cell for one in key.problems] == ["A1"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("R = present, refused", {"R": ""}),
        ("R: present; refused", {"R": ""}),
        ("R - present, refused", {"R": ""}),
        ("R = present  refused", {"R": ""}),
        ("R = present,\nrefused", {"R": ""}),
        ("R (present), refused", {"R": ""}),
        ("P (present), R (present, refused)", {"P": PRESENT, "R": ""}),
        ("(P) present (R) present, refused", {"P": PRESENT, "R": ""}),
        ("R = seen (30 min) refused", {"R": ""}),
        ("R = present, OT - refused", {"R": ""}),
        ("P = present, A = absent, R = present, refused", {"P": PRESENT, "A": ABSENT, "R": ""}),
        ("P=present,R=present,refused,A=absent", {"P": PRESENT, "R": "", "A": ABSENT}),
        ("Present, refused = R, Present = P", {"R": "", "P": PRESENT}),
        ("X = SLP out, made up same week", {"X": ""}),
        ("A = absent, school closed", {"A": ""}),
        ("X = holiday/absent", {"X": ""}),
        ("S = seen, short (15 min)", {"S": ""}),
        ("S = seen, partial", {"S": ""}),
        ("A = absent, excused; T = therapist absent, sick", {"A": ABSENT, "T": "provider absent"}),
        ("P = seen, push-in, A = absent", {"P": PRESENT, "A": ABSENT}),
        ("E = field trip, assembly or testing", {"E": "school activity"}),
        ("T = present, late", {"T": "late or left early"}),
        ("P = Present, A= Absent, MU - Makeup", {"P": PRESENT, "A": ABSENT, "MU": "make-up"}),
        ("MU = make-up, note the date", {"MU": "make-up"}),
        ("P = present | A = absent | Kim Lee, SLP", {"P": PRESENT, "A": ABSENT}),
        ("P = present\nA = absent\nUse for all students", {"P": PRESENT, "A": ABSENT}),
        ("P: present • A: absent", {"P": PRESENT, "A": ABSENT}),
        ("+ seen | - absent", {"+": PRESENT, "-": ABSENT}),
        ("Key: + present, - absent", {"+": PRESENT, "-": ABSENT}),
        ("(+) seen (-) absent", {"+": PRESENT, "-": ABSENT}),
        ("+ = seen   - = absent", {"+": PRESENT, "-": ABSENT}),
        ("- seen\n- absent", {}),
        ("1 = seen, 2 = student absent", {"1": PRESENT, "2": ABSENT}),
        ("1 = /r/ sounds, 2 = syntax", {}),
    ],
)
def test_what_stands_behind_a_comma_belongs_to_its_meaning(typed: str, codes: dict[str, str]) -> None:
    assert key_in_one_cell(typed).codes == codes


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([["A = absent (make-up required), P = present"]], ["A1"]),
        ([["A = absent (no make-up)", "T = SLP absent (make-up needed)"]], []),
        ([["R = seen by OT; X = seen by teacher"]], ["A1", "A1"]),
        ([["OT log"], ["R = seen by OT"]], []),
        ([["S = seen by SLP", "X = seen by sub"]], ["A1"]),
        ([["Code", "Meaning", "Make up?"], ["A", "absent", "Yes"], ["P", "present", "No"]], ["A2"]),
        (
            [["Code", "Meaning", "Min", "Owed"], ["A", "absent", None, True], ["P", "present", 20, None]],
            ["A2"],
        ),
        ([["Code", "Meaning", "Make up?"], ["T", "SLP absent", "Yes"], ["A", "absent", "No"]], []),
    ],
)
def test_a_meaning_that_is_said_to_be_owed_or_given_by_others_is_asked_about(
    rows: list[list[CellValue]], asked: list[str]
) -> None:
    sheet = Sheet("Log", rows)
    tables = key_tables(sheet, range(1, len(rows) + 1), category_words)
    texts = [(row, place) for row, cells in enumerate(rows, start=1) for place in range(len(cells))]
    key = read_key(sheet, tables, [] if tables else texts, category_words)
    assert [one.cell for one in key.problems] == asked


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("absent, excused", "absent"),
        ("tardy; unexcused", "tardy"),
        ("present, late", None),
        ("excused", None),
    ],
)
def test_an_absence_is_one_whether_it_is_excused_or_not(typed: str, kind: str | None) -> None:
    assert attendance_words(typed) == kind


@settings(max_examples=100)
@given(st.lists(st.sampled_from(("P", "NS", "=", "->", "(", ")", "no show", ";", " - ", "\n", "é", "9"))))
def test_any_text_has_pairs_of_a_code_and_words_or_none(parts: list[str]) -> None:
    assert all(pair.code and pair.meaning for pair in pairs_in(" ".join(parts), category_words))


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (("+ seen", "- absent"), {"+": PRESENT, "-": ABSENT}),
        (("- seen", "- absent"), {}),
        (("- absent",), {}),
    ],
)
def test_marks_with_a_cell_each(cells: tuple[str, ...], codes: dict[str, str]) -> None:
    places = [(1, place) for place in range(len(cells))]
    assert read_key(Sheet("Log", [cells]), (), places, category_words).codes == codes


@pytest.mark.parametrize(
    ("words", "category"),
    [
        *((text, ABSENT) for text in ("absent, student", "absent, student, sick", "no show; student")),
        *(
            (text, "provider absent")
            for text in ("absent, therapist", "Training, SLP", "cancelled, therapist")
        ),
        *((f"therapist absent, {owed} made up", "provider absent") for owed in ("must be", "to be", "not")),
        ("Therapist absent, training, or meeting", "provider absent"),
        *((f"student refused, {owed}", "student refused") for owed in ("not made up", "don't make up")),
        *((text, "student refused") for text in ("student unavailable, refused", "refused, unavailable")),
        ("present, student", "delivered"),
        *((text, None) for text in ("absent, student or teacher", "absent, student/teacher")),
        *((text, None) for text in ("absent, made up", "absent, make up", "absent, OT", "must be made up")),
        *((text, None) for text in ("student or therapist absent", "absent, or holiday", "present, refused")),
    ],
)
def test_a_clause_that_is_no_cause_of_its_own(words: str, category: str | None) -> None:
    assert category_words(words) == category


def test_such_clauses_among_others_in_one_cell() -> None:
    key = key_in_one_cell("P = present; A = absent, student; T = therapist absent, must be made up")
    assert key.codes == {"A": ABSENT, "T": "provider absent", "P": "delivered"}
    assert key.problems == ()
