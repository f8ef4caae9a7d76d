"""The key of codes that stands on a sheet itself: "P = present", "A - absent; SNA: staff not available"."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import shown
from sheets_sync.intake.codes import code_key, read_code
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

_CODE = r"(?P<code>[^\W\d_][^\s=:]{0,5}|[^\w\s=:]{1,2})"
_PAIR = re.compile(rf"^\W*{_CODE}\s*(?:=|:|\s[-–—]\s)\s*(?P<meaning>\S.*)$")
_ALONE = re.compile(_CODE)
_PARTED = re.compile(r"\s*[;,|\n]\s*|\s{2,}(?=[^\s=])|(?<=[^\s=])\s+(?=[^\W\d_][\w/-]{0,5}\s*=)")
"""Between two pairs: a mark, several spaces, or the space before the next code and its "="."""
_CAPTION = re.compile(r"^\W*(?:key|legend|codes?)\s*[:\-–]\s*", re.IGNORECASE)
_CAPTION_ALONE = re.compile(
    r"\W*(?:attendance |service )?(?:key|legend|codes?)(?: of codes)?\W*", re.IGNORECASE
)

NOT_KNOWN = ""
"""What a code means to which the sheet gives no meaning that is known."""

Means = Callable[[str], str | None]
"""Returns what a word of the key says, in the words that are counted with; None where that is not known."""

Meanings = dict[str, str]
"""What a sheet says that a code means, in the words of a category or as typed -> the cell that says so."""


def read_key(
    sheet: Sheet, *, inside: Container[int], beyond: int, means: Means
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return code -> meaning, and a question for each code of two meanings: such a one keeps none.

    The key stands in no row `inside` a table, or right of its columns (0-based, from `beyond` on): "P =
    present", or two columns below the word "Key". A code that means something here by itself, and to which
    the key gives a meaning that is not known, is NOT_KNOWN: it has to be asked about.
    """
    found: dict[str, Meanings] = {}
    spelt: dict[str, str] = {}
    known: set[str] = set()
    for cell, code, text in (*_pairs(sheet, inside, beyond), *_in_two_columns(sheet, inside, beyond)):
        meaning = means(text)
        known |= {meaning} if meaning else set()
        spelt.setdefault(code_key(code), code)
        found.setdefault(code_key(code), {}).setdefault(meaning or shown(text), cell)
    one = {key: next(iter(meant)) for key, meant in found.items() if len(meant) == 1}
    unknown = {spelt[key]: NOT_KNOWN for key, said in one.items() if said not in known and means(spelt[key])}
    of_two = [key for key, meant in found.items() if len(meant) > 1 and known & meant.keys()]
    problems = tuple(_two_meanings(sheet, spelt[key], found[key]) for key in of_two)
    codes = {spelt[key]: said for key, said in one.items() if said in known}
    return {**codes, **unknown, **{spelt[key]: NOT_KNOWN for key in of_two}}, problems


def category_words(text: str) -> str | None:
    """Return the category of a log's status in words (counting.md, "What a code does")."""
    reading = read_code(text)
    if reading.value is None or reading.problem or reading.value.category is Category.UNKNOWN:
        return None
    return CATEGORY_WORDS[reading.value.category]


def says_what_a_code_means(text: str) -> bool:
    """Tell whether a text is a part of a key: "P = present"."""
    return "=" in text and any(map(_PAIR.match, _PARTED.split(_CAPTION.sub("", text.strip()))))


def is_caption(cell: CellValue) -> bool:
    """Tell whether a cell is the caption of a key in two columns, its own and the next: "Key"."""
    return isinstance(cell, str) and _CAPTION_ALONE.fullmatch(cell.strip()) is not None


def _pairs(sheet: Sheet, inside: Container[int], beyond: int) -> Iterator[tuple[str, str, str]]:
    for row, cells in enumerate(sheet.rows, start=1):
        first = beyond if row in inside else 0
        for column, cell in enumerate(cells[first:], start=first):
            if not isinstance(cell, str) or not any(mark in cell for mark in "=:-–—"):
                continue
            for part in _PARTED.split(_CAPTION.sub("", cell.strip())):
                pair = _PAIR.match(part)
                if pair:
                    yield a1(row, column), pair["code"], pair["meaning"]


def _in_two_columns(sheet: Sheet, inside: Container[int], beyond: int) -> Iterator[tuple[str, str, str]]:
    """Yield the codes below a caption, each with the meaning on its right."""
    for row, cells in enumerate(sheet.rows, start=1):
        first = beyond if row in inside else 0
        for column, cell in enumerate(cells[first:], start=first):
            if not is_caption(cell):
                continue
            for below in range(row + 1, len(sheet.rows) + 1):
                code, meaning = (*sheet.rows[below - 1][column : column + 2], None, None)[:2]
                apart = column >= beyond or below not in inside
                if not apart or not isinstance(code, str) or not isinstance(meaning, str):
                    break
                if _ALONE.fullmatch(code.strip()) is None or not meaning.strip():
                    break
                yield a1(below, column), code.strip(), meaning.strip()


def _two_meanings(sheet: Sheet, code: str, meant: Meanings) -> Problem:
    said = " and ".join(f'"{words}" ({cell})' for words, cell in meant.items())
    return Problem(
        Severity.QUESTION,
        sheet.name,
        list(meant.values())[1],
        shown(code),
        f"The key on this tab gives {shown(code)} two meanings: {said}. It is read as neither.",
        "Give each its own code, or say in the configuration what it means: [codes].",
    )
