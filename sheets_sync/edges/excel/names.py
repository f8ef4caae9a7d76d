"""Names that the Open Packaging Conventions and ECMA-376 fix: namespaces, relationship and content types."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

CONTENT_TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS_PART = "_rels/.rels"

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
WORKBOOK_TYPE = _SPREADSHEET + "sheet.main+xml"
WORKSHEET_TYPE = _SPREADSHEET + "worksheet+xml"
STYLES_TYPE = _SPREADSHEET + "styles+xml"
COMMENTS_TYPE = _SPREADSHEET + "comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"

XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
