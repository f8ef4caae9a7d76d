"""Number and date patterns, taken apart (Google's "Date & number formats" guide).

A pattern has up to four sections, parted by ";": positive, negative, zero, text; or each with a condition
of its own ("[<100]"). A section is a list of pieces.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["text", "digit", "point", "comma", "percent", "exponent", "date", "elapsed", "at", "general"]


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is the literal, the digit's placeholder or the date token in lower case."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    pieces: tuple[Piece, ...]
    condition: Callable[[float], bool] | None = None

    @property
    def is_date(self) -> bool:
        return any(piece.kind in ("date", "elapsed") for piece in self.pieces)

    @property
    def is_text(self) -> bool:
        return any(piece.kind == "at" for piece in self.pieces)


_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | \[(?P<elapsed>h+|m+|s+)\] | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<condition>[<>=]+\s*-?[\d.]+)\] | \[(?P<colour>[a-z]+\s*\d*)\]
    | (?P<general>general) | (?P<half>am/pm|a/p) | (?P<date>y+|m+|d+|h+|s+) | (?P<exponent>e[+-])
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<at>@) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_LITERALS = {"quoted", "escaped", "currency", "other"}


@lru_cache(maxsize=1024)
def sections(pattern: str) -> tuple[Section, ...]:
    """Return the sections of a pattern, at least one."""
    return tuple(_section(text) for text in _split(pattern))


def _split(pattern: str) -> list[str]:
    found, start = [], 0
    for match in _PIECE.finditer(pattern):
        if match.lastgroup == "other" and match[0] == ";":
            found.append(pattern[start : match.start()])
            start = match.end()
    return [*found, pattern[start:]]


def _section(text: str) -> Section:
    pieces: list[Piece] = []
    condition = None
    for match in _PIECE.finditer(text):
        group = match.lastgroup or "other"
        if group == "condition":
            condition = _condition(match["condition"])
        elif group in _LITERALS:
            pieces.append(Piece("text", match[group] or ""))
        elif group == "space":
            pieces.append(Piece("text", " "))
        elif group in ("date", "half"):
            pieces.append(Piece("date", match[group].lower()))
        elif group == "elapsed":
            pieces.append(Piece("elapsed", match[group].lower()))
        elif group not in ("colour", "fill"):
            pieces.append(Piece(group, match[group].lower()))  # type: ignore[arg-type]
    return Section(_with_minutes(_with_parts_of_seconds(pieces)), condition)


def _condition(text: str) -> Callable[[float], bool] | None:
    match = re.fullmatch(r"(<=|>=|<>|<|>|=)\s*(-?\d+\.?\d*|-?\.\d+)", text)
    if match is None:
        return None
    compare, limit = _COMPARED[match[1]], float(match[2])
    return lambda number: bool(compare(number, limit))


def _with_parts_of_seconds(pieces: list[Piece]) -> list[Piece]:
    """ ".000" behind seconds is a part of the date."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        before = result[-2] if len(result) > 1 else None
        if piece == Piece("digit", "0") and last is not None:
            if last.kind == "point" and before is not None and before.text[:1] == "s":
                result[-1] = Piece("date", ".0")
                continue
            if last.kind == "date" and last.text.startswith("."):
                result[-1] = Piece("date", last.text + "0")
                continue
        result.append(piece)
    return result


def _with_minutes(pieces: list[Piece]) -> tuple[Piece, ...]:
    """ "m" and "mm" are minutes (here "n", "nn") next to hours or before seconds."""
    dated = [index for index, piece in enumerate(pieces) if piece.kind in ("date", "elapsed")]
    result = list(pieces)
    for order, index in enumerate(dated):
        text = pieces[index].text
        if pieces[index].kind != "date" or text not in ("m", "mm"):
            continue
        before = pieces[dated[order - 1]].text[:1] if order else ""
        after = pieces[dated[order + 1]].text[:1] if order + 1 < len(dated) else ""
        if before == "h" or after == "s":
            result[index] = Piece("date", "n" * len(text))
    return tuple(result)
