"""Files that are no workbook, or a hostile one: one sentence with what, where and what would do (issue 2)."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.problems import SheetsSyncError, WrongUse
from tests.edges.excel.making import compliance, put, rich_parts, sheet, simple_parts, text_row, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLAIN = {"Caseload": sheet(text_row(1, "Student") + text_row(2, "Ana R."))}
WORKBOOK = zipped(simple_parts(PLAIN))


def with_part(name: str, body: str | bytes | None) -> bytes:
    parts = rich_parts()
    if body is None:
        del parts[name]
    else:
        parts[name] = body
    return zipped(parts)


def bomb(part: str, megabytes: int) -> bytes:
    """A part of blanks that is small when packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in rich_parts().items():
            if name != part:
                archive.writestr(name, body)
        with archive.open(part, "w", force_zip64=True) as file:
            for _ in range(megabytes):
                file.write(b" " * 1_000_000)
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """A part that says it is small and unpacks to 100 MB."""
    data = bytearray(bomb("xl/sharedStrings.xml", 100))
    directory = data.rindex(b"xl/sharedStrings.xml") - 46
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"", "is empty", "backup"),
        (b"Student,School\nAna R.,North\n", "plain text", "Save As"),
        ("Student\tSchool\n".encode("utf-16"), "plain text", "Save As"),
        (b"<html><table></table></html>", "plain text", "Save As"),
        (OLE + "Workbook".encode("utf-16-le"), "old Excel file", "Save As"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", "password"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument", "LibreOffice"),
        (WORKBOOK[: len(WORKBOOK) // 2], "damaged", "backup"),
        (WORKBOOK[:-30], "damaged", "backup"),
        (b"\x00" * 512 + WORKBOOK, "from its first byte on", "backup"),
        (zipped({"a.txt": "hello"}), "damaged", "backup"),
        (zipped({}), "damaged", "backup"),
        (with_part("xl/workbook.xml", None), "damaged", "backup"),
        (with_part("xl/workbook.xml", "<workbook"), "damaged", "backup"),
        (with_part("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'), "damaged", "backup"),
        (with_part("xl/worksheets/sheet1.xml", None), "damaged", "backup"),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r="), "damaged", "backup"),
        (with_part("xl/_rels/workbook.xml.rels", "<Relationships/>"), "damaged", "backup"),
        (partial(bomb, "xl/worksheets/sheet1.xml", 60), "unreasonable size", "empty rows"),
        (partial(bomb, "xl/media/image1.png", 520), "unreasonable size", "empty rows"),
        (lying_bomb, "xl/sharedStrings.xml is not what was once written", "backup"),
    ],
)
def test_what_is_no_workbook(
    tmp_path: Path, data: bytes | Callable[[], bytes], what: str, remedy: str
) -> None:
    path = tmp_path / "Grade 4.xlsx"
    data = data() if callable(data) else data
    path.write_bytes(data)
    with pytest.raises(WrongUse) as caught:
        ExcelWorkbook(path).read()
    assert what in caught.value.what
    assert "Grade 4.xlsx" in caught.value.what
    assert remedy in caught.value.remedy
    assert caught.value.exit_code == 2
    assert path.read_bytes() == data


def test_no_such_file_a_folder_a_dead_link(tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "gone.xlsx")
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")
    for name, what in (
        ("none.xlsx", "no file"),
        ("", "folder"),
        ("link.xlsx", "no file"),
        ("loop.xlsx", "loop|nowhere|read"),
    ):
        with pytest.raises(SheetsSyncError, match=what) as caught:
            ExcelWorkbook(tmp_path / name).read()
        assert caught.value.remedy


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    with pytest.raises(WrongUse, match="not a file"):
        ExcelWorkbook(tmp_path / "x.xlsx").read()


def test_a_damaged_part_that_we_do_not_read_does_not_stop_us(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts() | {"xl/charts/chart1.xml": "<chart"})
    book = ExcelWorkbook(path)
    assert book.write([compliance()], book.read()) > 0


def test_a_macro_workbook_is_fine(tmp_path: Path) -> None:
    path = put(tmp_path / "x.xlsm", rich_parts())
    assert [tab.name for tab in ExcelWorkbook(path).read().sheets] == ["Caseload", "Lists"]


def flipped(data: bytes, places: list[int]) -> bytes:
    spoiled = bytearray(data)
    for place in places:
        spoiled[place % len(data)] ^= 0xFF
    return bytes(spoiled)


SPOIL: tuple[Callable[[bytes, list[int]], bytes], ...] = (
    flipped,
    lambda data, places: data[: places[0] % len(data)],
    lambda data, places: data[places[0] % len(data) :],
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SPOIL),
    st.lists(st.integers(0, 1_000_000), min_size=1, max_size=4),
)
def test_no_damage_makes_it_crash_or_write(
    tmp_path_factory: pytest.TempPathFactory,
    spoil: Callable[[bytes, list[int]], bytes],
    places: list[int],
) -> None:
    path = tmp_path_factory.mktemp("spoilt") / "x.xlsx"
    data = spoil(zipped(rich_parts()), places)
    path.write_bytes(data)
    book = ExcelWorkbook(path)
    failed = None
    try:
        book.write([compliance()], book.read())
    except SheetsSyncError as error:
        failed = error
    assert failed is None or (failed.remedy and path.read_bytes() == data)
