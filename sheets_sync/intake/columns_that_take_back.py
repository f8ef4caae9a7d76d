"""Columns of a list that are not used, and notes, where they may take back what their row says.

"Status" with "Exited 9/30" on the Service Grid, "Week" with "A" on the Schedule: such rows are counted, and
asked about, one question a column (spec: workbook.md, "Tabs that staff keep").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

from sheets_sync.intake.amounts_beside import asks_how_long
from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.counts_beside import asks_how_many
from sheets_sync.intake.dates import read_date, read_written_date
from sheets_sync.intake.ends_beside import asks_of_an_end
from sheets_sync.intake.frequency_text import read_frequency
from sheets_sync.intake.header_brackets import BRACKETS
from sheets_sync.intake.header_measures import is_length_in_hours
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.title_text import NOT_NOW, OTHER_WORK
from sheets_sync.intake.leaving import note_says_left, says_left
from sheets_sync.intake.lengths_below_session import asks_of_session
from sheets_sync.intake.marked_beside import KINDS, marks_otherwise
from sheets_sync.intake.measured_columns import minutes_with_hours
from sheets_sync.intake.outside_names import columns_key
from sheets_sync.intake.plain import plain
from sheets_sync.intake.remarks_on_when import questions_of_remarks, takes_back
from sheets_sync.intake.remarks_that_take_back import TAKES_BACK
from sheets_sync.intake.rows_named import in_rows
from sheets_sync.intake.vocabulary import meanings, rows
from sheets_sync.intake.ways_of_delivery import ways_across
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1
from sheets_sync.tables import Category

_LONGEST = 200
_MOST_SHOWN = 4
"""Different texts of a column that its question shows."""
_GIVEN = (Category.DELIVERED, Category.LATE, Category.MAKE_UP, Category.TEAM_DECISION)
_LETTERS = {"Caseload": "C", "Service Grid": "G", "Schedule": "S", "Service Log": "L"}
_REMARKS = ("Notes", "Location", "Setting")
"""Columns in use that change no figure, and may hold a remark that does."""
_OWN_DATES = {"Service Grid": ("Start date", "End date"), "Schedule": ("From", "To")}

_HARMLESS = frozenset(
    (
        *("active", "current", "ongoing", "open", "ok", "approved", "signed", "continuing", "continue"),
        *("continued", "in effect", "in place", "in progress", "implemented", "enrolled", "eligible", "iep"),
        *("weekly", "each week", "every week", "all", "all weeks", "all year", "full year", "year", "yearly"),
        *("both", "n/a", "na", "none", "-", "--", "\u2013", "\u2014", "0", "no change", "no changes"),
        *(
            "delivered",
            "provided",
            "held",
            "present",
            "p",
            "seen",
            "attended",
            "completed",
            "complete",
            "done",
        ),
        *("actual", "session", "direct", "direct service", "served", "made up"),
    )
)
_UNITS = lazy_regex(
    r"(?=.*\bunits?\b)(?:(?:#|no|number|num|count|total|billable|billed|15|minutes?|min|of|service|units?)[\s().-]*)+",
    re.IGNORECASE,
)
_CHECKED = frozenset(("x", "\u2713", "\u2714", "\u2611"))
_EACH_WEEK = lazy_regex(
    r"(?:\d\s?x\s?(?:\d+\s?)?)?(?:/|per|a|each|every)?\s?(?:week|wk|weekly)", re.IGNORECASE
)
_SIGNED = lazy_regex(
    r"^(?:(?:yes|y|signed|agreed|received|rec'?d|given|obtained|on|by|parents?|mom|dad)\b[\s,:;(-]*)+|\)$",
    re.IGNORECASE,
)
_PAST = lazy_regex(r"\b(?:last year|last iep|previous|prior|old|former)\b", re.IGNORECASE)
"""A column of what was: a frequency there is none of the line."""


def ask_of_columns(
    sheet: Sheet, tab: str, header: int, columns: Mapping[str, int], kept: Sequence[int]
) -> tuple[Problem, ...]:
    """Ask once of each column that may take back a row: `columns` are those in use, `kept` the rows' numbers.

    Of the Service Log only columns with a telling header are looked at: what a session was about may stay.
    """
    if tab not in _LETTERS:
        return ()
    remarks = {columns.get(name, -1) for name in _REMARKS}
    used = set(columns.values()) - remarks | _of_a_plan_book(sheet.rows[header - 1], tab)
    if tab == "Service Grid":
        used |= set(ways_across(sheet, header))
    asked = []
    for place, cell in enumerate(sheet.rows[header - 1]):
        if is_blank(cell) or place in used:
            continue
        found, remedy = _rows_asked(sheet, tab, place, columns, kept, text_of(cell))
        if found and tab == "Service Grid" and read_header(text_of(cell), tab=tab).value == "Notes":
            asked += questions_of_remarks(sheet, found, place)
        elif found:
            asked.append(_question(sheet, remedy, found, place, text_of(cell)))
    return tuple(asked)


def _rows_asked(
    sheet: Sheet, tab: str, place: int, columns: Mapping[str, int], kept: Sequence[int], header: str
) -> tuple[Sequence[int], str]:
    """Return the rows that are to be asked about for their cells in this column, and what would do."""
    asks = [(_question_of(sheet, tab, place, header, columns), _REMEDIES[tab])]
    if tab == "Service Grid":
        lines = [sheet.rows[row - 1] for row in kept]
        asks.append((asks_how_many(header, place, columns, lines), _HOW_MANY))
        asks.append((asks_of_an_end(header, place, columns), _REMEDIES[tab]))
    if tab == "Service Log":
        entries = [sheet.rows[row - 1] for row in kept]
        key = columns_key(sheet, tab, "Minutes", shown(header))
        remedy = f"If these are minutes, call the column Minutes, or write {key} into the configuration."
        asks.append((asks_of_session(header, place, columns, entries), remedy))
    for asked, remedy in asks:
        found = [row for row in kept if asked(sheet.rows[row - 1])] if asked else []
        if found:
            return found, remedy
    return (), ""


def _of_a_plan_book(headers: Sequence[CellValue], tab: str) -> set[int]:
    """Return the columns that the log half of a Schedule with dates uses (plan_book.py), none of another."""
    if tab != "Schedule":
        return set()
    log = {place: read_header(text_of(cell), tab="Service Log").value for place, cell in enumerate(headers)}
    return {place for place, name in log.items() if name in ("Status", "Notes") and "Date" in log.values()}


def _question_of(
    sheet: Sheet, tab: str, place: int, header: str, columns: Mapping[str, int]
) -> Callable[[Sequence[CellValue]], bool] | None:
    """Return what tells whether a row is to be asked about for its cell in this column."""
    kind = None if place == columns.get("Notes") else _kind_of(header, tab)
    if tab == "Caseload":
        return _of_students(place, header, kind, columns)
    if kind == "work":
        return lambda row: _is_other_work(cell_in(row, place))
    if kind in KINDS:
        return marks_otherwise(kind, place, columns, sheet.rows)
    if kind == "unit":
        minutes = columns.get("Minutes", -1)
        says = _other_length if is_length_in_hours(header) else _length_alone
        return lambda row: says(cell_in(row, place), cell_in(row, minutes))
    if kind:
        asks = cache(lambda cell: _asks(cell, kind))
        return lambda row: asks(cell_in(row, place))
    if tab == "Service Log":
        return None if place == columns.get("Notes") else asks_how_long(header, place, columns)
    is_remark = read_header(header, tab=tab).value in _REMARKS
    says_so = cache(partial(_says_so, is_remark=is_remark, is_session=tab == "Schedule"))
    own = [columns[name] for name in _OWN_DATES[tab] if name in columns]
    counts = tab == "Service Grid" and place != columns.get("Notes") and not _PAST.search(header)
    is_more = cache(lambda cell: counts and _says_how_often(cell))
    return lambda row: (
        says_so(cell_in(row, place), tuple(cell_in(row, at) for at in own)) or is_more(cell_in(row, place))
    )


def _kind_of(header: str, tab: str) -> str | None:
    """Return which cells of a column ask, by its header with and without what stands in its brackets."""
    typed = plain(header[:_LONGEST]).casefold()
    kinds = _kinds(_LETTERS[tab])
    kind = kinds.get(typed) or kinds.get(BRACKETS.sub(" ", typed).strip())
    return "unit" if kind is None and tab == "Service Log" and _UNITS.fullmatch(typed) else kind


def is_looked_at(header: str, tab: str) -> bool:
    """Tell whether cells below this header are looked at in a tab for what may take back their row."""
    return _kind_of(header, tab) is not None


def _says_how_often(cell: CellValue) -> bool:
    """Tell whether a cell is a frequency: one more beside that of the line."""
    if not isinstance(cell, str) or not any(map(str.isdigit, cell)):
        return False
    value = read_frequency(cell).value
    return value is not None and value.period is not None and (value.sessions or value.total) is not None


def _of_students(
    place: int, header: str, kind: str | None, columns: Mapping[str, int]
) -> Callable[[Sequence[CellValue]], bool] | None:
    """Return what tells it of a Caseload: of a student without an Exit date."""
    known = read_header(header, tab="Caseload").value
    if not kind and known not in (None, "Notes"):
        return None
    leaves = columns.get("Exit date", -1)
    asks = cache(lambda cell: _may_have_left(cell, kind))
    return lambda row: is_blank(cell_in(row, leaves)) and asks(cell_in(row, place))


def _may_have_left(cell: CellValue, kind: str | None) -> bool:
    if is_blank(cell):
        return False
    text = plain(text_of(cell)).casefold()
    if kind == "status":
        return meanings("yes_no").get(text) == "no" or says_left(text)
    return _asks(cell, kind) if kind else isinstance(cell, str) and note_says_left(cell)


def _length_alone(cell: CellValue, minutes: CellValue) -> bool:
    return not is_blank(cell) and is_blank(minutes)


def _other_length(hours: CellValue, minutes: CellValue) -> bool:
    """Tell whether a column of hours says another length than that of minutes beside it."""
    return not is_blank(hours) and minutes_with_hours(hours, None) != minutes


def _asks(cell: CellValue, kind: str) -> bool:
    if is_blank(cell):
        return False
    text = plain(text_of(cell)).casefold()
    if kind == "code":
        code = read_code(text_of(cell)).value
        return bool(TAKES_BACK.search(text)) or (code is not None and code.category not in _GIVEN)
    if kind == "signed":
        return not _is_dated(cell) and _asks(cell, "no")
    mark = "yes" if text in _CHECKED else meanings("yes_no").get(text)
    if mark and kind != "all":
        return mark == kind
    return text not in _HARMLESS and not (kind == "all" and _EACH_WEEK.fullmatch(text))


def _is_dated(cell: CellValue) -> bool:
    """Tell whether a cell says when something was signed: "9/15", "Yes - 9/15/25"."""
    if not isinstance(cell, str):
        return not isinstance(cell, bool) and read_date(cell).value is not None
    written = read_written_date(_SIGNED.sub("", plain(cell)))
    return written is not None and written.day is not None


def _is_other_work(cell: CellValue) -> bool:
    text = plain(text_of(cell)[:_LONGEST])
    return any(said.search(text) for said in (OTHER_WORK, NOT_NOW, TAKES_BACK))


def _says_so(cell: CellValue, own: tuple[CellValue, ...], *, is_remark: bool, is_session: bool) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return False
    return bool(WEEK.search(plain(cell))) or takes_back(cell, own, is_remark=is_remark, is_session=is_session)


def _question(sheet: Sheet, remedy: str, asked: Sequence[int], place: int, header: str) -> Problem:
    """Ask about all rows in one question, with the first different texts that stand there."""
    stands = dict.fromkeys(shown(cell_in(sheet.rows[row - 1], place)) for row in asked)
    return Problem(
        Severity.QUESTION,
        sheet.name,
        a1(asked[0], place),
        shown("; ".join(list(stands)[:_MOST_SHOWN])),
        f'The column "{shown(header)}" is not read, and what stands here may change what the row says: the'
        f" row is counted as if it were not there.{in_rows(asked)}",
        remedy,
    )


_HOW_MANY = "If it is how many sessions, call the column Sessions; else leave it as it is."


_REMEDIES = {
    "Caseload": "Write when the student left into a column Exit date, or take the row out; else leave it.",
    "Service Grid": "Write Start date and End date, or take the line out; else leave it as it is.",
    "Schedule": 'Write it into Days ("every other Mon"), From and To, or take the row out; else leave it.',
    "Service Log": "Write what became of the session into Status, a make-up into a row of its own, and how"
    " long it was into Minutes.",
}


@cache
def _kinds(letter: str) -> dict[str, str]:
    kinds = [(kind, names) for tabs, kind, *names in rows("headers_that_take_back") if letter in tabs]
    return {name: kind for kind, names in reversed(kinds) for name in names}
