"""Which cell formats of an .xlsx strike what stands in a cell through."""

from __future__ import annotations

import re

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.outline import NotXmlError, Outline
from sheets_sync.edges.excel.package import Package

_STRIKE = re.compile(rb"<(?:[\w.-]+:)?strike(?:\s+val=[\"'](\w+)[\"'])?\s*/?>")
_NOT = (b"0", b"false")


def striking_formats(package: Package, book: Book) -> frozenset[int]:
    """Return the numbers of the cell formats whose font has a line through it."""
    part = book.part_of_kind("styles")
    if part is None or part not in package:
        return frozenset()
    styles = package.read(part)
    if b"strike" not in styles:
        return frozenset()
    try:
        outline = Outline(styles)
    except NotXmlError:
        return frozenset()  # whoever reads the cells says so
    fonts, used = outline.root.first("fonts"), outline.root.first("cellXfs")
    if fonts is None or used is None:
        return frozenset()
    struck = {str(at) for at, font in enumerate(fonts.children) if _strikes(outline.raw(font))}
    return frozenset(
        at for at, one in enumerate(used.children) if one.attributes.get("fontId", "0") in struck
    )


def _strikes(font: bytes) -> bool:
    return any(found[1] not in _NOT for found in _STRIKE.finditer(font))
