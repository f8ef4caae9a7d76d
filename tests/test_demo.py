"""The demo: everything that it leaves, and that a second one changes nothing but the time of the check."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import time_machine

from sheets_sync.cli.main import run_command_line
from sheets_sync.ledger.result import Status

WORKBOOK = "Maple Hill services.xlsx"
TIME = re.compile(
    rb"Read [A-Za-z0-9, ]* at [0-9:]*"
    rb"|IF\(TODAY\(\)&gt;DATE\([0-9,]*\)\+1,[^<]*Not checked since [A-Za-z0-9 ]*"
)
"""The time of the check, in words and in the notice that shows by itself once the tab is old."""
MORNING = "2025-11-20T06:00:00-05:00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "sheets-sync-demo"


def parts(workbook: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_shows_every_status_and_leaves_all_there_is_to_look_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        assert run_command_line(["demo"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert [status for status in Status if status.value not in out] == []
    assert f"{folder.name}/{WORKBOOK}" in out
    assert sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock")) == [
        WORKBOOK,
        "mails",
        "page.html",
        "state.sqlite",
    ]
    assert "Compliance" in (folder / "page.html").read_text(encoding="utf-8")
    mails = list((folder / "mails").glob("*.eml"))
    assert mails
    for path in (folder / "page.html", folder / "state.sqlite", *mails):
        assert mode(path) == 0o600
    for mail in mails:
        message = message_from_bytes(mail.read_bytes(), policy=default)
        assert message["To"].endswith(".example")


def test_a_second_one_changes_nothing_but_the_time_of_the_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        assert run_command_line(["demo", "--json"]) == 0
        first = json.loads(capsys.readouterr().out)
        before = parts(folder / WORKBOOK)
        mails = sorted((folder / "mails").iterdir())
        clock.shift(timedelta(days=3))
        assert run_command_line(["demo", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    after = parts(folder / WORKBOOK)
    assert again["lines"] == first["lines"]
    assert (again["today"], again["mails"]) == (first["today"], [])
    assert sorted((folder / "mails").iterdir()) == mails
    changed = [name for name in before if before[name] != after[name]]
    assert set(before) == set(after)
    ours = [name for name in changed if name.startswith("xl/worksheets/")]
    assert changed == ours
    assert len(ours) <= 2
    for name in ours:
        assert TIME.findall(before[name]) != TIME.findall(after[name])
        assert TIME.sub(b"", before[name]) == TIME.sub(b"", after[name])


def test_its_dates_are_those_of_the_day_on_which_it_was_made(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        run_command_line(["demo", "--json"])
    assert json.loads(capsys.readouterr().out)["today"] == date(2025, 11, 20).isoformat()


@pytest.mark.parametrize(
    "day", ["2025-07-15", "2025-08-29", "2025-12-27", "2026-01-05", "2026-02-28", "2026-06-20"]
)
def test_it_works_on_any_day_of_the_year(folder: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    with time_machine.travel(f"{day}T06:00:00-05:00", tick=False):
        assert run_command_line(["demo", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {line["status"] for line in result["lines"]} == {status.value for status in Status}
    assert list((folder / "mails").glob("*.eml"))


def test_a_workbook_that_is_no_sample_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.mkdir()
    (folder / WORKBOOK).write_bytes(b"mine")
    assert run_command_line(["demo"]) == 2
    assert "no sample of ours" in capsys.readouterr().err
    assert (folder / WORKBOOK).read_bytes() == b"mine"


def test_quiet_says_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["demo", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
