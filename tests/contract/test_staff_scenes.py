"""What staff do between two runs: their notes stay beside their line, and nothing else of theirs changes.

Each scene is played in both houses, and must leave the same tab in both (promises 7 and 9).
"""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.contract.houses import Book, House
from tests.contract.scenes import AS_WRITTEN, CY_MATH, SCENES, Scene
from tests.contract.school import (
    FIRST,
    HEADERS,
    TODAY,
    TOMORROW,
    column_of,
    note,
    row_of,
    school,
    table,
)

SNOOZED = date(2025, 12, 1)

scenes = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


def after_the_first_night(house: House) -> Book:
    """A workbook that was run, and on which staff wrote their notes."""
    book = house.make(school())
    book.sync(TODAY)
    for row in AS_WRITTEN:
        note(book, row[0], row[1], row[3])
    note(book, "Cy U.", "Math", SNOOZED, "Snooze until")
    return book


def snoozed(book: Book, title: str) -> list[tuple[str, str]]:
    """Return the lines beside which the date stands that staff wrote."""
    lines = book.see(title).lines(*HEADERS)
    return [(str(row["Student"]), str(row["Service"])) for row in lines if row["Snooze until"] == SNOOZED]


@scenes
def test_notes_stay_beside_their_line_and_all_else_stays_as_it_was(house: House, scene: Scene) -> None:
    book = after_the_first_night(house)
    scene.edit(book)
    before = book.kept(but=(scene.title, "Data Problems"))
    book.sync(TOMORROW)
    assert table(book, scene.title) == [*scene.rows, *(scene.left if house.name == "google" else ())]
    if CY_MATH in scene.rows:
        assert snoozed(book, scene.title) == [CY_MATH[:2]]
    assert book.kept(but=(scene.title, "Data Problems")) == before
    written = book.kept()
    book.sync(TOMORROW)
    assert book.kept() == written, "a second run finds nothing to do"


@scenes
def test_both_houses_show_the_same(scene: Scene, excel: House, google: House) -> None:
    seen = []
    for house in (excel, google):
        book = after_the_first_night(house)
        scene.edit(book)
        told = book.sync(TOMORROW, at=time(6, 30))
        tabs = [book.see(title) for title in (scene.title, "Data Problems")]
        figures = {name: told[name] for name in ("lines", "problems", "findings", "mails")}
        rows = [tab.values() for tab in tabs]
        if house.name == "google":
            del rows[0][len(rows[0]) - len(scene.left) :]
        seen.append((figures, rows, [(tab.frozen, tab.shown_merges) for tab in tabs]))
    assert seen[0] == seen[1]


def test_what_stands_in_a_column_of_their_own_goes_with_its_line(house: House) -> None:
    book = after_the_first_night(house)
    book.insert_columns("Compliance", "D", 2)
    book.type("Compliance", "D3", "Asked")
    for row in AS_WRITTEN[1:4]:
        book.type("Compliance", f"D{row_of(book, *row[:2])}", f"about {row[1]}")
    for day in (TOMORROW, date(2025, 10, 22)):
        book.sort("Compliance", column_of(book, "Service"), FIRST)
        book.sort("Service Grid", "D", 2)
        book.sync(day)
        asked = {
            (row["Student"], row["Service"]): row["Asked"] for row in book.see("Compliance").lines(*HEADERS)
        }
        assert {line: said for line, said in asked.items() if said} == {
            row[:2]: f"about {row[1]}" for row in AS_WRITTEN[1:4]
        }
    assert snoozed(book, "Compliance") == [CY_MATH[:2]]
