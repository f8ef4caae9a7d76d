"""A column that was sorted without the others, in a tab of a few rows (promises.md, "Guards")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pytest

from sheets_sync.findings.guards.reordered import reordered
from sheets_sync.guarded import Baseline, Doubt, SeenColumn, SeenTab
from sheets_sync.intake.seen import MARK, number_of
from sheets_sync.tables import SheetRead, Tables
from tests.findings.a_school import day

STUDENTS = "Ana Ben Chloe Diego Emma Farah Gus Hana Ivo Jon Kim Leo"
SPEECH_AND_OT = "OT Speech OT OT Speech OT Speech Speech PT Speech Speech Speech"


@dataclass(frozen=True)
class Seen:
    seen: tuple[SeenTab, ...]

    def called(self, canonical: str, source: str) -> str:
        return Tables.called(cast("Tables", self), canonical, source)

    def sheets_of(self, canonical: str) -> tuple[SheetRead, ...]:
        return (SheetRead(canonical),)


def tab(**columns: str) -> SeenTab:
    """A tab; the cells of a column in words, "-" for a blank."""
    rows = len(next(iter(columns.values())).split())
    marks = {
        name: np.array([0 if cell == "-" else 1 + number_of(cell) % 60_000 for cell in cells.split()], MARK)
        for name, cells in columns.items()
    }
    found = tuple(SeenColumn(name, column.tobytes()) for name, column in marks.items())
    return SeenTab("Service Grid", rows, found, numbers=tuple(range(2, rows + 2)))


def doubts(before: SeenTab, now: SeenTab) -> list[Doubt]:
    baseline = Baseline(day("11-20"), "", (replace(before, numbers=()),))
    return [*reordered(cast("Tables", Seen((now,))), baseline)]


def in_order(cells: str) -> str:
    return " ".join(sorted(cells.split()))


@pytest.mark.parametrize(
    ("others", "cells", "now"),
    [
        (STUDENTS, SPEECH_AND_OT, in_order(SPEECH_AND_OT)),
        ("Lee Ray Day May", "ray@x lee@x day@x may@x", "day@x lee@x may@x ray@x"),
        ("Ana Ben Chloe Diego", "1 2 3 4", "4 3 2 1"),
        ("Ana Ben Chloe Diego Emma", "Lee - Ray - Day", "Day Lee Ray - -"),
        ("Ana Ben Chloe Diego Emma", "1 2 3 4 5", "2 3 1 4 5"),
    ],
)
def test_a_column_that_was_sorted_alone_is_doubted_where_three_rows_moved(
    others: str, cells: str, now: str
) -> None:
    held = doubts(tab(Student=others, Service=cells), tab(Student=others, Service=now))
    assert [doubt.about for doubt in held] == ["Service"]


def test_it_says_which_column_of_which_tab_in_how_many_rows() -> None:
    (doubt,) = doubts(
        tab(Student=STUDENTS, Service=SPEECH_AND_OT), tab(Student=STUDENTS, Service=in_order(SPEECH_AND_OT))
    )
    assert '"Service Grid" the cells of Service stand in another order, in 4 rows' in doubt.seen


@pytest.mark.parametrize(
    ("others", "cells", "now"),
    [
        ("Ana Ben Chloe Diego", "9:00 9:30 10:00 10:30", "9:30 9:00 10:00 10:30"),
        ("Ana Ben Chloe", "3 2 1", "1 2 3"),
        (STUDENTS, "Lee Ray " * 6, "Ray Lee Lee Ray Ray Lee " + "Lee Ray " * 3),
        (STUDENTS, "a - b - - - - - - - - c", "- a - b - - - - - - - c"),
        (STUDENTS, SPEECH_AND_OT, SPEECH_AND_OT.replace("OT", "PT")),
    ],
    ids=["two cells", "three rows are all", "two providers swap four", "notes a row lower", "other values"],
)
def test_what_people_do_by_hand_is_not(others: str, cells: str, now: str) -> None:
    assert doubts(tab(Student=others, Service=cells), tab(Student=others, Service=now)) == []


def test_a_tab_that_was_sorted_whole_is_not() -> None:
    rows = sorted(zip(STUDENTS.split(), SPEECH_AND_OT.split(), strict=True), key=lambda row: row[1])
    now = tab(Student=" ".join(row[0] for row in rows), Service=" ".join(row[1] for row in rows))
    assert doubts(tab(Student=STUDENTS, Service=SPEECH_AND_OT), now) == []


def test_rows_that_were_added_are_sorted_with_the_others() -> None:
    now = tab(Student=f"{STUDENTS} Mia", Service=in_order(f"{SPEECH_AND_OT} OT"))
    assert len(doubts(tab(Student=STUDENTS, Service=SPEECH_AND_OT), now)) == 1


def test_corrections_on_a_day_with_new_entries_are_not() -> None:
    """Three entries are mended, and what stood there stands in the new ones."""
    before = "given given given given given away given ill given given given given"
    now = "ill away given given given given given ill given given given given given away ill"
    entries = tab(Student=STUDENTS, Status=before)
    assert doubts(entries, tab(Student=f"{STUDENTS} Ana Ben Chloe", Status=now)) == []


DAYS = "Mon-Wed Fri " * 4
STARTS = "8:30 11:00 9:00 8:00 10:30 9:30 11:30 10:00"
PEOPLE = "Ana Ben Chloe Diego Emma Farah Gus Hana"


@pytest.mark.parametrize(
    "changed",
    [
        {"Provider": "Diaz Lee Lee Lee Lee Lee Lee Lee"},
        {"Provider": "Diaz Diaz Lee Diaz Lee Lee Lee Lee"},
        {"To": "- - - 05-01 - - - -"},
        {"Provider": "Diaz Lee Lee Lee Lee Lee Lee Lee", "To": "- - - 05-01 - - - -"},
    ],
    ids=["one Provider", "three Providers", "a To date", "a Provider and a To date"],
)
@pytest.mark.parametrize(("name", "cells"), [("Days", DAYS), ("Start", STARTS)])
def test_a_few_other_edits_hide_no_column_that_was_sorted_alone(
    name: str, cells: str, changed: dict[str, str]
) -> None:
    others = {"Student": PEOPLE, "Provider": "Lee " * 8, "To": "- " * 8}
    held = doubts(tab(**others, **{name: cells}), tab(**(others | changed), **{name: in_order(cells)}))
    assert [doubt.about for doubt in held] == [name]


@pytest.mark.parametrize("gone", range(8))
def test_nor_does_a_row_that_was_deleted(gone: int) -> None:
    def but(cells: str) -> str:
        return " ".join(cell for number, cell in enumerate(cells.split()) if number != gone)

    before = tab(Student=PEOPLE, Provider="Lee Ray " * 4, Days=DAYS)
    now = tab(Student=but(PEOPLE), Provider=but("Lee Ray " * 4), Days=but(in_order(DAYS)))
    assert [doubt.about for doubt in doubts(before, now)] == ["Days"]


def test_nor_do_rows_that_were_written_on_top() -> None:
    now = tab(
        Student=f"Mia Nora {PEOPLE}",
        Provider="Lee Lee " + "Lee Ray " * 4,
        Days=f"Tue Thu {in_order(DAYS)}",
    )
    before = tab(Student=PEOPLE, Provider="Lee Ray " * 4, Days=DAYS)
    assert [doubt.about for doubt in doubts(before, now)] == ["Days"]


@pytest.mark.parametrize("added", [1, 3, 6])
def test_blanks_that_are_filled_while_rows_with_blanks_are_added_are_not(added: int) -> None:
    new = " ".join(f"New{number}" for number in range(added))
    before = tab(Student=PEOPLE, Start=STARTS, To="- " * 8)
    now = tab(
        Student=f"{PEOPLE} {new}", Start=f"{STARTS} " + "13:00 " * added, To="05-01 " * 3 + "- " * (5 + added)
    )
    assert doubts(before, now) == []
