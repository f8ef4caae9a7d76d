"""Where each of our tabs goes: to where our mark is, else behind the last tab; never onto another's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import owned_by, relations_part
from sheets_sync.problems import NotOurs, WrongUse
from sheets_sync.views.tab import Tab

_KEYS = {"compliance": "tab", "problems": "problems_tab"}
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
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
    for tab in tabs:
        position = book.position(tab.mark)
        if position is None:
            _check_name(book, tab, [home.name for home in homes])
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


def _check_name(book: Book, tab: Tab, others: Iterable[str]) -> None:
    key = f"[compliance] {_KEYS.get(tab.mark, 'tab')}"
    if not tab.name or len(tab.name) > _LONGEST_NAME or _NOT_IN_A_NAME.search(tab.name):
        raise WrongUse(
            f'"{tab.name}" cannot be the name of a tab.',
            f"In the configuration, give {key} a name of at most 31 characters without [ ] : * ? / \\.",
        )
    wanted = tab.name.casefold()
    if wanted in (other.casefold() for other in others):
        raise WrongUse(
            f'Two tabs would be called "{tab.name}".', f"Give {key} another name in the configuration."
        )
    if any(sheet.name.casefold() == wanted for sheet in book.sheets):
        raise NotOurs(
            f'The workbook has a tab "{tab.name}" that this program did not make, so nothing was written.',
            f"Give {key} another name in the configuration, or rename that tab.",
        )
