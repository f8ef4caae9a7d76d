"""The least that is an OpenDocument spreadsheet: the texts of every tab."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_NAMESPACE}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods(tabs: list[tuple[str, list[list[str]]]]) -> bytes:
    """Return a document with the tabs (title, rows)."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        package.writestr("content.xml", _content(tabs), zipfile.ZIP_DEFLATED)
        package.writestr("META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _content(tabs: list[tuple[str, list[list[str]]]]) -> str:
    tables = "".join(
        f"<table:table table:name={quoteattr(title)}>{''.join(map(_row, rows)) or _row([''])}</table:table>"
        for title, rows in tabs
    )
    return (
        f'{_HEAD}<office:document-content xmlns:office="{_NAMESPACE}office:1.0" '
        f'xmlns:table="{_NAMESPACE}table:1.0" xmlns:text="{_NAMESPACE}text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _row(texts: list[str]) -> str:
    return f"<table:table-row>{''.join(map(_cell, texts))}</table:table-row>"


def _cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
