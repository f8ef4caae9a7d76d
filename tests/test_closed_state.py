"""A state that the program's user may not open or write is never "no state yet", and `check` says it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
WHOM_PERMISSIONS_STOP = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""What takes from the machine's administrator that permissions do not stop her."""

pytestmark = pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and not shutil.which("setpriv")),
    reason="permissions are POSIX's, and stop no administrator",
)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx")
    yield tmp_path
    (tmp_path / "st").chmod(0o700)


@pytest.fixture
def run(home: Path) -> Run:
    """The program on a workbook that was run once."""
    program = [*(WHOM_PERMISSIONS_STOP if os.geteuid() == 0 else []), sys.executable, "-m", "sheets_sync"]

    def command(*words: str) -> tuple[int, str]:
        given = ["--workbook", str(home / "Services.xlsx"), "--state", str(home / "st" / "s.sqlite")]
        done = subprocess.run(
            [*program, *words, *given, "--today", "2026-04-21"], capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    assert command("sync", "--quiet") == (0, "")
    return command


@pytest.mark.parametrize(
    "words",
    [["runs"], ["outbox"], ["sync", "--dry-run"], ["sync"], ["check"], ["purge", "--yes"]],
    ids=" ".join,
)
def test_a_state_that_cannot_be_entered_is_not_taken_for_none(home: Path, run: Run, words: list[str]) -> None:
    (home / "st").chmod(0)
    code, said = run(*words)
    assert code == 1, said
    assert "The state file" in said
    assert "nothing is remembered yet" not in said


def test_mails_that_cannot_be_listed_are_not_taken_for_none(home: Path, run: Run) -> None:
    (home / "mails").chmod(0)
    code, said = run("purge", "--yes")
    (home / "mails").chmod(0o700)
    assert code == 1, said
    assert f"The folder {home / 'mails'} cannot be read" in said
    assert (home / "st" / "s.sqlite").exists()
    assert list((home / "mails").glob("*.eml"))


def test_check_says_that_nothing_can_be_remembered(home: Path, run: Run) -> None:
    assert run("check")[0] == 0
    (home / "st").chmod(0o500)
    code, said = run("check")
    assert code == 1, said
    assert "NOT  state: The state file" in said
    assert "whether you may write there" in said
    assert run("sync")[0] == 1


def test_check_says_that_no_first_state_can_be_made(home: Path, run: Run) -> None:
    (home / "st" / "s.sqlite").unlink()
    assert run("check")[0] == 0
    (home / "st").chmod(0o500)
    code, said = run("check")
    assert code == 1, said
    assert "NOT  state: The state file" in said


def test_check_leaves_the_state_as_it_was(home: Path, run: Run) -> None:
    before = (home / "st" / "s.sqlite").read_bytes()
    names = sorted(path.name for path in (home / "st").iterdir())
    assert run("check")[0] == 0
    assert (home / "st" / "s.sqlite").read_bytes() == before
    assert sorted(path.name for path in (home / "st").iterdir()) == names
