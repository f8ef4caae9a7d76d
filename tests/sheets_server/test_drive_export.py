"""A spreadsheet exported: what a program finds in each format, and a text imported over it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import gspread
import openpyxl
import pytest
from gspread.exceptions import APIError
from gspread.utils import ExportFormat

from tests.sheets_server.server import SheetsServer

LOG = [["Student", "Minutes"], ['Ana "A."', 30], ["Ben, Cy", "=B2*2"], [None, date(2026, 3, 2)]]


def test_csv_has_the_first_tab_as_people_see_it_and_no_last_line_break(
    server: SheetsServer, client: gspread.Client
) -> None:
    book = server.create(sheets={"Log": LOG, "Other": [["no"]]})
    text = client.export(book.id, ExportFormat.CSV).decode()
    assert text == 'Student,Minutes\r\n"Ana ""A.""",30\r\n"Ben, Cy",60\r\n,3/2/2026'


def test_an_export_is_a_file_of_the_kind_that_was_asked_for(
    server: SheetsServer, client: gspread.Client
) -> None:
    url = f"https://www.googleapis.com/drive/v3/files/{server.create().id}/export"
    answer = client.http_client.request("get", url, params={"mimeType": ExportFormat.CSV})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment"


def test_tsv_has_no_quotes_and_no_breaks_within_a_cell(server: SheetsServer, client: gspread.Client) -> None:
    book = server.create(sheets={"Log": [["one\ntwo", "a\tb", '"x"']]})
    assert client.export(book.id, ExportFormat.TSV) == b'one two\ta b\t"x"'


def test_an_empty_tab_is_an_empty_text(server: SheetsServer, client: gspread.Client) -> None:
    assert client.export(server.create().id, ExportFormat.CSV) == b""


def test_excel_has_every_tab_with_values_formulas_formats_and_notes(
    server: SheetsServer, client: gspread.Client
) -> None:
    book = client.open_by_key(server.create(sheets={"Log": LOG, "Other": [["=no", True]]}).id)
    tab = book.worksheet("Log")
    tab.format("A1:B1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}})
    tab.insert_note("A2", "moved in March")
    tab.merge_cells("A6:B7")
    tab.freeze(rows=1)
    tab.hide_rows(4, 5)
    tab.hide_columns(3, 4)
    tab.columns_auto_resize(0, 1)
    server.staff.do(book.id, lambda copy: copy.sheets[0].rows.update({1: {"pixelSize": 40}}))
    width = server.book(book.id).sheets[0].columns[0]["pixelSize"]
    book.worksheet("Other").hide()
    workbook = openpyxl.load_workbook(io.BytesIO(book.export(ExportFormat.EXCEL)))
    log = workbook["Log"]
    assert workbook.sheetnames == ["Log", "Other"]
    assert [[cell.value for cell in row] for row in log["A1:B3"]] == [
        ["Student", "Minutes"],
        ['Ana "A."', 30],
        ["Ben, Cy", "=B2*2"],
    ]
    assert log["B4"].value.date() == date(2026, 3, 2)
    assert log["A1"].font.bold
    assert not log["A2"].font.bold
    assert log["A1"].fill.fgColor.rgb == "FFFF0000"
    assert log["A2"].comment.text == "moved in March"
    assert (log.freeze_panes, [str(area) for area in log.merged_cells.ranges]) == ("A2", ["A6:B7"])
    assert [at for at, row in log.row_dimensions.items() if row.hidden] == [5]
    assert [at for at, column in log.column_dimensions.items() if column.hidden] == ["D"]
    assert (log.row_dimensions[2].height, log.row_dimensions[3].height) == (30, None)
    assert log.column_dimensions["A"].width == width / 7
    assert workbook["Other"]["B1"].value is True
    assert (log.sheet_state, workbook["Other"].sheet_state) == ("visible", "hidden")


def test_zipped_pages_have_every_tab_that_is_not_hidden(server: SheetsServer, client: gspread.Client) -> None:
    book = client.open_by_key(server.create(sheets={"Log": [["<b>"]], "Old": [["x"]]}).id)
    book.worksheet("Old").hide()
    package = zipfile.ZipFile(io.BytesIO(book.export(ExportFormat.ZIPPED_HTML)))
    assert package.namelist() == ["Log.html"]
    assert "<td>&lt;b&gt;</td>" in package.read("Log.html").decode()


@pytest.mark.libreoffice
def test_libreoffice_reads_the_opendocument_spreadsheet(
    server: SheetsServer, client: gspread.Client, tmp_path: Path
) -> None:
    book = server.create(sheets={"Log & more": LOG})
    (tmp_path / "log.ods").write_bytes(client.export(book.id, ExportFormat.OPEN_OFFICE_SHEET))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "csv",
        "--outdir",
        tmp_path,
        tmp_path / "log.ods",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "log.csv").read_text().splitlines()[1:3] == ['"Ana ""A.""",30', '"Ben, Cy",60']


def test_a_pdf_has_the_texts_of_every_tab_and_a_table_of_where_its_objects_begin(
    server: SheetsServer, client: gspread.Client
) -> None:
    rows = [[f"line {number} (x)"] for number in range(100)]
    content = client.export(server.create(sheets={"Log": rows, "Émile": [["fin"]]}).id)
    assert content.startswith(b"%PDF-1.4")
    kids = re.search(rb"/Count 3 /Kids \[([^]]*)\]", content)
    assert kids is not None
    numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]
    assert [b"%d 0 obj\n<< /Type /Page " % number in content for number in numbers] == [True] * 3
    assert rb"(line 99 \(x\)) Tj" in content
    assert "(Émile) Tj".encode("cp1252") in content
    offsets = [int(entry) for entry in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[at:].split()[0] for at in offsets] == [b"%d" % number for number in range(1, 10)]


def test_what_is_no_spreadsheet_and_what_google_does_not_make_is_refused(
    server: SheetsServer, client: gspread.Client
) -> None:
    book = server.create()
    with pytest.raises(APIError, match="requested conversion is not supported"):
        client.http_client.request(
            "get",
            f"https://www.googleapis.com/drive/v3/files/{book.id}/export",
            params={"mimeType": "text/plain"},
        )
    server.staff.do(book.id, lambda copy: setattr(copy, "kind", "xlsx"))
    with pytest.raises(APIError, match="Export only supports Docs Editors files") as caught:
        client.export(book.id)
    assert caught.value.code == 403


def test_an_imported_text_replaces_every_tab_as_if_typed(
    server: SheetsServer, client: gspread.Client
) -> None:
    book = client.open_by_key(server.create(sheets={"Log": LOG, "Other": [["x"]]}).id)
    client.import_csv(book.id, 'Student,Minutes\n"Ana, B.",30\n\n,=B2*2\n')
    again = client.open_by_key(book.id)
    assert [tab.title for tab in again.worksheets()] == ["Sheet1"]
    assert again.sheet1.get_all_values() == [["Student", "Minutes"], ["Ana, B.", "30"], ["", ""], ["", "60"]]


def test_an_imported_text_larger_than_a_tab_makes_it_larger(
    server: SheetsServer, client: gspread.Client
) -> None:
    book = server.create()
    client.import_csv(book.id, "\n".join(["x," * 29 + "x"] * 1200))
    tab = client.open_by_key(book.id).sheet1
    assert (tab.row_count, tab.col_count) == (1200, 30)
