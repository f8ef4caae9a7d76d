"""Promise 11: a disk that is full, a folder that is read-only, a file that another program left in WAL."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.problems import RunFailed
from sheets_sync.state import RunRecord, State

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, date(2025, 11, 21), "done", 0, 0.4)
MAIL = Mail("cm@school.example", "IEP services", "words" * 2000, "<p>", "<1@x>", MORNING, ("new",))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB; only an administrator of the machine can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk can be made here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path, leaving: int) -> Path:
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - leaving))
    return filler


def save(store: SQLiteStore) -> RunFailed | None:
    try:
        store.save(RUN, State(), [MAIL])
    except RunFailed as error:
        return error
    return None


@pytest.mark.parametrize("pages", [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 99])
def test_a_full_disk_takes_nothing_back_and_halves_nothing(small_disk: Path, pages: int) -> None:
    """So many pages of 4 KB are free: however far the commit comes, it is taken back."""
    store = SQLiteStore(small_disk / "state.sqlite")
    store.save(RUN, State(), [replace(MAIL, message_id="<0@x>")])
    filler = fill(small_disk, leaving=pages * 4096)
    failed = save(store)
    assert (failed is None) == (pages == 99)
    if failed is not None:
        assert "cannot be used: database or disk is full" in failed.what
        assert "disk is full" in failed.remedy
        assert [mail.message_id for mail in store.waiting()] == ["<0@x>"]
        assert len(store.runs()) == 1
    filler.unlink()
    store.save(RUN, State(), [MAIL])
    assert {mail.message_id for mail in store.waiting()} == {"<0@x>", "<1@x>"}
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_disk_without_room_for_a_first_state_is_left_without_one(small_disk: Path) -> None:
    store, filler = SQLiteStore(small_disk / "state.sqlite"), fill(small_disk, leaving=8192)
    with pytest.raises(RunFailed):
        store.save(RUN, State(), [MAIL])
    assert store.waiting() == ()
    assert not store.path.exists()
    filler.unlink()
    store.save(RUN, State(), [MAIL])
    assert store.waiting() == (MAIL,)


NOBODY = 65534
SAVE = """
import os, sys
from pathlib import Path
from tests.edges.test_store_disk import MAIL, RUN, SQLiteStore, State, RunFailed
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    SQLiteStore(Path(sys.argv[1])).save(RUN, State(), [MAIL])
except RunFailed as error:
    print(error.what, error.remedy)
    sys.exit(error.exit_code)
"""


def save_as_nobody(path: Path) -> subprocess.CompletedProcess[str]:
    """Save as a user whom permissions stop, which they do not stop the machine's administrator."""
    return subprocess.run([sys.executable, "-c", SAVE, str(path)], capture_output=True, text=True)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_may_not_be_written(exists: bool) -> None:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        store = SQLiteStore(folder / "state.sqlite")
        if exists:
            store.save(RUN, State())
        for path in (folder, *folder.iterdir()):
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)
        folder.chmod(0o500)
        before = store.path.read_bytes() if exists else None
        done = save_as_nobody(store.path)
        assert done.returncode == 1, done.stderr
        assert "cannot be" in done.stdout
        assert "may write there" in done.stdout
        assert (store.path.read_bytes() if exists else None) == before
        assert [path.name for path in folder.iterdir()] == (["state.sqlite"] if exists else [])
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


LEAVE_IN_WAL = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("UPDATE run SET error = 'noted in the WAL'")
connection.commit()
print("left", flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


def leave_in_wal(path: Path, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LEAVE_IN_WAL, str(path), how]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "left\n"
    return other


def test_a_file_that_a_killed_program_left_in_wal_is_taken_back_with_what_was_committed(
    tmp_path: Path,
) -> None:
    store = SQLiteStore(tmp_path / "state.sqlite")
    store.save(RUN, State())
    with leave_in_wal(store.path, "killed") as other:
        assert other.wait() == -signal.SIGKILL
    assert store.path.with_name("state.sqlite-wal").exists()
    assert [run.error for run in store.runs()] == ["noted in the WAL"]
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not store.path.with_name("state.sqlite-wal").exists()


def test_a_file_that_another_program_holds_in_wal_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheets_sync.edges.store.sqlite.BUSY_SECONDS", 0.1)
    store = SQLiteStore(tmp_path / "state.sqlite")
    store.save(RUN, State())
    with leave_in_wal(store.path, "open") as other:
        with pytest.raises(RunFailed):
            store.save(RUN, State())
        other.kill()
    store.save(RUN, State())
    assert len(store.runs()) == 2
