"""The log: one line for each thing that happens, in words or as JSON, and nothing else on standard error."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from sheets_sync.cli.main import run_command_line
from sheets_sync.log import Log, one_line
from sheets_sync.state import RunRecord
from sheets_sync.views.run_words import run_facts, run_in_words

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
AT = datetime(2026, 11, 28, 5, 0, tzinfo=UTC)
DONE = RunRecord(
    started=AT,
    finished=AT,
    today=date(2026, 11, 28),
    outcome="done",
    exit_code=0,
    seconds=1.21,
    lines=160,
    problems=4,
    findings=12,
    cells_changed=31,
    mails=3,
)
FAILED = RunRecord(
    started=AT,
    finished=AT,
    today=date(2026, 11, 28),
    outcome="failed",
    exit_code=1,
    seconds=0.8,
    error="Services.xlsx is open in Excel.",
)


def test_a_run_is_one_line_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    Log(lambda: AT).say("run", run_in_words("Services.xlsx", DONE, waiting=0))
    assert capsys.readouterr().err == (
        "2026-11-28 05:00 Services.xlsx: done in 1.2 s: 160 lines, 12 findings, 31 cells changed, 3 mails,"
        " 0 waiting\n"
    )


def test_a_run_that_failed_says_what_was_wrong_and_what_would_do() -> None:
    assert run_in_words("Services.xlsx", FAILED, waiting=2, remedy="Close it and run again.") == (
        "Services.xlsx: failed in 0.8 s (exit code 1): Services.xlsx is open in Excel."
        " Close it and run again."
    )


def test_as_json_a_line_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    facts = run_facts("Services.xlsx", DONE, waiting=1)
    Log(lambda: AT, as_json=True).say("run", "words", **facts)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) == {
        "time": "2026-11-28T05:00:00+00:00",
        "event": "run",
        "message": "words",
        "workbook": "Services.xlsx",
        "outcome": "done",
        "exit_code": 0,
        "seconds": 1.21,
        "today": "2026-11-28",
        "lines": 160,
        "problems": 4,
        "findings": 12,
        "cells_changed": 31,
        "mails": 3,
        "waiting": 1,
    }


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Services\n2026-11-28 05:01 Other.xlsx: done", "Services 2026-11-28 05:01 Other.xlsx: done"),
        ("Services\r\x1b[2J\x1b[31m", "Services [2J [31m"),
        ("\u202eservices\u202c 25\u2028", "services 25"),
        ("Sérvices 25–26 ✓", "Sérvices 25–26 ✓"),
    ],
)
def test_a_title_is_text_in_one_line(title: str, shown: str) -> None:
    assert one_line(title) == shown


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx"))


def test_sync_says_its_line_when_it_is_asked_to(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sync", "--workbook", str(workbook), "--quiet", "--log"]
    with time_machine.travel(datetime(2026, 4, 21, 6, tzinfo=UTC)):
        assert run_command_line(words) == 0
        first = capsys.readouterr()
        assert run_command_line(words) == 0
    assert first.out == ""
    assert first.err.startswith("2026-04-21 0")
    assert first.err.endswith(" cells changed, 1 mail, 0 waiting\n")
    assert len(first.err.splitlines()) == 1
    assert capsys.readouterr().err.endswith(" 0 mails, 0 waiting\n")


def test_sync_says_a_failure_in_one_line_of_json(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook.with_name(f"~${workbook.name}").write_bytes(b"")
    assert run_command_line(["sync", "--workbook", str(workbook), "--log-json"]) == 1
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    told = json.loads(line)
    assert said.out == ""
    assert (told["workbook"], told["outcome"], told["exit_code"]) == ("Services.xlsx", "failed", 1)
    assert "open in Excel" in told["error"]
    assert told["remedy"]


def test_mails_that_could_not_be_delivered_are_in_the_same_line(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workbook.parent / "mails").write_text("a file where the folder should be")
    with time_machine.travel(datetime(2026, 4, 21, 6, tzinfo=UTC)):
        assert run_command_line(["sync", "--workbook", str(workbook), "--quiet", "--log"]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert "Services.xlsx: done in " in line
    assert " (exit code 4): " in line
    assert " 1 mail, 1 waiting. 1 mail could not be delivered: The mails cannot be written to " in line


CANARY = "Zebulon-Canary"
LOUD = f"""
import logging, os, sys, threading, time, warnings
if {{hushed}}:
    from sheets_sync.log import hush
    hush()
logging.getLogger("urllib3.connectionpool").warning("GET /values?ranges=%s", "{CANARY}")
logging.getLogger("google.auth").critical("{CANARY}")
warnings.warn("Cell A1 holds {CANARY}")
def breaks():
    raise ValueError("{CANARY}")
thread = threading.Thread(target=breaks)
thread.start()
thread.join()
class Odd:
    def __del__(self):
        raise ValueError("{CANARY}")
Odd()
"""


@pytest.mark.parametrize("hushed", [True, False])
def test_what_libraries_log_warn_or_break_with_is_in_no_log(hushed: bool) -> None:
    """Without `hush` all five of them stand on standard error."""
    ran = subprocess.run(
        [sys.executable, "-c", LOUD.format(hushed=hushed)], capture_output=True, text=True, check=True
    )
    assert ran.stderr.count(CANARY) >= (0 if hushed else 5)
    assert (CANARY in ran.stderr) is not hushed


def test_the_program_begins_with_it() -> None:
    code = (
        "import logging, os, sys\n"
        "from sheets_sync import __main__\n"
        "os._exit = lambda code: print(logging.root.manager.disable)\n"
        "sys.argv = ['sheets-sync', '--version']\n"
        "__main__.main()\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == str(logging.CRITICAL)
