"""What we write is valid: elements in the order of ECMA-376, and every office program opens it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.edges.excel.notes import vml_drawing
from sheets_sync.views.tab import OutCell, Tab
from tests.edges.excel.making import MAIN, compliance, data_problems, parts_of, put, rich_parts

ORDERS = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes "
    "webPublishing fileRecoveryPr webPublishObjects extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors "
    "extLst",
    "comments": "authors commentList extLst",
}
"""The sequences of CT_Worksheet, CT_Workbook, CT_Stylesheet and CT_Comments (ECMA-376 part 1, annex A)."""

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def written(path: Path) -> Path:
    put(path, rich_parts())
    book = ExcelWorkbook(path)
    book.write([compliance(), data_problems()], book.read())
    return path


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/sheet4.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/comments2.xml",
    ],
)
def test_elements_stand_in_the_order_of_the_standard(tmp_path: Path, part: str) -> None:
    root = ElementTree.fromstring(parts_of(written(tmp_path / "x.xlsm"))[part])
    name = root.tag.removeprefix(f"{{{MAIN}}}")
    order = ORDERS[name].split()
    places = [order.index(child.tag.removeprefix(f"{{{MAIN}}}")) for child in root]
    assert places == sorted(set(places)), "each once, in order"
    assert len(places) > 1


def test_counts_are_true(tmp_path: Path) -> None:
    parts = parts_of(written(tmp_path / "x.xlsm"))
    for part in ("xl/styles.xml", "xl/worksheets/sheet3.xml"):
        for element in ElementTree.fromstring(parts[part]).iter():
            if "count" in element.attrib:
                assert int(element.attrib["count"]) == len(element), element.tag


def test_every_part_has_a_type_and_every_relation_leads_to_a_part(tmp_path: Path) -> None:
    from sheets_sync.edges.excel.package import Package
    from sheets_sync.edges.excel.relations import relations_of, source_of

    parts = parts_of(written(tmp_path / "x.xlsm"))
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    known = {element.attrib.get("PartName") for element in types}
    ends = {element.attrib.get("Extension") for element in types}
    for name in ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml", "xl/comments2.xml"):
        assert f"/{name}" in known
    assert "vml" in ends
    package = Package((tmp_path / "x.xlsm").read_bytes(), "x.xlsm")
    for name in package.names:
        if name.endswith(".rels"):
            relations = relations_of(package, source_of(name))
            assert relations
            assert all(relation.part in package for relation in relations)
            assert len({relation.id for relation in relations}) == len(relations)


def test_openpyxl_sees_the_tab_as_it_was_meant(tmp_path: Path) -> None:
    tab = openpyxl.load_workbook(written(tmp_path / "x.xlsm"))["Compliance"]
    assert tab.freeze_panes == "C4"
    assert tab.auto_filter.ref == "A3:G5"
    assert tab.column_dimensions["G"].hidden
    assert tab.column_dimensions["A"].width == 18
    assert tab.row_dimensions[1].height == 24
    assert {str(span) for span in tab.merged_cells.ranges} == {"A1:F1", "A2:F2"}
    assert tab["C4"].comment.text == "1 x 30 min"
    assert tab["C4"].value == 30
    assert tab["D4"].is_date
    assert tab.sheet_properties.tabColor.rgb == "FFC00000"
    assert (tab.page_setup.orientation, tab.page_setup.fitToHeight) == ("landscape", 0)
    assert tab.sheet_properties.pageSetUpPr.fitToPage
    assert tab.print_title_rows == "$3:$3"
    (rule,) = tab.data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("date", "F4:F5")
    problems = openpyxl.load_workbook(tmp_path / "x.xlsm")["Data Problems"]
    assert problems["B2"].hyperlink.location == "'Caseload'!C3"


def test_many_notes_have_shapes_of_their_own() -> None:
    rows = tuple((OutCell(n, note=f"note {n}"),) for n in range(1500))
    drawing = ElementTree.fromstring(vml_drawing(Tab("C", "compliance", rows, (10,)), 1))
    shapes = [element for element in drawing if element.tag.endswith("}shape")]
    ids = [int(shape.attrib["id"].removeprefix("_x0000_s")) for shape in shapes]
    assert len(set(ids)) == 1500
    blocks = next(element.attrib["data"] for element in drawing.iter() if element.tag.endswith("}idmap"))
    assert {number // 1024 for number in ids} == {int(block) for block in blocks.split(",")}


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Open the file in LibreOffice, under a profile of its own, and save it as another."""
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", folder, path], check=True, capture_output=True, timeout=120, cwd=folder
    )
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_keeps_our_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    shutil.copyfile(SAMPLES / "sample-03.xlsx", path)
    book = ExcelWorkbook(path)
    before = [tab.name for tab in book.read().sheets]
    book.write([compliance(), data_problems(("Service Grid", "C7"))], book.read())
    (tmp_path / "out").mkdir()
    saved = convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    again = ExcelWorkbook(saved)
    snapshot = again.read()
    assert [tab.name for tab in snapshot.sheets] == [*before, "Compliance", "Data Problems"]
    assert [tab.mark for tab in snapshot.sheets][-2:] == ["compliance", "problems"]
    ours = openpyxl.load_workbook(saved)["Compliance"]
    assert ours["C4"].comment.text.strip() == "1 x 30 min"
    assert ours.auto_filter.ref == "A3:G5"
    assert ours["B4"].fill.fgColor.rgb == openpyxl.load_workbook(path)["Compliance"]["B4"].fill.fgColor.rgb
    assert again.write([compliance(stamp="9:00"), data_problems(("Service Grid", "C7"))], snapshot) == 1
    assert [tab.name for tab in again.read().sheets] == [*before, "Compliance", "Data Problems"]


@pytest.mark.libreoffice
def test_libreoffice_prints_it(tmp_path: Path) -> None:
    path = tmp_path / "signed.xlsx"
    put(path, {**rich_parts(), "_xmlsignatures/sig1.xml": "<Signature/>"})
    book = ExcelWorkbook(path)
    book.write([compliance(), data_problems()], book.read())
    assert convert(book.sibling, "pdf", tmp_path).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_all_readers_agree_on_our_tab(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "x.xlsx"
    shutil.copyfile(path, copy)
    book = ExcelWorkbook(copy)
    book.write([compliance(), data_problems()], book.read())
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None
    theirs = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(copy)["Data Problems"].iter_rows()
    ]
    assert theirs == CalamineWorkbook.from_path(copy).get_sheet_by_name("Data Problems").to_python()
    assert theirs == [list(row) for row in book.read().sheets[-1].rows]
