"""Her file is safe (issue 2, item 7): our tabs go in, every other part stays byte for byte the same."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.problems import Changed, NotOurs, WrongUse
from sheets_sync.views.tab import OutCell, Style, Tab
from tests.edges.excel.making import (
    MAIN,
    STYLES,
    compliance,
    data_problems,
    parts_of,
    put,
    rich_parts,
    sheet,
    simple_parts,
    text_row,
    workbook_xml,
)

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "samples").glob("*.xlsx"))
LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def write(path: Path, *tabs: Tab) -> int:
    book = ExcelWorkbook(path)
    return book.write(tabs, book.read())


def simple(path: Path, **names: str) -> Path:
    """A plain workbook with a Caseload tab, and more tabs of these names."""
    sheets = {"Caseload": sheet(text_row(1, "Student") + text_row(2, "Ana R."))}
    return put(path / "x.xlsx", simple_parts(sheets | {name: sheet("") for name in names.values()}))


def raw_entries(data: bytes) -> dict[str, bytes]:
    """Each part as it lies in the zip: local header with its extra fields, packed bytes, and all."""
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
        return {i.filename: data[i.header_offset : end] for i, end in zip(infos, ends, strict=True)}


def test_every_other_part_is_byte_for_byte_the_same(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    before, packed_before = parts_of(path), raw_entries(path.read_bytes())
    assert write(path, compliance(), data_problems()) > 0
    after, packed_after = parts_of(path), raw_entries(path.read_bytes())
    assert [name for name in after if name in before] == list(before), "the order of the parts too"
    for name in before.keys() - LISTS:
        assert after[name] == before[name]
        assert packed_after[name] == packed_before[name], "not even packed anew"
    assert after.keys() - before.keys() == {
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/worksheets/sheet4.xml",
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
    }


def test_what_the_lists_held_they_still_hold(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    before = parts_of(path)
    write(path, compliance(), data_problems())
    after = parts_of(path)
    for name in LISTS:
        rest = after[name].decode()
        for piece in before[name].decode().replace("count=", ">count=").split(">"):
            bare = piece.split('"', 2)[2] if piece.startswith("count=") else piece
            assert bare in rest, name
            rest = rest[rest.index(bare) :]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_stay_as_they_were_for_every_reader(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(path.read_bytes())
    write(copy, compliance(), data_problems())
    before, after = CalamineWorkbook.from_path(path), CalamineWorkbook.from_path(copy)
    assert after.sheet_names == [*before.sheet_names, "Compliance", "Data Problems"]
    for name in before.sheet_names:
        assert after.get_sheet_by_name(name).to_python() == before.get_sheet_by_name(name).to_python()
    theirs = openpyxl.load_workbook(copy)
    assert theirs.sheetnames == after.sheet_names


def test_an_archive_with_extra_fields_descriptors_and_a_comment_is_carried_over(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    class Stream:
        """What cannot seek makes zipfile write lengths behind the data."""

        def __init__(self) -> None:
            self.data = bytearray()

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

        def flush(self) -> None:
            pass

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.comment = b"kept"
        for name, body in rich_parts().items():
            info = zipfile.ZipInfo(name, (2019, 9, 3, 7, 30, 2))
            info.compress_type = zipfile.ZIP_STORED if name.endswith("png") else zipfile.ZIP_DEFLATED
            info.extra = struct.pack("<HH4s", 0xCAFE, 4, b"java")
            info.comment = b"of a part"
            archive.writestr(info, body)
    path.write_bytes(bytes(stream.data))
    before = raw_entries(path.read_bytes())
    write(path, compliance())
    after = raw_entries(path.read_bytes())
    assert all(after[name] == before[name] for name in before.keys() - LISTS)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.comment == b"kept"
        assert archive.getinfo("xl/media/image1.png").comment == b"of a part"


def test_a_second_write_of_the_same_changes_nothing_at_all(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    write(path, compliance(), data_problems())
    before, facts = path.read_bytes(), path.stat()
    assert write(path, compliance(), data_problems()) == 0
    assert path.read_bytes() == before
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (facts.st_mtime_ns, facts.st_ino)


def test_only_our_own_parts_change_on_later_runs(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    write(path, compliance(stamp="8:00"), data_problems())
    before = parts_of(path)
    assert write(path, compliance(stamp="8:05"), data_problems()) == 1, "the time of the check"
    after = parts_of(path)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {"xl/worksheets/sheet3.xml"}


def test_the_number_of_changed_cells(tmp_path: Path) -> None:
    path = simple(tmp_path)
    tab = compliance("Ana R.", "Ben T.")
    # row 1: 1 cell, row 2: 1, header: 7, two lines of 5 (staff's two columns are blank)
    assert write(path, tab) == 1 + 1 + 7 + 2 * 5
    assert write(path, compliance("Ana R.", "Cy U.")) == 1
    assert write(path, compliance("Ana R.")) == 5
    fewer_notes = tuple(tuple(replace(cell, note="") for cell in row) for row in compliance("Ana R.").rows)
    assert write(path, replace(tab, rows=fewer_notes)) == 1
    assert write(path, replace(tab, rows=fewer_notes, widths=(40.0,))) == 1, "looks alone count as one"


def test_our_tabs_stay_where_staff_moved_them_under_the_name_they_gave(tmp_path: Path) -> None:
    path = simple(tmp_path)
    write(path, compliance(), data_problems(("Compliance", "A4")))
    book = openpyxl.load_workbook(path)
    book["Compliance"].title = "Ana's minutes"
    book.move_sheet("Ana's minutes", -1)
    for name in book.defined_names.values():
        name.value = name.value.replace("'Compliance'", "'Ana''s minutes'")  # as Excel does on a rename
    book.save(path)
    write(path, compliance(stamp="9:00"), data_problems(("Compliance", "A4")))
    snapshot = ExcelWorkbook(path).read()
    assert [(tab.name, tab.mark) for tab in snapshot.sheets] == [
        ("Ana's minutes", "compliance"),
        ("Caseload", None),
        ("Data Problems", "problems"),
    ]
    assert snapshot.sheets[0].rows[1][0] == "Read at 9:00"
    theirs = openpyxl.load_workbook(path)
    assert theirs["Ana's minutes"].auto_filter.ref == "A3:G5"
    assert theirs["Data Problems"]["B2"].hyperlink.location == "'Ana''s minutes'!A4", "links follow the name"
    assert theirs["Ana's minutes"].print_title_rows == "$3:$3"
    assert theirs["Caseload"].print_title_rows is None


def test_a_tab_that_a_script_renamed_is_still_ours(tmp_path: Path) -> None:
    """openpyxl renames the tab and leaves our mark leading to the old name."""
    path = simple(tmp_path)
    write(path, compliance(), data_problems())
    book = openpyxl.load_workbook(path)
    book["Compliance"].title = "Minutes"
    book.save(path)
    write(path, compliance(stamp="9:00"), data_problems())
    tabs = [(tab.name, tab.mark) for tab in ExcelWorkbook(path).read().sheets]
    assert tabs == [("Caseload", None), ("Minutes", "compliance"), ("Data Problems", "problems")]


def test_of_two_tabs_that_could_be_the_renamed_one_none_is_taken(tmp_path: Path) -> None:
    path = simple(tmp_path)
    write(path, compliance(), data_problems())
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Compliance"]).title = "Copy"
    book["Compliance"].title = "Minutes"
    book.save(path)
    write(path, compliance(stamp="9:00"), data_problems())
    marks = {tab.name: tab.mark for tab in ExcelWorkbook(path).read().sheets}
    assert (marks["Minutes"], marks["Copy"], marks["Compliance"]) == (None, None, "compliance")


@pytest.mark.parametrize("name", ["Compliance", "compliance", "COMPLIANCE"])
def test_a_tab_of_our_name_that_is_not_ours_is_never_touched(tmp_path: Path, name: str) -> None:
    path = simple(tmp_path, other=name)
    before = path.read_bytes()
    with pytest.raises(NotOurs) as caught:
        write(path, compliance(), data_problems())
    assert caught.value.exit_code == 2
    assert "[compliance] tab" in caught.value.remedy
    assert path.read_bytes() == before


def test_the_key_for_the_name_of_the_second_tab(tmp_path: Path) -> None:
    path = simple(tmp_path, other="Data Problems")
    with pytest.raises(NotOurs) as caught:
        write(path, compliance(), data_problems())
    assert "[compliance] problems_tab" in caught.value.remedy
    assert write(path, compliance(), data_problems(name="Problems found")) > 0


@pytest.mark.parametrize("name", ["", "a/b", "x" * 32, "what?", "[1]", "'quoted"])
def test_a_name_that_no_tab_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="cannot be the name of a tab"):
        write(simple(tmp_path), compliance(name=name))


def test_a_copy_that_staff_made_of_our_tab_is_theirs(tmp_path: Path) -> None:
    """Excel gives a copied tab its own names; the mark of the copy is local to it."""
    path = simple(tmp_path)
    write(path, compliance())
    parts = {name: body.decode() for name, body in parts_of(path).items()}
    text = parts["xl/workbook.xml"].replace(
        "</definedNames>",
        '<definedName name="_sheets_sync.compliance" localSheetId="0" hidden="1">Caseload!$1:$1048576'
        "</definedName></definedNames>",
    )
    put(path, parts | {"xl/workbook.xml": text})
    before = parts_of(path)
    write(path, compliance(stamp="9:00"))
    after = parts_of(path)
    assert after["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]
    assert [sheet.mark for sheet in ExcelWorkbook(path).read().sheets] == [None, "compliance"]


def test_a_deleted_tab_of_ours_is_made_anew(tmp_path: Path) -> None:
    mark = '<definedName name="_sheets_sync.compliance" hidden="1">#REF!$1:$1048576</definedName>'
    names = f"<definedNames>{mark}</definedNames>"
    path = put(tmp_path / "x.xlsx", simple_parts({"Caseload": sheet("")}, names))
    write(path, compliance())
    assert [sheet.mark for sheet in ExcelWorkbook(path).read().sheets] == [None, "compliance"]
    assert parts_of(path)["xl/workbook.xml"].count(b"_sheets_sync.compliance") == 1


def test_prefixed_elements_get_prefixed_neighbours(tmp_path: Path) -> None:
    parts = simple_parts({"Caseload": sheet(text_row(1, "Student"))}, styles=STYLES)
    for name in ("xl/workbook.xml", "xl/styles.xml"):
        text = str(parts[name]).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        parts[name] = text.replace("xmlns=", "xmlns:x=")
    path = put(tmp_path / "x.xlsx", parts)
    write(path, compliance(), data_problems())
    assert b"<x:sheet name=" in parts_of(path)["xl/workbook.xml"]
    assert openpyxl.load_workbook(path).sheetnames == ["Caseload", "Compliance", "Data Problems"]
    assert write(path, compliance(), data_problems()) == 0


def test_a_file_that_changed_since_it_was_read_is_not_overwritten(tmp_path: Path) -> None:
    path = simple(tmp_path)
    book = ExcelWorkbook(path)
    snapshot = book.read()
    put(path, simple_parts({"Caseload": sheet(text_row(1, "Student") + text_row(2, "Ben T."))}))
    theirs = path.read_bytes()
    with pytest.raises(Changed) as caught:
        book.write([compliance()], snapshot)
    assert caught.value.exit_code == 1
    assert path.read_bytes() == theirs
    assert [p.name for p in tmp_path.iterdir()] == ["x.xlsx"], "no temporary file is left"
    assert book.write([compliance()], book.read()) > 0


def test_formulas_that_refer_to_our_tab_are_computed_anew(tmp_path: Path) -> None:
    summary = sheet('<row r="1"><c r="A1"><f>COUNTIF(Compliance!B:B,"MAKE-UP OWED")</f><v>0</v></c></row>')
    path = put(tmp_path / "x.xlsx", simple_parts({"Mine": summary}, '<calcPr calcId="191029"/>'))
    write(path, compliance("Ana R."))
    assert b"fullCalcOnLoad" not in parts_of(path)["xl/workbook.xml"], "our tab is new"
    write(path, compliance("Ana R.", "Ben T."))
    assert b'<calcPr calcId="191029" fullCalcOnLoad="1"/>' in parts_of(path)["xl/workbook.xml"]
    assert parts_of(path)["xl/worksheets/sheet1.xml"] == summary.encode()


def test_a_formula_that_staff_put_into_our_tab_leaves_no_stale_chain(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    write(path, compliance())
    parts = parts_of(path)
    ours = parts["xl/worksheets/sheet3.xml"].replace(b"<v>30</v>", b"<f>15*2</f><v>30</v>")
    put(path, parts | {"xl/worksheets/sheet3.xml": ours})
    write(path, compliance())
    assert "xl/calcChain.xml" not in parts_of(path)
    assert b"calcChain" not in parts_of(path)["xl/_rels/workbook.xml.rels"]
    assert b"calcChain" not in parts_of(path)["[Content_Types].xml"]


def test_what_the_reader_chose_for_the_view_stays(tmp_path: Path) -> None:
    path = simple(tmp_path)
    write(path, compliance())
    parts = parts_of(path)
    seen = parts["xl/worksheets/sheet2.xml"].replace(
        b"<sheetView ", b'<sheetView zoomScale="150" tabSelected="1" '
    )
    put(path, parts | {"xl/worksheets/sheet2.xml": seen})
    write(path, compliance(stamp="9:00"))
    view = openpyxl.load_workbook(path)["Compliance"].sheet_view
    assert (view.zoomScale, view.tabSelected) == (150, True)


def test_formats_do_not_grow_from_night_to_night(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsx", simple_parts({"Caseload": sheet("")}, styles=STYLES))
    sizes = []
    for night in range(4):
        write(path, compliance(stamp=str(night)), data_problems())
        sizes.append(len(parts_of(path)["xl/styles.xml"]))
    assert len(set(sizes)) == 1
    styles = parts_of(path)["xl/styles.xml"].decode()
    assert styles.count("<xf ") == int(styles.split('<cellXfs count="')[1].split('"')[0]) + 1
    assert 'numFmtId="171"' in styles, "170 was taken"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["compliance", "problems", "both"]), min_size=1, max_size=4))
def test_any_order_of_tabs_over_the_nights(
    tmp_path_factory: pytest.TempPathFactory, nights: list[str]
) -> None:
    path = put(tmp_path_factory.mktemp("nights") / "x.xlsm", rich_parts())
    before = parts_of(path)
    wanted = {
        "compliance": [compliance()],
        "problems": [data_problems()],
        "both": [compliance(), data_problems()],
    }
    for night in nights:
        write(path, *wanted[night])
    after = parts_of(path)
    assert all(after[name] == before[name] for name in before.keys() - LISTS)
    marks = {sheet.mark for sheet in ExcelWorkbook(path).read().sheets} - {None}
    assert marks == {tab.mark for night in nights for tab in wanted[night]}
    assert write(path, *wanted[nights[-1]]) == 0
    openpyxl.load_workbook(path)


def test_a_workbook_without_styles_gets_them(tmp_path: Path) -> None:
    path = simple(tmp_path)
    write(path, compliance())
    assert openpyxl.load_workbook(path)["Compliance"]["B4"].fill.fgColor.rgb != "00000000"


def test_empty_style_lists_are_opened(tmp_path: Path) -> None:
    bare = f'<styleSheet xmlns="{MAIN}"><numFmts count="0"/><cellXfs count="0"></cellXfs></styleSheet>'
    path = put(tmp_path / "x.xlsx", simple_parts({"Caseload": sheet("")}, styles=bare))
    write(path, compliance())
    theirs = openpyxl.load_workbook(path)["Compliance"]
    assert theirs["D4"].is_date
    assert theirs["D4"].number_format != "General"


def test_a_dropdown_that_looks_into_another_tab_is_still_there(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    write(path, compliance())
    rule = openpyxl.load_workbook(path)["Caseload"].data_validations.dataValidation[0]
    assert rule.formula1 == "Lists!$A$1:$A$9"


def test_a_workbook_part_elsewhere_and_relations_from_the_root(tmp_path: Path) -> None:
    plain = simple_parts({"Caseload": sheet(text_row(1, "Student"))})
    moved = {name.replace("xl/", "book/"): body for name, body in plain.items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        moved[name] = str(moved[name]).replace("xl/", "book/").replace('Target="book', 'Target="/book')
    path = put(tmp_path / "x.xlsx", moved)
    write(path, compliance())
    assert "book/worksheets/sheet2.xml" in parts_of(path)
    assert ExcelWorkbook(path).read().sheets[1].mark == "compliance"


def test_a_namespace_that_the_workbook_part_does_not_bind_at_its_root(tmp_path: Path) -> None:
    parts = simple_parts({"Caseload": sheet("")})
    office = ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    text = workbook_xml(["Caseload"]).replace(office, "").replace(" r:id", f"{office} r:id")
    path = put(tmp_path / "x.xlsx", parts | {"xl/workbook.xml": text})
    write(path, compliance())
    assert openpyxl.load_workbook(path).sheetnames == ["Caseload", "Compliance"]


def test_a_style_for_text_that_excel_would_take_for_something_else(tmp_path: Path) -> None:
    path = simple(tmp_path)
    notes = ("=1+1", "0012", "11/4", "TRUE", "- called home", "@home", "seen")
    rows = tuple((OutCell(note, Style.STAFF_TEXT),) for note in notes)
    write(path, replace(compliance(), rows=rows, filter_row=0, frozen=(0, 0), spans=(), heights=()))
    theirs = openpyxl.load_workbook(path)["Compliance"]
    assert [cell.value for (cell,) in theirs.iter_rows()] == list(notes)
    assert {cell.data_type for (cell,) in theirs.iter_rows()} <= {"s", "inlineStr"}
    assert [bool(cell.quotePrefix) for (cell,) in theirs.iter_rows()] == [True] * 6 + [False]
