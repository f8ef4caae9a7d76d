"""The commands that read a workbook, on a sample: what they print, leave, and how they end."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore, default_state_path

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
TODAY = "2026-04-21"
STUDENT = "Abel C."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx"))


@pytest.fixture
def run(workbook: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the workbook: (exit code, standard output, standard error)."""

    def command(name: str, *words: object, today: str | None = TODAY) -> tuple[int, str, str]:
        day = ["--today", today] if today else []
        given = [name, *map(str, words), "--workbook", str(workbook), *day]
        return run_command_line(given), *capsys.readouterr()

    return command


def state_of(workbook: Path) -> Path:
    return default_state_path(str(workbook))


def beside(workbook: Path) -> list[str]:
    return sorted(path.name for path in workbook.parent.iterdir())


def test_sync_says_what_to_do_and_what_was_done(run: Run, workbook: Path) -> None:
    code, out, err = run("sync")
    assert (code, err) == (0, "")
    assert STUDENT in out
    assert "MAKE-UP OWED" in out
    assert "Services.xlsx: Compliance and Data Problems written, " in out
    assert openpyxl.load_workbook(workbook).sheetnames[-2:] == ["Compliance", "Data Problems"]


def test_another_day_than_the_clocks_writes_the_tabs_and_remembers_nothing(run: Run, workbook: Path) -> None:
    code, out, _ = run("sync")
    assert code == 0
    assert f"As of {TODAY}, not today: nothing is remembered, no mail was made" in out
    assert not state_of(workbook).exists()
    assert beside(workbook) == ["Services.xlsx"]


def test_a_state_that_is_named_is_written_whatever_the_day(run: Run, workbook: Path, tmp_path: Path) -> None:
    state = tmp_path / "mine" / "state.sqlite"
    assert run("sync", "--state", state)[0] == 0
    assert len(SQLiteStore(state).runs()) == 1
    assert list((tmp_path / "mails").glob("*.eml"))
    assert not state_of(workbook).exists()


@pytest.mark.parametrize("day", ["4/21/2026", "Apr 21, 2026", " 2026-04-21 "])
def test_the_day_as_people_write_it(run: Run, day: str) -> None:
    assert json.loads(run("sync", "--json", today=day)[1])["today"] == TODAY


def test_json_is_one_object_and_nothing_else(run: Run, workbook: Path) -> None:
    code, out, err = run("sync", "--json", "--verbose")
    result = json.loads(out)
    assert code == 0
    assert err.splitlines() == ["Reading the workbook ...", "Counting ...", "Writing the tabs ..."]
    assert list(result) == ["today", "workbook", "lines", "problems", "findings", "mails", "calls"]
    assert result["workbook"] == str(workbook)
    assert result["calls"] == {"read": 1, "write": 1}
    assert json.loads(run("sync", "--json")[1])["lines"] == result["lines"]


def test_quiet_prints_nothing(run: Run) -> None:
    assert run("sync", "--quiet") == (0, "", "")


def test_a_dry_run_shows_cells_and_mails_and_changes_nothing(run: Run, workbook: Path) -> None:
    before = workbook.read_bytes()
    code, out, err = run("sync", "--dry-run", "--state", workbook.parent / "s.sqlite")
    assert (code, err) == (0, "")
    assert "Compliance!A4: (blank) -> " in out
    assert "Mail to " in out
    assert "Nothing was changed" in out
    assert workbook.read_bytes() == before
    assert beside(workbook) == ["Services.xlsx"]


def test_a_run_of_the_same_day_tells_only_what_changed_for_today(run: Run, workbook: Path) -> None:
    """Nothing did; a first summary and all that is open wait for the night."""
    result = json.loads(run("sync", "--same-day", "--json", "--state", workbook.parent / "s.sqlite")[1])
    assert result["findings"]
    assert result["mails"] == []


def test_what_explain_adds_up_is_what_sync_says(run: Run) -> None:
    lines = {line["line"]: line for line in json.loads(run("sync", "--json")[1])["lines"]}
    code, out, _ = run("explain", "--json")
    explained = json.loads(out)["lines"]
    assert code == 0
    assert len(explained) == len(lines)
    for line in explained:
        periods = line.pop("periods")
        assert line == lines[line["line"]]
        if line["required"] is not None:
            assert sum(period["required"] for period in periods) == line["required"]
            assert sum(period["owed"] for period in periods) == line["owed"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([STUDENT], 0),
        (["abel c"], 0),
        ([STUDENT, "occupational"], 0),
        (["nobody"], 2),
        ([STUDENT, "swim"], 2),
        ([], 2),
    ],
)
def test_explain_finds_who_is_meant(run: Run, words: list[str], code: int) -> None:
    ended, out, err = run("explain", *words)
    assert ended == code
    assert ("required" in out) == (code == 0)
    assert "nobody" not in err
    assert "Abel" not in err


def test_explain_without_a_student_lists_them(run: Run) -> None:
    code, out, err = run("explain")
    assert code == 2
    assert STUDENT in out
    assert "No student is named." in err


def test_explain_asks_for_the_student_on_a_terminal(workbook: Path) -> None:
    parent, child = pty.openpty()
    words = [sys.executable, "-m", "sheets_sync", "explain", "--workbook", str(workbook), "--today", TODAY]
    process = subprocess.Popen(words, stdin=child, stdout=child, stderr=child)
    os.close(child)
    os.write(parent, b"who?\nabel c\n")
    shown = b""
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    assert process.wait() == 0
    assert b"No such student" in shown or b"no such student" in shown
    assert b"required" in shown


def test_check_tries_everything_and_changes_nothing(run: Run, workbook: Path) -> None:
    before = workbook.read_bytes()
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "ok   configuration",
        "ok   state",
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
    assert workbook.read_bytes() == before
    assert not state_of(workbook).exists()
    checks = json.loads(run("check", "--json")[1])
    assert checks["exit_code"] == 0
    assert all(check["fine"] for check in checks["checks"])


def without_tab(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    del book["Schedule"]
    book.save(workbook)


def without_column(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Service Log"].delete_cols([cell.value for cell in book["Service Log"][1]].index("Status") + 1)
    book.save(workbook)


def tab_of_somebody_else(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book.create_sheet("Compliance")["A1"] = "my own notes"
    book.save(workbook)


def open_in_excel(workbook: Path) -> None:
    workbook.with_name(f"~${workbook.name}").write_bytes(b"")


def write_protected(workbook: Path) -> None:
    workbook.chmod(0o444)


def damaged(workbook: Path) -> None:
    workbook.write_bytes(workbook.read_bytes()[:5000])


def not_there(workbook: Path) -> None:
    workbook.unlink()


def damaged_state(workbook: Path) -> None:
    state = state_of(workbook)
    state.parent.mkdir(parents=True)
    state.write_bytes(b"no database at all" * 100)


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (without_tab, 3, '"Schedule"'),
        (without_column, 3, "Status"),
        (tab_of_somebody_else, 2, "[compliance] tab"),
        (open_in_excel, 1, "open in Excel"),
        (write_protected, 1, "write-protected"),
        (damaged, 2, "damaged"),
        (not_there, 2, "no file"),
        (damaged_state, 1, "state file"),
    ],
)
def test_what_stops_a_run_is_said_with_its_remedy_and_check_ends_alike(
    run: Run, workbook: Path, spoil: Callable[[Path], None], code: int, said: str
) -> None:
    spoil(workbook)
    before = workbook.read_bytes() if workbook.exists() else None
    ended, out, err = run("sync")
    assert (ended, out) == (code, "")
    assert said in err
    assert "What would do: " in err
    assert "Traceback" not in err
    assert (workbook.read_bytes() if workbook.exists() else None) == before
    checked, told, _ = run("check")
    assert checked == code
    assert "What would do: " in told
    assert f"A run would end with exit code {code}." in told


def test_another_run_under_way_ends_with_5(run: Run, workbook: Path) -> None:
    before = workbook.read_bytes()
    with SQLiteStore(state_of(workbook)).lock():
        code, out, err = run("sync")
        assert run("check")[0] == 5
    assert (code, out) == (5, "")
    assert "under way" in err
    assert workbook.read_bytes() == before


def test_a_mail_folder_that_cannot_be_ends_with_4(run: Run, workbook: Path) -> None:
    (workbook.parent / "mails").write_text("a file where the folder should be")
    code, out, err = run("sync", "--state", workbook.parent / "s.sqlite")
    assert code == 4
    assert "written, " in out
    assert err.startswith("1 mail could not be delivered: The mails cannot be written to ")
    assert run("check")[0] == 4
    said = run("runs", "--state", workbook.parent / "s.sqlite")[1]
    assert "Not delivered yet: 1 mail; the next run tries again (sheets-sync outbox)." in said


def test_where_no_case_manager_can_be_mailed_the_run_says_so(
    run: Run, workbook: Path, tmp_path: Path
) -> None:
    config = tmp_path / "c.toml"
    config.write_text('allowed_domains = ["nowhere.example"]\n')
    _, out, _ = run("sync", "--config", config, "--state", workbook.parent / "s.sqlite")
    assert "outside allowed_domains: what is found stands on the tab, and nobody is mailed about them." in out
    assert "No mail." in out


def test_a_run_that_writes_nothing_says_so(run: Run, workbook: Path) -> None:
    with time_machine.travel(datetime(2026, 4, 21, 6, tzinfo=UTC), tick=False):
        run("sync")
        before = workbook.read_bytes()
        assert "Services.xlsx: nothing had changed, so nothing was written." in run("sync")[1]
    assert workbook.read_bytes() == before


def test_a_password_that_is_not_there_stops_a_run_before_it_begins(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = workbook.parent / "c.toml"
    config.write_text(
        'allowed_domains = ["example.org"]\n[mail]\nhost = "127.0.0.1"\nfrom = "a@example.org"\nuser = "u"\n'
        'password_env = "MAIL_PASSWORD"\n'
    )
    monkeypatch.delenv("MAIL_PASSWORD", raising=False)
    before = workbook.read_bytes()
    code, out, err = run("sync", "--config", config, "--state", workbook.parent / "s.sqlite")
    assert (code, out) == (2, "")
    assert "MAIL_PASSWORD" in err
    assert workbook.read_bytes() == before
    assert run("check", "--config", config)[0] == 2
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    assert "hunter2" not in run("check", "--config", config)[1]


def test_several_workbooks_each_with_its_own(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copyfile(SAMPLE, tmp_path / "Other.xlsx"))
    config = tmp_path / "c.toml"
    config.write_text(
        '[[workbooks]]\nworkbook = "Services.xlsx"\n[[workbooks]]\nworkbook = "Other.xlsx"\n'
        "[workbooks.compliance]\ntab = 'Check'\n"
    )
    assert run_command_line(["sync", "--config", str(config), "--today", TODAY]) == 0
    assert "Compliance" in openpyxl.load_workbook(workbook).sheetnames
    assert "Check" in openpyxl.load_workbook(other).sheetnames
    assert run_command_line(["explain", STUDENT, "--config", str(config), "--today", TODAY]) == 2
    assert "Services.xlsx, Other.xlsx" in capsys.readouterr().err
    words = ["explain", STUDENT, "--config", str(config), "--today", TODAY, "--workbook", str(other)]
    assert run_command_line(words) == 0


CANARY = "Zebulon Q. Canary"


def in_every_cell(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.value = CANARY


@pytest.mark.parametrize("tab", ["Caseload", "Service Grid", "Schedule", "Service Log", "Calendar"])
def test_no_name_of_a_student_on_standard_error_or_in_the_log(run: Run, workbook: Path, tab: str) -> None:
    book = openpyxl.load_workbook(workbook)
    in_every_cell(book[tab])
    book.save(workbook)
    for words in (["sync", "--verbose"], ["check"], ["explain", CANARY], ["runs"]):
        code, _, err = run(*words)
        assert code in (0, 2, 3)
        assert "Canary" not in err
    logs = Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")
    assert all("Canary" not in log.read_text() for log in logs)
