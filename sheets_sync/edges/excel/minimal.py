"""The smallest package that is a workbook: what a sibling file starts from, before our tabs are put in."""

from __future__ import annotations

from sheets_sync.edges.excel.names import (
    CONTENT_TYPES,
    CONTENT_TYPES_PART,
    MAIN,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    RELATIONS_TYPE,
    ROOT_RELATIONS_PART,
    WORKBOOK_TYPE,
    XML_HEAD,
)
from sheets_sync.edges.excel.package import Package

_EMPTY_ZIP = b"PK\x05\x06" + b"\0" * 18

_PARTS = {
    CONTENT_TYPES_PART: (
        f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/></Types>'
    ),
    ROOT_RELATIONS_PART: (
        f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONS}"><sheets/></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>',
}


def minimal_workbook(name: str) -> bytes:
    """Return a package without any tab; `name` is the file that it is for."""
    return Package(_EMPTY_ZIP, name).rebuilt(
        {part: XML_HEAD + body.encode() for part, body in _PARTS.items()}
    )
