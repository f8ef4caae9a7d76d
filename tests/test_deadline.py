"""A run ends within its deadline, or says in which step it stood (promises.md, 14), whatever hangs.

What Google can do (never answer, answer a byte a second, answer 429 for ever) is in tests/google and
tests/edges/google, where the requests know the deadline themselves. Here is everything else.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.edges.smtp_servers import Script, playing
from tests.ping_server import switch
from tests.stopping import BACKLOG_MAILS, House

SOON = {"grace": 0.5, "last_words": 4.0}
HANGING_READ = """
import time
from sheets_sync.edges.excel.workbook import ExcelWorkbook
ExcelWorkbook.read = lambda self: time.sleep(600)
"""
HANGING_COUNT = """
import select
from sheets_sync import run
run.decide_or_hold = lambda *given, **more: select.select([], [], [], 600)
"""
HANGING_WRITE = """
import time
from sheets_sync.edges.excel.workbook import ExcelWorkbook
ExcelWorkbook.write = lambda self, *given: time.sleep(600)
"""
FAILING_WRITE = """
from sheets_sync.edges.excel.workbook import ExcelWorkbook
from sheets_sync.problems import RunFailed
def write(self, *given): raise RunFailed("Google did not answer in time, while writing.", "Try again later.")
ExcelWorkbook.write = write
"""
HOLDS_PYTHON = """
import ctypes
from sheets_sync import run
run.decide_or_hold = lambda *given, **more: ctypes.PyDLL(None).sleep(600)
"""
UNWATCHED = """
from contextlib import nullcontext
watch.Watch.watching = lambda self: nullcontext()
"""
"""A wrong variant: nobody looks at the clock."""


def ended(here: House, more: str, within: float = 60) -> tuple[int, str, float]:
    """Run; return exit code, what was said, and the seconds from when it said its first step."""
    process = here.start(more=more, **SOON)
    assert process.stderr is not None
    first = process.stderr.readline()
    begun = time.monotonic()
    said = first + process.communicate(timeout=within)[1]
    return process.returncode, said, time.monotonic() - begun


@pytest.mark.parametrize(
    ("more", "step"),
    [
        (HANGING_READ, "reading the workbook"),
        (HANGING_COUNT, "counting"),
        (HANGING_WRITE, "writing the tabs"),
    ],
)
def test_a_run_that_hangs_is_ended_says_where_it_stood_and_is_told(
    tmp_path: Path, more: str, step: str
) -> None:
    with switch() as asked:
        here = House(tmp_path, port=1, deadline="9s")
        config = tmp_path / "c.toml"
        config.write_text(config.read_text() + f'ping_url = "{asked.url}"\n')
        code, said, _ = ended(here, more)
        assert code == 1
        assert f"The run was given up after 9 seconds, while {step}." in said
        assert asked.pings == ["/start", "/1"]
        last = here.store.runs()[0]
        assert (last.outcome, last.exit_code) == ("failed", 1)
        assert last.error == f"The run was given up after 9 seconds, while {step}."
        assert "technician@example.org" in {mail.to for mail in here.store.waiting()}
        with here.store.lock():
            pass


@pytest.mark.parametrize(
    "script",
    [
        Script(greeting=""),
        Script(answers={"EHLO": ""}),
        Script(answers={"MAIL": ""}),
    ],
    ids=["no greeting", "no answer to EHLO", "no answer to MAIL"],
)
def test_a_mail_server_that_hangs_ends_the_run_and_every_mail_waits(tmp_path: Path, script: Script) -> None:
    with playing(script) as port:
        here = House(tmp_path, port, deadline="9s")
        code, said, _ = ended(here, "")
        assert code == 1
        assert "The run was given up after 9 seconds, while delivering the mails." in said
        assert here.figures()
        waiting = {mail.message_id for mail in here.store.waiting()}
        assert {mail.message_id for mail in BACKLOG_MAILS} < waiting


def test_a_server_that_falls_silent_after_a_mail_costs_no_run_and_the_others_go_first_next_time(
    tmp_path: Path,
) -> None:
    with playing(Script(after_dot="")) as port:
        here = House(tmp_path, port, deadline="9s")
        code, said, _ = ended(here, "")
    assert code == 4
    assert "did not answer while waiting for its word that the mail arrived" in said
    tries = {posting.message_id: posting.tries for posting in here.store.postings()}
    in_turn = [tries[mail.message_id] for mail in here.store.waiting()]
    assert in_turn == [*[0] * (len(in_turn) - 1), 1], "the receiver for whom it fell silent is last"


def test_a_run_that_failed_and_hangs_while_that_is_told_says_what_failed(tmp_path: Path) -> None:
    with playing(Script(greeting="")) as port:
        here = House(tmp_path, port, deadline="9s")
        code, said, _ = ended(here, FAILING_WRITE)
        assert code == 1
        assert "Google did not answer in time, while writing." in said
        assert "What would do: Try again later." in said
        assert "remembering how" not in said.splitlines()[-2]
        assert here.store.runs()[0].error == "Google did not answer in time, while writing."


def test_what_holds_python_itself_is_ended_without_a_word(tmp_path: Path) -> None:
    here = House(tmp_path, port=1, deadline="1s")
    assert ended(here, HOLDS_PYTHON)[0] == 1
    with here.store.lock():
        pass


def test_without_a_watch_a_run_that_hangs_goes_on(tmp_path: Path) -> None:
    here = House(tmp_path, port=1, deadline="1s")
    with pytest.raises(subprocess.TimeoutExpired):
        ended(here, HANGING_COUNT + UNWATCHED, within=12)
    here.started[0].kill()
    here.started[0].communicate()
