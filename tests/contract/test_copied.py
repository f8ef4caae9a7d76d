"""A workbook that is carried from one house to the other gives the same figures and the same tab; what was
written there by the program is not ours any more (issue 3, point 1), and is never touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.contract.houses import Book, House
from tests.contract.in_google import GoogleHouse
from tests.contract.school import TODAY, TOMORROW, note, school, table
from tests.contract.seen import SeenTab, differences

OURS = ("Compliance", "Data Problems")
TYPED = "call the provider"


@dataclass(frozen=True)
class Way:
    """Out of one house and into the other."""

    out_of: House
    into: House
    folder: Path

    def carry(self, book: Book) -> Book:
        return self.into.load(book.download(self.folder / "Services.xlsx"))


@pytest.fixture(params=["from a file to Google", "from Google to a file"])
def way(request: pytest.FixtureRequest, excel: House, google: GoogleHouse, tmp_path: Path) -> Way:
    folder = tmp_path / "carried"
    folder.mkdir()
    there, back = (excel, google), (google, excel)
    return Way(*(there if request.param == "from a file to Google" else back), folder)


def worked_in(house: House) -> Book:
    """A workbook that was run, and on which staff wrote."""
    book = house.make(school())
    book.type("Service Grid", "C4", "now and then")
    book.sync(TODAY)
    note(book, "Ana R.", "Speech therapy", TYPED)
    return book


def figures(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name not in ("workbook", "calls", "mails")}


def called(tab: SeenTab, title: str) -> SeenTab:
    """Return the tab as it would be seen under another name: it stands in its first cell too."""
    cells = tab.cells | {(1, 1): replace(tab.cell(1, 1), value=title)}
    return replace(tab, title=title, cells=cells)


def test_without_our_tabs_it_is_counted_and_written_alike(way: Way) -> None:
    book = worked_in(way.out_of)
    for title in OURS:
        book.delete(title)
    carried = way.carry(book)
    fresh = way.out_of.copy(book)
    assert figures(carried.sync(TODAY)) == figures(fresh.sync(TODAY))
    for title in OURS:
        assert differences(fresh.see(title), carried.see(title)) == []


def test_with_our_tabs_it_is_refused_with_what_would_do(way: Way) -> None:
    carried = way.carry(worked_in(way.out_of))
    before = carried.kept()
    for command in ("sync", "check"):
        ran = carried.run(command, today=TODAY)
        assert ran.code == 2
        assert "[compliance] tab" in ran.out + ran.err
        assert "What would do: " in ran.out + ran.err
    assert carried.kept() == before


def other_names(book: Book) -> tuple[str, str]:
    """The first remedy: the configuration gives ours other names."""
    book.configure('[compliance]\ntab = "Minutes"\nproblems_tab = "To mend"\n')
    return "Minutes", "To mend"


def renamed(book: Book) -> tuple[str, str]:
    """The second: somebody renames those that came along."""
    for title in OURS:
        book.rename(title, f"{title} of last year")
    return OURS


@pytest.mark.parametrize("remedy", [other_names, renamed])
def test_either_remedy_gives_the_same_figures_and_the_same_tab(
    way: Way, remedy: Callable[[Book], tuple[str, str]]
) -> None:
    book = worked_in(way.out_of)
    carried = way.carry(book)
    titles = remedy(carried)
    before = carried.kept(but=titles)
    told = carried.sync(TOMORROW)
    assert carried.kept(but=titles) == before, "what came along stays as it was, notes and all"

    for title in OURS:
        book.delete(title)
    fresh = way.out_of.copy(book)
    assert figures(told) == figures(fresh.sync(TOMORROW))
    for title, name in zip(OURS, titles, strict=True):
        assert differences(called(fresh.see(title), name), carried.see(name)) == []


def test_what_staff_wrote_came_along(way: Way) -> None:
    carried = way.carry(worked_in(way.out_of))
    renamed(carried)
    carried.sync(TOMORROW)
    assert ("Ana R.", "Speech therapy", "", TYPED) in table(carried, "Compliance of last year")


def test_a_copy_in_its_own_house_is_ours_still(house: House) -> None:
    copied = house.copy(worked_in(house))
    copied.sync(TOMORROW)
    assert table(copied)[0] == ("Ana R.", "Speech therapy", "", TYPED)
