"""The words of a formula, and its references: read, and written anew when rows, columns and tabs move."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

Kind = Literal["space", "text", "number", "error", "reference", "function", "name", "sign"]

_TAB = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_CORNER = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,8}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[0-9]{1,8}"
_AREA = (
    rf"{_CORNER}:(?:{_CORNER}|{_COLUMN}|{_ROW})|{_CORNER}"
    rf"|{_COLUMN}:(?:{_CORNER}|{_COLUMN})|{_ROW}:(?:{_CORNER}|{_ROW})"
)
_WORD = re.compile(
    rf"""
    (?P<space>\s+)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<reference>(?:{_TAB})?(?:{_AREA})(?![\w.(]) | {_TAB}\#REF!)
    | (?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|ERROR!))
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<function>[^\W\d][\w.]*(?=\s*\())
    | (?P<name>[^\W\d][\w.]*)
    | (?P<sign><=|>=|<>|[-+*/^&=<>%(),;:{{}}])
    """,
    re.VERBOSE,
)
_PARTS = re.compile(
    rf"(?P<tab>{_TAB})?(?P<left>\$?[A-Za-z]{{1,3}}(?=[$0-9:]|$))?(?P<top>\$?[0-9]+)?"
    r"(?P<colon>:(?P<right>\$?[A-Za-z]{1,3})?(?P<bottom>\$?[0-9]+)?)?"
)


class NotAFormula(Exception):
    """The text has a sign in it that no formula has."""


@dataclass(frozen=True, slots=True)
class Word:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One row or column of a reference, from 0; `fixed` with a $."""

    index: int
    fixed: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written; an edge that is None is open. A single cell has no `bottom` and `right`."""

    tab: str | None
    top: Edge | None
    left: Edge | None
    bottom: Edge | None
    right: Edge | None
    single: bool


@lru_cache(maxsize=4096)
def words(formula: str) -> tuple[Word, ...]:
    """Return the words of a formula, spaces included; `formula` begins with "="."""
    found, place = [Word("sign", formula[:1])], 1
    while place < len(formula):
        match = _WORD.match(formula, place)
        if match is None or match.lastgroup is None:
            raise NotAFormula
        found.append(Word(match.lastgroup, match[0]))  # type: ignore[arg-type]
        place = match.end()
    return tuple(found)


def column_number(letters: str) -> int:
    """Return the column of its letters, from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def reference(text: str) -> Reference | None:
    """Return a reference word taken apart; None for one that is broken (#REF!)."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    tab = match["tab"]
    if tab is not None:
        tab = tab[:-1]
        tab = tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
    top, left, bottom, right = (
        _row(match["top"]),
        _column(match["left"]),
        _row(match["bottom"]),
        _column(match["right"]),
    )
    if match["colon"] is None:
        return Reference(tab, top, left, None, None, True) if top and left else None
    return Reference(tab, *_in_order(top, bottom, left, right), False)


def _in_order(
    top: Edge | None, bottom: Edge | None, left: Edge | None, right: Edge | None
) -> tuple[Edge | None, Edge | None, Edge | None, Edge | None]:
    if top and bottom and top.index > bottom.index:
        top, bottom = bottom, top
    if left and right and left.index > right.index:
        left, right = right, left
    return top, left, bottom, right


def _row(text: str | None) -> Edge | None:
    return Edge(int(text.strip("$")) - 1, text.startswith("$")) if text else None


def _column(text: str | None) -> Edge | None:
    return Edge(column_number(text.strip("$")), text.startswith("$")) if text else None


def written(ref: Reference) -> str:
    """Return the text of a reference."""
    tab = "" if ref.tab is None else f"{quoted(ref.tab)}!"
    corner = _written_column(ref.left) + _written_row(ref.top)
    return tab + corner + ("" if ref.single else ":" + _written_column(ref.right) + _written_row(ref.bottom))


def quoted(title: str) -> str:
    """Return the title of a tab as a formula needs it: in quotes unless it is one plain word."""
    plain = re.fullmatch(r"[^\W\d]\w*", title) and not re.fullmatch(_CORNER, title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def _written_row(edge: Edge | None) -> str:
    return "" if edge is None else ("$" if edge.fixed else "") + str(edge.index + 1)


def _written_column(edge: Edge | None) -> str:
    return "" if edge is None else ("$" if edge.fixed else "") + column_letters(edge.index)


def _with_references(formula: str, change: Callable[[Reference], Reference | None]) -> str:
    """Return the formula with each reference changed; None makes it #REF!."""
    try:
        found = words(formula)
    except NotAFormula:
        return formula
    texts = []
    for word in found:
        ref = reference(word.text) if word.kind == "reference" else None
        if ref is None:
            texts.append(word.text)
            continue
        new = change(ref)
        texts.append(word.text if new == ref else "#REF!" if new is None else written(new))
    return "".join(texts)


def shifted(formula: str, home: str, title: str, dimension: str, moved: Callable[[int], int | None]) -> str:
    """Return the formula after rows ("ROWS") or columns ("COLUMNS") of the tab `title` were inserted, deleted
    or moved. `home` is the title of the tab in which the formula stands; `moved` gives the new index of an
    old one (from 0), None where it was deleted (the reference becomes #REF!)."""
    first, last = ("top", "bottom") if dimension == "ROWS" else ("left", "right")

    def change(ref: Reference) -> Reference | None:
        if (home if ref.tab is None else ref.tab).lower() != title.lower():
            return ref
        start, end = getattr(ref, first), getattr(ref, last)
        edges = _moved_edges(start, end, ref.single, moved)
        return None if edges is None else replace(ref, **{first: edges[0], last: edges[1]})

    return _with_references(formula, change)


def _moved_edges(
    start: Edge | None, end: Edge | None, single: bool, moved: Callable[[int], int | None]
) -> tuple[Edge | None, Edge | None] | None:
    """Return where the two edges of a range come to stand: a range shrinks to what is left of it."""
    if start is None and end is None:
        return None, None
    if single or start is None or end is None:
        edge = start or end
        assert edge is not None
        new = moved(edge.index)
        if new is None:
            if single:
                return None
            new = next(
                (n for n in (moved(edge.index + step) for step in range(1, 1000)) if n is not None), None
            )
            new = edge.index if new is None else new
        kept = Edge(new, edge.fixed)
        return (kept, end) if start else (start, kept)
    inside = [
        new for new in (moved(index) for index in _ends(start.index, end.index, moved)) if new is not None
    ]
    if not inside:
        return None
    return Edge(min(inside), start.fixed), Edge(max(inside), end.fixed)


def _ends(start: int, end: int, moved: Callable[[int], int | None]) -> list[int]:
    """Return the first and the last row or column of a range that are still there."""
    while start <= end and moved(start) is None:
        start += 1
    while end > start and moved(end) is None:
        end -= 1
    return [start, end] if start <= end else []


def translated(formula: str, down: int, right: int) -> str:
    """Return the formula as copied `down` rows and `right` columns away: references without $ go along."""

    def change(ref: Reference) -> Reference | None:
        rows, columns = (
            (_along(ref.top, down), _along(ref.bottom, down)),
            (_along(ref.left, right), _along(ref.right, right)),
        )
        if any(edge is not None and edge.index < 0 for edge in (*rows, *columns)):
            return None
        return replace(ref, top=rows[0], bottom=rows[1], left=columns[0], right=columns[1])

    return _with_references(formula, change)


def _along(edge: Edge | None, steps: int) -> Edge | None:
    return edge if edge is None or edge.fixed else Edge(edge.index + steps, False)


def renamed(formula: str, old: str, new: str | None) -> str:
    """Return the formula after the tab `old` was renamed to `new`; None: it was deleted (#REF!)."""

    def change(ref: Reference) -> Reference | None:
        if ref.tab is None or ref.tab.lower() != old.lower():
            return ref
        return None if new is None else replace(ref, tab=new)

    return _with_references(formula, change)


def carried(
    formula: str,
    home: str,
    source: str,
    inside: Callable[[Reference], bool],
    target: str,
    down: int,
    right: int,
) -> str:
    """Return the formula after cells of the tab `source` were cut and pasted `down` rows and `right` columns
    away on the tab `target`: what names cut cells alone (`inside`) names them where they are now. `home` is
    the title of the tab in which the formula stood."""

    def change(ref: Reference) -> Reference | None:
        if (home if ref.tab is None else ref.tab).lower() != source.lower() or not inside(ref):
            return ref
        edges = {name: _carried(getattr(ref, name), down) for name in ("top", "bottom")}
        edges |= {name: _carried(getattr(ref, name), right) for name in ("left", "right")}
        return replace(ref, tab=ref.tab if target == source else target, **edges)

    return _with_references(formula, change)


def _carried(edge: Edge | None, steps: int) -> Edge | None:
    return edge and replace(edge, index=edge.index + steps)


def placed(formula: str, home: str) -> str:
    """Return the formula as it stands on another tab than `home`: what it names there, it names in full."""
    return _with_references(formula, lambda ref: replace(ref, tab=home) if ref.tab is None else ref)
