"""Where the elements of a small XML part begin and end, in bytes, so that a few can be exchanged.

Parsing and serialising again would rename prefixes, drop declarations and reorder attributes; a splice
leaves every byte outside of it as it was. Declarations of entities are refused (they can explode).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_START_TAG = re.compile(rb"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


class NotXmlError(Exception):
    """The part is no XML that can be read, or it declares entities."""


@dataclass(slots=True)
class Element:
    """One element: `data[start:end]`; between its tags `data[inner:inner_end]`.

    Attributes in a namespace are keyed "uri name", others by their name.
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        return next(self.all(name), None)

    def attribute(self, name: str) -> str | None:
        """Return the attribute of this local name, whatever its namespace."""
        return next((v for k, v in self.attributes.items() if k.rpartition(" ")[2] == name), None)


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where `start:end` was (start == end: insert)."""

    start: int
    end: int
    text: bytes


class Outline:
    """The elements of a part down to `depth` (1 is the root), with their places in `data`."""

    def __init__(self, data: bytes, depth: int = 3) -> None:
        """Raises NotXmlError."""
        self.data = data
        self.utf8 = True
        self._depth = depth
        self._open: list[Element] = []
        self._level = 0
        self._root: Element | None = None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self._text
        self.utf8 = not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise NotXmlError(str(error)) from None
        if self._root is None:
            raise NotXmlError("no element")
        self.root: Element = self._root

    @property
    def prefix(self) -> str:
        """The prefix, with its colon, that the root element's own namespace has ("" or "x:")."""
        name = self.data[self.root.start + 1 : self.root.inner].split(None, 1)[0].rstrip(b"/>")
        prefix, colon, _ = name.rpartition(b":")
        return (prefix + colon).decode()

    def raw(self, element: Element) -> bytes:
        return self.data[element.start : element.end]

    def prefix_of(self, namespace: str) -> str | None:
        """Return the prefix, with its colon, that the root binds to `namespace`, or None."""
        head = self.data[self.root.start : self.root.inner].decode()
        found = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}[\"']", head)
        return f"{found[1]}:" if found else None

    def edit(self, edits: Iterable[Edit]) -> bytes:
        """Return the part with these edits made; of two at one place the one given first comes first."""
        pieces = []
        at = 0
        for change in sorted(edits, key=lambda edit: edit.start):
            pieces += [self.data[at : change.start], change.text]
            at = change.end
        return b"".join([*pieces, self.data[at:]])

    def append(self, parent: Element, text: bytes) -> Edit:
        """Return the edit that puts `text` behind the last child of `parent`."""
        if parent.inner_end > parent.inner or self.data[parent.inner - 2 : parent.inner] != b"/>":
            return Edit(parent.inner_end, parent.inner_end, text)
        tag = self.data[parent.start : parent.inner]
        name = tag[1:].split(None, 1)[0].rstrip(b"/>")
        return Edit(parent.start, parent.end, tag[:-2].rstrip() + b">" + text + b"</" + name + b">")

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            self.utf8 = False

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares a document type")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > self._depth:
            return
        namespace, _, local = name.rpartition(" ")
        start = self._parser.CurrentByteIndex
        tag = _START_TAG.match(self.data, start) if self.utf8 else None
        element = Element(namespace, local, attributes, start, tag.end() if tag else start)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _finish(self, name: str) -> None:
        self._level -= 1
        if self._level >= self._depth:
            return
        element = self._open.pop()
        at = self._parser.CurrentByteIndex
        if self.data[element.inner - 2 : element.inner] == b"/>":
            element.inner_end = element.end = element.inner
        else:
            element.inner_end = at
            element.end = self.data.find(b">", at) + 1

    def _text(self, text: str) -> None:
        if self._open and self._level <= self._depth:
            self._open[-1].text += text
