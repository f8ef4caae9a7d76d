"""Promises 1 to 4: whatever a mail server does at whatever stage, nothing is lost and nothing comes thrice.

Three mails wait. The server fails once, at the second of them (at the first connection, before any); a second
try finds it well. Real sockets, the real mailer, the real state.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.config import Config, MailConfig
from sheets_sync.delivering import deliver_waiting
from sheets_sync.edges.smtp import SmtpMailer
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery
from sheets_sync.state import RunRecord
from sheets_sync.views.mime import message_bytes
from tests.edges.faulty_smtp import FAULTS, STAGES, FaultyServer, running

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, MORNING.date(), "done", 0, 0.1)
CONFIG = Config(administrator="tech@school.example", allowed_domains=("school.example",))
SENDER = "sped@school.example"
TECH = "tech@school.example"


def mail(name: str) -> Mail:
    text = f"To do: log 1 session, {name}.\n.a dot\n"
    address = f"{name}@school.example"
    return Mail(address, "IEP services: 1 new", text, f"<p>{text}</p>", f"<{name}@x>", MORNING, ("new",))


MAILS = [mail(name) for name in ("ann", "ben", "cal")]


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    store = SQLiteStore(tmp_path / "state.sqlite")
    store.save(RUN, None, MAILS)
    return store


def mailer(port: int) -> SmtpMailer:
    config = MailConfig(host="127.0.0.1", port=port, security="none", sender=SENDER)
    return SmtpMailer(config, CONFIG.allowed_domains, timeout=0.3, after_dot_timeout=0.3)


def deliver(store: SQLiteStore, port: int, at: datetime = MORNING) -> dict[str, str]:
    """Deliver what waits: address -> what became of it."""
    names = {one.message_id: one.to for one in store.postings()}
    done = deliver_waiting(store, mailer(port), CONFIG, lambda: at, "s.xlsx")
    return {names.get(one.message_id, TECH).partition("@")[0]: one.outcome for one in done}


def expected(stage: str, fault: str) -> dict[str, str]:
    """What becomes of the mails at the first try; where something is given up, `tech` is told."""
    all_well = dict.fromkeys(("ann", "ben", "cal"), "accepted")
    answers = fault.isdigit()
    if stage in ("GREETING", "EHLO"):
        return dict.fromkeys(all_well, "waiting")
    if stage == "QUIT" or (stage == "CONTENT" and answers):
        return all_well
    if stage == "ACCEPTED" and answers:
        raise AssertionError("a server that takes a mail and says that it did not is not in the table")
    if fault == "hang" and stage in ("DOT", "ACCEPTED", "CONTENT"):
        return all_well | {"ben": "waiting", "cal": "waiting"}
    if fault == "550" and stage in ("RCPT", "DATA", "DOT"):
        return all_well | {"ben": "refused", "tech": "accepted"}
    return all_well | {"ben": "waiting"}


TABLE = [
    (stage, fault)
    for stage in STAGES
    for fault in FAULTS
    if not (stage in ("CONTENT", "ACCEPTED") and fault.isdigit())
]


@pytest.mark.parametrize(("stage", "fault"), TABLE)
def test_nothing_is_lost_and_at_most_one_comes_once_more(store: SQLiteStore, stage: str, fault: str) -> None:
    nth = 1 if stage in ("GREETING", "EHLO", "QUIT") else 2
    server = FaultyServer(stage, fault, nth)
    with running(server) as port:
        first = deliver(store, port)
        second = deliver(store, port, MORNING + timedelta(minutes=5))
    assert first == expected(stage, fault)
    assert second == {name: "accepted" for name, outcome in first.items() if outcome == "waiting"}
    copies = server.copies()
    sent = {one.message_id for one in MAILS if first[one.to.partition("@")[0]] != "refused"}
    assert sent <= set(copies), "0 lost"
    assert sum(copies[name] for name in sent) - len(sent) == (stage == "ACCEPTED"), "1 more for this fault"
    for one in MAILS:
        copied = {body for body in server.accepted if server.message(body)["Message-ID"] == one.message_id}
        assert copied <= {message_bytes(one, SENDER)}, "the same bytes"
    told = [body for body in server.accepted if server.message(body)["To"] == TECH]
    assert len(told) == ("refused" in first.values()), "what is refused is told to the administrator"
    assert store.waiting() == ()


@pytest.mark.parametrize("answer", ["450", "550"])
def test_one_of_five_is_refused_and_the_four_get_theirs(tmp_path: Path, answer: str) -> None:
    store, names = SQLiteStore(tmp_path / "five.sqlite"), ("ann", "ben", "cal", "dot", "eva")
    store.save(RUN, None, [mail(name) for name in names])
    server = FaultyServer("RCPT", answer, 3)
    with running(server) as port:
        first = deliver(store, port)
    others = [name for name in names if name != "cal"]
    assert {name: first[name] for name in others} == dict.fromkeys(others, "accepted")
    assert first["cal"] == ("refused" if answer == "550" else "waiting")
    assert server.copies()["<cal@x>"] == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_cannot_forget_a_refused_mail_keeps_nobody_elses_back(
    store: SQLiteStore, fault: str
) -> None:
    """RSET, which follows the refusal of the second, fails too: the third goes over a new connection."""

    class Stubborn(FaultyServer):
        def _fail(self, connection: object, file: object, stage: str) -> bool:
            if stage == "RCPT" and self.reached["RCPT"] == 1:
                self.reached["RCPT"] += 1
                self._write(file, "550 no such user")
                return True
            return super()._fail(connection, file, stage)  # type: ignore[arg-type]

    server = Stubborn("RSET", fault)
    with running(server) as port:
        first = deliver(store, port)
    assert (first["ann"], first["ben"], first["cal"]) == ("accepted", "refused", "accepted")
    assert set(server.copies().values()) == {1}


class Careless:
    """A wrong mailer, as the manual of smtplib has it: a bad answer to QUIT undoes what was accepted."""

    def __init__(self, port: int) -> None:
        self.port = port

    def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
        for one in mails:
            try:
                with smtplib.SMTP("127.0.0.1", self.port, "school.example", timeout=0.3) as server:
                    server.sendmail(SENDER, one.to, message_bytes(one, SENDER))
                yield Delivery(one.message_id, "accepted")
            except (OSError, smtplib.SMTPException):
                yield Delivery(one.message_id, "waiting")


@pytest.mark.parametrize("fault", ["421", "451", "550"])
def test_the_table_sees_a_mailer_that_minds_what_quit_answers(store: SQLiteStore, fault: str) -> None:
    server = FaultyServer("QUIT", fault)
    with running(server) as port:
        for _ in range(2):
            deliver_waiting(store, Careless(port), CONFIG, lambda: MORNING, "s.xlsx")
    assert max(server.copies().values()) == 2
