"""Where each of our tabs goes: to where our mark is, else behind the last tab; never onto another's."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import owned_by, relations_part
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.tab_names import check_names, no_name
from sheets_sync.views.tab import Tab

_NOT_IN_A_NAME = lazy_regex(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Home:
    """Where one tab stands. `name` is what staff call it, who may have renamed it; `old` are the parts that
    were ours before (the sheet's comments, drawings), all to be replaced."""

    tab: Tab
    name: str
    part: str
    position: int
    new: bool
    old: frozenset[str] = frozenset()


def find_homes(package: Package, book: Book, tabs: Sequence[Tab]) -> list[Home]:
    """Raises NotOurs if a tab of the wanted name does not carry our mark, WrongUse for an impossible name."""
    homes: list[Home] = []
    taken = {name.casefold() for name in package.names}
    added = 0
    _check_names(book, [tab for tab in tabs if book.position(tab.mark) is None])
    for tab in tabs:
        position = book.position(tab.mark)
        if position is None:
            part = free_part(taken, posixpath.join(posixpath.dirname(book.part), "worksheets/sheet{}.xml"))
            homes.append(Home(tab, tab.name, part, len(book.sheets) + added, new=True))
            added += 1
        else:
            sheet = book.sheets[position]
            old = owned_by(package, sheet.part)
            old |= {part for owner in (sheet.part, *old) if (part := relations_part(owner)) in package}
            homes.append(Home(tab, sheet.name, sheet.part, position, new=False, old=frozenset(old)))
    return homes


def free_part(taken: set[str], pattern: str) -> str:
    """Return the first name of this pattern that no part has, and take it."""
    number = 1
    while pattern.format(number).casefold() in taken:
        number += 1
    taken.add(pattern.format(number).casefold())
    return pattern.format(number)


def _check_names(book: Book, new: Sequence[Tab]) -> None:
    for tab in new:
        if not tab.name or len(tab.name) > _LONGEST_NAME or _NOT_IN_A_NAME.search(tab.name):
            raise no_name(tab.mark, tab.name, f"at most {_LONGEST_NAME} characters without [ ] : * ? / \\")
    check_names({tab.mark: tab.name for tab in new}, [sheet.name for sheet in book.sheets])
