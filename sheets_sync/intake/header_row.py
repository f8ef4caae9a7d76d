"""Finds the header row of a tab and which column is which (spec: workbook.md, "Tabs that staff keep").

Title rows and blank rows may stand above it. Columns that are not known are left alone;
what may take a row back is asked about (columns_that_take_back.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, partial

from sheets_sync.intake.begins_and_ends import told_by_values
from sheets_sync.intake.brackets_asked import ask_of_brackets
from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.header_measures import Measure
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.name_parts import whole_column, with_whole_name
from sheets_sync.intake.names import name_key
from sheets_sync.intake.outside_names import columns_key, quoted_outside
from sheets_sync.intake.short_times import note_lengths, with_lengths
from sheets_sync.intake.stand_ins import implied_period, measure, measured_column, stand_ins
from sheets_sync.intake.told_in_cells import told_in_cells, where_none, with_groups
from sheets_sync.intake.used_columns import COLUMNS, DESCRIBING, HOURS, NAME_PARTS, REQUIRED, TOTAL
from sheets_sync.intake.what_was_given import with_what_was_given
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1, column_letter

SEVERAL = (TOTAL, "Student ID")
"""Columns that may stand on a tab twice and change no figure by it: those of all minutes are read together,
and of a state's and a district's ID the first is read: where it is on no Caseload the name decides."""
ROWS_SEARCHED = 50
"""A header further down than this, from the first row that holds something, is not looked for."""


@dataclass(frozen=True)
class Header:
    """`row` is the 1-based header row; `columns` maps canonical names to 0-based columns, `texts` to headers.

    `period` is what stands for a column Per where the header of the sessions names it ("Sessions per week").
    `totals` are the 0-based columns of all minutes of a period, with what their numbers are.
    """

    row: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    period: str | None = None
    problems: tuple[Problem, ...] = ()
    totals: Mapping[int, Measure] = field(default_factory=dict)


def find_header(sheet: Sheet, tab: str, configured: Mapping[str, str], given: Collection[str] = ()) -> Header:
    """Find the header: the first row with every required column, title and blank rows above it.

    `configured` maps canonical columns to headers here ([columns.TAB]); the columns `given` need not be
    there. Raises CannotCount if a required column is missing, if one that is used stands there twice, or if
    there is no header at all.
    """
    best: tuple[int, dict[str, Sequence[int]]] | None = None
    meant = cache(partial(_meant, tab, {name_key(text): column for column, text in configured.items()}))
    first = next((row for row, cells in enumerate(sheet.rows) if not all(map(is_blank, cells))), 0)
    for row, cells in enumerate(sheet.rows[first : first + ROWS_SEARCHED], start=first + 1):
        found, every = _read_row(cells, meant, tab)
        found = with_lengths(sheet, tab, row, found, every, configured)
        period = implied_period(cells, found)
        there = {**dict.fromkeys(given, ()), **stand_ins(sheet, tab, row, found)}
        there |= {"Per": ()} if period else {}
        if found and _missing(there, tab):
            found = {**where_none(sheet, tab, row, found), **found}
            there = {**there, **found}
            there |= dict.fromkeys(told_in_cells(sheet, tab, row, there) - set(there), ())
        elif found and tab == "Calendar":
            found = {**where_none(sheet, tab, row, found), **found}
        if found and not _missing(there, tab) and not _is_title(sheet.rows[row - 1 :], tab, meant):
            found = with_groups(sheet, tab, row, _told_by_values(sheet, tab, row, found, every, configured))
            found, notes = with_what_was_given(sheet, tab, row, found, every, configured)
            header = _header(sheet, tab, row, found, configured, period)
            return replace(header, problems=(*header.problems, *notes))
        if best is None or len(found) > len(best[1]):
            best = (row, found)
    raise _no_header(sheet, tab, best, configured)


def meaning_of_headers(tab: str, configured: Mapping[str, str]) -> Callable[[str], str | None]:
    """Return what tells the canonical column of a tab that a header means, None for no column of it."""
    own = {name_key(text): column for column, text in configured.items()}

    @cache
    def meaning(text: str) -> str | None:
        found = _meant(tab, own, text)
        return found[0] if found else read_header(text, tab=tab).value

    return meaning


def _read_row(
    cells: Sequence[CellValue], meant: Callable[[str], tuple[str, bool] | None], tab: str
) -> tuple[dict[str, Sequence[int]], dict[str, Sequence[int]]]:
    """Return the 0-based columns of each canonical name that reads out of a row, and all that do.

    A header that is exactly the canonical or the configured name goes before its aliases: "Days" beside
    "Weekdays" is no column of two names.
    """
    exact: dict[str, list[int]] = {}
    alias: dict[str, list[int]] = {}
    for position, value in enumerate(cells):
        if not isinstance(value, str) or is_blank(value):
            continue
        read = meant(value)
        if read:
            name, is_exact = read
            (exact if is_exact else alias).setdefault(name, []).append(position)
    every: dict[str, Sequence[int]] = {
        name: (*exact.get(name, ()), *alias.get(name, ())) for name in {**exact, **alias}
    }
    return with_whole_name({name: exact.get(name) or alias[name] for name in every}, tab), every


def _told_by_values(
    sheet: Sheet,
    tab: str,
    row: int,
    found: dict[str, Sequence[int]],
    every: Mapping[str, Sequence[int]],
    configured: Mapping[str, str],
) -> dict[str, Sequence[int]]:
    return dict(told_by_values(sheet, row, found, every, configured)) if tab == "Schedule" else found


def _meant(tab: str, own: Mapping[str, str], text: str) -> tuple[str, bool] | None:
    """Return the canonical name that a header means, and whether it is exactly that or the configured one."""
    key = name_key(text)
    configured = own.values()
    canonical = _canonical(tab).get(key)
    name = own.get(key) or (canonical if canonical not in configured else None)
    if name:
        return name, True
    name = measured_column(tab, text) or read_header(text, tab=tab).value
    return (name, False) if name in COLUMNS[tab] and name not in configured else None


@cache
def _canonical(tab: str) -> Mapping[str, str]:
    return {name_key(column): column for column in COLUMNS[tab] if column not in (TOTAL, HOURS)}


def _is_title(
    rows: Sequence[Sequence[CellValue]], tab: str, meant: Callable[[str], tuple[str, bool] | None]
) -> bool:
    """Tell whether a text alone in its row, like "Students", is the title of the header right below it."""
    below = next((cells for cells in rows[1:3] if not all(map(is_blank, cells))), ())
    alone = sum(not is_blank(cell) for cell in rows[0]) == 1
    return alone and len(found := _read_row(below, meant, tab)[0]) > 1 and not _missing(found, tab)


def _missing(found: Mapping[str, object], tab: str) -> list[str]:
    """Return the required columns that are not there, a choice as "End or Minutes"."""
    return [
        in_words(choice) for choice in REQUIRED[tab] if not any(set(names) <= set(found) for names in choice)
    ]


def in_words(choice: Sequence[Sequence[str]]) -> str:
    """Say what would do: "Frequency or Sessions, Per and Minutes"."""
    return " or ".join(
        " and ".join((", ".join(names[:-1]), names[-1])) if names[1:] else names[0] for names in choice
    )


def _header(
    sheet: Sheet,
    tab: str,
    row: int,
    found: Mapping[str, Sequence[int]],
    configured: Mapping[str, str],
    period: str | None,
) -> Header:
    problems = []
    for name in COLUMNS[tab]:
        places = found.get(name, ())
        if len(places) > 1 and name not in (*DESCRIBING, *SEVERAL):
            raise _stands_twice(sheet, tab, row, name, places)
        if len(places) > 1 and name != TOTAL:
            problems.append(_read_once(sheet, row, name, places))
        elif not places and name in configured:
            problems.append(_not_there(sheet, tab, row, name, configured[name]))
    cells = sheet.rows[row - 1]
    columns = {name: places[0] for name, places in found.items()}
    texts = {name: text_of(cells[place]) for name, place in columns.items()}
    if NAME_PARTS[0] in texts:
        texts[whole_column(tab)] = " ".join(texts[part] for part in NAME_PARTS)
    problems += [*ask_of_brackets(sheet, tab, row, found), *note_lengths(sheet, row, found)]
    totals = {place: measure(cells[place]) for place in found.get(TOTAL, ())}
    return Header(row, columns, texts, period, tuple(problems), totals)


def _read_once(sheet: Sheet, row: int, name: str, places: Sequence[int]) -> Problem:
    letters = " and ".join(column_letter(place) for place in places)
    return Problem(
        Severity.NOTE,
        sheet.name,
        a1(row, places[1]),
        shown(sheet.rows[row - 1][places[1]]),
        f"{len(places)} columns read as {name}: {letters}. Column {column_letter(places[0])} was read.",
        "Rename the columns that are not meant.",
    )


def _not_there(sheet: Sheet, tab: str, row: int, name: str, text: str) -> Problem:
    return Problem(
        Severity.QUESTION,
        sheet.name,
        a1(row),
        text,
        f'The configuration calls the column {name} "{text}"; there is no such header.',
        f"Mend {columns_key(sheet, tab)} in the configuration, or the header.",
    )


def _stands_twice(sheet: Sheet, tab: str, row: int, name: str, places: Sequence[int]) -> CannotCount:
    headers = " and ".join(f'{a1(row, place)} "{shown(sheet.rows[row - 1][place])}"' for place in places)
    return CannotCount(
        f"{quoted_outside(sheet, tab)} has {len(places)} columns that read as {name}: {headers}",
        "rename the one that is not meant, or name the right one in the configuration:"
        f" {columns_key(sheet, tab, name, '...')}",
    )


def _no_header(
    sheet: Sheet, tab: str, best: tuple[int, dict[str, Sequence[int]]] | None, configured: Mapping[str, str]
) -> CannotCount:
    """Say what is missing. Headers that are not known are named by their cells: the sentence goes to standard
    error, and where the header row is gone a student's name stands there.
    """
    if best is None or not best[1]:
        wanted = ", ".join(in_words(choice) for choice in REQUIRED[tab])
        return CannotCount(
            f"{quoted_outside(sheet, tab)} has no header row" + (" (it is empty)" if best is None else ""),
            f"put the names of the columns into its first row: {wanted}",
        )
    row, found = best
    missing = _missing(found, tab)
    known = {place for places in found.values() for place in places}
    cells = [(place, value) for place, value in enumerate(sheet.rows[row - 1]) if _is_text(value)]
    there = ", ".join(f'"{shown(value)}"' for place, value in cells if place in known)
    others = [(place, value) for place, value in cells if place not in known]
    unknown = f"; not known: {', '.join(a1(row, place) for place, _ in others)}" if others else ""
    first = missing[0].split(" or ")[0]
    near = _nearest(configured.get(first, first), others)
    hint = "the header here" if near is None else f"what stands in {a1(row, near)}"
    return CannotCount(
        f"{quoted_outside(sheet, tab)} has no column {_and(missing)}; row {row} has {there}{unknown}",
        f"add or rename the column, or name it in the configuration: {columns_key(sheet, tab, first, hint)}",
    )


def _nearest(wanted: str, headers: Sequence[tuple[int, CellValue]]) -> int | None:
    """Return the 0-based column of the header that is most like this name."""
    keys = {name_key(shown(value)): place for place, value in headers}
    near = get_close_matches(name_key(wanted), keys, n=1, cutoff=0.6)
    return keys[near[0]] if near else None


def _is_text(value: CellValue) -> bool:
    return isinstance(value, str) and not is_blank(value)


def _and(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' if " or " not in name else name for name in names)
