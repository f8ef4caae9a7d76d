"""A cell as words: what would act on a terminal instead of being read is left out."""

from __future__ import annotations

import pytest

from sheets_sync.intake.cells import shown, text_of
from tests.intake.small_workbook import SMALL, read

ESC, BELL, TURNED = "\x1b", "\x07", "\u202e"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" Ana R. ", "Ana R."),
        (f"{ESC}[31mAna R.{ESC}[0m{BELL}", "[31mAna R.[0m"),
        (f"{TURNED}Ana R.", "Ana R."),
        ("\x9b2JAna R.", "2JAna R."),
        ("Ana\r\nR.", "Ana\r\nR."),
        ("Ana\u00a0R. \U0001f338", "Ana\u00a0R. \U0001f338"),
    ],
)
def test_text_is_only_ever_text(typed: str, text: str) -> None:
    assert text_of(typed) == text
    assert shown(typed) == " ".join(text.split())


def test_nothing_that_is_read_can_act() -> None:
    changed = {tab: text.replace("Ana R.", f"Ana{ESC}[2J{TURNED} R.") for tab, text in SMALL.items()}
    tables = read(changed)
    assert tables.students["student"].tolist()[0] == "Ana[2J R."
    for table in (tables.students, tables.lines, tables.schedule, tables.log):
        assert not any(mark in table.to_string() for mark in (ESC, TURNED))
    assert not any(ESC in problem.value + problem.problem for problem in tables.problems)
