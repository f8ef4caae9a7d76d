"""The state file: what is saved is what is loaded, it is private, and nothing is ever taken as "no state"."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.counted import Counted, CountedDay, CountedEntries, CountedLine, CountedSession
from sheets_sync.edges.store import SQLiteStore, default_state_path
from sheets_sync.mail import Mail
from sheets_sync.ports import ErrorValue, Sheet
from sheets_sync.problems import AlreadyRunning, RunFailed
from sheets_sync.state import (
    Alert,
    Guarded,
    LastDigest,
    LineRecord,
    MailOutcome,
    RunRecord,
    Snooze,
    State,
    Telling,
    Told,
    Word,
)
from sheets_sync.views.mime import message_bytes
from tests.edges.old_states import make_old_state

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, date(2025, 11, 21), "done", 0, 0.4, lines=2, findings=1, mails=1)
MAIL = Mail("cm@school.example", "IEP services", "words", "<p>words</p>", "<1@x>", MORNING, ("new",))
ANA = LineRecord(
    "k1", "Ana R.", "0012", "Speech therapy", "group", date(2025, 9, 1), "ON TRACK", since=date(2025, 10, 6)
)
BEN = LineRecord("k2", "Ben T.", "", "Math", "", None, "NOT LOGGED", since=date(2025, 11, 20))
MISSED = Alert(
    fingerprint='["missed"]',
    kind="missed",
    student="Ana R.",
    service="Speech therapy",
    line="k1",
    provider="Ms. Lee",
    date=date(2025, 11, 4),
    minutes=30,
    text="Nov 4",
    since=date(2025, 11, 5),
    tellings=(
        Telling("cm@school.example", date(2025, 11, 5), Word.OPEN),
        Telling("lee@school.example", date(2025, 11, 10), Word.ENDED),
    ),
)
MONDAY = date(2025, 10, 6)
COUNTED = Counted(
    on=date(2025, 11, 21),
    lines=(
        CountedLine("k1", 2, "Ana R.", "Math", "group", "", 2, 30, 60, "week", 1, MONDAY, None, True, ""),
    ),
    schedule=(
        CountedSession(
            3, "Ana R.", "Speech therapy", "Ms. Lee", "", "weekly", 5, 0, 0, 0, 540, 30, None, MONDAY, False
        ),
    ),
    log=(CountedEntries("Ana R.", "Speech therapy", "2025-10-08||540|30|DELIVERED|||", "31"),),
    calendar=(CountedDay(MONDAY, MONDAY, "no school", -1, "Fair"),),
)
STATE = State((ANA, BEN), Told((MISSED,), summarised=date(2025, 9, 2)), counted=COUNTED)


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    return SQLiteStore(tmp_path / "states" / "workbook.sqlite")


def mark(store: SQLiteStore, outcome: MailOutcome) -> None:
    """Say of every mail that waits what became of it."""
    store.mark([replace(one, outcome=outcome, next_try=None) for one in store.postings()])


def test_what_is_saved_is_loaded(store: SQLiteStore) -> None:
    store.save(RUN, STATE, [MAIL])
    assert store.load() == STATE
    assert store.runs() == (RUN,)
    assert store.waiting() == (MAIL,)


def test_a_sheet_of_another_workbook_is_kept_with_every_kind_of_cell(store: SQLiteStore) -> None:
    cells = ["0012", 3.5, True, None, MONDAY, MORNING.replace(tzinfo=None), time(9, 30), timedelta(hours=30)]
    sheet = Sheet(
        "HR: Staff",
        ((*cells, ErrorValue("#REF!")), ()),
        merged=("A1:B1",),
        hidden_rows=frozenset({2}),
        hidden_columns=frozenset({1}),
        struck=frozenset({(1, 0)}),
        noted=frozenset({(1, 3)}),
        is_hidden=True,
        as_tab="Staff",
    )
    store.save(RUN, replace(STATE, guarded=Guarded(sheets=(sheet,))))
    assert store.load().guarded.sheets == (sheet,)
    store.save(RUN, STATE)
    assert store.load().guarded.sheets == ()


def test_what_was_counted_is_replaced_by_the_next_run_and_kept_by_one_without_a_state(
    store: SQLiteStore,
) -> None:
    store.save(RUN, STATE)
    store.save(RUN, None)
    assert store.load().counted == COUNTED
    less = replace(COUNTED, on=date(2025, 11, 24), log=(), calendar=())
    store.save(RUN, replace(STATE, counted=less))
    assert store.load().counted == less


def test_what_alerts_remember_is_loaded_as_it_was_saved(store: SQLiteStore) -> None:
    told = Telling("cm@school.example", date(2025, 11, 5), Word.OPEN, 60, 2, date(2025, 11, 4), times=3)
    event = replace(
        MISSED, fingerprint="e", sessions=2, unchanged=date(2025, 11, 6), finding="{}", tellings=()
    )
    remembered = Told(
        alerts=(replace(MISSED, tellings=(told, replace(told, to="x@y.example", sessions=None))), event),
        summarised=date(2025, 9, 2),
        snoozes=(Snooze("k1", date(2025, 12, 1), date(2025, 11, 5)),),
        digests=(LastDigest("cm@school.example", date(2025, 11, 20)),),
        held=date(2025, 11, 19),
    )
    store.save(RUN, replace(STATE, told=remembered))
    assert store.load().told == remembered


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC"])
def test_a_stored_mail_is_the_same_bytes_as_the_one_that_was_decided(store: SQLiteStore, zone: str) -> None:
    text = "To do: log 1 session, À l'école.\n.a dot\n"
    when = datetime(2025, 11, 2, 1, 30, 0, 123, tzinfo=ZoneInfo(zone))
    mail = replace(MAIL, text=text, html=f"<p>{text}</p>", date=when, reasons=("new", "worse"))
    store.save(RUN, STATE, [mail])
    (stored,) = store.waiting()
    assert message_bytes(stored, "sped@school.example") == message_bytes(mail, "sped@school.example")


def test_the_latest_state_replaces_the_one_before(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    store.save(RUN, State(lines=STATE.lines[:1]))
    assert store.load() == State(lines=STATE.lines[:1])
    assert len(store.runs()) == 2


def test_a_failed_run_is_recorded_and_leaves_the_state(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    failed = RunRecord(MORNING, MORNING, RUN.today, "failed", 1, 0.1, error="The disk is full.")
    store.save(failed, None)
    assert store.load() == STATE
    assert store.runs(limit=1) == (failed,)


def test_a_mail_of_the_same_message_id_is_the_same_mail(store: SQLiteStore) -> None:
    store.save(RUN, STATE, [MAIL])
    mark(store, MailOutcome.ACCEPTED)
    store.save(RUN, STATE, [MAIL])
    assert store.waiting() == ()


def test_the_words_of_a_mail_are_forgotten_once_it_is_accepted(store: SQLiteStore) -> None:
    store.save(RUN, STATE, [Mail("a@b.example", "s", "CANARY", "CANARY", "<2@x>", None, ("new",))])
    mark(store, MailOutcome.ACCEPTED)
    rows = sqlite3.connect(store.path).execute("SELECT * FROM mail").fetchall()
    assert "CANARY" not in str(rows)


def test_all_or_nothing(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    twice = State(lines=(STATE.lines[0], STATE.lines[0]))
    with pytest.raises(RunFailed):
        store.save(RUN, twice, [MAIL])
    assert store.load() == STATE
    assert len(store.runs()) == 1
    assert store.waiting() == ()


def test_reading_makes_no_file(store: SQLiteStore) -> None:
    assert store.load() == State()
    assert store.runs() == ()
    assert not store.path.parent.exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
def test_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = SQLiteStore(tmp_path / "workbook.sqlite")
        with store.lock():
            store.save(RUN, STATE)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["workbook.sqlite"] == 0o600
    assert all(mode & 0o077 == 0 for mode in modes.values())


def test_a_file_that_was_open_to_all_is_tightened(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    store.path.chmod(0o666)
    store.load()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["link", "hard link", "folder", "pipe"])
def test_what_is_no_file_of_ours_alone_is_refused(tmp_path: Path, kind: str) -> None:
    real, path = SQLiteStore(tmp_path / "real.sqlite"), tmp_path / "named.sqlite"
    real.save(RUN, STATE)
    if kind == "link":
        path.symlink_to(real.path)
    elif kind == "hard link":
        os.link(real.path, path)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(RunFailed) as caught:
        SQLiteStore(path).load()
    assert caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * 5000, b"SQLite format 3\x00", b'{"lines": []}'],
    ids=["empty", "garbage", "a header alone", "json"],
)
def test_a_file_that_is_no_state_ends_the_run_and_is_left_alone(store: SQLiteStore, content: bytes) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    with pytest.raises(RunFailed):
        store.load()
    with pytest.raises(RunFailed):
        store.save(RUN, STATE)
    assert store.path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(store: SQLiteStore) -> None:
    store.path.parent.mkdir()
    other = sqlite3.connect(store.path)
    other.execute("CREATE TABLE line (key)")
    other.commit()
    other.close()
    content = store.path.read_bytes()
    with pytest.raises(RunFailed, match="not a state file of sheets-sync"):
        store.save(RUN, STATE)
    assert store.path.read_bytes() == content


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_earlier_version_is_brought_to_this_one_with_all_that_stands_in_it(
    store: SQLiteStore, version: int
) -> None:
    store.path.parent.mkdir()
    make_old_state(store.path, version)
    loaded = store.load()
    assert loaded.lines == (ANA,)
    assert loaded.told.summarised == date(2025, 9, 2)
    assert [(alert.line, len(alert.tellings)) for alert in loaded.told.alerts] == [("k1", 1)]
    (alert,) = loaded.told.alerts
    assert alert.unchanged == alert.since, "an escalation counts from when it was found"
    assert alert.tellings == (Telling("cm@school.example", date(2025, 11, 5), Word.OPEN, minutes=30),)
    assert [run.mails for run in store.runs()] == [3]
    assert [mail.message_id for mail in store.waiting()] == ["<1@x>"]
    assert [(one.message_id, one.outcome, one.tries) for one in store.postings()] == [
        ("<1@x>", MailOutcome.WAITING, 0),
        ("<3@x>", MailOutcome.GIVEN_UP, 0),
    ]
    with_detail = State((replace(ANA, detail="Ms. Lee, 2 x 30 min / week"), BEN), STATE.told)
    store.save(RUN, with_detail, [replace(MAIL, message_id="<2@x>")])
    assert store.load() == with_detail
    assert [mail.message_id for mail in store.waiting()] == ["<1@x>"], "2 was accepted long ago"


def test_a_newer_version_is_not_guessed_at(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(RunFailed, match="another version"):
        store.load()


@pytest.mark.parametrize("page", range(1, 8))
def test_a_damaged_page_ends_the_run(store: SQLiteStore, page: int) -> None:
    store.save(RUN, STATE, [MAIL])
    content = bytearray(store.path.read_bytes())
    content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    store.path.write_bytes(content)
    with pytest.raises(RunFailed):
        store.load()


def test_a_date_that_is_none_ends_the_run(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE line SET since = 'soon'")
    connection.commit()
    connection.close()
    with pytest.raises(RunFailed, match="damaged"):
        store.load()


def test_a_second_run_is_told_to_wait(store: SQLiteStore) -> None:
    with store.lock(), pytest.raises(AlreadyRunning), SQLiteStore(store.path).lock():
        pass
    with SQLiteStore(store.path).lock():
        pass


def test_a_lock_that_cannot_be_made_is_no_other_run(tmp_path: Path) -> None:
    too_long = tmp_path / f"{'x' * 245}.sqlite"
    with pytest.raises(RunFailed, match="is not used"), SQLiteStore(too_long).lock():
        pass


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "no")])
def test_what_goes_wrong_in_a_run_is_not_put_on_its_lock(store: SQLiteStore, error: OSError) -> None:
    with pytest.raises(OSError, match=str(error.strerror)) as stop, store.lock():
        raise error
    assert stop.value is error


def test_the_lock_of_a_killed_run_is_free_at_once(store: SQLiteStore) -> None:
    code = (
        "import sys; from pathlib import Path; from sheets_sync.edges.store import SQLiteStore\n"
        "with SQLiteStore(Path(sys.argv[1])).lock(): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), store.lock():
            pass
        other.kill()
    with store.lock():
        pass


def test_every_commit_reaches_the_disk_before_it_counts(store: SQLiteStore) -> None:
    store.save(RUN, STATE)
    assert sqlite3.connect(store.path).execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [path.name for path in store.path.parent.iterdir()] == ["workbook.sqlite"]


def test_one_state_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    book = tmp_path / "Case load 25-26.xlsx"
    book.touch()
    (tmp_path / "link.xlsx").symlink_to(book)
    monkeypatch.chdir(tmp_path)
    path = default_state_path(str(book))
    assert path.parent == tmp_path / "state" / "sheets-sync"
    assert path.name.startswith("case-load-25-26-")
    assert path == default_state_path("Case load 25-26.xlsx") == default_state_path("link.xlsx")
    assert path != default_state_path("other/Case load 25-26.xlsx")


def test_the_many_addresses_of_one_google_workbook_are_one() -> None:
    address = "https://docs.google.com/spreadsheets/d/1AbC_d-9"
    assert default_state_path(f"{address}/edit#gid=0") == default_state_path(f"{address}/view")
    assert default_state_path(address) != default_state_path(address + "x")
