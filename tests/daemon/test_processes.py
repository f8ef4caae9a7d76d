"""The daemon as a process, with runs that are processes: signals, kills, ticks in a real file."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.boxes import SYNC_NOW, TICKED, read_boxes
from sheets_sync.daemon.child import Child, Patience
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.ports import CellValue
from sheets_sync.state import RunRecord
from tests.daemon.processes import PATIENCE, School, children_of, hanging_school, is_alive, school, wait_until


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[School]:
    """A school whose workbook is a file."""
    with school(tmp_path) as here:
        yield here


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[School]:
    with hanging_school(tmp_path) as here:
        yield here


def wait_for_a_run(here: School, number: int = 1) -> None:
    wait_until(lambda: len(here.runs) >= number, lambda: f"{here.runs}\n{here.started[-1].log}")


def test_a_night_that_was_missed_is_made_up_at_once_and_only_once(at_home: School) -> None:
    at_home.configure(hour="passed")
    daemon = at_home.start()
    daemon.wait_for("the next run is at")
    assert daemon.stop()[0] == 0
    again = at_home.start()
    again.wait_for("the next run is at")
    assert again.stop()[0] == 0
    assert [run.exit_code for run in at_home.runs] == [0]
    assert "is started" not in again.log


def test_its_log_is_one_line_an_event_in_words_or_as_json(at_home: School) -> None:
    at_home.configure(hour="passed")
    daemon = at_home.start("daemon", "--log-json")
    daemon.wait_for('"plan"')
    daemon.stop()
    told = [json.loads(line) for line in daemon.log.splitlines()]
    assert [one["event"] for one in told] == ["start", "run", "end", "plan", "stopping"]
    assert {one["workbook"] for one in told[:-1]} == {"Services.xlsx"}


def test_it_is_stopped_between_runs_at_once(at_home: School) -> None:
    at_home.configure(hour="to come")
    daemon = at_home.start()
    daemon.wait_for("the next run is at")
    code, seconds = daemon.stop()
    assert (code, seconds < 10) == (0, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_during_a_run_it_stops_that_too_within_30_seconds(hanging: School, number: int) -> None:
    hanging.configure(hour="passed", daemon='sync_now = "2h"')
    daemon = hanging.start()
    daemon.wait_for("is started")
    wait_until(lambda: children_of(daemon.process.pid), lambda: daemon.log)
    time.sleep(2)
    children = children_of(daemon.process.pid)
    code, seconds = daemon.stop(number)
    assert (code, seconds < 30) == (0, True), daemon.log
    assert not any(is_alive(child) for child in children)


def test_a_daemon_that_was_killed_during_a_run_starts_none_beside_it(hanging: School) -> None:
    hanging.configure(hour="passed", daemon='sync_now = "2h"')
    daemon = hanging.start()
    wait_until(lambda: children_of(daemon.process.pid), lambda: daemon.log)
    time.sleep(2)
    (child,) = children_of(daemon.process.pid)
    daemon.stop(signal.SIGKILL)
    assert is_alive(child)
    again = hanging.start()
    again.wait_for("another run was under way; tried again later")
    assert is_alive(child)


def test_a_tick_in_a_file_is_answered_and_unticked(at_home: School) -> None:
    at_home.configure(hour="to come", daemon='sync_now = "2s"')
    assert at_home.start("sync", "--quiet").process.wait(PATIENCE) == 0
    daemon = at_home.start()
    daemon.wait_for("the next run is at")
    tick(at_home.file)
    wait_for_a_run(at_home, 2)
    daemon.wait_for("a box is ticked: a run is started")
    assert not read_boxes(top_of(at_home.file)).sync_now
    assert at_home.runs[0].exit_code == 0


def top_of(file: Path) -> list[tuple[CellValue, ...]]:
    return list(openpyxl.load_workbook(file)["Compliance"].iter_rows(max_row=3, values_only=True))


def tick(file: Path) -> None:
    """Tick "Sync now", as somebody would in a spreadsheet program."""
    book = openpyxl.load_workbook(file)
    (label,) = [
        cell for row in book["Compliance"].iter_rows(max_row=3) for cell in row if cell.value == SYNC_NOW
    ]
    label.offset(column=1).value = TICKED
    assert read_boxes(list(book["Compliance"].iter_rows(max_row=3, values_only=True))).sync_now
    book.save(file)


def test_its_log_is_json_though_mails_cannot_be_delivered(at_home: School) -> None:
    """Each thing that happens is one object, what another process of ours has to say included."""
    at_home.configure(hour="to come", daemon='[mail]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"')
    config = at_home.config.read_text().replace("[mail]", '[mail]\nfrom = "iep@school.example"')
    at_home.config.write_text('allowed_domains = ["school.example"]\n' + config)
    now = datetime.now(UTC)
    run = RunRecord(now, now, now.date(), "done", 0, 1.0)
    mail = Mail("lee@school.example", "IEP services: 1 new", "Hello.", "<p>Hello.", "<1@x>", now, ("new",))
    SQLiteStore(at_home.folder / "state.sqlite").save(run, None, [mail])
    daemon = at_home.start("daemon", "--log-json")
    daemon.wait_for("ended: not every mail was delivered")
    said = [json.loads(line) for line in daemon.log.splitlines()]
    (told,) = [line for line in said if line["event"] == "mails"]
    assert (told["workbook"], told["exit_code"], told["waiting"]) == ("Services.xlsx", 4, 1)
    assert "1 mail could not be delivered" in told["message"]


def test_a_changed_configuration_is_read_and_a_wrong_one_is_said_and_waited_for(at_home: School) -> None:
    at_home.configure(hour="to come")
    daemon = at_home.start()
    daemon.wait_for("the next run is at")
    right = at_home.config.read_text()
    at_home.config.write_text(right + "\nrunat = 1\n")
    daemon.wait_for("the configuration is wrong; no run is started until it is mended")
    at_home.config.write_text(right.replace('"11:00"', '"00:00"'))
    wait_for_a_run(at_home)
    assert "the configuration was read again" in daemon.log


def test_sighup_reads_it_again(at_home: School) -> None:
    at_home.configure(hour="to come")
    daemon = at_home.start()
    daemon.wait_for("the next run is at")
    assert "the configuration was read again" not in daemon.log
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("the configuration was read again")
    assert daemon.process.poll() is None


def test_a_wrong_configuration_at_the_start_is_exit_2(at_home: School) -> None:
    at_home.configure(hour="to come", daemon="deadline = 20")
    daemon = at_home.start()
    assert daemon.process.wait(60) == 2
    assert "deadline" in daemon.log


# A run that does not end


STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
copy = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(copy.pid, file=sys.stderr, flush=True)
time.sleep(600)
"""


def test_a_run_that_neither_ends_nor_can_be_asked_to_is_killed_with_its_copy(
    capfd: pytest.CaptureFixture[str],
) -> None:
    child = Child([sys.executable, "-c", STUBBORN], now=0, deadline=5, patience=Patience(2, 3))
    said: list[str] = []

    def has_spoken() -> bool:
        said.append(capfd.readouterr().err)
        return bool("".join(said).strip())

    wait_until(has_spoken, lambda: "it did not start")
    copy = int("".join(said))
    assert child.ended(6.9) is None
    assert not child.overdue
    assert child.ended(7) is None  # the deadline, and a little to say where it stands: SIGTERM
    assert child.overdue
    time.sleep(0.5)
    assert child.ended(9.9) is None
    child.ended(10)  # SIGKILL
    wait_until(lambda: child.ended(11) == -signal.SIGKILL, lambda: "it lives")
    wait_until(lambda: not is_alive(copy), lambda: "its copy lives")


def test_a_child_gets_none_of_the_daemons_ctrl_c(at_home: School) -> None:
    child = Child(
        [sys.executable, "-c", "import os; raise SystemExit(os.getpgrp() == os.getpid())"], 0, 5, Patience()
    )
    wait_until(lambda: child.ended(1) is not None, lambda: "it lives")
    assert child.ended(1) == 1
