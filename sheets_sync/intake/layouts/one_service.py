"""A Schedule or a log without a Service column, where the Service Grid asks for one service alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.services import read_service, services_spoken_of
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.titles_of_years import titles_above
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1

TABS = ("Schedule", "Service Log")


def read_with_one_service(
    sheet: Sheet,
    tab: str,
    given: Mapping[str, str],
    known: PeopleKnown,
    read_list: Callable[[Mapping[str, str]], TabRows],
) -> TabRows | None:
    """Read a list as of the one service of the grid, and note it. None where the grid has several, where the
    sheet is another workbook's or speaks of another service, and where more than the service is lacking."""
    services = {read_service(typed).value for typed in known.services}
    if tab not in TABS or sheet.as_tab or "Service" in given or len(services) != 1:
        return None
    service = services.pop()
    if service is None:
        return None
    try:
        rows = read_list({**given, "Service": service})
    except CannotCount:
        return None
    above = [text_of(cell) for cells in sheet.rows[: max(rows.header - 1, 0)] for cell in cells]
    if not services_spoken_of(" ".join((sheet.name, *filter(None, above)))) <= {service}:
        return None
    return replace(rows, problems=(*rows.problems, _note(sheet, a1(max(rows.header, 1)), service)))


def with_one_service(rows: TabRows, known: PeopleKnown) -> TabRows:
    """Take the sessions of a grid in which nothing says a service for the one of the Service Grid, and note
    it; where it has several, and where some say theirs, the others stay without."""
    column = rows.column("Service")
    blank = column.blank()
    services = {read_service(typed).value for typed in known.services}
    service = next(iter(services), None) if len(services) == 1 else None
    if rows.tab not in TABS or rows.sheet.as_tab or service is None or not len(rows) or not blank.all():
        return rows
    if any(services_spoken_of(text) - {service} for text, _ in titles_above(rows)):
        return rows
    filled = replace(column, cells=(service,), codes=np.zeros_like(column.codes), blanks=np.array([False]))
    note = _note(rows.sheet, rows.address(0, column), service)
    return replace(rows, columns={**rows.columns, "Service": filled}, problems=(*rows.problems, note))


def _note(sheet: Sheet, cell: str, service: str) -> Problem:
    return Problem(
        Severity.NOTE,
        sheet.name,
        cell,
        shown(service),
        f"Nothing says the service: all rows are taken for {service}, the only one of the Service Grid.",
        "If there are other services, add a column Service, or a title that names it.",
    )
