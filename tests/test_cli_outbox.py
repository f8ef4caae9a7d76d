"""`sheets-sync outbox` as people use it: see what waits, send it now, drop it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.guarded import Doubt, Doubts
from sheets_sync.mail import Mail
from sheets_sync.state import Guarded, MailOutcome, RunRecord
from tests.edges.smtp_servers import Inbox, Script, playing, serving

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, MORNING.date(), "done", 0, 0.1)
PROBLEM = "The mail server said no (450) while naming the receiver."
TOOK_MAILS_TO = ["lee@school.example", "kim@school.example"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    """Two mails wait (the first was tried twice) and one was given up."""
    store = SQLiteStore(tmp_path / "state.sqlite")
    mails = [
        Mail(to, "IEP services: 1 new", "Ana", "<p>Ana</p>", f"<{at}@x>", MORNING, ("new",), "provider")
        for at, to in enumerate([*TOOK_MAILS_TO, "gone@school.example"], start=1)
    ]
    store.save(RUN, None, mails)
    lee, _, gone = store.postings()
    next_try = MORNING + timedelta(minutes=20)
    store.mark(
        [
            replace(lee, tries=2, first_try=MORNING, next_try=next_try, problem=PROBLEM),
            replace(gone, tries=1, first_try=MORNING, next_try=None, outcome=MailOutcome.GIVEN_UP),
        ]
    )
    return store


@pytest.fixture
def run(store: SQLiteStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `outbox` with a mail server on this port."""

    def command(*words: str, port: int = 1) -> tuple[int, str, str]:
        config = tmp_path / "sheets-sync.toml"
        config.write_text(
            'workbook = "s.xlsx"\nstate = "state.sqlite"\ntimezone = "UTC"\n'
            'allowed_domains = ["school.example"]\n'
            f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "sped@school.example"\n'
        )
        return run_command_line(["outbox", "--config", str(config), *words]), *capsys.readouterr()

    return command


LISTED = f"""\
2 mails wait:
   1  to lee@school.example (provider), decided 2025-11-21 05:00: IEP services: 1 new
      tried 2 times, next 2025-11-21 05:20. {PROBLEM}
   2  to kim@school.example (provider), decided 2025-11-21 05:00: IEP services: 1 new
      not tried yet.
1 mail was given up:
   3  to gone@school.example (provider), decided 2025-11-21 05:00: IEP services: 1 new
      tried 1 time.
"""


def test_the_list_says_to_whom_when_how_often_and_why(run: Run) -> None:
    assert run() == (0, LISTED, "")


def test_for_machines(run: Run) -> None:
    code, out, err = run("--json")
    assert (code, err) == (0, "")
    first, second, third = json.loads(out)
    assert first == {
        "number": 1,
        "message_id": "<1@x>",
        "outcome": "waiting",
        "to": "lee@school.example",
        "role": "provider",
        "subject": "IEP services: 1 new",
        "decided": "2025-11-21T05:00:00+00:00",
        "tries": 2,
        "first_try": "2025-11-21T05:00:00+00:00",
        "next_try": "2025-11-21T05:20:00+00:00",
        "problem": PROBLEM,
    }
    assert (second["tries"], third["outcome"], third["next_try"]) == (0, "given up", None)


def test_nothing_waits(run: Run, store: SQLiteStore) -> None:
    store.path.unlink()
    assert run() == (0, "No mail waits, and none was given up.\n", "")
    assert run("--retry") == (0, "No mail waits.\n", "")
    assert not store.path.exists()


def test_retry_sends_what_waits_now(run: Run, store: SQLiteStore) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        assert run("--retry", port=port) == (0, "2 mails delivered.\n", "")
        assert run("--retry", port=port) == (0, "No mail waits.\n", "")
    assert sorted(inbox.receivers) == sorted(TOOK_MAILS_TO)
    assert [one.outcome for one in store.postings()] == [MailOutcome.GIVEN_UP]


def test_with_a_log_a_try_is_one_line_of_it(run: Run) -> None:
    with playing(Script(answers={"RCPT": "450 later"})) as port:
        code, out, err = run("--retry", "--quiet", "--log", port=port)
        as_json = run("--retry", "--quiet", "--log-json", port=port)[2]
    assert (code, out) == (4, "")
    assert datetime.fromisoformat(err[:16])
    assert err[17:].startswith("s.xlsx: 0 mails delivered, 2 waiting (exit code 4). 2 mails could not be del")
    told = json.loads(as_json)
    assert (told["event"], told["workbook"], told["exit_code"]) == ("mails", "s.xlsx", 4)
    assert (told["delivered"], told["undelivered"], told["waiting"]) == (0, 2, 2)
    with serving(Inbox()) as port:
        assert run("--retry", "--quiet", "--log", port=port)[2].endswith(
            " s.xlsx: 2 mails delivered, 0 waiting\n"
        )


def test_one_that_fails_is_one_line_of_it_too(run: Run, store: SQLiteStore) -> None:
    with store.lock():
        code, _, err = run("--retry", "--log")
        assert run("--retry")[0] == code == 5
    assert " s.xlsx: mails that wait: failed (exit code 5): " in err
    store.path.write_bytes(b"no database at all" * 100)
    code, out, err = run("--retry", "--quiet", "--log-json")
    told = json.loads(err)
    assert (code, out, told["exit_code"]) == (1, "", 1)
    assert "is damaged" in told["error"]
    assert told["remedy"]


def test_a_list_is_no_event(run: Run) -> None:
    assert run("--log")[0] == 2


def test_what_still_cannot_be_sent_ends_with_4_and_says_why(run: Run, store: SQLiteStore) -> None:
    with playing(Script(answers={"RCPT": "450 later"})) as port:
        code, out, err = run("--retry", port=port)
    assert (code, out) == (4, "0 mails delivered.\n")
    why, remedy = err.splitlines()
    assert why == f"2 mails could not be delivered: {PROBLEM}"
    assert remedy.startswith("What would do: mend that; what waits is tried again with the next run")
    assert [one.tries for one in store.postings()] == [3, 1, 1]


HOLDS = "1 mail delivered.\nThe workbook is held: 2 mails wait until a run trusts it. What would do: "


def test_while_the_workbook_is_held_the_administrators_notes_alone_are_sent(
    run: Run, store: SQLiteStore
) -> None:
    """The daemon tries mails again by itself: mails about students wait for a good run."""
    good = store.load()
    doubt = Doubt(Doubts.FEWER, "Service Log", "288 of 598 entries are there.", "Bring them back.")
    held = replace(RUN, outcome="held", exit_code=3)
    note = Mail("tech@school.example", "Held", "t", "h", "<9@x>", MORNING, ("held",), "administrator")
    store.save(held, replace(good, guarded=Guarded(asked=(doubt,))), [note])
    store.save(replace(RUN, outcome="failed", exit_code=1), None)
    inbox = Inbox()
    with serving(inbox) as port:
        assert store.next_try() == MORNING
        code, out, err = run("--retry", port=port)
        assert (code, err) == (0, "")
        assert out.startswith(HOLDS)
        assert inbox.receivers == ["tech@school.example"]
        assert store.next_try() is None, "nothing is to be tried until then"
        assert [one.tries for one in store.postings() if one.outcome is MailOutcome.WAITING] == [2, 0]
        assert run("--retry", port=port)[1].startswith("The workbook is held: 2 mails wait")
        store.save(RUN, good)
        assert run("--retry", port=port) == (0, "2 mails delivered.\n", "")
    assert sorted(inbox.receivers[1:]) == sorted(TOOK_MAILS_TO)


def test_retry_waits_for_no_run_that_is_under_way(run: Run, store: SQLiteStore) -> None:
    with store.lock():
        assert run("--retry")[0] == 5
        assert run("--drop", "1", "--yes")[0] == 5
        assert run()[0] == 0, "looking is always possible"


def test_a_mail_that_was_given_up_is_put_back_and_sent(run: Run, store: SQLiteStore) -> None:
    inbox = Inbox()
    assert run("--again", "3") == (0, "Mail 3 waits again: the next run sends it, or --retry now.\n", "")
    assert [one.outcome for one in store.postings()] == [MailOutcome.WAITING] * 3
    with serving(inbox) as port:
        assert run("--retry", port=port) == (0, "3 mails delivered.\n", "")
    assert "gone@school.example" in inbox.receivers
    assert [b"<p>Ana</p>" in envelope.content for envelope in inbox.envelopes] == [True] * 3
    assert b"<p>Ana</p>" not in store.path.read_bytes()


def test_a_mail_that_is_put_back_has_all_its_tries_before_it(run: Run, store: SQLiteStore) -> None:
    run("--again", "3")
    with playing(Script(answers={"RCPT": "450 later"})) as port:
        run("--retry", port=port)
    gone = store.postings()[2]
    assert (gone.outcome, gone.tries) == (MailOutcome.WAITING, 1)


def test_a_mail_whose_words_are_gone_cannot_be_sent_again(run: Run, store: SQLiteStore) -> None:
    later = MORNING + timedelta(days=29)
    store.save(replace(RUN, started=later, finished=later, today=later.date()), None)
    code, out, err = run("--again", "3")
    assert (code, out) == (2, "")
    assert "its words are kept no longer" in err.lower()
    assert store.postings()[2].outcome is MailOutcome.GIVEN_UP


@pytest.mark.parametrize("named", ["2", " 2 ", "<2@x>", "2@x"])
def test_a_mail_that_is_dropped_is_never_sent_nor_decided_again(
    run: Run, store: SQLiteStore, named: str
) -> None:
    dropped = store.waiting()[0]
    assert dropped.message_id == "<2@x>"
    assert run("--drop", named, "--yes") == (0, "Mail 2 is dropped.\n", "")
    store.save(RUN, None, [dropped])
    assert [mail.message_id for mail in store.waiting()] == ["<1@x>"]


def test_its_words_are_gone(run: Run, store: SQLiteStore) -> None:
    for number in "123":
        run("--drop", number, "--yes", "--quiet")
    assert b"<p>Ana</p>" not in store.path.read_bytes()


@pytest.mark.parametrize(("answer", "waits"), [("y\n", 1), ("n\n", 2), ("", 2)])
def test_it_asks_first(
    run: Run, store: SQLiteStore, answer: str, waits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    code, _, err = run("--drop", "1")
    assert "to lee@school.example (provider)" in err
    assert code == (0 if waits == 1 else 1)
    assert len(store.waiting()) == waits


@pytest.mark.parametrize(
    "words",
    [
        ("--drop", "7"),
        ("--drop", ""),
        ("--retry", "--drop", "1"),
        ("--again", "3", "--drop", "3"),
        ("--again", "1"),
        ("--again", "7"),
    ],
)
def test_what_cannot_be_meant_is_said(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "What would do: " in err
