"""SIGTERM: stopped within 30 s, nothing half done (promises.md, 15): no mail lost or doubled, the tab whole,
and the next run arrives where an undisturbed one would."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stopping import BACKLOG_MAILS, House, SlowInbox, house, stop_at

STEPS = (
    "Reading the workbook",
    "Counting",
    "Writing the tabs",
    "Remembering the run",
    "Delivering the mails",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[list[object]]:
    """What stands on the tab after a run that nobody stopped."""
    inbox = SlowInbox()
    with house(tmp_path_factory.mktemp("undisturbed"), inbox) as here:
        code, said = here.run()
        assert code == 0, said
        assert all(number == 1 for number in inbox.copies.values())
        return here.figures()


def require_nothing_half_done(here: House, inbox: SlowInbox, undisturbed: list[list[object]]) -> None:
    """The tab is one complete run or as before; the next run ends well, and every mail came once."""
    assert here.figures() in ([], undisturbed)
    code, said = here.run()
    assert code == 0, said
    assert here.figures() == undisturbed
    assert here.store.waiting() == ()
    assert {mail.message_id for mail in BACKLOG_MAILS} <= set(inbox.copies)
    assert max(inbox.copies.values()) == 1


def stop(here: House, inbox: SlowInbox, undisturbed: list[list[object]], step: str, later: float) -> str:
    before = len(here.store.runs())
    code, said, seconds = stop_at(here.start(), step, later)
    assert seconds < 30
    if code == 0:  # it was done before
        assert "Stopped" not in said
    else:
        assert code == 1, said
        assert "Stopped while " in said
        has_begun = len(here.store.runs()) > before
        assert has_begun or "Stopped while reading the workbook." in said
        assert not has_begun or here.store.runs()[0].outcome == "stopped"
    require_nothing_half_done(here, inbox, undisturbed)
    return said


@pytest.mark.parametrize("step", STEPS)
def test_stopped_at_each_step(tmp_path: Path, undisturbed: list[list[object]], step: str) -> None:
    inbox = SlowInbox(seconds=0.05)
    with house(tmp_path, inbox) as here:
        assert step in stop(here, inbox, undisturbed, step, 0.0)


def test_a_mail_between_the_dot_and_the_word_of_the_server_is_finished_first(
    tmp_path: Path, undisturbed: list[list[object]]
) -> None:
    processes: list[subprocess.Popen[str]] = []
    inbox = SlowInbox(seconds=0.7)
    inbox.in_between = lambda: processes[0].send_signal(signal.SIGTERM)
    with house(tmp_path, inbox) as here:
        processes.append(here.start())
        said = processes[0].communicate(timeout=60)[1]
        assert processes[0].returncode == 1
        assert "Stopped while delivering the mails." in said
        assert len(inbox.copies) == 1
        assert not {mail.message_id for mail in here.store.waiting()} & set(inbox.copies)
        assert len(here.store.waiting()) >= len(BACKLOG_MAILS) - 1
        inbox.in_between, inbox.seconds = lambda: None, 0.0
        require_nothing_half_done(here, inbox, undisturbed)


@pytest.mark.parametrize(("outcome", "is_open_in_excel"), [("stopped", False), ("failed", True)])
@pytest.mark.parametrize("log", ["--log-json", "--log"])
def test_who_stops_one_of_several_workbooks_begins_no_other(
    tmp_path: Path, log: str, outcome: str, is_open_in_excel: bool
) -> None:
    """Also where the first had failed by itself, and its administrator is just being told."""
    processes: list[subprocess.Popen[str]] = []
    inbox = SlowInbox(seconds=0.3)
    inbox.in_between = lambda: processes[0].send_signal(signal.SIGTERM)
    with house(tmp_path, inbox) as here:
        shutil.copyfile(here.workbook, tmp_path / "Other.xlsx")
        config = tmp_path / "c.toml"
        own = 'workbook = "Services.xlsx"\nstate = "state.sqlite"\n'
        other = '[[workbooks]]\nworkbook = "Other.xlsx"\nstate = "other.sqlite"\n'
        config.write_text(config.read_text().replace(own, "") + f"[[workbooks]]\n{own}{other}")
        if is_open_in_excel:
            (tmp_path / "~$Services.xlsx").touch()
        processes.append(here.start("--quiet", log))
        (line,) = processes[0].communicate(timeout=60)[1].splitlines()
        assert processes[0].returncode == 1
        assert f"Services.xlsx: {outcome} in " in (
            json.loads(line)["message"] if log == "--log-json" else line
        )
        assert not (tmp_path / "other.sqlite").exists()


AT_ONCE = """
import signal
from sheets_sync.run import DELIVERING
from sheets_sync import run
run.WHOLE = run.WHOLE - {DELIVERING}
"""
"""A wrong variant: it stops wherever it is, within a mail too."""


def test_who_stops_within_a_mail_sends_it_twice(tmp_path: Path) -> None:
    processes: list[subprocess.Popen[str]] = []
    inbox = SlowInbox(seconds=0.7)
    inbox.in_between = lambda: processes[0].send_signal(signal.SIGTERM)
    with house(tmp_path, inbox) as here:
        processes.append(here.start(more=AT_ONCE))
        processes[0].communicate(timeout=60)
        inbox.in_between = lambda: None
        assert here.run()[0] == 0
        assert max(inbox.copies.values()) == 2


@pytest.mark.slow
@pytest.mark.parametrize("number", range(60))
def test_stopped_at_random(
    tmp_path: Path,
    undisturbed: list[list[object]],
    number: int,
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(number)
    inbox = SlowInbox(seconds=0.05)
    with house(tmp_path, inbox) as here:
        step = chance.choice(STEPS)
        said = stop(here, inbox, undisturbed, step, chance.uniform(0, 0.6))
        record_property("said", said)
        assert step in said


@pytest.mark.parametrize("module", ["click", "sheets_sync.cli.sync", "sheets_sync.config_file", "pandas"])
def test_stopped_while_the_program_is_still_being_loaded(tmp_path: Path, module: str) -> None:
    program = f"""
import builtins, os, signal, sys
def loading(name, *given, real=builtins.__import__, **more):
    if name == {module!r}:
        builtins.__import__ = real
        os.kill(os.getpid(), signal.SIGTERM)
    return real(name, *given, **more)
import importlib
def load(name, package=None, real=importlib.import_module):
    if name == {module!r}:
        importlib.import_module = real
        os.kill(os.getpid(), signal.SIGTERM)
    return real(name, package)
builtins.__import__, importlib.import_module = loading, load
from sheets_sync.__main__ import main
main()
"""
    here = House(tmp_path, port=1)
    words = [sys.executable, "-c", program, "sync", "--config", str(tmp_path / "c.toml")]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr.strip()) == (1, "Stopped.")
    assert here.figures() == []
