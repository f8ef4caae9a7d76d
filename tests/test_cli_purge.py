"""`sheets-sync purge`: what is remembered goes, from the disk too; the workbook stays as it is."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.eml import write_eml
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.ports import Sheet
from sheets_sync.state import Alert, Guarded, LineRecord, MailOutcome, RunRecord, State, Telling, Told, Word
from sheets_sync.views.tab import OutCell, Tab

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, date(2025, 11, 21), "done", 0, 0.4, lines=2)
NAMES = ("Zoë O'Quill", "Diana R.", "Ana R.")


def mail(number: int, words: str) -> Mail:
    return Mail(
        "cm@school.example", "IEP services", words, f"<p>{words}</p>", f"<{number}@x>", MORNING, ("new",)
    )


def accept(store: SQLiteStore, message_id: str) -> None:
    done = [posting for posting in store.postings() if posting.message_id == message_id]
    store.mark([replace(posting, outcome=MailOutcome.ACCEPTED, next_try=None) for posting in done])


def give_up(store: SQLiteStore, message_id: str) -> None:
    """Its words are kept for four weeks, for `outbox --again`."""
    failed = [posting for posting in store.postings() if posting.message_id == message_id]
    store.mark([replace(posting, outcome=MailOutcome.GIVEN_UP, next_try=None) for posting in failed])


def line(student: str) -> LineRecord:
    key = f"key-of-{NAMES.index(student)}"
    return LineRecord(key, student, f"S{NAMES.index(student)}", "Speech", "", None, "ON TRACK", RUN.today)


def alert(student: str, ended: date | None = None) -> Alert:
    told = (Telling("cm@school.example", RUN.today, Word.OPEN),)
    fingerprint = json.dumps(["missed", student, line(student).key])
    return Alert(
        fingerprint, "missed", student, "Speech", line(student).key, "", None, 30, "", RUN.today, ended, told
    )


STATE = State(tuple(map(line, NAMES)), Told(tuple(map(alert, NAMES)), summarised=RUN.today))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook that is remembered: three students, a mail that waits, one that was written."""
    file = tmp_path / "Services.xlsx"
    file.write_bytes(b"never opened")
    mails = [mail(1, "Diana R.: 30 min"), mail(2, "Zoë O'Quill and Ana R.: 30 min")]
    SQLiteStore(tmp_path / "state.sqlite").save(RUN, STATE, mails)
    write_eml(mails, tmp_path / "mails")
    (tmp_path / "mails" / "mine.eml").write_text("somebody else's")
    return file


Purge = Callable[..., tuple[int, str, str]]


@pytest.fixture
def purge(workbook: Path, capsys: pytest.CaptureFixture[str]) -> Purge:
    def command(*words: str) -> tuple[int, str, str]:
        given = [
            "purge",
            *words,
            "--workbook",
            str(workbook),
            "--state",
            str(workbook.parent / "state.sqlite"),
        ]
        return run_command_line(given), *capsys.readouterr()

    return command


def store_of(workbook: Path) -> SQLiteStore:
    return SQLiteStore(workbook.parent / "state.sqlite")


def left(workbook: Path) -> list[str]:
    names = (path.relative_to(workbook.parent) for path in workbook.parent.rglob("*") if path.is_file())
    return sorted(str(name) for name in names if name.suffix != ".lock")


def test_everything_goes_but_what_is_not_ours(purge: Purge, workbook: Path) -> None:
    code, out, err = purge("--yes")
    assert (code, err) == (0, "")
    assert (
        "3 lines, 3 alerts, 3 notes of who was told, 1 run, 2 mails, 1 note of what the last runs saw" in out
    )
    assert "2 mails in " in out
    assert "The workbook is as it was." in out
    assert left(workbook) == ["Services.xlsx", "mails/mine.eml"]
    assert workbook.read_bytes() == b"never opened"
    assert purge("--yes")[:2] == (0, "Nothing of it is remembered here.\n")


@pytest.mark.parametrize("named", [True, False])
def test_a_folder_that_somebody_named_for_the_mails_stays(purge: Purge, workbook: Path, named: bool) -> None:
    (workbook.parent / "mails" / "mine.eml").unlink()
    config = workbook.parent / "sheets-sync.toml"
    config.write_text('[mail]\nfolder = "mails"\n' if named else "")
    assert purge("--yes", "--config", str(config))[0] == 0
    assert left(workbook) == ["Services.xlsx", "sheets-sync.toml"]
    assert (workbook.parent / "mails").exists() is named


@pytest.fixture
def log() -> Path:
    """The log of the program's own errors, of all workbooks."""
    log = Path(os.environ["XDG_STATE_HOME"]) / "sheets-sync" / "errors.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("2025-11-21 KeyError\n")
    return log


def test_the_log_of_errors_goes_with_all_that_is_remembered(
    log: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["purge", "--yes", "--workbook", str(workbook)]) == 0
    assert f"{log}: the log of errors, of all workbooks, which names no student" in capsys.readouterr().out
    assert not log.exists()


def test_the_log_of_all_workbooks_stays_where_one_state_is_named(purge: Purge, log: Path) -> None:
    out = purge("--yes")[1]
    assert f"{log} stays: it is the log of errors of all workbooks, and names no student." in out
    assert log.exists()
    assert json.loads(purge("--yes", "--json")[1])["files"] == 0


def damage(state: Path) -> None:
    """Ours by its first bytes, and from there on what a broken disk left."""
    state.write_bytes(state.read_bytes()[:100] + b"\xff" * 5000)


def test_a_damaged_file_of_ours_goes_whole(purge: Purge, workbook: Path) -> None:
    state = workbook.parent / "state.sqlite"
    damage(state)
    assert purge("--yes", "--older-than", "1d")[0] == 1
    assert purge("--yes", "--student", "S0")[0] == 1
    assert state.exists()
    code, out, err = purge("--yes")
    assert (code, err) == (0, "")
    assert f"{state}: it is damaged and cannot be read; the file goes as it is" in out
    assert f"2 mails in {workbook.parent / 'mails'} stay: of another workbook, or" in out
    assert len(left(workbook)) == 4, "whose the mails are stood in the state"


def test_mails_of_another_workbook_in_the_same_folder_stay(purge: Purge, workbook: Path) -> None:
    (workbook.parent / "Grade 5.xlsx").write_bytes(b"never opened")
    other = mail(7, "Ana R.: 60 min")
    SQLiteStore(workbook.parent / "other.sqlite").save(RUN, STATE, [other])
    (theirs,) = write_eml([other], workbook.parent / "mails")
    store = store_of(workbook)
    accept(store, "<1@x>")
    accept(store, "<2@x>")
    said = f"1 mail in {workbook.parent / 'mails'} stays: of another workbook, or from before"
    for words in (["--student", "Ana R."], ["--older-than", "0d"], []):
        code, out, _ = purge("--yes", *words)
        assert code == 0
        assert said in out
        assert theirs.exists()
    assert left(workbook) == [
        "Grade 5.xlsx",
        "Services.xlsx",
        f"mails/{theirs.name}",
        "mails/mine.eml",
        "other.sqlite",
    ]


def test_mail_that_waits_about_other_students_too_is_not_lost(
    purge: Purge, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = left(workbook)
    code, out, err = purge("--yes", "--student", "Ana R.")
    assert (code, out) == (1, "")
    assert "1 mail waits in which this student is named" in err
    assert "outbox --retry" in err
    assert "outbox --drop 2" in err
    assert "Ana" not in err
    assert left(workbook) == before
    assert store_of(workbook).load() == STATE
    assert len(store_of(workbook).waiting()) == 2
    words = ["--workbook", str(workbook), "--state", str(workbook.parent / "state.sqlite"), "--quiet"]
    assert run_command_line(["outbox", "--drop", "2", "--yes", *words]) == 0
    assert purge("--yes", "--student", "Ana R.")[0] == 0
    assert [waits.message_id for waits in store_of(workbook).waiting()] == ["<1@x>"]


@pytest.mark.parametrize("content", [b"somebody's notes " * 100, b"", b"SQLite format 3\x00" + b"\xff" * 900])
def test_what_is_no_state_of_ours_is_never_deleted(purge: Purge, workbook: Path, content: bytes) -> None:
    state = workbook.parent / "state.sqlite"
    state.write_bytes(content)
    assert purge("--yes")[0] == 1
    assert state.read_bytes() == content
    assert len(left(workbook)) == 5


def test_m_is_minutes_elsewhere_and_no_length_here(purge: Purge, workbook: Path) -> None:
    code, _, err = purge("--yes", "--older-than", "18m")
    assert code == 2
    assert 'write it as "365d", "26w" or "2y"; months as weeks: "78w" for 18' in err


def test_nobody_asked_nothing_deleted(purge: Purge, workbook: Path) -> None:
    before = left(workbook)
    for words in ([], ["--json"], ["--quiet"]):
        code, _, err = purge(*words)
        assert code == 2
        assert "--yes" in err
    assert left(workbook) == before
    assert store_of(workbook).load() == STATE


@pytest.mark.parametrize(("answer", "code", "gone"), [(b"y\n", 0, True), (b"n\n", 1, False)])
def test_it_asks_on_a_terminal(workbook: Path, answer: bytes, code: int, gone: bool) -> None:
    parent, child = pty.openpty()
    state = workbook.parent / "state.sqlite"
    words = [sys.executable, "-m", "sheets_sync", "purge", "--workbook", str(workbook), "--state", str(state)]
    process = subprocess.Popen(words, stdin=child, stdout=child, stderr=child)
    os.close(child)
    os.write(parent, answer)
    assert process.wait(60) == code
    os.close(parent)
    assert state.exists() is not gone


def test_json_is_one_object(purge: Purge) -> None:
    code, out, err = purge("--yes", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["deleted"] == {"fact": 1, "mail": 2, "run": 1, "alert": 3, "line": 3, "telling": 3}
    assert json.loads(out)["files"] == 2


@pytest.mark.parametrize("named", ["Zoë O'Quill", "zoë  o'quill", "S0"])
def test_one_student_goes_whatever_table_names_them(purge: Purge, workbook: Path, named: str) -> None:
    give_up(store_of(workbook), "<2@x>")
    code, out, err = purge("--yes", "--student", named)
    assert (code, err) == (0, "")
    assert "Quill" not in out
    kept = store_of(workbook).load()
    assert [line.student for line in kept.lines] == ["Diana R.", "Ana R."]
    assert [alert.student for alert in kept.told.alerts] == ["Diana R.", "Ana R."]
    assert [waits.message_id for waits in store_of(workbook).postings()] == ["<1@x>"]
    assert len(store_of(workbook).runs()) == 1
    content = (workbook.parent / "state.sqlite").read_bytes()
    assert b"Quill" not in content, "nor in the gaps of the file"
    assert b"key-of-0" not in content
    assert len(list((workbook.parent / "mails").glob("2025*.eml"))) == 1


def test_the_tabs_that_are_kept_go_where_they_name_the_student(purge: Purge, workbook: Path) -> None:
    with closing(sqlite3.connect(workbook.parent / "state.sqlite")) as connection, connection:
        for mark, name in (("compliance", "Zoë O'Quill"), ("problems", "Diana R.")):
            told = zlib.compress(json.dumps({"cells": [name]}).encode("ascii"))
            connection.execute("INSERT INTO kept_tab VALUES (?, ?)", (mark, told))
    accept(store_of(workbook), "<2@x>")
    assert purge("--yes", "--student", "S0")[0] == 0
    with closing(sqlite3.connect(workbook.parent / "state.sqlite")) as connection:
        assert connection.execute("SELECT mark FROM kept_tab").fetchall() == [("problems",)]


def test_what_is_kept_of_others_stays_where_a_student_goes(purge: Purge, workbook: Path) -> None:
    """Their held lines keep their figures, and a Grid that is away can still be read."""
    header = tuple(OutCell(name) for name in ("Student", "Line"))
    rows = tuple((OutCell(name), OutCell(line(name).key)) for name in NAMES)
    tab = Tab("Compliance", "compliance", (header, *rows), (9.0, 9.0), frozen=(1, 0), key=1)
    grid = ("Student", "Service", "Frequency")
    sheet_rows = (grid, ("O'Quill, Zoë", "Speech", "1 x 30"), ("Ana R.", "Speech", "1 x 30"))
    unread = Sheet("Other: Old", (("Zoë",),), as_tab="Service Grid")
    guarded = Guarded(tabs=(tab,), sheets=(Sheet("Other: Sheet", sheet_rows, as_tab="Service Grid"), unread))
    store_of(workbook).save(RUN, replace(STATE, guarded=guarded))
    accept(store_of(workbook), "<2@x>")
    code, out, _ = purge("--yes", "--student", "Zoë O'Quill")
    kept = store_of(workbook).load().guarded
    assert [row[0].value for row in kept.tabs[0].rows] == ["Student", "Diana R.", "Ana R."]
    assert [one.rows for one in kept.sheets] == [(grid, (None, None, None), sheet_rows[2])]
    assert code == 0
    assert "1 sheet of another workbook went whole" in out


def test_it_says_that_a_student_who_is_still_there_is_told_anew(purge: Purge, workbook: Path) -> None:
    accept(store_of(workbook), "<2@x>")
    said = "if the workbook still has the student, the next run tells what is open as new"
    assert said in purge("--yes", "--student", "Ana R.")[1]
    assert said not in purge("--yes")[1]


def test_a_name_within_another_name_is_not_that_student(purge: Purge, workbook: Path) -> None:
    accept(store_of(workbook), "<2@x>")
    purge("--yes", "--student", "Ana R.")
    assert [line.student for line in store_of(workbook).load().lines] == ["Zoë O'Quill", "Diana R."]
    assert [waits.message_id for waits in store_of(workbook).waiting()] == ["<1@x>"]


def test_a_student_who_is_not_remembered_is_not_named_again(purge: Purge) -> None:
    code, out, err = purge("--yes", "--student", "Nobody Q.")
    assert (code, out) == (2, "")
    assert "no such student is remembered" in err.lower()
    assert "Nobody" not in err


def test_what_is_older_goes(purge: Purge, workbook: Path) -> None:
    store = store_of(workbook)
    accept(store, "<1@x>")
    today = datetime.now(UTC).date()
    store.save(
        replace(RUN, today=today), replace(STATE, told=Told((alert("Ana R.", ended=date(2025, 11, 22)),)))
    )
    assert purge("--yes", "--older-than", "9999d")[0] == 0
    assert len(store.runs()) == 2
    assert purge("--yes", "--older-than", "0d")[0] == 0
    assert len(store.runs()) == 2, "the last run stays, and the one whose mail still waits"
    assert [waits.message_id for waits in store.waiting()] == ["<2@x>"]
    assert store.load().told.alerts == ()
    assert left(workbook) == ["Services.xlsx", "mails/mine.eml", "state.sqlite"]


@pytest.mark.parametrize("length", ["", "2 years", "5", "-1d"])
def test_a_length_of_time_that_cannot_be_read(purge: Purge, length: str) -> None:
    code, _, err = purge("--yes", "--older-than", length)
    assert code == 2
    assert "--older-than" in err


def test_another_run_under_way_and_nothing_is_deleted(purge: Purge, workbook: Path) -> None:
    with store_of(workbook).lock():
        assert purge("--yes")[0] == 5
    assert store_of(workbook).load() == STATE


def test_a_file_that_is_not_ours_is_left_alone(purge: Purge, workbook: Path) -> None:
    state = workbook.parent / "state.sqlite"
    state.unlink()
    with sqlite3.connect(state) as connection:
        connection.execute("CREATE TABLE mine (x)")
    assert purge("--yes")[0] == 1
    assert state.exists()
    assert "mails/mine.eml" in left(workbook)
    assert len(left(workbook)) == 5


def test_runs_older_than_two_school_years_go_by_themselves(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "s.sqlite")
    for days in range(0, 1000, 100):
        run = replace(RUN, today=RUN.today + timedelta(days=days))
        store.save(run, STATE, [mail(days, "words")])
        accept(store, f"<{days}@x>")
    assert [run.today for run in store.runs()][-1] == RUN.today + timedelta(days=200)
    with sqlite3.connect(tmp_path / "s.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM mail").fetchone() == (8,)


def test_words_of_an_accepted_mail_are_gone_from_the_file(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "s.sqlite")
    store.save(RUN, STATE, [mail(1, "Zacharias Canary: 30 min " * 500)])
    assert b"Canary" in (tmp_path / "s.sqlite").read_bytes()
    accept(store, "<1@x>")
    assert b"Canary" not in (tmp_path / "s.sqlite").read_bytes()
