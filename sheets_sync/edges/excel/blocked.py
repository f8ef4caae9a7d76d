"""When nothing may be put into a workbook, so that our tabs go to a file beside it (issue 2, item 7)."""

from __future__ import annotations

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.names import CONTENT_TYPES_PART, ROOT_RELATIONS_PART
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import outline_of, relations_of, relations_part
from sheets_sync.edges.excel.styles import StyleSheet


def why_blocked(package: Package, book: Book) -> str | None:
    """Return why our tabs cannot be put into this file, as the end of "it ...", or None where they can."""
    signed = any(name.casefold().startswith("_xmlsignatures/") for name in package.names)
    if signed or any(relation.kind == "origin" for relation in relations_of(package, "")):
        return "is signed, and a change would break the signature"
    if any(relation.kind == "revisionHeaders" for relation in book.relations):
        return "is a shared workbook that records every change"
    if not book.transitional:
        return 'is a "Strict Open XML" workbook'
    if not package.spliceable or CONTENT_TYPES_PART not in package:
        return "is packed in an unusual way"
    styles = book.part_of_kind("styles")
    parts = [
        CONTENT_TYPES_PART,
        ROOT_RELATIONS_PART,
        relations_part(book.part),
        *([styles] if styles else []),
    ]
    outlines = [outline_of(package, part) for part in parts]
    if not all(outline.utf8 for outline in outlines):
        return "is written in an unusual way"
    if styles and StyleSheet(outlines[-1]).full:
        return "has as many cell formats as Excel allows"
    return None
