"""The key of codes that stands on a sheet itself: "P = present", "A - absent; SNA: staff not available"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import shown
from sheets_sync.intake.codes import code_key, read_code
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1

_PAIR = re.compile(
    r"^\W*(?P<code>[^\W\d_][^\s=:]{0,5}|[^\w\s=:]{1,2})\s*(?:=|:|\s[-–—]\s)\s*(?P<meaning>\S.*)$"
)
_PARTED = re.compile(r"\s*[;,|\n]\s*")
_WORDS = frozenset(words for category, words in CATEGORY_WORDS.items() if category is not Category.UNKNOWN)
_CAPTION = re.compile(r"^\W*(?:key|legend|codes?)\s*[:\-–]\s*", re.IGNORECASE)

NOT_KNOWN = ""
"""What a code means to which the sheet gives no meaning that is known."""

Meanings = dict[str, str]
"""What a sheet says that a code means, in the words of a category or as typed -> the cell that says so."""


def read_key(sheet: Sheet, *, above: int, below: int) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return code -> category in words (counting.md, "What a code does"), and a question for each code to
    which the sheet gives two meanings: such a one keeps none.

    The key stands in the rows above the dates, or below the last entry. A code that means something here by
    itself, and to which the key gives a meaning that is not known, is NOT_KNOWN: it has to be asked about.
    """
    found: dict[str, Meanings] = {}
    spelt: dict[str, str] = {}
    for cell, code, meaning in _pairs(sheet, above, below):
        spelt.setdefault(code_key(code), code)
        found.setdefault(code_key(code), {}).setdefault(meaning, cell)
    one = {key: next(iter(meant)) for key, meant in found.items() if len(meant) == 1}
    unknown = {
        spelt[key]: NOT_KNOWN for key, said in one.items() if said not in _WORDS and _is_code(spelt[key])
    }
    of_two = [key for key, meant in found.items() if len(meant) > 1 and _WORDS & meant.keys()]
    problems = tuple(_two_meanings(sheet, spelt[key], found[key]) for key in of_two)
    codes = {spelt[key]: said for key, said in one.items() if said in _WORDS}
    return {**codes, **unknown, **{spelt[key]: NOT_KNOWN for key in of_two}}, problems


def _is_code(text: str) -> bool:
    return read_code(text).value is not None


def _pairs(sheet: Sheet, above: int, below: int) -> Iterator[tuple[str, str, str]]:
    for row, cells in enumerate(sheet.rows, start=1):
        if above <= row <= below:
            continue
        for column, cell in enumerate(cells):
            if not isinstance(cell, str) or not any(mark in cell for mark in "=:-–—"):
                continue
            for part in _PARTED.split(_CAPTION.sub("", cell.strip())):
                pair = _PAIR.match(part)
                if pair:
                    yield a1(row, column), pair["code"], _meaning(pair["meaning"])


def _meaning(text: str) -> str:
    """Return the category in words, or the text itself where it is none that is known."""
    reading = read_code(text)
    if reading.value is None or reading.problem or reading.value.category is Category.UNKNOWN:
        return shown(text)
    return CATEGORY_WORDS[reading.value.category]


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
