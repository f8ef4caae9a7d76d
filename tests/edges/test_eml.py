"""Mails as files: private, named after nobody, each written once."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from sheets_sync.edges.eml import EmlFolder, write_eml
from sheets_sync.mail import Mail
from sheets_sync.problems import RunFailed

MAIL = Mail(
    "ana.ruiz@school.example",
    "IEP services: 1 to make up",
    "To do: make up 1 session – Ana.\n",
    "<p>To do: make up 1 session – Ana.</p>",
    "<1f@school.example>",
    datetime(2025, 11, 21, 5, 2, tzinfo=UTC),
    ("new",),
    "case manager",
)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        (path,) = write_eml([MAIL], tmp_path / "mails")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o500, 0o755, 0o2770, 0o2775, 0o1777])
def test_a_folder_that_was_there_stays_open_or_closed_as_it_was(tmp_path: Path, mode: int) -> None:
    share = tmp_path / "share"
    share.mkdir()
    share.chmod(mode)
    with suppress(RunFailed):
        (path,) = write_eml([MAIL], share)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(share.stat().st_mode) == mode


def test_the_file_is_the_mail(tmp_path: Path) -> None:
    (path,) = write_eml([MAIL], tmp_path)
    got = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == MAIL.text.splitlines()
    assert got["To"] == MAIL.to
    assert got["Subject"] == MAIL.subject


def test_the_name_names_nobody(tmp_path: Path) -> None:
    (path,) = write_eml([MAIL], tmp_path)
    assert path.name.startswith("2025-11-21-case-manager-")
    assert "ruiz" not in path.name.casefold()


def test_the_same_mail_is_never_written_twice(tmp_path: Path) -> None:
    first = write_eml([MAIL], tmp_path)
    written = first[0].stat().st_mtime_ns
    later = replace(MAIL, text="read at another minute\n")
    assert write_eml([MAIL, later], tmp_path) == first * 2
    assert first[0].stat().st_mtime_ns == written
    assert len(list(tmp_path.iterdir())) == 1


def test_the_same_mail_is_the_same_bytes(tmp_path: Path) -> None:
    (one,), (two,) = write_eml([MAIL], tmp_path / "a"), write_eml([MAIL], tmp_path / "b")
    assert one.read_bytes() == two.read_bytes()
    assert one.name == two.name


def test_a_folder_that_cannot_be_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("a file")
    with pytest.raises(RunFailed, match="cannot be written"):
        write_eml([MAIL], tmp_path / "mails")
    (delivery,) = EmlFolder(tmp_path / "mails").deliver([MAIL])
    assert delivery.outcome == "waiting"


def test_delivering_into_a_folder_says_where(tmp_path: Path) -> None:
    (delivery,) = EmlFolder(tmp_path).deliver([MAIL])
    assert delivery.outcome == "written"
    assert Path(delivery.where).is_file()
