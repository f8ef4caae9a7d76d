"""Where nothing may be put into the workbook, our tabs stand in "NAME - compliance.xlsx" beside it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.problems import Changed, NotOurs
from tests.edges.excel.making import (
    compliance,
    data_problems,
    parts_of,
    put,
    relations,
    rich_parts,
    sheet,
    simple_parts,
    text_row,
)

PLAIN = simple_parts({"Caseload": sheet(text_row(1, "Student") + text_row(2, "Ana R."))})
SIGNED = PLAIN | {
    "_rels/.rels": relations(
        ("officeDocument", "xl/workbook.xml"),
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
            "_xmlsignatures/origin.sigs",
        ),
    ),
    "_xmlsignatures/origin.sigs": "",
    "_xmlsignatures/sig1.xml": "<Signature/>",
}


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return put(tmp_path / "Grade 4.xlsx", SIGNED)


def test_a_signed_workbook_is_left_alone(signed: Path) -> None:
    before = signed.read_bytes()
    book = ExcelWorkbook(signed)
    snapshot = book.read()
    (note,) = snapshot.notes
    assert note.startswith("Grade 4.xlsx is signed, and a change would break the signature")
    assert '"Grade 4 - compliance.xlsx" beside it' in note
    assert book.write([compliance(), data_problems()], snapshot) > 0
    assert signed.read_bytes() == before
    assert openpyxl.load_workbook(book.sibling).sheetnames == ["Compliance", "Data Problems"]
    assert book.sibling.stat().st_mode == signed.stat().st_mode


def test_our_tabs_are_read_from_there(signed: Path) -> None:
    book = ExcelWorkbook(signed)
    book.write([compliance()], book.read())
    theirs = openpyxl.load_workbook(book.sibling)
    theirs["Compliance"]["E4"] = "called home"
    theirs.save(book.sibling)
    snapshot = book.read()
    assert [(tab.name, tab.mark) for tab in snapshot.sheets] == [
        ("Caseload", None),
        ("Compliance", "compliance"),
    ]
    assert snapshot.sheets[1].rows[3][4] == "called home"
    assert book.write([compliance()], snapshot) == 1, "what the run was not given is not kept"
    assert book.write([compliance()], book.read()) == 0


def test_either_file_may_change_meanwhile(signed: Path) -> None:
    book = ExcelWorkbook(signed)
    snapshot = book.read()
    put(signed, SIGNED | {"docProps/app.xml": "<a/>"})
    with pytest.raises(Changed):
        book.write([compliance()], snapshot)
    assert not book.sibling.exists()
    snapshot = book.read()
    put(book.sibling, PLAIN)
    with pytest.raises(Changed):
        book.write([compliance()], snapshot)


def test_a_file_of_that_name_that_is_not_ours(signed: Path) -> None:
    book = ExcelWorkbook(signed)
    put(book.sibling, simple_parts({"Compliance": sheet("")}))
    with pytest.raises(NotOurs):
        book.write([compliance()], book.read())


def test_once_it_may_be_written_staffs_notes_come_along(signed: Path) -> None:
    book = ExcelWorkbook(signed)
    book.write([compliance()], book.read())
    put(signed, PLAIN)
    snapshot = book.read()
    assert snapshot.sheets[1].mark == "compliance"
    assert "no longer needed" in snapshot.notes[0]
    book.write([compliance()], snapshot)
    assert book.read().notes == ()
    assert [tab.name for tab in book.read().sheets] == ["Caseload", "Compliance"]


def test_a_workbook_signed_after_our_tabs_came_in(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsx", PLAIN)
    book = ExcelWorkbook(path)
    book.write([compliance("Ana R.")], book.read())
    put(path, parts_of(path) | {name: SIGNED[name] for name in SIGNED if name not in PLAIN})
    assert [tab.mark for tab in book.read().sheets] == [None, "compliance"], "still read from the workbook"
    book.write([compliance("Ben T.")], book.read())
    snapshot = book.read()
    assert [tab.mark for tab in snapshot.sheets] == [None, "compliance"], "each once"
    assert snapshot.sheets[1].rows[3][0] == "Ben T.", "the newer one"


def test_the_strict_variant_is_left_alone(tmp_path: Path) -> None:
    """Its namespaces all differ; Excel writes it when asked for "Strict Open XML"."""
    transitional, strict = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
    names = {"/spreadsheetml/2006/main": "/spreadsheetml/main", "/officeDocument/2006/": "/officeDocument/"}
    parts = {}
    for part, body in PLAIN.items():
        parts[part] = str(body)
        for old, new in names.items():
            parts[part] = parts[part].replace(transitional + old, strict + new)
    book = ExcelWorkbook(put(tmp_path / "x.xlsx", parts))
    snapshot = book.read()
    assert [list(row) for row in snapshot.sheets[0].rows] == [["Student"], ["Ana R."]]
    assert "Strict" in snapshot.notes[0]
    book.write([compliance()], snapshot)
    assert [tab.mark for tab in book.read().sheets] == [None, "compliance"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"xl/_rels/workbook.xml.rels": ("</Relationships>", None)}, "shared workbook"),
        ({"xl/styles.xml": ('encoding="UTF-8"', 'encoding="ISO-8859-1"')}, "unusual way"),
    ],
)
def test_other_workbooks_that_are_left_alone(
    tmp_path: Path, change: dict[str, tuple[str, str | None]], why: str
) -> None:
    parts = rich_parts()
    history = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
    relation = f'<Relationship Id="rId99" Type="{history}" Target="revisions/h.xml"/>'
    for name, (old, new) in change.items():
        parts[name] = str(parts[name]).replace(old, new if new is not None else f"{relation}{old}")
    path = put(tmp_path / "x.xlsm", parts)
    before = path.read_bytes()
    book = ExcelWorkbook(path)
    snapshot = book.read()
    assert why in snapshot.notes[0]
    book.write([compliance()], snapshot)
    assert path.read_bytes() == before
    assert book.sibling.name == "x - compliance.xlsx"
    assert book.sibling.exists()
