"""The keys of codes in two columns: below the word "Key", or by themselves above or below a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.layouts.key_beside import Said
from sheets_sync.intake.layouts.key_columns import columns_of_key, places_behind, with_columns
from sheets_sync.intake.layouts.key_pairs import Means, Place, is_code
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_KEY = lazy_regex(
    r"\W*(?:(?:attendance|service|status|log|session) )?"
    r"(?:key|legend|codes?|abbreviations?|symbols?)(?: (?:of|to|for) (?:the )?(?:codes|symbols|abbreviations)"
    r"|[ /]+(?:key|legend))?\W*",
    re.IGNORECASE,
)
_CODE_HEADER = lazy_regex(
    r"\W*(?:status |attendance )?(?:codes?|symbols?|abbreviations?|letters?)\W*", re.IGNORECASE
)
_MEANING = lazy_regex(r"\W*(?:meanings?|means|what it means|stands for|definitions?)\W*", re.IGNORECASE)
_DESCRIPTION = lazy_regex(r"\W*(?:descriptions?|explanations?)\W*", re.IGNORECASE)
_CAPITALS = lazy_regex(r"[A-Z][A-Z/]{0,4}|[^\w\s]{1,2}")
_LONGEST_CAPTION = 40
_HEAD = lazy_regex(r"[\s/:(,\-\d]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a key with its meaning, and the place of the code; `said` is what more columns say."""

    place: Place
    code: str
    meaning: str
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class KeyTable:
    """`cells` are the places of all that belongs to the key, also its caption."""

    entries: tuple[Entry, ...]
    cells: frozenset[Place]


@lru_cache(maxsize=4096)
def calls_itself_a_key(text: str) -> bool:
    """Tell whether a text, or the name of a tab, is the caption of a key: "Key", "Legend", "Codes"."""
    return len(text) <= _LONGEST_CAPTION and _KEY.fullmatch(text.strip()) is not None


def key_tables(sheet: Sheet, rows: Sequence[int], means: Means) -> list[KeyTable]:
    """Return the keys of two columns in these rows (1-based) of a sheet.

    One without a caption has rows to itself, two or more below each other with nothing directly above; a
    meaning in it is known, and a code of it is used in another column of the sheet.
    """
    captioned = list(_captioned(sheet, rows))
    taken = {place for table in captioned for place in table.cells}
    return [*captioned, *(table for table in _by_themselves(sheet, rows, means) if not table.cells & taken)]


def whole_key(sheet: Sheet) -> Iterator[Entry]:
    """Yield the codes of a tab that is a key as a whole: each row with a code and words beside it.

    Which column is which the headers say; without any the first two are the code and its meaning.
    """
    heads: tuple[int, int, list[int]] | None = None
    for row, cells in enumerate(sheet.rows, start=1):
        found = _heads(sheet, row)
        heads = found or heads
        filled = [place for place, cell in enumerate(cells) if isinstance(cell, str) and not is_blank(cell)]
        if found or any(_is(_CODE_HEADER, cells[place]) for place in filled[:2]):
            continue
        entry = _entry(sheet, row, *heads[:2]) if heads else None
        beside = heads[2] if heads else []
        if entry is None and len(filled) > 1:
            entry, beside = _either_way(sheet, row, *filled[:2]), places_behind(sheet, row, filled[1] + 1)
        if entry:
            yield _with(entry, sheet, beside)


def _heads(sheet: Sheet, row: int) -> tuple[int, int, list[int]] | None:
    """Return the columns of the codes and of their meanings, where this row heads them, and those beside."""
    cells = sheet.rows[row - 1]
    for column in (place for place, cell in enumerate(cells) if _is(_CODE_HEADER, cell)):
        heads = _meanings(sheet, row, column)
        if heads:
            return column, heads[0][0], _others(sheet, row, column, heads[0][0])
    return None


def _with(entry: Entry, sheet: Sheet, beside: Sequence[int]) -> Entry:
    said = with_columns(sheet, entry.place[0], beside, entry.meaning)
    return replace(entry, meaning=said.words, said=said)


def _either_way(sheet: Sheet, row: int, left: int, right: int) -> Entry | None:
    entry = _entry(sheet, row, left, right)
    if entry and not _turned(entry):
        return entry
    entry = _entry(sheet, row, right, left)
    return entry if entry and _CAPITALS.fullmatch(entry.code) else None


def without(sheet: Sheet, cells: Set[Place]) -> Sheet:
    """Return the sheet with these places blank."""
    if not cells:
        return sheet
    rows = list(sheet.rows)
    for row in {row for row, _ in cells}:
        rows[row - 1] = [None if (row, place) in cells else cell for place, cell in enumerate(rows[row - 1])]
    return replace(sheet, rows=rows)


def _captioned(sheet: Sheet, rows: Sequence[int]) -> Iterator[KeyTable]:
    for row in rows:
        for column, cell in enumerate(sheet.rows[row - 1]):
            if not isinstance(cell, str) or not calls_itself_a_key(cell):
                continue
            table = next(filter(None, (form(sheet, row, column) for form in _FORMS)), None)
            if table is not None:
                yield table


def _with_headers(sheet: Sheet, row: int, column: int) -> KeyTable | None:
    """Read "Code | Meaning", or "Meaning | Code", also with more columns between and behind. "Description"
    may also be of a list's own columns: it heads a key where a column is free on its left."""
    if not _is(_CODE_HEADER, cell_at(sheet, row, column)):
        return None
    for meaning, surely in _meanings(sheet, row, column):
        first = min(column, meaning)
        apart = first == 0 or is_blank(cell_at(sheet, row, first - 1))
        header = cell_at(sheet, row, meaning)
        if sum(cell == header for cell in sheet.rows[row - 1]) == 1 and (apart or surely):
            entries = _run(sheet, row, row + 1, column, meaning)
            also = _others(sheet, row, column, meaning)
            heads = {(row, column), (row, meaning)}
            heads |= {(at, place) for place in also for at in (row, *(entry.place[0] for entry in entries))}
            entries = [_with(entry, sheet, also) for entry in entries]
            return _table(entries, heads, meaning) if entries else None
    return None


def _meanings(sheet: Sheet, row: int, column: int) -> list[tuple[int, bool]]:
    """Return the headers of meanings beside that of the codes, directly or behind others of a key, those that
    surely are one first."""
    beside = [column + 1, column - 1, *columns_of_key(sheet, row, column + 1)[1:]]
    places = [at for at in beside if at >= 0]
    surely = [(at, True) for at in places if _is(_MEANING, cell_at(sheet, row, at))]
    return surely + [(at, False) for at in places if _is(_DESCRIPTION, cell_at(sheet, row, at))]


def _others(sheet: Sheet, row: int, column: int, meaning: int) -> list[int]:
    """Return the columns of a key that are neither its codes nor their meanings."""
    return [at for at in columns_of_key(sheet, row, column + 1) if at != meaning]


def _below(sheet: Sheet, row: int, column: int) -> KeyTable | None:
    """Read what stands below a caption; one that could be a column's header has its row to itself."""
    others = [
        place for place, cell in enumerate(sheet.rows[row - 1]) if place != column and not is_blank(cell)
    ]
    header = _is(_CODE_HEADER, cell_at(sheet, row, column))
    if column + 1 in others or (header and others):
        return None
    first = row + 1
    while first <= len(sheet.rows) and first <= row + 2 and _is_blank_or_headers(sheet, first, column):
        first += 1
    for code, meaning in ((column, column + 1), (column + 1, column)):
        entries = _run(sheet, row, first, code, meaning, alone=True)
        if entries and not (code == column and all(map(_turned, entries))):
            heads = {(at, place) for at in range(row, first) for place in (column, column + 1)}
            return _table(entries, heads, meaning)
    return None


def _beside(sheet: Sheet, row: int, column: int) -> KeyTable | None:
    """Read what begins on the right of its caption, in the same row."""
    header = _is(_CODE_HEADER, cell_at(sheet, row, column))
    entry = None if header else _entry(sheet, row, column + 1, column + 2)
    entries = [entry, *_run(sheet, row, row + 1, column + 1, column + 2)] if entry else []
    return _table(entries, {(row, column)}, column + 2) if entries else None


_FORMS: tuple[Callable[[Sheet, int, int], KeyTable | None], ...] = (_with_headers, _below, _beside)


def _is(form: re.Pattern[str], cell: CellValue) -> bool:
    return isinstance(cell, str) and form.fullmatch(cell) is not None


def _is_header(cell: CellValue) -> bool:
    return any(_is(form, cell) for form in (_CODE_HEADER, _MEANING, _DESCRIPTION))


def _is_blank_or_headers(sheet: Sheet, row: int, column: int) -> bool:
    cells = [cell_at(sheet, row, place) for place in (column, column + 1)]
    return all(map(is_blank, cells)) or all(map(_is_header, cells))


def _turned(entry: Entry) -> bool:
    """Tell whether the words stand where a code was looked for: "Absent | A"."""
    return _CAPITALS.fullmatch(entry.meaning) is not None and _CAPITALS.fullmatch(entry.code) is None


def _table(entries: Sequence[Entry], heads: Set[Place], meaning: int) -> KeyTable:
    cells = {place for entry in entries for place in (entry.place, (entry.place[0], meaning))}
    return KeyTable(tuple(entries), frozenset(cells | heads))


def _run(sheet: Sheet, head: int, first: int, code: int, meaning: int, *, alone: bool = False) -> list[Entry]:
    """Return the codes from a row on, as far as each has words beside it (`alone`: and nothing behind).

    Nothing stands on their left, unless their caption in the row `head` is the next header of a table.
    """
    left = min(code, meaning) - 1
    filled = sum(not is_blank(cell) for cell in sheet.rows[head - 1])
    joined = left >= 0 and filled > 2 and not is_blank(cell_at(sheet, head, left))
    found = []
    for row in range(first, len(sheet.rows) + 1):
        entry = _entry(sheet, row, code, meaning)
        if entry is None or (alone and not is_blank(cell_at(sheet, row, max(code, meaning) + 1))):
            break
        if left >= 0 and not joined and not is_blank(cell_at(sheet, row, left)):
            break
        if all(read_header(text, tab="Service Log").value for text in (entry.code, entry.meaning)):
            break
        found.append(entry)
    return found


def _entry(sheet: Sheet, row: int, code: int, meaning: int) -> Entry | None:
    typed, words = cell_at(sheet, row, code), cell_at(sheet, row, meaning)
    if not isinstance(typed, str) or not isinstance(words, str) or is_blank(words) or not is_code(typed):
        return None
    return Entry((row, code), typed.strip(), words.strip())


def _by_themselves(sheet: Sheet, rows: Sequence[int], means: Means) -> Iterator[KeyTable]:
    run: list[Entry] = []
    for row in [*rows, len(sheet.rows) + 1]:
        entry = _only_entry(sheet, row)
        follows = run and entry and entry.place == (run[-1].place[0] + 1, run[-1].place[1])
        if entry and (follows or not run):
            run.append(entry)
            continue
        if _is_key_by_itself(sheet, run, means):
            yield _table(run, set(), run[0].place[1] + 1)
        run = [entry] if entry else []


def _only_entry(sheet: Sheet, row: int) -> Entry | None:
    """Return the code of a row that holds nothing else but it and the words on its right."""
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    filled = [place for place, cell in enumerate(cells) if cell is not None and not is_blank(cell)]
    if len(filled) != 2 or filled[1] != filled[0] + 1:
        return None
    entry = _entry(sheet, row, *filled)
    return entry if entry and _CAPITALS.fullmatch(entry.code) else None


def _is_key_by_itself(sheet: Sheet, run: Sequence[Entry], means: Means) -> bool:
    """Tell whether such rows are a key. Directly below others they could be students by their initials: there
    each is a code that is used, or one that means something by itself."""
    if len(run) < 2 or not any(means(entry.meaning) for entry in run):
        return False
    row, column = run[0].place
    wanted = {code_key(entry.code) for entry in run}
    cells = (cell for cells in sheet.rows for place, cell in enumerate(cells) if place != column)
    used = wanted & {code_head(cell) for cell in cells if isinstance(cell, str)}
    apart = row == 1 or not any(
        not is_blank(cell_at(sheet, row - 1, place)) for place in (column, column + 1)
    )
    others = (entry for entry in run if code_key(entry.code) not in used)
    return bool(used) and (apart or _is_top(sheet, row) or all(means(entry.code) for entry in others))


def _is_top(sheet: Sheet, row: int) -> bool:
    """Tell whether nothing but titles stands above a row."""
    return all(sum(not is_blank(cell) for cell in cells) <= 1 for cells in sheet.rows[: row - 1])


def code_head(text: str) -> str:
    """Return the key of the code with which a cell begins: of "SNA - sick" that of "SNA"."""
    return code_key(_HEAD.split(text.strip(), maxsplit=1)[0])
