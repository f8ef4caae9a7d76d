"""Promise 20: no student data in logs, errors, pings or process lists.

A school whose every text is a name that stands nowhere else. Every command is run on it, well and under every
fault there is; what is heard besides standard output (which may name a student) is searched for these names.
Faults of Google's are searched in tests/google (`silent`) and tests/edges/google/test_canaries.py.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock_time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine

from sheets_sync import decide, last_good_sheets, understand
from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.smtp import SmtpMailer
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.sample.writer import write_staff_workbook
from tests.edges.smtp_servers import Inbox, Script, playing, serving
from tests.ping_server import switch
from tests.promises.full_school import CALENDAR, DOMAIN, Child, Record

NAME = "Zebedee Quillfeather"
CANARIES = ("quill", "zebed", "xanthip", "perpetua", "oxenford")
"""Parts of names and addresses that stand in cells; no other text has them."""

TODAY = date(2025, 11, 10)
TYPED = {
    "Student": NAME,
    "Student ID": "Quill-0012",
    "Case manager": "Barnaby Oxenford",
    "Case manager email": f"oxenford@{DOMAIN}",
    "Provider": "Perpetua Ingram",
    "Name": "Perpetua Ingram",
    "Logged by": "Perpetua Ingram",
    "Email": f"perpetua@{DOMAIN}",
    "Supervisor": "Xanthippe Vale",
    "Supervisor email": f"xanthippe@{DOMAIN}",
    "Notes": "Xanthippe asked about Zebedee",
    "Label": "Zebedee's day",
    "Parent": "Quentin Quillfeather",
    "Parent email": f"quill@{DOMAIN}",
    "Classroom teacher": "Perpetua Oxenford",
    "Reason": "Zebedee was ill",
    "Setting": "Quillfeather home",
    "Location": "Quillfeather home",
    "Place": "Quillfeather home",
    "School": "Quillfeather School",
    "District": "Zebedee District",
}


def with_names(record: Record) -> Record:
    typed = {header: TYPED.get(header, value) for header, value in record.items()}
    for header in ("Start", "End", "Time"):
        if isinstance(typed.get(header), str):
            typed[header] = clock_time(9, 30) if header == "End" else clock_time(9)
    return typed


def write(file: Path) -> None:
    """Write the school: nothing wrong in it, but for a session that was missed."""
    child = Child(0)
    rows = child.rows()
    rows["Service Log"].append(child.session(date(2025, 10, 20), "Provider absent"))
    tabs = {tab: [with_names(record) for record in records] for tab, records in rows.items()}
    tabs["Calendar"] = [with_names(record) for record in CALENDAR]
    known = {tab: set(headers(tab)) for tab in tabs}
    write_staff_workbook(
        file,
        {
            tab: [{name: value for name, value in record.items() if name in known[tab]} for record in records]  # type: ignore[misc]
            for tab, records in tabs.items()
        },
    )


def headers(tab: str) -> list[str]:
    from sheets_sync.sample.staff_tabs import STAFF_TABS

    (found,) = [one for one in STAFF_TABS if one.name == tab]
    return [column.header for column in found.columns]


@dataclass
class House:
    """The school's workbook, its configuration, and everything that is heard of it but standard output."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    logged: list[str] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    port: int = 1
    ping: str = ""
    security: str = "none"

    @property
    def workbook(self) -> Path:
        return self.folder / "Services.xlsx"

    @property
    def state(self) -> Path:
        return self.folder / "private" / "state.sqlite"

    def configure(self) -> Path:
        config = self.folder / "c.toml"
        config.write_text(
            f'workbook = "Services.xlsx"\nstate = "private/state.sqlite"\nallowed_domains = ["{DOMAIN}"]\n'
            f'administrator = "office@{DOMAIN}"\n[mail]\nhost = "localhost"\nport = {self.port}\n'
            f'security = "{self.security}"\nfrom = "sped@{DOMAIN}"\n[daemon]\nping_url = "{self.ping}"\n'
        )
        return config

    def run(self, *words: str, day: date = TODAY) -> int:
        config = self.configure()
        with time_machine.travel(datetime(day.year, day.month, day.day, 10), tick=False):  # noqa: DTZ001
            code = run_command_line([*words, "--config", str(config)])
        out, err = self.capsys.readouterr()
        self.ended.append(code)
        self.said.append(err)
        if words[0] in ("runs", "outbox", "check", "purge") and "--preview" not in words:
            self.said.append(out if words[0] != "outbox" else "")
        return code

    def heard(self) -> list[str]:
        """Return everything that is kept or was said, but cells, mails and whom they go to."""
        logs = [path.read_text() for path in Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")]
        runs = [repr(run) for run in SQLiteStore(self.state).runs()] if usable(self.state) else []
        names = [path.name for path in self.folder.rglob("*")]
        return [*self.said, *self.logged, *logs, *runs, *names]

    def hits(self) -> list[str]:
        return [text[:300] for text in self.heard() if any(canary in text.casefold() for canary in CANARIES)]


def usable(state: Path) -> bool:
    return state.is_file() and not state.is_symlink() and state.read_bytes()[:6] == b"SQLite"


@pytest.fixture(scope="module")
def after_a_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a school after its first run, whose mail still waits."""
    folder = tmp_path_factory.mktemp("canaries")
    write(folder / "Services.xlsx")
    run_a_night(folder)
    return folder


def run_a_night(folder: Path) -> None:
    state = str(folder / "private" / "state.sqlite")
    with time_machine.travel(datetime(2025, 10, 20, 10), tick=False):  # noqa: DTZ001
        words = ["sync", "--quiet", "--workbook", str(folder / "Services.xlsx"), "--state", state]
        assert run_command_line(words) == 0


@pytest.fixture
def house(after_a_night: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[House]:
    shutil.copytree(after_a_night, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "mails", ignore_errors=True)
    house = House(tmp_path, capsys)

    class Everything(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            house.logged.append(f"{record.getMessage()} {record.__dict__}")

    handler = Everything(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield house
    logging.getLogger().removeHandler(handler)


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("sync", "--verbose"),
    ("sync", "--log-json"),
    ("sync", "--dry-run", "--verbose"),
    ("sync", "--json"),
    ("check",),
    ("check", "--preview"),
    ("runs",),
    ("runs", "--json"),
    ("outbox",),
    ("explain", "Zebedee", "speech"),
    ("explain", "Zebedee Q. Quillfeatherr"),
    ("explain", NAME, "swimming with Quill"),
    ("purge", "--student", "Zebedee Q. Quillfeatherr", "--yes"),
    ("purge", "--student", NAME, "--yes"),
    ("purge", "--yes"),
)


def test_every_command_run_well(house: House) -> None:
    inbox = Inbox()
    with serving(inbox) as house.port, switch() as pinged:
        house.ping = pinged.url
        for words in COMMANDS:
            house.run(*words)
    assert house.ended.count(0) >= 10
    assert house.hits() == []
    assert pinged.whole
    assert [one for one in pinged.whole if any(canary in one.casefold() for canary in CANARIES)] == []
    assert len(inbox.envelopes) >= 3
    for envelope in inbox.envelopes:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        headers = "\n".join(f"{name}: {value}" for name, value in mail.items() if name != "To")
        assert not any(canary in headers.casefold() for canary in CANARIES)


Spoil = Callable[[House, pytest.MonkeyPatch], None]


def breaks(where: Any, name: str, error: BaseException) -> Spoil:
    """Let a step of the run break with a message that quotes cells, and with a cause that does."""

    def spoil(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: Any, **__: Any) -> Any:
            try:
                raise LookupError(f"row of {NAME}")
            except LookupError as cause:
                raise error from cause

        monkeypatch.setattr(where, name, broken)

    return spoil


def full_disk(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def damaged_workbook(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.workbook.write_bytes(house.workbook.read_bytes()[:5000] + NAME.encode() * 99)


def damaged_state(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.state.parent.mkdir(exist_ok=True)
    house.state.write_bytes(NAME.encode() * 99)


def open_in_excel(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    (house.folder / "~$Services.xlsx").write_bytes(b"")


def edit(change: Callable[[Any], None]) -> Spoil:
    def spoil(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        book = openpyxl.load_workbook(house.workbook)
        change(book)
        book.save(house.workbook)

    return spoil


def without_tab(book: Any) -> None:
    del book["Schedule"]


def header_that_is_a_name(book: Any) -> None:
    for cell in book["Service Log"][1]:
        cell.value = NAME


def tab_called_like_a_student(book: Any) -> None:
    book["Schedule"].title = "Zebedee Quill's days"


def all_rows_gone(book: Any) -> None:
    book["Caseload"].delete_rows(2, 99)


def names_everywhere(tab: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for row in book[tab].iter_rows(min_row=2):
            for cell in row:
                cell.value = NAME

    return change


def somebody_elses_tab(book: Any) -> None:
    book.create_sheet("Compliance")["A1"] = NAME


TABS = ("Caseload", "Service Grid", "Schedule", "Service Log", "Calendar", "Staff", "Attendance")
FAULTS: dict[str, Spoil] = {
    "reading breaks": breaks(last_good_sheets, "read_opened", KeyError(NAME)),
    "counting breaks": breaks(understand, "count", ValueError(f"cannot convert {NAME!r}")),
    "deciding breaks": breaks(decide, "find", RuntimeError(NAME)),
    "writing mails breaks": breaks(decide, "digests", UnicodeEncodeError("ascii", NAME, 0, 1, NAME)),
    "writing the state breaks": breaks(SQLiteStore, "save", AssertionError(NAME)),
    "the disk refuses with a name": breaks(SQLiteStore, "load", OSError(errno.EIO, NAME, NAME)),
    "an exit with a name": breaks(understand, "keys_of_tonight", RecursionError(NAME)),
    "the mailer breaks": breaks(SmtpMailer, "_send", ValueError(f"To: {NAME}")),
    "the disk is full": full_disk,
    "the workbook is damaged": damaged_workbook,
    "the state is damaged": damaged_state,
    "open in Excel": open_in_excel,
    "a tab is missing": edit(without_tab),
    "headers are names": edit(header_that_is_a_name),
    "a tab is called like a student": edit(tab_called_like_a_student),
    "every student is gone": edit(all_rows_gone),
    "a tab of somebody else": edit(somebody_elses_tab),
    **{f"a name in every cell of {tab}": edit(names_everywhere(tab)) for tab in TABS},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault(house: House, fault: str) -> None:
    inbox = Inbox()
    with (
        serving(inbox) as house.port,
        switch(status=500) as pinged,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        house.ping = pinged.url
        FAULTS[fault](house, monkeypatch)
        house.run("sync", "--verbose")
        house.run("sync", "--log-json")
        house.run("check")
    assert house.hits() == []
    subjects = [message_from_bytes(one.content, policy=policy.default)["Subject"] for one in inbox.envelopes]
    assert [one for one in subjects if any(canary in one.casefold() for canary in CANARIES)] == []


QUOTING = f"{NAME} <quill@{DOMAIN}> 5.1.1 unknown"
REFUSALS: dict[str, Script] = {
    "the greeting": Script(greeting=f"554 {QUOTING}"),
    "EHLO": Script(answers={"EHLO": f"550 {QUOTING}"}),
    "the sender": Script(answers={"MAIL": f"550 {QUOTING}"}),
    "the receiver": Script(answers={"RCPT": f"550 {QUOTING}"}),
    "the receiver, for now": Script(answers={"RCPT": f"450 {QUOTING}"}),
    "the content": Script(answers={"DATA": f"554 {QUOTING}"}),
    "the whole mail": Script(after_dot=f"552 {QUOTING}"),
    "nothing and hangs up": Script(answers={"RCPT": None}),
    "the content, cut": Script(cut_content=True),
}


@pytest.mark.parametrize("refused", REFUSALS)
def test_a_mail_server_that_quotes_a_name(house: House, refused: str) -> None:
    with playing(REFUSALS[refused]) as house.port:
        house.run("sync", "--log-json")
        house.run("runs")
        house.run("outbox", "--retry")
    assert 4 in house.ended
    assert house.hits() == []


def test_no_name_is_in_the_list_of_processes(house: House) -> None:
    house.configure()
    words = [sys.executable, "-m", "sheets_sync", "sync", "--quiet", "--config", str(house.folder / "c.toml")]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seen: set[str] = set()
    while process.poll() is None:
        for path in Path("/proc").glob("[0-9]*"):
            try:
                parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
                if path.name == str(process.pid) or parent == str(process.pid):
                    seen.add(
                        (path / "cmdline").read_text().casefold() + (path / "comm").read_text().casefold()
                    )
            except (OSError, IndexError):
                continue
        time.sleep(0.05)
    assert process.stderr is not None
    seen.add(process.stderr.read().decode().casefold())
    process.stderr.close()
    assert any("sheets_sync" in one for one in seen)
    assert [one for one in seen if any(canary in one for canary in CANARIES)] == []


def test_an_error_that_is_shown_as_it_comes_fails_this_harness(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wrong variant: it prints the message of whatever went wrong, as most programs do."""
    import click

    from sheets_sync.cli import main

    def careless(error: Exception) -> int:
        click.echo(f"Error: {error}", err=True)
        return 1

    monkeypatch.setattr(main, "report_crash", careless)
    for name in ("reading breaks", "counting breaks", "deciding breaks"):
        with pytest.MonkeyPatch.context() as patch:
            FAULTS[name](house, patch)
            house.run("sync")
    assert len(house.hits()) == 3
