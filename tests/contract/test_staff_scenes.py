"""What staff do between two runs: their notes stay beside their line, and nothing else of theirs changes.

Each scene is played in both houses, and must leave the same tab in both (promises 7 and 9).
"""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.contract.houses import Book, House, Made
from tests.contract.scenes import AS_WRITTEN, CY_MATH, SCENES, Scene
from tests.contract.school import (
    FIRST,
    HEADERS,
    TODAY,
    TOMORROW,
    column_of,
    note,
    notes,
    row_of,
    school,
    table,
)
from tests.contract.seen import Value

SNOOZED = date(2025, 12, 1)

scenes = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


def after_the_first_night(house: House) -> Book:
    """A workbook that was run, and on which staff wrote their notes."""
    book = house.make(school())
    book.sync(TODAY)
    notes(book, {row[:2]: row[3] for row in AS_WRITTEN})
    note(book, *CY_MATH[:2], SNOOZED, "Snooze until")
    return book


def snoozed(book: Book, title: str) -> list[tuple[str, str]]:
    """Return the lines beside which the date stands that staff wrote."""
    lines = book.see(title).lines(*HEADERS)
    return [(str(row["Student"]), str(row["Service"])) for row in lines if row["Snooze until"] == SNOOZED]


@scenes
def test_notes_stay_beside_their_line_and_both_houses_show_the_same(
    scene: Scene, excel: House, google: House, made: Made
) -> None:
    file, sheet = (played(scene, made(after_the_first_night, house), house) for house in (excel, google))
    if scene.left:
        del sheet[1][-len(scene.left) :]
    assert file == sheet


def played(scene: Scene, book: Book, house: House) -> tuple[object, list[list[Value]], object]:
    """Play a scene in one house; return what both must say and show alike: figures, our rows, the rest."""
    scene.edit(book)
    ours = (scene.title, "Data Problems")
    before = book.kept(but=ours)
    told = book.sync(TOMORROW, at=time(6, 30))
    left = scene.left if house.name == "google" else ()
    assert table(book, scene.title) == [*scene.rows, *left], house.name
    if CY_MATH in scene.rows:
        assert snoozed(book, scene.title) == [CY_MATH[:2]], house.name
    assert book.kept(but=ours) == before, "nothing but ours changed"
    written = book.kept()
    book.sync(TOMORROW, at=time(6, 30))
    assert book.kept() == written, "a second run finds nothing to do"
    tab, problems = (book.see(title) for title in ours)
    figures = {name: told[name] for name in ("lines", "problems", "findings", "mails")}
    rest = [problems.values(), *((one.frozen, one.shown_merges) for one in (tab, problems))]
    return figures, tab.values(), rest


def test_what_stands_in_a_column_of_their_own_goes_with_its_line(house: House, made: Made) -> None:
    book = made(after_the_first_night, house)
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
