"""The key of codes that stands on a sheet itself: "P = present", "A - absent; SNA: staff not available".

What it says of a code goes before what is built in. A code to which it gives no meaning that is known, or
two, means nothing any more; words near a code that are not understood are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.known_codes import category_of_words, code_key
from sheets_sync.intake.layouts.key_beside import says_the_same
from sheets_sync.intake.layouts.key_columns import places_behind, with_columns
from sheets_sync.intake.layouts.key_doubts import ask_of_columns_beside, ask_of_meanings, ask_of_one_meaning
from sheets_sync.intake.layouts.key_pairs import (
    Means,
    Pair,
    Place,
    is_code,
    marks_alone,
    pairs_in,
    says_what_a_code_means,
)
from sheets_sync.intake.layouts.key_tables import (
    Entry,
    KeyTable,
    calls_itself_a_key,
    code_head,
)
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

NOT_KNOWN = ""
"""What a code means to which the sheet gives no meaning that is known."""

Meanings = dict[str, Place]
"""What a sheet says that a code means, in the words of a category or as typed -> the cell that says so."""

_CODE_WORD = lazy_regex(r"(?<![\w'])[A-Z][A-Z/]{1,4}(?![\w'])")
_COUNTS = lazy_regex(
    r"(?:totals?|number|count|sum|minutes|mins?|sessions?|percent|days|of|per|the|and|for)", re.IGNORECASE
)
_REMEDY = (
    'Write "{0} =" and what it means here, in words like "student absent", or say it in the configuration:'
    " [codes]."
)


@dataclass(frozen=True)
class Key:
    """`codes` maps each code to a category in words, or to NOT_KNOWN. `cells` are its texts."""

    codes: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    cells: frozenset[Place] = field(default=frozenset(), compare=False)


def read_key(
    sheet: Sheet,
    tables: Iterable[KeyTable],
    texts: Collection[Place],
    means: Means,
    *,
    inside: Container[int] = (),
) -> Key:
    """Return what the key on a sheet says, and a question for each code of two meanings: it keeps none.

    `tables` are the keys of two columns, `texts` the cells in which a key may stand in words ("P =
    present"). A code that means something here by itself, or a single letter, to which the key gives a
    meaning that is not known, is NOT_KNOWN: it has to be asked about. In rows `inside` a table a text beside
    it may be a remark on that row ("MU: present"): alone it goes against nothing.
    """
    pairs = {place: _pairs_at(sheet, place, means) for place in texts}
    alone = {place: str(cell_at(sheet, *place)) for place, said in pairs.items() if not said}
    pairs |= {place: (pair,) for place, pair in marks_alone(alone, means).items()}
    entries = [entry for table in tables for entry in table.entries]
    doubted: dict[str, Place] = {}
    cells: set[Place] = set()
    for place, said in pairs.items():
        remark = place[0] in inside and not _is_list(sheet, place, pairs)
        for pair in said:
            against = _goes_against(means(pair.code), means(pair.meaning))
            if against and not remark and not pair.surely:
                doubted[pair.code] = place
            elif not (against and remark):
                entries.append(Entry(place, pair.code, pair.meaning, pair.said))
                cells |= {place, *((place[0], at) for at in _beside(sheet, place))}
    codes, problems = _merged(sheet, entries, means)
    problems += [_in_doubt(sheet, code, place) for code, place in doubted.items()]
    problems += ask_of_meanings(sheet, entries, codes)
    problems += ask_of_columns_beside(sheet, entries)
    problems += ask_of_one_meaning(sheet, entries)
    return Key({**codes, **dict.fromkeys(doubted, NOT_KNOWN)}, tuple(problems), frozenset(cells))


def _goes_against(built_in: str | None, said: str | None) -> bool:
    """Tell whether a key says another thing of a code than it means by itself; how long it was is none."""
    return built_in is not None and (said is None or category_of_words(built_in) != category_of_words(said))


def _pairs_at(sheet: Sheet, place: Place, means: Means) -> tuple[Pair, ...]:
    """Return the pairs in a cell, or that of a code with words of a known meaning on its right."""
    cell = str(cell_at(sheet, *place)).strip()
    beside = _beside(sheet, place)
    words = cell_at(sheet, place[0], beside[0]) if beside else None
    if not isinstance(words, str):
        return () if _is_code_alone(sheet, place) else pairs_in(cell, means)
    said = with_columns(sheet, place[0], beside[1:], words.strip())
    known = means(said.words) or (said.open and means(words))
    return (Pair(cell, said.words, said=said),) if known else ()


def _beside(sheet: Sheet, place: Place) -> list[int]:
    """Return the columns of the meaning of a code that has a cell to itself, and of what stands behind it."""
    return places_behind(sheet, place[0], place[1] + 1) if _is_code_alone(sheet, place) else []


def _is_code_alone(sheet: Sheet, place: Place) -> bool:
    cell = str(cell_at(sheet, *place)).strip()
    return _CODE_WORD.fullmatch(cell) is not None or (len(cell) == 1 and cell.isalpha())


def _is_list(sheet: Sheet, place: Place, pairs: Mapping[Place, Sequence[Pair]]) -> bool:
    """Tell whether a text says of several codes what they mean, or those above or below it do."""
    row, column = place
    near = [pairs.get((row - 1, column), ()), pairs.get((row + 1, column), ())]
    beside = [at for at, said in zip((row - 1, row + 1), near, strict=True) if said]
    texts = [str(cell_at(sheet, at, column)).strip() for at in beside]
    return len(pairs[place]) > 1 or any(says_what_a_code_means(text) or is_code(text) for text in texts)


def together(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Return both keys as one; what `then` says of a code, however it is spelt, goes before `first`."""
    own = {code_key(code) for code in then}
    return {**{code: said for code, said in first.items() if code_key(code) not in own}, **then}


def not_understood(
    sheet: Sheet, texts: Iterable[Place], codes: Mapping[str, str], used: Iterable[CellValue], means: Means
) -> Iterator[Problem]:
    """Ask about the words that stand near a code that is used, where no key was read in them.

    `codes` is all that was read of keys, `used` are the cells of the statuses. Words that say of the code
    what is built in ask nothing.
    """
    told = {code_key(code) for code in codes}
    open_codes = {code_head(cell) for cell in used if isinstance(cell, str)} - told
    for row, column in texts if open_codes else ():
        cell = cell_at(sheet, row, column)
        for code in _CODE_WORD.findall(cell) if isinstance(cell, str) else ():
            built_in = means(code) if code_key(code) in open_codes else None
            words = _words_near(sheet, row, column, code)
            if built_in and words and means(words) != built_in:
                open_codes.discard(code_key(code))
                yield _not_read(sheet, (row, column), code, built_in)


def _words_near(sheet: Sheet, row: int, column: int, code: str) -> str:
    """Return what stands around a code: in its cell, else on its right; "" for words that only count it."""
    cell = str(cell_at(sheet, row, column)).strip()
    if cell == code:
        beside = cell_at(sheet, row, column + 1)
        cell = beside.strip() if isinstance(beside, str) and not beside.isupper() else ""
    words = re.findall(r"[^\W\d_][\w'-]*", cell.replace(code, " "))
    return " ".join(words) if any(not _COUNTS.fullmatch(word) for word in words) else ""


def _meant(entry: Entry, means: Means) -> str | None:
    """Return what a code means with all that stands beside it, where that does not go against it."""
    if entry.said is None or means(entry.meaning):
        return None if entry.said and entry.said.open else means(entry.meaning)
    return means(entry.said.alone) if says_the_same(entry.said) else None


def _merged(sheet: Sheet, entries: Sequence[Entry], means: Means) -> tuple[dict[str, str], list[Problem]]:
    found: dict[str, Meanings] = {}
    spelt: dict[str, str] = {}
    known: set[str] = set()
    opened: set[str] = set()
    for entry in entries:
        meaning = _meant(entry, means)
        opened |= {code_key(entry.code)} if entry.said and entry.said.open else set()
        known |= {meaning} if meaning else set()
        spelt.setdefault(code_key(entry.code), entry.code)
        found.setdefault(code_key(entry.code), {}).setdefault(meaning or shown(entry.meaning), entry.place)
    codes: dict[str, str] = {}
    problems: list[Problem] = []
    for key, meant in found.items():
        understood = known & meant.keys()
        if understood and len(meant) == 1:
            codes[spelt[key]] = understood.pop()
        elif understood:
            problems.append(_two_meanings(sheet, spelt[key], meant))
            codes[spelt[key]] = NOT_KNOWN
        elif len(key) == 1 or key in opened or means(spelt[key]):
            codes[spelt[key]] = NOT_KNOWN
    return codes, problems


def texts_at(
    sheet: Sheet,
    rows: Iterable[int],
    headers: Collection[int] = (),
    inside: Container[int] = (),
    beyond: int = 0,
) -> Iterator[Place]:
    """Yield the places of the texts in these rows; of rows `inside` a table those in columns from `beyond` on
    of which none of its `headers` (1-based rows) says what they hold."""
    named: set[int] = set()
    for header in headers:
        cells = enumerate(sheet.rows[header - 1])
        named |= {place for place, cell in cells if not is_blank(cell) and not _is_of_a_key(cell)}
    for row in rows:
        first = beyond if row in inside else 0
        for column, cell in enumerate(sheet.rows[row - 1][first:], start=first):
            if isinstance(cell, str) and not is_blank(cell) and not (row in inside and column in named):
                yield row, column


def lines_alone(sheet: Sheet, rows: Iterable[int], means: Means) -> Iterator[Place]:
    """Yield the cells with a key of known meanings that have a row to themselves."""
    for row in rows:
        filled = [place for place, cell in enumerate(sheet.rows[row - 1]) if not is_blank(cell)]
        cell = cell_at(sheet, row, filled[0]) if len(filled) == 1 else None
        if isinstance(cell, str) and any(means(pair.meaning) for pair in pairs_in(cell, means)):
            yield row, filled[0]


def _is_of_a_key(cell: CellValue) -> bool:
    return isinstance(cell, str) and (says_what_a_code_means(cell) or calls_itself_a_key(cell))


def _two_meanings(sheet: Sheet, code: str, meant: Meanings) -> Problem:
    said = " and ".join(f'"{words}" ({a1(*place)})' for words, place in meant.items())
    return Problem(
        Severity.QUESTION,
        sheet.name,
        a1(*list(meant.values())[1]),
        shown(code),
        f"The key on this tab gives {shown(code)} two meanings: {said}. It is read as neither.",
        "Give each its own code, or say in the configuration what it means: [codes].",
    )


def _in_doubt(sheet: Sheet, code: str, place: Place) -> Problem:
    said = (
        f"Is this a key? It says another thing of {code} than {code} means by itself: it is read as neither."
    )
    return _asked(sheet, place, code, said)


def _not_read(sheet: Sheet, place: Place, code: str, built_in: str) -> Problem:
    said = f'This may say what {code} means, and is not understood: {code} is read as "{built_in}".'
    return _asked(sheet, place, code, said)


def _asked(sheet: Sheet, place: Place, code: str, problem: str) -> Problem:
    stands = shown(cell_at(sheet, *place))
    return Problem(Severity.QUESTION, sheet.name, a1(*place), stands, problem, _REMEDY.format(code))
