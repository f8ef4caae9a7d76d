"""A run in a process of its own, with a mail server on loopback: it is stopped, or hangs, and leaves what?"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import openpyxl

from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.state import RunRecord
from tests.edges.smtp_servers import Inbox, serving

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
AT = datetime(2026, 4, 20, 10, tzinfo=UTC)
BACKLOG = 4
"""Mails that wait from before, so that there is something between which a run can stop."""

PROGRAM = """
import sys
from sheets_sync import watch
watch.GRACE, watch.STOP_WITHIN, watch.LAST_WORDS = {grace}, {stop_within}, {last_words}
{more}
from sheets_sync.__main__ import main
main()
"""


@dataclass
class SlowInbox(Inbox):
    """Takes its time between the final dot and its 250; `in_between` is called then."""

    seconds: float = 0.0
    in_between: Callable[[], None] = lambda: None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.in_between()
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)

    @property
    def copies(self) -> Counter[str]:
        """How often each mail came, by its Message-ID."""
        return Counter(
            str(message_from_bytes(envelope.content)["Message-ID"])
            for envelope in self.envelopes
            if isinstance(envelope.content, bytes)
        )


@dataclass
class House:
    """A workbook, its state with a backlog of mails, and its configuration."""

    folder: Path
    port: int
    deadline: str = "20m"
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        shutil.copyfile(SAMPLE, self.workbook)
        self.store.save(
            RunRecord(AT, AT, AT.date(), "failed", 1, 1.0, error="a run of before"), None, BACKLOG_MAILS
        )
        self.configure()

    @property
    def workbook(self) -> Path:
        return self.folder / "Services.xlsx"

    @property
    def store(self) -> SQLiteStore:
        return SQLiteStore(self.folder / "state.sqlite")

    def configure(self) -> None:
        (self.folder / "c.toml").write_text(
            'workbook = "Services.xlsx"\nstate = "state.sqlite"\nadministrator = "technician@example.org"\n'
            'allowed_domains = ["example.org", "school.example", "district.example"]\n'
            f'[mail]\nhost = "127.0.0.1"\nport = {self.port}\nsecurity = "none"\nfrom = "iep@example.org"\n'
            f'[daemon]\ndeadline = "{self.deadline}"\n'
        )

    def start(
        self,
        *options: str,
        grace: float = 10.0,
        stop_within: float = 20.0,
        last_words: float = 8.0,
        more: str = "",
    ) -> subprocess.Popen[str]:
        """Begin a run; without other options it says its steps on standard error."""
        program = PROGRAM.format(grace=grace, stop_within=stop_within, last_words=last_words, more=more)
        words = ["sync", "--config", str(self.folder / "c.toml"), *(options or ("--verbose", "--json"))]
        process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def run(self) -> tuple[int, str]:
        """Run undisturbed; return exit code and standard error."""
        process = self.start()
        said = process.communicate(timeout=120)[1]
        return process.returncode, said

    def figures(self) -> list[list[object]]:
        """What stands on the Compliance tab, but for the time of the check."""
        book = openpyxl.load_workbook(self.workbook, read_only=True)
        if "Compliance" not in book.sheetnames:
            return []
        return [[cell.value for cell in row] for row in book["Compliance"].iter_rows(min_row=3)]


BACKLOG_MAILS = tuple(
    Mail(
        to=f"teacher{number}@example.org",
        subject="IEP services: 1 to make up",
        text="Make up 30 min.\n",
        html="<p>Make up 30 min.</p>",
        message_id=f"<{number:032x}@example.org>",
        date=AT,
        reasons=("new",),
        role="case manager",
    )
    for number in range(BACKLOG)
)


@contextmanager
def house(folder: Path, inbox: SlowInbox, deadline: str = "20m") -> Iterator[House]:
    """A house whose mails go to this inbox."""
    with serving(inbox) as port:
        made = House(folder, port, deadline)
        try:
            yield made
        finally:
            for process in made.started:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                process.communicate()


def stop_at(process: subprocess.Popen[str], step: str, later: float) -> tuple[int, str, float]:
    """Send SIGTERM `later` seconds after the run said this step; return exit code, what it said, and how
    long it took to end."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if line.startswith(step):
            break
    time.sleep(later)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    said += process.communicate(timeout=60)[1]
    return process.returncode, said, time.monotonic() - begun
