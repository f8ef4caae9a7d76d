"""Promise 21: files are private, whatever the umask, and whatever stood there before: 0600, or refused.

What a whole run writes: state, the outbox in it, .eml files, the lock, the log of errors. What it reads: the
key and the password are refused where others can read them; the configuration holds no secret, so it is
refused where others can write it (it says where mail goes), or where it names students and others can read.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_sync.cli.failures import report_crash
from sheets_sync.cli.main import run_command_line
from sheets_sync.config import MailConfig
from sheets_sync.edges.google.key_file import read_key_file
from sheets_sync.edges.mail_password import mail_password
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.edges.store.files import create_private, require_private
from sheets_sync.edges.store.sent_notes import SentNotesFolder
from sheets_sync.mail import Mail
from sheets_sync.problems import WrongUse

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "sample-05.xlsx"
NOTE = Mail("technician@school.example", "IEP services", "", "", "<1@x>", datetime.now(UTC), ("failed",))
UMASKS = (0o000, 0o002, 0o022, 0o027, 0o077, 0o177, 0o277)
posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
pytestmark = posix


@contextmanager
def umask(mode: int) -> Iterator[None]:
    before = os.umask(mode)
    try:
        yield
    finally:
        os.umask(before)


def sync(folder: Path, *more: str) -> int:
    words = ["sync", "--workbook", str(folder / "Services.xlsx"), "--today", "2026-04-21", "--quiet"]
    return run_command_line([*words, "--state", str(folder / "private" / "state.sqlite"), *more])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx")
    (tmp_path / "Services.xlsx").chmod(0o600)
    return tmp_path


def open_to_others(folder: Path) -> dict[str, str]:
    """Return what others than its owner can do something with, of what is in the folder."""
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in folder.rglob("*")
        if path.lstat().st_mode & 0o077
    }


@pytest.mark.parametrize("mask", UMASKS, ids=oct)
def test_all_that_a_run_leaves_is_its_owners_alone(folder: Path, mask: int) -> None:
    with umask(mask):
        assert sync(folder) == 0
        assert sync(folder) == 0
    made = {path.name for path in folder.rglob("*")}
    assert {"state.sqlite", "state.sqlite.lock", "mails"} <= made
    assert any(name.endswith(".eml") for name in made)
    assert open_to_others(folder) == {}


@pytest.mark.parametrize("mode", [0o666, 0o644, 0o640, 0o604, 0o777])
def test_what_was_open_to_all_is_tightened(folder: Path, mode: int) -> None:
    assert sync(folder) == 0
    state = folder / "private" / "state.sqlite"
    state.chmod(mode)
    assert sync(folder) == 0
    assert open_to_others(folder) == {}


def a_link(state: Path, elsewhere: Path) -> None:
    SQLiteStore(elsewhere)._create()
    state.symlink_to(elsewhere)


def a_dangling_link(state: Path, elsewhere: Path) -> None:
    state.symlink_to(elsewhere)


def a_second_name(state: Path, elsewhere: Path) -> None:
    SQLiteStore(elsewhere)._create()
    os.link(elsewhere, state)


def a_pipe(state: Path, elsewhere: Path) -> None:
    os.mkfifo(state, 0o600)


def a_folder(state: Path, elsewhere: Path) -> None:
    state.mkdir()


def a_linked_lock(state: Path, elsewhere: Path) -> None:
    state.with_name(state.name + ".lock").symlink_to(elsewhere)


@pytest.mark.parametrize("put", [a_link, a_dangling_link, a_second_name, a_pipe, a_folder, a_linked_lock])
def test_what_is_no_file_of_ours_is_refused_and_nothing_behind_it_changes(
    folder: Path, put: Callable[[Path, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "private").mkdir(0o700)
    elsewhere = folder / "private" / "elsewhere"
    put(folder / "private" / "state.sqlite", elsewhere)
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    assert sync(folder) in (1, 2)
    assert "state" in capsys.readouterr().err
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before


def test_a_link_where_the_new_state_is_made_is_not_followed(folder: Path) -> None:
    (folder / "private").mkdir(0o700)
    victim = folder / "victim"
    victim.write_text("mine")
    (folder / "private" / "state.sqlite.new").symlink_to(victim)
    assert sync(folder) == 0
    assert victim.read_text() == "mine"
    assert not (folder / "private" / "state.sqlite").is_symlink()


def test_a_link_where_a_mail_is_made_is_not_followed(folder: Path) -> None:
    assert sync(folder) == 0
    (mail,) = (folder / "mails").glob("*.eml")
    name, victim = mail.name, folder / "victim"
    shutil.rmtree(folder / "private")
    shutil.rmtree(folder / "mails")
    victim.write_text("mine")
    (folder / "mails").mkdir()
    (folder / "mails" / f".{name}.part").symlink_to(victim)
    (folder / "mails" / name).symlink_to(victim)
    assert sync(folder) == 0
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("mask", UMASKS, ids=oct)
@pytest.mark.parametrize("before", [None, 0o666, 0o644])
def test_the_log_of_errors(mask: int, before: int | None) -> None:
    log = Path(os.environ["XDG_STATE_HOME"]) / "sheets-sync" / "errors.log"
    if before is not None:
        log.parent.mkdir(parents=True)
        log.write_text("")
        log.chmod(before)
    with umask(mask):
        report_crash(KeyError("x"))
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.parametrize("mask", UMASKS, ids=oct)
def test_what_remembers_a_note_to_the_administrator(mask: int, tmp_path: Path) -> None:
    """It says nothing, and is gone some days later."""
    (tmp_path / "state").mkdir(0o700)
    sent = SentNotesFolder(tmp_path / "state")
    with umask(mask):
        for number in range(2):
            sent.add(replace(NOTE, message_id=f"<{number + 2}@x>"))
    first, second = sorted((tmp_path / "state").iterdir())
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert first.read_bytes() == b""
    os.utime(first, (0, 0))
    sent.add(NOTE)
    assert (first.exists(), second.exists(), sent.has(NOTE)) == (False, True, True)


def test_where_it_cannot_be_written_nothing_is_remembered_nor_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sent = SentNotesFolder(tmp_path / "file")
    sent.add(NOTE)
    assert not sent.has(NOTE)


def test_a_log_of_errors_that_is_a_link_is_not_written(tmp_path: Path) -> None:
    log = Path(os.environ["XDG_STATE_HOME"]) / "sheets-sync" / "errors.log"
    log.parent.mkdir(parents=True)
    (tmp_path / "victim").write_text("mine")
    log.symlink_to(tmp_path / "victim")
    report_crash(KeyError("x"))
    assert (tmp_path / "victim").read_text() == "mine"


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o620, 0o602, 0o660, 0o666])
@pytest.mark.parametrize("linked", [False, True])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int, linked: bool) -> None:
    real = tmp_path / "real"
    key = {"type": "service_account", "private_key": "hunter2", "client_email": "x", "token_uri": "y"}
    real.write_text(json.dumps(key))
    real.chmod(mode)
    file = real
    if linked:
        file = tmp_path / "link"
        file.symlink_to(real)
    for use in (
        lambda: read_key_file(file),
        lambda: mail_password(MailConfig(user="sped", password_file=file), {}),
    ):
        with pytest.raises(WrongUse, match="can be read by other") as refused:
            use()
        assert "chmod 600" in refused.value.remedy
        assert "hunter2" not in refused.value.what + refused.value.remedy


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        ("", 0o600, 0),
        ("", 0o644, 0),
        ("", 0o664, 0),
        ("", 0o666, 2),
        ("", 0o602, 2),
        ('[aliases]\n"Abel" = "Abel C."\n', 0o600, 0),
        ('[aliases]\n"Abel" = "Abel C."\n', 0o640, 0),
        ('[aliases]\n"Abel" = "Abel C."\n', 0o644, 2),
        ('[ignore]\nstudents = ["Abel C."]\n', 0o644, 2),
        ('[[workbooks]]\nworkbook = "Services.xlsx"\n[workbooks.aliases]\n"Abel" = "Abel C."\n', 0o644, 2),
    ],
)
def test_the_configuration(
    folder: Path, content: str, mode: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    config = folder / "c.toml"
    config.write_text(content)
    config.chmod(mode)
    assert sync(folder, "--config", str(config)) == code
    said = capsys.readouterr().err
    assert ("chmod 600" in said) == (code == 2)
    assert "Abel" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root cannot give a file to another group")
@pytest.mark.parametrize(("mode", "code"), [(0o664, 2), (0o660, 2), (0o644, 0), (0o640, 0)])
def test_a_configuration_that_a_group_of_others_can_change(
    folder: Path, mode: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    config = folder / "c.toml"
    config.write_text("")
    os.chown(config, -1, 54321)
    config.chmod(mode)
    assert sync(folder, "--config", str(config)) == code
    assert ("can be changed by everybody in its group" in capsys.readouterr().err) == (code == 2)


@pytest.mark.parametrize("mask", UMASKS, ids=oct)
def test_a_file_that_is_opened_as_files_are_fails_this_harness(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        (tmp_path / "careless").touch()
        create_private(tmp_path / "ours")
    careless, ours = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("careless", "ours"))
    assert ours == 0o600
    assert (careless != 0o600) == (mask not in (0o077, 0o177))
    if mask not in (0o177, 0o277):
        require_private(tmp_path / "careless")
        assert open_to_others(tmp_path) == {}
