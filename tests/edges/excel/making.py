"""Workbooks made by hand, part by part, with what spreadsheet libraries drop; and tabs to put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sheets_sync.views.tab import OutCell, Style, Tab

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relations(*targets: tuple[str, str]) -> str:
    """A .rels part of (kind, target)."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def sheet(rows: str, after: str = "", attributes: str = "") -> str:
    """A worksheet part with these rows and what stands behind them."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"{attributes}><sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def text_row(number: int, *texts: str) -> str:
    """A row of inline texts, from column A on."""
    cells = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def workbook_xml(sheets: Sequence[str], more: str = "", properties: str = "") -> str:
    """The workbook part: tabs with rId1, rId2 ... in order."""
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, 1))
    body = f"{properties}<sheets>{listed}</sheets>{more}"
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{body}</workbook>'


def content_types(overrides: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> str:
    ends = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    rows = "".join(
        f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in (ends | dict(defaults or {})).items()
    )
    rows += "".join(f'<Override PartName="/{part}" ContentType="{t}"/>' for part, t in overrides.items())
    return f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def simple_parts(
    sheets: Mapping[str, str], more: str = "", properties: str = "", styles: str | None = None
) -> dict[str, str | bytes]:
    """The parts of a plain workbook: `sheets` maps names of tabs to their XML."""
    parts: dict[str, str | bytes] = {}
    overrides = {"xl/workbook.xml": f"{_SHEET_ML}.sheet.main+xml"}
    targets = []
    for number, body in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = body
        overrides[f"xl/worksheets/sheet{number}.xml"] = f"{_SHEET_ML}.worksheet+xml"
        targets.append(("worksheet", f"worksheets/sheet{number}.xml"))
    if styles is not None:
        parts["xl/styles.xml"] = styles
        overrides["xl/styles.xml"] = f"{_SHEET_ML}.styles+xml"
        targets.append(("styles", "styles.xml"))
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(list(sheets), more, properties),
        "xl/_rels/workbook.xml.rels": relations(*targets),
        **parts,
    }


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts>'
    '<fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/><name val="Verdana"/></font>'
    '<font><b/><sz val="11"/><name val="Verdana"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="170" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font><color rgb="FF9C0006"/></font></dxf></dxfs>'
    '<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}"/></extLst></styleSheet>'
)

_CASELOAD = sheet(
    text_row(1, "Student", "School", "Plan")
    + text_row(2, "Ana R.", "North", "IEP")
    + '<row r="3" hidden="1"><c r="A3" t="s"><v>0</v></c><c r="B3" t="str"><f>Lists!A2</f><v>South</v></c>'
    '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
    '<mergeCells count="1"><mergeCell ref="D1:F1"/></mergeCells>'
    '<conditionalFormatting sqref="A2:A9"><cfRule type="notContainsBlanks" dxfId="0" priority="1">'
    "<formula>LEN(TRIM(A2))&gt;0</formula></cfRule></conditionalFormatting>"
    '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="B2:B99">'
    "<formula1>Lists!$A$1:$A$9</formula1></dataValidation></dataValidations>"
    '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>'
    '<pageSetup orientation="portrait" r:id="rId1"/><drawing r:id="rId2"/><legacyDrawing r:id="rId3"/>',
)

_CHART = (
    f'{HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea>'
    "<c:layout/></c:plotArea></c:chart></c:chartSpace>"
)
_DRAWING = (
    f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
)
_COMMENTS = (
    f'{HEAD}<comments xmlns="{MAIN}"><authors><author>tc</author></authors><commentList>'
    '<comment ref="A2" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" style="visibility:hidden">'
    '<x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>'
)
_THREADED = (
    f'{HEAD}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="A2" id="{1}" personId="{2}"><text>call home</text></threadedComment>'
    "</ThreadedComments>"
)
_PIVOT = (
    f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" refreshedVersion="6"><cacheSource '
    'type="worksheet"><worksheetSource ref="A1:C3" sheet="Caseload"/></cacheSource><cacheFields count="0"/>'
    "</pivotCacheDefinition>"
)
_STRINGS = f'{HEAD}<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>Ben T.</t></si></sst>'
_CHAIN = f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B3" i="1"/><c r="C3"/></calcChain>'
_NAMES = (
    '<definedNames><definedName name="Schools">Lists!$A$1:$A$9</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="1">Lists!$A$1:$B$9</definedName></definedNames>'
    '<calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rId6"/></pivotCaches>'
    '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}"/></extLst>'
)
_MICROSOFT = "http://schemas.microsoft.com/office"


def rich_parts() -> dict[str, str | bytes]:
    """Every kind of part that a rewrite by a library loses: drawings, charts, threaded comments, dropdowns
    that look into another tab, pivot caches, cached formulas, macros, printer settings, custom XML."""
    overrides = {
        "xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "xl/worksheets/sheet1.xml": f"{_SHEET_ML}.worksheet+xml",
        "xl/worksheets/sheet2.xml": f"{_SHEET_ML}.worksheet+xml",
        "xl/chartsheets/sheet1.xml": f"{_SHEET_ML}.chartsheet+xml",
        "xl/styles.xml": f"{_SHEET_ML}.styles+xml",
        "xl/sharedStrings.xml": f"{_SHEET_ML}.sharedStrings+xml",
        "xl/pivotCache/pivotCacheDefinition1.xml": f"{_SHEET_ML}.pivotCacheDefinition+xml",
        "xl/calcChain.xml": f"{_SHEET_ML}.calcChain+xml",
        "xl/comments1.xml": f"{_SHEET_ML}.comments+xml",
        "xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
        "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
        "xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
        "xl/drawings/drawing2.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
        "xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    }
    defaults = {
        "bin": "application/vnd.ms-office.vbaProject",
        "png": "image/png",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    }
    persons = f'{HEAD}<personList xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments"/>'
    return {
        "[Content_Types].xml": content_types(overrides, defaults),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(
            ["Caseload", "Lists", "Chart"], _NAMES, '<workbookPr codeName="Book"/>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "/xl/worksheets/sheet2.xml"),
            ("chartsheet", "chartsheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("calcChain", "calcChain.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
            (f"{_MICROSOFT}/2017/10/relationships/person", "persons/person.xml"),
            ("customXml", "../customXml/item1.xml"),
        ),
        "xl/worksheets/sheet1.xml": _CASELOAD,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("printerSettings", "../printerSettings/printerSettings1.bin"),
            ("drawing", "../drawings/drawing1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("comments", "../comments1.xml"),
            (
                f"{_MICROSOFT}/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
        ),
        "xl/worksheets/sheet2.xml": sheet(text_row(1, "North") + text_row(2, "South")),
        "xl/chartsheets/sheet1.xml": (
            f'{HEAD}<chartsheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetViews><sheetView workbookViewId="0"/>'
            '</sheetViews><drawing r:id="rId1"/></chartsheet>'
        ),
        "xl/chartsheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing2.xml")),
        "xl/drawings/drawing1.xml": _DRAWING,
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            ("chart", "../charts/chart1.xml"), ("image", "../media/image1.png")
        ),
        "xl/drawings/drawing2.xml": _DRAWING,
        "xl/drawings/vmlDrawing1.vml": _VML,
        "xl/charts/chart1.xml": _CHART,
        "xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "xl/comments1.xml": _COMMENTS,
        "xl/threadedComments/threadedComment1.xml": _THREADED,
        "xl/persons/person.xml": persons,
        "xl/pivotCache/pivotCacheDefinition1.xml": _PIVOT,
        "xl/calcChain.xml": _CHAIN,
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros \x00\xff",
        "xl/printerSettings/printerSettings1.bin": bytes(300),
        "customXml/item1.xml": "<school/>",
        "xl/sharedStrings.xml": _STRINGS,
        "xl/styles.xml": STYLES,
    }


def put(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    path.write_bytes(zipped(parts))
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def compliance(*students: str, name: str = "Compliance", stamp: str = "8:00") -> Tab:
    """A small Compliance tab: title, time of the check, header, a line for each student."""
    lines = tuple(
        (
            OutCell(student),
            OutCell("MAKE-UP OWED", Style.RED),
            OutCell(30 * number, Style.NUMBER, note=f"{number} x 30 min"),
            OutCell(date(2025, 11, number), Style.DATE),
            OutCell(None, Style.STAFF_TEXT),
            OutCell(None, Style.STAFF_DATE),
            OutCell(f"key-{number}"),
        )
        for number, student in enumerate(students or ("Ana R.", "Ben T."), 1)
    )
    headers = ("Student", "Status", "Behind", "Since", "Staff notes", "Snooze until", "Line")
    return Tab(
        name=name,
        mark="compliance",
        rows=(
            (OutCell("2 to make up", Style.TITLE),),
            (OutCell(f"Read at {stamp}", Style.SUMMARY),),
            tuple(OutCell(header, Style.HEADER) for header in headers),
            *lines,
        ),
        widths=(18, 16, 10, 12, 30, 14, 8),
        frozen=(3, 2),
        filter_row=3,
        hidden=(6,),
        heights=((1, 24),),
        spans=("A1:F1", "A2:F2"),
        colour="C00000",
    )


def data_problems(*cells: tuple[str, str], name: str = "Data Problems") -> Tab:
    """A Data Problems tab with a link to each (tab, cell)."""
    found = cells or (("Caseload", "C3"),)
    return Tab(
        name=name,
        mark="problems",
        rows=(
            (OutCell("Severity", Style.HEADER), OutCell("Cell", Style.HEADER)),
            *(
                (OutCell("error"), OutCell(f"{tab}!{cell}", Style.LINK, link=(tab, cell)))
                for tab, cell in found
            ),
        ),
        widths=(12, 24),
        frozen=(1, 0),
        filter_row=1,
    )
