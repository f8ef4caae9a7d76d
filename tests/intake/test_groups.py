"""Individual, group or consultation, and the mark of a make-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.groups import is_makeup, read_group
from tests.intake.small_workbook import read, told


@pytest.mark.parametrize(
    ("text", "group"),
    [
        *(
            (text, "individual")
            for text in ("1:1", "ind", "Individual", "I", "Indiv.", "1-1", "one-to-one", "1 on 1")
        ),
        *(
            (text, "group")
            for text in ("group", "G", "small group", "Grp (3)", "group of 3", "3:1", "3 students")
        ),
        *((text, "group") for text in ("Group (2-4)", "pull-out group", "Sm. Grp", "group - make up")),
        *((text, "group") for text in ("Group 1", "Grp 1", "G1", "Group #1", "Small group 1", "group 1-3")),
        *((text, "individual") for text in ("group of 1", "1 student", "group (1 student)")),
        *((text, "consultation") for text in ("consult", "Consultation", "consultative", "indirect")),
        *((text, None) for text in ("in class", "In-class", "out of class", "Outside gen ed")),
        *((text, "group") for text in ("whole class", "small group in class")),
        *((text, None) for text in ("", " ", "n/a", "-", "make-up", "MU", "push-in")),
    ],
)
def test_a_group(text, group):
    assert (read_group(text).value, read_group(text).problem) == (group, None)


@pytest.mark.parametrize("text", ["individual/group", "ind or group", "class", "xyz", "maybe"])
def test_no_group(text):
    assert read_group(text).value is None
    assert read_group(text).problem


@pytest.mark.parametrize(
    "text", ["make-up", "Make Up", "makeup", "MU", "M/U", "made up 10/14", "group make-up", "makeup for 10/7"]
)
def test_a_make_up_is_marked(text):
    assert is_makeup(text)


@pytest.mark.parametrize("text", ["", "group", "MUSIC", "no makeup needed", "to be made up", "needs make-up",
                                  "will make up Tue", "not a make-up"])  # fmt: skip
def test_no_make_up_is_marked(text):
    assert not is_makeup(text)


@given(st.text(max_size=60))
def test_no_text_raises(text):
    read_group(text)
    is_makeup(text)


def test_groups_that_are_called_by_letters_are_one_question() -> None:
    head = "Student | Service | Days | Start | End | Group"
    rows = "\n".join(
        f"{student} | Speech therapy | Mon | {start}:00 | {start}:30 | {group}"
        for student, start, group in (
            ("Ana R.", 8, "A"),
            ("Ben T.", 8, "A"),
            ("Ana R.", 9, "B"),
            ("Ben T.", 10, "I"),
        )
    )
    tables = read({"Schedule": f"{head}\n{rows}"})
    assert tables.schedule["group"].tolist() == ["group", "group", "group", "individual"]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("question", "Schedule!F2")]
