"""The Staff tab: who gives or oversees services (spec: workbook.md, "Staff")."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import read_service
from sheets_sync.intake.shared_columns import day_column, read_dates, report_blank, report_error_cells
from sheets_sync.intake.staff_names import StaffNames
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.problems import Severity, sheet_of, sheet_row
from sheets_sync.tables import STAFF, table

_TEXTS = {
    "role": "Role",
    "email": "Email",
    "supervisor": "Supervisor",
    "supervisor_email": "Supervisor email",
}


def read_staff(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table STAFF and `context.staff`. A row without a name is left out."""
    name = rows.column("Name")
    remedy = "Write the name as the other tabs have it under Provider."
    report_blank(context, rows, name, name.blank(), "Name is blank.", remedy)
    report_error_cells(rows, context, name)
    rows = rows.at(np.array([bool(text) for text in name.texts()], dtype=bool))
    names = rows.column("Name").texts()
    _report_doubled(rows, names, rows.column("Email").texts(), context)
    context.staff = StaffNames(names, rows.column("Role").texts())
    away = {}
    for key, header in (("away_from", "Away from"), ("away_to", "Away to")):
        readings = read_dates(rows, header, context.school_year)
        context.found.readings(rows, readings, Severity.QUESTION)
        away[key] = day_column(readings)
    texts = {key: rows.column(header).texts() for key, header in _TEXTS.items()}
    return table(
        STAFF,
        {"row": rows.rows, "name": names, **texts, "services": _services(rows, context), **away},
    )


def _services(rows: TabRows, context: Context) -> list[str]:
    """Return the canonical services of each row, joined by "; "; what cannot be read stands as typed."""

    def canonical(text: str) -> str:
        parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
        known = (read_service(part, services=context.names.services).value or part for part in parts)
        return "; ".join(dict.fromkeys(known))

    column = rows.column("Services")
    texts = [canonical(text_of(cell)) for cell in column.cells]
    return [texts[code] for code in column.codes.tolist()]


def _report_doubled(rows: TabRows, names: list[str], emails: list[str], context: Context) -> None:
    """Ask about a name in several rows: they are one person unless they have two addresses."""
    together: dict[str, list[int]] = {}
    for position, text in enumerate(names):
        together.setdefault(name_key(text), []).append(position)
    for first, *others in together.values():
        known = {emails[position].strip().casefold() for position in (first, *others)} - {""}
        what = (
            "with another address: it is not known whose it is, and no mail goes to either"
            if len(known) > 1
            else "read as the same person, who is away when either says so"
        )
        for position in others:
            context.found.cell(
                Severity.QUESTION,
                rows,
                position,
                rows.column("Name"),
                f"The name stands in {_row_words(rows, first, position)} too, {what}.",
                "Keep one row for each person, and tell two people of one name apart."
                if len(known) > 1
                else "Keep one row for each person.",
            )


def _row_words(rows: TabRows, at: int, seen_from: int) -> str:
    """Return "row 3", with its tab where that is another one."""
    number, other = int(rows.rows[at]), int(rows.rows[seen_from])
    tab, _ = rows.place(at, rows.column("Name"))
    of_tab = "" if sheet_of(number) == sheet_of(other) else f' of the tab "{tab}"'
    return f"row {sheet_row(number)}{of_tab}"
