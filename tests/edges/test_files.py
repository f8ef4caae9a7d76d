"""Files that are left to look at: whole, and for their owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sheets_sync.edges.files import may_write, write_private
from sheets_sync.problems import RunFailed


def test_a_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "new" / "page.html", "<p>Ana</p>")
    finally:
        os.umask(before)
    file = tmp_path / "new" / "page.html"
    assert file.read_text(encoding="utf-8") == "<p>Ana</p>"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["page.html"]


def test_what_stood_there_is_replaced_and_a_half_of_a_letter_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_private(file, "old")
    write_private(file, "half \ud83d")
    assert file.read_text(encoding="utf-8") == "half \\ud83d"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RunFailed, match="could not be written"):
        write_private(tmp_path / "taken" / "page.html", "")


@pytest.mark.parametrize(("folder", "may"), [("", True), ("new/deeper", True), ("taken/new", False)])
def test_may_write(tmp_path: Path, folder: str, may: bool) -> None:
    (tmp_path / "taken").write_text("a file")
    assert may_write(tmp_path / folder) is may
