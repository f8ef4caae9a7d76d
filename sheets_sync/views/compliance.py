"""The Compliance tab (workbook.md, "The tab that the program writes")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sheets_sync.config import Config
from sheets_sync.findings.words import frequency_words
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.staff_columns import StaffColumns, StaffRow
from sheets_sync.views import columns as col
from sheets_sync.views.figure_notes import figure_notes
from sheets_sync.views.initials import all_initials
from sheets_sync.views.line_rows import LineRows, line_rows
from sheets_sync.views.palette import STATUS_STYLE
from sheets_sync.views.removed_rows import behind_of, removed_rows
from sheets_sync.views.row_heights import row_height
from sheets_sync.views.schedule_words import next_session_words, scheduled_words
from sheets_sync.views.tab import FilterView, OutCell, OutValue, Style, Tab
from sheets_sync.views.top_rows import FROZEN, ROW_HEIGHT, SPANS, Row, top_heights, top_rows
from sheets_sync.views.what_to_do import what_to_do
from sheets_sync.views.wording import to_day

HEADER_ROW = 3
HEADER_HEIGHT = 32.0
ADDED_WIDTH = 18.0
TONGUE = "1F3864"
TO_DO_VIEW = "To do"
HIDDEN = (col.LINE,)
ABOUT_STAFF = {
    col.STAFF_NOTES: "Yours: what you write here stays with its line, wherever the line goes.",
    col.SNOOZE_UNTIL: "Yours: until this date nothing is mailed about what is open on this line now.",
}


@dataclass(frozen=True)
class _Texts:
    """What stands in words in the rows, one of each a line."""

    students: Mapping[str, str]
    to_do: Sequence[str]
    scheduled: Sequence[str]
    case_managers: Mapping[str, str]
    notes: Sequence[Mapping[str, str]]


def compliance_tab(
    ledger: Ledger,
    *,
    keys: Sequence[str],
    staff: StaffColumns,
    since: Mapping[str, date],
    checked_at: datetime,
    version: str,
    config: Config,
    todo: Sequence[str] | None = None,
    rows: LineRows | None = None,
    kept: Mapping[str, Row] | None = None,
) -> Tab:
    """Make the tab: two rows of summary, the header, the lines, and below them those that left the grid.

    `keys` (and `todo`, what `what_to_do` gave, if it is at hand) stand in the order of `ledger.lines`;
    `rows` are the ledger's, if they were taken apart already; `kept` are the rows of lines that are held, by
    key, as they were (frozen.py);
    `since` gives the date from which on each key has its status (today where it is missing); `staff` is what
    stands on the tab now. Students stand in the order of the Caseload, lines in that of the grid.
    """
    rows = rows or line_rows(ledger)
    texts = _texts(ledger, rows, config, todo)
    names = (*col.NAMES, *staff.added)
    lines = ledger.line_records
    body = _body(ledger, keys, since, staff, texts, kept or {}, names)
    removed = list(
        removed_rows(
            staff,
            set(keys),
            today=ledger.today,
            year_lasts=ledger.today <= ledger.calendar.day(ledger.calendar.last),
            students=config.compliance.students,
        )
    )
    body += [in_order(cells, row, names) for cells, row in removed]
    widths = tuple(column.width for column in col.COLUMNS) + (ADDED_WIDTH,) * len(staff.added)
    top = top_rows(ledger, checked_at, version, config, behind_of(row for _, row in removed))
    return Tab(
        name=config.compliance.tab,
        mark="compliance",
        rows=(*top, header(names), *body),
        widths=widths,
        frozen=FROZEN,
        filter_row=HEADER_ROW,
        hidden=tuple(names.index(name) for name in _hidden(texts)),
        heights=_heights(top, body, widths),
        spans=SPANS,
        colour=TONGUE,
        key=names.index(col.LINE),
        staff=tuple(names.index(name) for name in (*ABOUT_STAFF, *staff.added)),
        protection=config.compliance.protection,
        filter_views=_filter_views(line["provider"] for line in lines),
    )


def _body(
    ledger: Ledger,
    keys: Sequence[str],
    since: Mapping[str, date],
    staff: StaffColumns,
    texts: _Texts,
    kept: Mapping[str, Row],
    names: Sequence[str],
) -> list[tuple[OutCell, ...]]:
    """Return a row a line; the first of each student is strong, and those that are held are as they were."""
    body = []
    before = None
    for at in _caseload_order(ledger):
        key, line = keys[at], ledger.line_records[at]
        cells = _line_cells(at, line, key, texts, since, ledger)
        if key in kept:
            cells |= _as_they_were(kept[key])
        if line["student"] != before:
            cells[col.STUDENT] = replace(cells[col.STUDENT], style=Style.STRONG)
        before = line["student"]
        body.append(in_order(cells, staff.rows.get(key), names))
    return body


def _filter_views(providers: Iterable[str]) -> tuple[FilterView, ...]:
    """Return "To do" and one view a provider, by whose name it is called."""
    place = col.NAMES.index(col.PROVIDER)
    named = sorted({name for name in providers if name}, key=lambda name: (name.casefold(), name))
    to_do = FilterView(TO_DO_VIEW, col.NAMES.index(col.WHAT_TO_DO))
    return (to_do, *(FilterView(name, place, equals=name) for name in named))


def _texts(ledger: Ledger, rows: LineRows, config: Config, todo: Sequence[str] | None) -> _Texts:
    students = ledger.tables.students
    names = students["student"].tolist()
    shown = all_initials(names) if config.compliance.students == "initials" else {}
    managers = dict(zip(names, students["case_manager"].tolist(), strict=True))
    several = len({manager for manager in managers.values() if manager}) > 1
    return _Texts(
        students=shown,
        to_do=what_to_do(ledger, config.rules, rows) if todo is None else todo,
        scheduled=scheduled_words(ledger),
        case_managers=managers if several else {},
        notes=figure_notes(ledger, rows),
    )


def _caseload_order(ledger: Ledger) -> list[int]:
    """Lines whose student is not on the Caseload stand last."""
    place = {student: at for at, student in enumerate(ledger.tables.students["student"].tolist())}
    students = ledger.lines["student"].tolist()
    return sorted(range(len(students)), key=lambda at: place.get(students[at], len(place)))


def _line_cells(
    at: int, row: Mapping[Any, Any], key: str, texts: _Texts, since: Mapping[str, date], ledger: Ledger
) -> dict[str, OutCell]:
    status = Status(row["status"])
    student = row["student"]
    values: dict[str, OutValue] = {
        col.STUDENT: texts.students.get(student, student) or f"? ({row['cell'].replace('!A', ' row ')})",
        col.SERVICE: row["service"],
        col.WHAT_TO_DO: texts.to_do[at],
        col.PROVIDER: row["provider"],
        col.GROUP: row["group"],
        col.REQUIRED: frequency_words(
            *(row[name] for name in ("sessions", "minutes", "total", "period", "n"))
        ),
        col.SCHEDULED: texts.scheduled[at],
        col.LAST_SESSION: to_day(row["last_session"]),
        col.NEXT_SESSION: next_session_words(to_day(row["next_session"]), int(row["next_start"])),
        col.SINCE: since.get(key, ledger.today),
        col.CASE_MANAGER: texts.case_managers.get(student, ""),
        col.LINE: key,
    }
    cells = {name: OutCell(value or None, col.STYLES[name]) for name, value in values.items()}
    cells[col.STATUS] = OutCell(str(status), STATUS_STYLE[status])
    for column in col.FIGURE_COLUMNS:
        note = texts.notes[at].get(column.figure, "")
        cells[column.name] = OutCell(_figure(row[column.figure]), column.style, note)
    if status is not Status.CHECK_DATA and row["behind"] > 0:
        cells[col.BEHIND] = replace(cells[col.BEHIND], style=Style.BEHIND)
    return cells


def _as_they_were(row: Row) -> dict[str, OutCell]:
    ours = set(col.NAMES) - set(ABOUT_STAFF) - {col.STUDENT, col.WHAT_TO_DO, col.SINCE}
    return {name: cell for name, cell in zip(col.NAMES, row, strict=False) if name in ours}


def _figure(value: Any) -> OutValue:
    """Return a figure as a plain number; blank where there is none."""
    if value is None or value != value or str(value) == "<NA>":
        return None
    return round(float(value), 1) if isinstance(value, float) else int(value)


def in_order(
    cells: Mapping[str, OutCell], staff: StaffRow | None, names: Sequence[str]
) -> tuple[OutCell, ...]:
    """Put the cells into their columns, with what staff wrote beside them."""
    own: dict[str, OutValue] = {} if staff is None else dict(staff.added)
    if staff is not None:
        own |= {col.STAFF_NOTES: staff.notes, col.SNOOZE_UNTIL: staff.snooze}
    return tuple(
        cells[name] if name in cells else OutCell(own.get(name), col.STYLES.get(name, Style.STAFF_TEXT))
        for name in names
    )


def header(names: Sequence[str]) -> tuple[OutCell, ...]:
    ours = set(col.NAMES) - set(ABOUT_STAFF)
    return tuple(
        OutCell(name, Style.HEADER if name in ours else Style.STAFF_HEADER, ABOUT_STAFF.get(name, ""))
        for name in names
    )


def _hidden(texts: _Texts) -> tuple[str, ...]:
    """Hide the key; and the case manager where there is but one."""
    return HIDDEN if texts.case_managers else (col.CASE_MANAGER, *HIDDEN)


def _heights(
    top: Sequence[Row], body: Sequence[Row], widths: Sequence[float]
) -> tuple[tuple[int, float], ...]:
    lines = (row_height(cells, widths, ROW_HEIGHT) for cells in body)
    return tuple(enumerate([*top_heights(top, widths), HEADER_HEIGHT, *lines], 1))
