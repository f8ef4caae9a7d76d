"""A Schedule or a log without a Service column whose title, or tab's name, says the service: "Speech Log"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.layouts.key_pairs import is_key_line
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.title_text import RULE, read_title
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.intake.sheet_names import said_by
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1

Given = Mapping[str, str]
TABS = ("Schedule", "Service Log")
_NOT_OF_ROWS = lazy_regex(
    r"\b(?:no|not|without|except|never|see|room|rm|office|gym|lab|hall|goals?|cc)\b|@", re.IGNORECASE
)
"""Beside these a service may be a place, or that of other rows."""
_MOST_CELLS = 4
"""Of more cells side by side, each is the header of a column."""


def read_with_service_above(
    sheet: Sheet, tab: str, given: Given, known: PeopleKnown, read: Callable[[Given], TabRows]
) -> TabRows | None:
    """Read a list as of the one service of which its titles and its tab's name speak, and note it; who gives
    it goes along where a title says that too ("Speech Schedule - Kim Lee"). None where they speak of no
    service or of several, and where more than the service is lacking."""
    if tab not in TABS or "Service" in given:
        return None
    try:
        rows = read({**given, "Service": "?"})
    except CannotCount:
        return None
    found = services_above(rows)
    if len(found) != 1:
        return None
    ((service, (text, row, place)),) = found.items()
    by_name = said_by(text, known)
    who = by_name.provider if by_name else read_title(text, known).said.provider
    said = {**({"Provider": who} if who else {}), **given, "Service": service}
    note = Problem(
        Severity.NOTE,
        sheet.name,
        a1(row, place),
        shown(text),
        f"No column says the service: all rows are taken for {service}, which this names.",
        "If some are of another service, add a column Service.",
    )
    rows = read(said)
    return replace(rows, problems=(*rows.problems, note))


def with_another_service_asked(rows: TabRows, given: Given) -> TabRows:
    """Ask where a title of a list names another service than its tab's name, which holds."""
    of_all = given.get("Service")
    if rows.tab not in TABS or of_all is None or rows.column("Service").position >= 0:
        return rows
    others = {name: at for name, at in services_above(rows).items() if name != of_all}
    asked = [
        Problem(
            Severity.QUESTION,
            rows.sheet.name,
            a1(row, place),
            shown(text),
            f"This names {name}, and the name of the tab {of_all}: all rows are counted as {of_all}.",
            "Mend the one that is wrong, or add a column Service.",
        )
        for name, (text, row, place) in others.items()
    ]
    return replace(rows, problems=(*rows.problems, *asked[:1]))


def services_above(rows: TabRows) -> dict[str, tuple[str, int, int]]:
    """Return the services of which the titles above a list speak, else its tab's name, each with its text."""
    for titles in (_titles(rows), [(rows.sheet.name, 1, 0)]):
        found: dict[str, tuple[str, int, int]] = {}
        for text, row, place in titles:
            if not _NOT_OF_ROWS.search(text):
                found |= dict.fromkeys(services_spoken_of(text) - set(found), (text, row, place))
        if found:
            return found
    return {}


def _titles(rows: TabRows) -> Iterator[tuple[str, int, int]]:
    for row, cells in enumerate(rows.sheet.rows[: max(rows.header - 1, 0)], start=1):
        filled = [(place, cell) for place, cell in enumerate(cells) if not is_blank(cell)]
        for place, cell in filled if len(filled) <= _MOST_CELLS else ():
            text = text_of(cell)
            if (
                isinstance(cell, str)
                and len(text) <= LONGEST
                and not (is_key_line(text) or RULE.search(text))
            ):
                yield text, row, place


def _tells_how_it_is_kept(text: str) -> bool:
    return is_key_line(text) or RULE.search(text) is not None
