"""The commands on a Google workbook, over real HTTP: every form of its address, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import time_machine

from sheets_sync.edges.store import SQLiteStore
from tests.google_runs import Run, Settings, address_of, asked, run, server, settings
from tests.sheets_server.faults import Fault
from tests.sheets_server.model import Sheet, Spreadsheet
from tests.sheets_server.server import SheetsServer

__all__ = ["run", "server", "settings"]

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
DAY = ("--today", "2026-04-21")
STUDENT = "Abel C."
OURS = ["Compliance", "Data Problems"]


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.load(SAMPLE, "Services 2025-26")


def state_files() -> list[str]:
    return sorted(path.name for path in Path(os.environ["XDG_STATE_HOME"]).rglob("*.sqlite"))


def sheets(server: SheetsServer, book: Spreadsheet) -> list[Sheet] | None:
    found = server.find(book.id)
    return found and found.sheets


def tabs(server: SheetsServer, book: Spreadsheet) -> list[str]:
    return [sheet.title for sheet in server.book(book.id).sheets]


def test_sync_writes_the_tabs_and_calls_the_workbook_by_its_title(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    code, out, err = run("sync", "--workbook", address_of(book), *DAY)
    assert (code, err) == (0, "")
    assert STUDENT in out
    assert "Services 2025-26: Compliance and Data Problems written, " in out
    assert tabs(server, book)[-2:] == OURS
    assert asked(server) == ["read", "write"]


FORMS = (
    "https://docs.google.com/spreadsheets/d/{id}/edit?usp=sharing&resourcekey=0-aB#gid=12",
    "docs.google.com/spreadsheets/d/{id}",
    "http://docs.google.com/spreadsheets/u/1/d/{id}/edit",
    "<https://docs.google.com/spreadsheets/d/{id}/edit>",
    "{id}",
)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_an_address_is_the_same_workbook(
    run: Run, settings: Settings, book: Spreadsheet, form: str
) -> None:
    named = form.format(id=book.id)
    with time_machine.travel(datetime(2026, 4, 21, 5, tzinfo=UTC), tick=True):
        first = json.loads(run("sync", "--workbook", address_of(book), "--json")[1])
        again = json.loads(run("sync", "--workbook", named, "--json")[1])
    assert first["workbook"] == again["workbook"] == address_of(book)
    assert again["lines"] == first["lines"]
    assert json.loads(run("explain", "--workbook", named, "--json", *DAY)[1])["workbook"] == address_of(book)
    assert len(json.loads(run("runs", "--workbook", named, "--json")[1])) == 2
    assert len(state_files()) == 1

    settings.write(f"workbook = '{named}'")
    code, out, _ = run("sync", "--dry-run", *DAY)
    assert code == 0
    assert "this was a dry run of Services 2025-26" in out


def test_an_entry_of_several_workbooks_is_found_by_any_form_of_its_address(
    run: Run, settings: Settings, server: SheetsServer, book: Spreadsheet
) -> None:
    settings.write(rest=f'[[workbooks]]\nworkbook = "{book.id}"\n[workbooks.compliance]\ntab = "Check"\n')
    assert run("sync", "--workbook", f"{address_of(book)}/edit?usp=drive_link", *DAY)[0] == 0
    assert "Check" in tabs(server, book)


def test_files_and_google_workbooks_in_one_run(
    run: Run, settings: Settings, server: SheetsServer, book: Spreadsheet, tmp_path: Path
) -> None:
    shutil.copyfile(SAMPLE, tmp_path / "Oak.xlsx")
    other = server.load(SAMPLE, "Elm")
    settings.write(
        rest=f'[[workbooks]]\nworkbook = "{address_of(book)}/edit"\n[[workbooks]]\nworkbook = "Oak.xlsx"\n'
        f'[[workbooks]]\nworkbook = "{other.id}"\n'
    )
    code, out, err = run("sync", *DAY)
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines() if " written, " in line] == [
        "Services 2025-26",
        "Oak.xlsx",
        "Elm",
    ]
    assert openpyxl.load_workbook(tmp_path / "Oak.xlsx").sheetnames[-2:] == OURS
    assert tabs(server, other)[-2:] == OURS
    code, out, err = run("explain", STUDENT, *DAY)
    assert (code, out) == (2, "")
    assert f"{address_of(book)}, Oak.xlsx, {address_of(other)}" in err


def test_one_of_several_workbooks_that_fails_stops_none_and_is_named(
    run: Run, settings: Settings, server: SheetsServer, book: Spreadsheet
) -> None:
    closed = server.load(SAMPLE, "Closed")
    server.share(closed.id, server.account, None)
    settings.write(rest=f'[[workbooks]]\nworkbook = "{closed.id}"\n[[workbooks]]\nworkbook = "{book.id}"\n')
    code, out, err = run("sync", *DAY)
    assert code == 1
    assert "Services 2025-26: Compliance and Data Problems written, " in out
    assert err.splitlines()[0] == f"{address_of(closed)}:"
    assert f"not shared with {server.account}" in err
    checked, out, _ = run("check", *DAY)
    assert checked == 1
    assert [line for line in out.splitlines() if line.startswith("https:")] == [
        f"{address_of(closed)}:",
        f"{address_of(book)}:",
    ]


def test_a_dry_run_reads_and_changes_nothing(run: Run, server: SheetsServer, book: Spreadsheet) -> None:
    code, out, err = run("sync", "--dry-run", "--workbook", address_of(book), *DAY)
    assert (code, err) == (0, "")
    assert "Compliance!A4: (blank) -> " in out
    assert "Nothing was changed: this was a dry run of Services 2025-26." in out
    assert server.book(book.id) == book
    assert asked(server) == ["read"]


def test_mails_lie_beside_the_state_which_is_said(run: Run, book: Spreadsheet, tmp_path: Path) -> None:
    state = tmp_path / "mine" / "state.sqlite"
    code, out, _ = run("sync", "--workbook", address_of(book), "--state", state, *DAY)
    assert code == 0
    assert f"written to {tmp_path / 'mine' / 'mails'}; none was sent." in out
    assert list((tmp_path / "mine" / "mails").glob("*.eml"))
    assert len(SQLiteStore(state).runs()) == 1
    assert (
        str(tmp_path / "mine" / "mails") in run("check", "--workbook", address_of(book), "--state", state)[1]
    )


def test_check_says_which_address_to_share_with_and_writes_nothing(
    run: Run, server: SheetsServer, book: Spreadsheet
) -> None:
    code, out, err = run("check", "--workbook", address_of(book), *DAY)
    assert (code, err) == (0, "")
    result = json.loads(run("check", "--workbook", book.id, "--json", *DAY)[1])
    assert {one["workbook"] for one in result["checks"]} == {address_of(book)}
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "ok   configuration",
        "ok   state",
        "ok   credentials",
        "ok   workbook",
        "ok   tabs and headers",
        "ok   data",
        "ok   addresses",
        "ok   guards",
        "ok   our tabs",
        "ok   writing",
        "ok   mail",
        "A run would go through.",
    ]
    assert f"share the workbook, as Editor, with {server.account}\n" in out
    assert sheets(server, book) == book.sheets
    assert not state_files()


def not_shared(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.share(book.id, server.account, None)


def viewer_only(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.share(book.id, server.account, "reader")


def api_off(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.api_enabled = False


def deleted(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.remove(book.id)


def excel_in_drive(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.staff.do(book.id, lambda copy: setattr(copy, "kind", "xlsx"))


def key_revoked(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.tokens.revoked = True


def clock_wrong(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.tokens.skew = 600


def no_delegation(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    google = f'endpoint = "{server.url}"\ncredentials = "{settings.key}"\nsubject = "cm@school.example"'
    settings.write(google=google)


def key_open_to_others(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    settings.key.chmod(0o644)


def no_key_file(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    settings.key.unlink()


def no_credentials(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    settings.write(google=f'endpoint = "{server.url}"')


def no_network(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    google = f'endpoint = "http://127.0.0.1:{port}"\ncredentials = "{settings.key}"'
    settings.write(google=google, rest='[daemon]\ndeadline = "2s"\n')


def never_answers(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.faults.always(Fault(hang=True), "read")
    settings.write(rest='[daemon]\ndeadline = "1s"\n')


def login_page(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.faults.always(Fault(status=200, html=True), "read")


def our_tab_is_theirs(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    def edit(copy: Spreadsheet) -> None:
        sheet = copy.sheet_named("Calendar")
        sheet.properties = {**sheet.properties, "title": "Compliance"}

    server.staff.do(book.id, edit)


def a_tab_is_missing(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    server.staff.do(book.id, lambda copy: copy.sheets.remove(copy.sheet_named("Schedule")))


def a_column_is_missing(server: SheetsServer, book: Spreadsheet, settings: Settings) -> None:
    def edit(copy: Spreadsheet) -> None:
        cells = copy.sheet_named("Service Log").cells
        at = next(
            place for place, cell in cells.items() if cell["userEnteredValue"] == {"stringValue": "Status"}
        )
        del cells[at]

    server.staff.do(book.id, edit)


Spoil = Callable[[SheetsServer, Spreadsheet, Settings], None]


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (not_shared, 1, "not shared with sheets-sync@school-district.iam.gserviceaccount.com"),
        (viewer_only, 1, "shared as viewer only"),
        (api_off, 1, "API is not enabled"),
        (deleted, 2, "no Google workbook at this address"),
        (excel_in_drive, 2, "an Excel file (.xlsx) that lies in Google Drive"),
        (key_revoked, 1, "key"),
        (clock_wrong, 1, "clock"),
        (no_delegation, 1, "cm@school.example"),
        (key_open_to_others, 2, "can be read by other users"),
        (no_key_file, 2, "no key file"),
        (no_credentials, 2, "no credentials for Google"),
        (no_network, 1, "while reading the workbook"),
        (never_answers, 1, "deadline of 1 second"),
        (login_page, 1, "answered in Google's place"),
        (our_tab_is_theirs, 2, "[compliance] tab"),
        (a_tab_is_missing, 3, '"Schedule"'),
        (a_column_is_missing, 3, "Status"),
    ],
)
def test_what_stops_a_run_is_said_with_its_remedy_and_check_ends_alike(
    run: Run,
    server: SheetsServer,
    book: Spreadsheet,
    settings: Settings,
    spoil: Spoil,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    spoil(server, book, settings)
    before = sheets(server, book)
    for words in (["sync", "--json"], ["sync", "--quiet"]):
        ended, out, err = run(*words, "--workbook", address_of(book), *DAY)
        assert (ended, out) == (code, "")
        assert said in err
        assert "\nWhat would do: " in err
        assert "Traceback" not in err
        assert len(err.splitlines()) == 2
    assert sheets(server, book) == before
    checked, told, err = run("check", "--workbook", address_of(book), *DAY)
    assert (checked, err) == (code, "")
    assert said in told
    assert "       What would do: " in told
    assert sheets(server, book) == before


CANARY = "Zebulon Q. Canary"


@pytest.mark.parametrize("tab", ["Caseload", "Service Grid", "Service Log"])
def test_no_name_of_a_student_on_standard_error_or_in_the_log(
    run: Run, server: SheetsServer, book: Spreadsheet, tab: str
) -> None:
    def canaries(copy: Spreadsheet) -> None:
        sheet = copy.sheet_named(tab)
        for place in sheet.cells:
            if place[0] > 0:
                sheet.cells[place] = {"userEnteredValue": {"stringValue": CANARY}}

    server.staff.do(book.id, canaries)
    said = {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": f"Bad cell: {CANARY}"}}
    for kind in ("", "read", "write"):
        if kind:
            server.faults.always(Fault(status=400, body=said), kind)
        for words in (["sync", "--verbose"], ["check"], ["explain", CANARY], ["template"], ["runs"]):
            code, _, err = run(*words, "--workbook", address_of(book), *DAY)
            assert code in (0, 1, 2, 3)
            assert "Canary" not in err
        server.faults.clear()
    logs = Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")
    assert all("Canary" not in log.read_text() for log in logs)


def test_a_file_is_synced_without_anything_of_googles(tmp_path: Path) -> None:
    shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx")
    program = (
        "import sys\n"
        "from sheets_sync.cli.main import run_command_line\n"
        "for command in ('sync', 'check', 'template'):\n"
        "    file = 'new.xlsx' if command == 'template' else 'Services.xlsx'\n"
        "    code = run_command_line([command, '--workbook', file, '--today', '2026-04-21', '--quiet'])\n"
        "    print(code, [name for name in ('gspread', 'google.auth', 'requests') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("0 []\n" * 3, "")
