"""A formula as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tests.sheets_server.formula_text import NotAFormula, Reference, Word, reference, words


@dataclass(frozen=True, slots=True)
class Constant:
    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class ErrorWord:
    """An error that stands in the formula ("#REF!")."""

    text: str


@dataclass(frozen=True, slots=True)
class Cells:
    ref: Reference


@dataclass(frozen=True, slots=True)
class Name:
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """`name` in capitals; operators are functions too, by Google's names for them (ADD, DIVIDE, ...)."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """{1, 2; 3, 4}"""

    rows: tuple[tuple[Node, ...], ...]


Node = Constant | ErrorWord | Cells | Name | Call | Table

_COMPARISONS = {"=": "EQ", "<>": "NE", "<": "LT", "<=": "LTE", ">": "GT", ">=": "GTE"}
_LEVELS: tuple[dict[str, str], ...] = (
    _COMPARISONS,
    {"&": "CONCAT"},
    {"+": "ADD", "-": "MINUS"},
    {"*": "MULTIPLY", "/": "DIVIDE"},
    {"^": "POW"},
)
_DEEPEST = 60


@lru_cache(maxsize=8192)
def parsed(formula: str) -> Node | None:
    """Return the tree of a formula; None where it cannot be read (#ERROR!)."""
    try:
        return _Parser([word for word in words(formula)[1:] if word.kind != "space"]).whole()
    except NotAFormula:
        return None


def references(node: Node) -> Iterator[Cells | Name]:
    """Give each reference and name in a tree."""
    if isinstance(node, (Cells, Name)):
        yield node
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from references(argument)
    elif isinstance(node, Table):
        for row in node.rows:
            for cell in row:
                yield from references(cell)


class _Parser:
    def __init__(self, found: list[Word]) -> None:
        self.words = found
        self.place = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.binary(0)
        if self.place != len(self.words):
            raise NotAFormula
        return node

    def sign(self, *signs: str) -> str | None:
        """Take the next word if it is one of these signs."""
        if self.place < len(self.words):
            word = self.words[self.place]
            if word.kind == "sign" and word.text in signs:
                self.place += 1
                return word.text
        return None

    def binary(self, level: int) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST * len(_LEVELS):
            raise NotAFormula
        operators = _LEVELS[level]
        node = self.operand(level)
        while (sign := self.sign(*operators)) is not None:
            node = Call(operators[sign], (node, self.operand(level)))
        self.depth -= 1
        return node

    def operand(self, level: int) -> Node:
        return self.signed() if level + 1 == len(_LEVELS) else self.binary(level + 1)

    def signed(self) -> Node:
        signs = []
        while (sign := self.sign("-", "+")) is not None:
            signs.append(sign)
        node = self.percent()
        for sign in reversed(signs):
            node = Call("UMINUS" if sign == "-" else "UPLUS", (node,))
            if len(signs) > _DEEPEST:
                raise NotAFormula
        return node

    def percent(self) -> Node:
        node = self.single()
        if self.sign("%"):
            node = Call("UNARY_PERCENT", (node,))
        return node

    def single(self) -> Node:
        if self.sign("("):
            node = self.binary(0)
            self.expect(")")
            return node
        if self.sign("{"):
            return self.table()
        if self.place >= len(self.words):
            raise NotAFormula
        word = self.words[self.place]
        self.place += 1
        if word.kind == "function":
            self.expect("(")
            return Call(word.text.upper(), self.arguments())
        return _leaf(word)

    def expect(self, sign: str) -> None:
        if not self.sign(sign):
            raise NotAFormula

    def arguments(self) -> tuple[Node, ...]:
        if self.sign(")"):
            return ()
        found = [self.argument()]
        while self.sign(",", ";"):
            found.append(self.argument())
        self.expect(")")
        return tuple(found)

    def argument(self) -> Node:
        """An argument may be left out: IF(A1,,2)."""
        if self.place < len(self.words) and self.words[self.place].text in (",", ";", ")"):
            return Constant(None)
        return self.binary(0)

    def table(self) -> Node:
        rows, row = [], [self.binary(0)]
        while not self.sign("}"):
            if self.sign(";"):
                rows.append(tuple(row))
                row = [self.binary(0)]
            else:
                self.expect(",")
                row.append(self.binary(0))
        return Table((*rows, tuple(row)))


def _leaf(word: Word) -> Node:
    if word.kind == "number":
        return Constant(float(word.text))
    if word.kind == "text":
        return Constant(word.text[1:-1].replace('""', '"'))
    if word.kind == "error":
        return ErrorWord(word.text)
    if word.kind == "reference":
        ref = reference(word.text)
        return ErrorWord("#REF!") if ref is None else Cells(ref)
    if word.kind == "name":
        upper = word.text.upper()
        return Constant(upper == "TRUE") if upper in ("TRUE", "FALSE") else Name(word.text)
    raise NotAFormula
