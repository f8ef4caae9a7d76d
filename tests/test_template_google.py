"""The template in a Google workbook that somebody shares: one read, one write, nothing of theirs changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.sample.staff_tabs import STAFF_TABS
from sheets_sync.template import write_template
from tests.google_runs import Run, Settings, address_of, asked, run, server, settings
from tests.sheets_server.faults import Fault
from tests.sheets_server.gspread_client import client_of
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.registry import REQUESTS
from tests.sheets_server.server import SheetsServer

__all__ = ["run", "server", "settings"]

DAY = ("--today", "2025-11-21")
EVERY = [tab.name for tab in STAFF_TABS]


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    """A workbook as sheets.new makes it, shared."""
    return server.create(title="Services")


def titles(server: SheetsServer, book: Spreadsheet) -> list[str]:
    return [sheet.title for sheet in server.book(book.id).sheets]


def the_tab(server: SheetsServer, book: Spreadsheet, title: str) -> Sheet:
    sheet = server.book(book.id).sheet_named(title)
    assert sheet is not None
    return sheet


def texts(sheet: Sheet, row: int) -> list[str]:
    values = [
        cell.get("userEnteredValue", {}) for place, cell in sorted(sheet.cells.items()) if place[0] == row
    ]
    return [value["stringValue"] for value in values if "stringValue" in value]


def in_use(server: SheetsServer, **tabs: list[list[Any]]) -> Spreadsheet:
    return server.create(
        title="Services", sheets={name.replace("_", " "): rows for name, rows in tabs.items()}
    )


LOG: list[list[Any]] = [
    ["Date", "Student", "Service", "Status"],
    [date(2025, 11, 3), "Ana R.", "OT", "Given"],
]


def test_a_new_workbook_gets_every_tab_in_one_read_and_one_write(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    code, out, err = run("template", address_of(book), *DAY)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"Services: added {', '.join(EVERY)}."
    assert out.splitlines()[-1].endswith(f"sheets-sync.toml --workbook {address_of(book)}")
    assert titles(server, book) == ["Sheet1", *EVERY]
    assert asked(server) == ["read", "write"]
    for tab in STAFF_TABS:
        sheet = the_tab(server, book, tab.name)
        assert texts(sheet, 0) == [column.header for column in tab.columns]
        assert sheet.properties["gridProperties"]["frozenRowCount"] == 1
        helped = [column.note for column in tab.columns if column.note]
        assert [cell["note"] for place, cell in sorted(sheet.cells.items()) if "note" in cell] == helped


def test_it_counts_without_a_question_and_as_the_template_file_does(
    run: Run, server: SheetsServer, book: Spreadsheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("template", book.id, *DAY)[0] == 0
    assert run("check", "--workbook", book.id, *DAY)[0] == 0
    in_google = json.loads(run("sync", "--workbook", book.id, "--json", *DAY)[1])
    file = tmp_path / "template.xlsx"
    write_template(file, date(2025, 11, 21))
    assert run_command_line(["sync", "--workbook", str(file), "--json", *DAY]) == 0
    in_excel = json.loads(capsys.readouterr().out)
    (line,) = in_google["lines"]
    assert (line["status"], line["delivered"]) == ("ON TRACK", 30)
    assert (in_google["problems"], in_google["findings"]) == ([], [])
    for result in (in_google, in_excel):
        del result["workbook"], result["calls"], result["lines"][0]["line"]
    assert in_google == in_excel


def test_run_again_nothing_changes_and_it_says_so(run: Run, server: SheetsServer, book: Spreadsheet) -> None:
    run("template", address_of(book), *DAY)
    before, since = server.book(book.id), len(server.requests)
    code, out, _ = run("template", address_of(book))
    assert code == 0
    assert out.startswith("Services: every tab is there already; nothing was changed.\n")
    assert asked(server, since) == ["read"]
    assert server.book(book.id) == before


def test_a_tab_in_use_is_left_as_it_is_and_what_it_lacks_is_said(run: Run, server: SheetsServer) -> None:
    book = in_use(
        server,
        My_caseload=[["Room 12"], ["ID", "Student"], ["0012", "Ana R."]],
        Service_Log=[["Date", "Student", "Service"], ["11/3/2025", "Ana R.", "OT"]],
    )
    code, out, err = run("template", address_of(book), *DAY)
    assert (code, err) == (0, "")
    assert server.book(book.id).sheets[:2] == book.sheets
    assert titles(server, book)[2:] == [name for name in EVERY if name not in ("Caseload", "Service Log")]
    assert "Left as they were: My caseload (the Caseload), Service Log." in out
    assert 'Note: the tab "Service Log" has no column "Status"' in out
    assert "EXAMPLE" not in str(server.book(book.id))
    assert "example" not in out
    left = json.loads(run("template", address_of(book), "--json")[1])["left"]
    assert [one["tab"] for one in left if one["problem"]] == ["Service Log"]


def test_dropdowns_offer_and_never_forbid_and_lead_to_where_the_names_are(
    run: Run, settings: Settings, server: SheetsServer
) -> None:
    book = in_use(server, **{"Ana's list": [["Room 12"], ["ID", "Student"], ["0012", "Ana R."]]})
    settings.write(rest='[tabs]\nCaseload = "Ana\'s list"\n')
    run("template", address_of(book))
    rule = the_tab(server, book, "Service Log").cells[2, 1]["dataValidation"]
    assert "strict" not in rule
    assert rule["showCustomUi"] is True
    assert rule["condition"] == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='Ana''s list'!$B$3:$B"}],
    }
    statuses = the_tab(server, book, "Service Log").cells[2, 6]["dataValidation"]["condition"]
    assert statuses["type"] == "ONE_OF_LIST"
    assert {"userEnteredValue": "Provider absent"} in statuses["values"]
    staff = the_tab(server, book, "Schedule").cells[2, 2]["dataValidation"]["condition"]
    assert staff["values"] == [{"userEnteredValue": "='Staff'!$A$2:$A"}]


def test_an_empty_tab_of_the_name_is_filled_and_what_is_typed_meanwhile_is_not_lost(
    run: Run, server: SheetsServer
) -> None:
    book = in_use(server, Caseload=[], Notes=[["mine"]])
    typed: Json = {"userEnteredValue": {"stringValue": "Ana R."}}
    server.staff.next(lambda copy: the_cells(copy, "Caseload").update({(0, 0): typed}))
    code, out, _ = run("template", address_of(book), *DAY)
    assert code == 0
    assert "Services: filled Caseload, in which nothing stood." in out
    sheet = the_tab(server, book, "Caseload")
    assert texts(sheet, 0)[:2] == ["Student ID", "Student"]
    assert texts(sheet, 1)[:2] == ["0001", "EXAMPLE Ana R."]
    assert sheet.cells[2, 0]["userEnteredValue"] == {"stringValue": "Ana R."}
    assert titles(server, book)[:2] == ["Caseload", "Notes"]
    assert texts(the_tab(server, book, "Notes"), 0) == ["mine"]


def the_cells(copy: Spreadsheet, title: str) -> dict[tuple[int, int], Json]:
    sheet = copy.sheet_named(title)
    assert sheet is not None
    return sheet.cells


def test_a_tab_that_is_too_narrow_is_widened(run: Run, server: SheetsServer, book: Spreadsheet) -> None:
    small = {"sheetId": 0, "title": "Caseload", "gridProperties": {"rowCount": 1, "columnCount": 1}}
    change = {"properties": small, "fields": "title,gridProperties(rowCount,columnCount)"}
    server.staff.do(book.id, lambda copy: REQUESTS["updateSheetProperties"](copy, change, Context()))
    assert run("template", address_of(book), *DAY)[0] == 0
    assert texts(the_tab(server, book, "Caseload"), 0)[-1] == "Notes"


def test_a_tab_that_somebody_makes_meanwhile_is_kept_and_the_others_are_added(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    def makes_a_log(copy: Spreadsheet) -> None:
        REQUESTS["addSheet"](copy, {"properties": {"title": "Service Log", "sheetId": 5}}, Context())
        the_cells(copy, "Service Log")[0, 0] = {"userEnteredValue": {"stringValue": "Date"}}

    server.staff.next(makes_a_log)
    code, out, _ = run("template", address_of(book), *DAY)
    assert code == 0
    assert [one.status for one in server.requests if one.kind == "write"] == [400, 200]
    assert "Left as they were: Service Log." in out
    assert texts(the_tab(server, book, "Service Log"), 0) == ["Date"]
    assert sorted(titles(server, book)) == sorted(["Sheet1", *EVERY])


def test_an_answer_that_is_lost_is_no_second_set_of_tabs(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    server.faults.next(Fault(reset="after"), "write")
    code, out, _ = run("template", address_of(book), *DAY)
    assert code == 0
    assert out.startswith(f"Services: added {', '.join(EVERY)}.\n")
    assert titles(server, book) == ["Sheet1", *EVERY]
    assert asked(server) == ["read", "write", "read"]


def test_what_was_lost_before_it_was_carried_out_is_sent_again(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    server.faults.next(Fault(reset="before"), "write")
    assert run("template", address_of(book), *DAY)[0] == 0
    assert titles(server, book) == ["Sheet1", *EVERY]


def test_what_google_refuses_is_said_and_adds_nothing(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    server.share(book.id, server.account, "reader")
    code, out, err = run("template", address_of(book))
    assert (code, out) == (1, "")
    assert "viewer only" in err
    server.share(book.id, server.account, "writer")
    server.faults.always(Fault(status=400), "write")
    code, out, err = run("template", address_of(book))
    assert (code, out) == (1, "")
    assert "Google refused" in err
    assert titles(server, book) == ["Sheet1"]


def test_no_workbook_is_ever_created(run: Run, server: SheetsServer) -> None:
    code, out, err = run("template", f"https://docs.google.com/spreadsheets/d/{server.new_id()}")
    assert (code, out) == (2, "")
    assert "no Google workbook at this address" in err
    assert server.books == {}
    assert {one.method for one in server.requests if one.kind != "token"} == {"GET"}


def test_the_workbook_of_the_configuration_need_not_be_named(
    run: Run, settings: Settings, server: SheetsServer, book: Spreadsheet
) -> None:
    settings.write(f'workbook = "{address_of(book)}"')
    assert run("template", "--quiet", *DAY) == (0, "", "")
    assert titles(server, book) == ["Sheet1", *EVERY]
    other = server.create(title="Other")
    result = json.loads(run("template", "--workbook", address_of(other), "--json")[1])
    assert result == {"workbook": address_of(other), "added": EVERY, "filled": [], "left": []}
    code, _, err = run("template", address_of(book), "--workbook", address_of(other))
    assert (code, err.splitlines()[0]) == (2, "The workbook is named twice.")


def test_of_several_google_workbooks_one_is_to_be_named(
    run: Run, settings: Settings, server: SheetsServer, book: Spreadsheet
) -> None:
    other = server.create(title="Other")
    settings.write(
        rest=f'[[workbooks]]\nworkbook = "{book.id}"\n[[workbooks]]\nworkbook = "{other.id}"\n'
        '[workbooks.tabs]\n"Service Log" = "SLP log"\n'
    )
    code, out, err = run("template")
    assert (code, out) == (2, "")
    assert address_of(other) in err
    assert run("template", other.id)[0] == 0
    assert "SLP log" in titles(server, other)
    assert titles(server, book) == ["Sheet1"]


def test_what_looks_like_a_number_or_a_date_stays_as_it_is_typed(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    run("template", address_of(book), *DAY)
    caseload = client_of(server).open_by_key(book.id).worksheet("Caseload")
    caseload.update([["0012", "Ben T.", "3-5"]], "A3", raw=False)
    assert texts(the_tab(server, book, "Caseload"), 2) == ["0012", "Ben T.", "3-5"]
