"""A crash at any moment leaves the old file or the new one, whole; a file in use is not overwritten."""

from __future__ import annotations

import os
import random
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.edges.excel.replace import replace_file
from sheets_sync.problems import RunFailed
from tests.edges.excel.making import compliance, data_problems, parts_of, put, rich_parts

ROOT = Path(__file__).parents[3]
RUN = """
import sys
from pathlib import Path
from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.problems import SheetsSyncError
from tests.edges.excel.making import compliance, data_problems
book = ExcelWorkbook(Path(sys.argv[1]))
snapshot = book.read()
print("go", flush=True)
try:
    book.write([compliance(), data_problems()], snapshot)
except SheetsSyncError as error:
    print(error.what, error.remedy)
    sys.exit(error.exit_code)
"""

THAT_CHANGE_THE_DISK = ("open", "write", "flock", "fsetxattr", "fchown", "fchmod", "fsync", "rename")
"""System calls between which the disk may differ; all others only look."""


def command(path: Path) -> list[str]:
    return [sys.executable, "-B", "-c", RUN, str(path)]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return put(folder / "Grade 4.xlsm", rich_parts())


def new_bytes(workbook: Path) -> bytes:
    """What the file holds once the run is through."""
    copy = workbook.parent.parent / workbook.name
    copy.write_bytes(workbook.read_bytes())
    book = ExcelWorkbook(copy)
    book.write([compliance(), data_problems()], book.read())
    return copy.read_bytes()


def test_killed_at_random_moments(workbook: Path) -> None:
    old, new = workbook.read_bytes(), new_bytes(workbook)
    dice = random.Random(9)
    for _ in range(12):
        workbook.write_bytes(old)
        process = subprocess.Popen(command(workbook), stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout
        process.stdout.readline()
        time.sleep(dice.random() * 0.02)
        process.kill()
        process.wait()
        process.stdout.close()
        assert workbook.read_bytes() in (old, new)
    book = ExcelWorkbook(workbook)
    book.write([compliance(), data_problems()], book.read())
    assert left_in(workbook.parent) == [workbook.name], "the next run removes what a crash left"


def calls_of_the_write(workbook: Path, log: Path) -> list[tuple[str, int]]:
    """Every call from the temporary file on that changes the disk: its name, and which of that name it is."""
    subprocess.run(["strace", "-o", log, *command(workbook)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    counted: dict[str, int] = {}
    calls: list[tuple[str, int]] = []
    begun = False
    for line in log.read_text().splitlines():
        found = re.match(r"(\w+)\(", line)
        if not found:
            continue
        name = found[1]
        counted[name] = counted.get(name, 0) + 1
        begun = begun or ".sheets-sync-" in line
        ended = "rename" in name and ".sheets-sync-" in line
        if begun and name.startswith(THAT_CHANGE_THE_DISK):
            calls.append((name, counted[name]))
        if ended and begun:
            break
    return calls


@pytest.mark.strace
def test_killed_at_every_system_call_of_the_write(workbook: Path, tmp_path: Path) -> None:
    old, new = workbook.read_bytes(), new_bytes(workbook)
    calls = calls_of_the_write(workbook, tmp_path / "log")
    assert {"openat", "write", "fsync"} < {name for name, _ in calls}
    for name, number in calls:
        workbook.write_bytes(old)
        inject = f"inject={name}:signal=KILL:when={number}"
        done = subprocess.run(
            ["strace", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject, *command(workbook)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), (name, number)
        assert workbook.read_bytes() in (old, new), (name, number)
        book = ExcelWorkbook(workbook)
        book.write([compliance(), data_problems()], book.read())
        assert workbook.read_bytes() == new
        assert left_in(workbook.parent) == [workbook.name], (name, number)


@pytest.mark.strace
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("write", "ENOSPC", "The disk is full"),
        ("fsync", "EIO", "could not be written"),
        ("fsync", "ENOSPC", "The disk is full"),
        ("rename", "EACCES", "may not be written"),
        ("rename", "EROFS", "may not be written"),
    ],
)
def test_a_disk_that_fails(workbook: Path, tmp_path: Path, call: str, error: str, words: str) -> None:
    old = workbook.read_bytes()
    calls = calls_of_the_write(workbook, tmp_path / "log")
    name, number = next((name, number) for name, number in calls if name.startswith(call))
    workbook.write_bytes(old)
    inject = f"inject={name}:error={error}:when={number}"
    done = subprocess.run(
        ["strace", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject, *command(workbook)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 1
    assert words in done.stdout
    assert workbook.read_bytes() == old
    assert left_in(workbook.parent) == [workbook.name]


@pytest.mark.parametrize(
    ("lock", "program"), [("~$Grade 4.xlsm", "Excel"), (".~lock.Grade 4.xlsm#", "LibreOffice")]
)
def test_a_file_that_is_open_elsewhere(workbook: Path, lock: str, program: str) -> None:
    old = workbook.read_bytes()
    (workbook.parent / lock).write_text(",M. Park,laptop,")
    book = ExcelWorkbook(workbook)
    snapshot = book.read()
    with pytest.raises(RunFailed, match=f"is open in {program}") as caught:
        book.write([compliance()], snapshot)
    assert caught.value.exit_code == 1
    assert lock in caught.value.remedy
    assert "Park" not in caught.value.what + caught.value.remedy
    assert workbook.read_bytes() == old
    (workbook.parent / lock).unlink()
    assert book.write([compliance()], snapshot) > 0


def test_opened_while_the_new_file_was_being_written(workbook: Path) -> None:
    old = workbook.read_bytes()

    def last_look() -> None:
        raise RunFailed("open meanwhile")

    with pytest.raises(RunFailed, match="open meanwhile"):
        replace_file(workbook, b"new", like=workbook, last_look=last_look)
    assert workbook.read_bytes() == old
    assert left_in(workbook.parent) == [workbook.name]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o644])
def test_the_permissions_stay(workbook: Path, mode: int) -> None:
    workbook.chmod(mode)
    book = ExcelWorkbook(workbook)
    book.write([compliance()], book.read())
    assert stat.S_IMODE(workbook.stat().st_mode) == mode


def test_nobody_else_may_read_it_while_it_is_written(workbook: Path) -> None:
    seen = []

    def last_look() -> None:
        seen.append(stat.S_IMODE(os.stat(next(workbook.parent.glob(".sheets-sync-*"))).st_mode))

    workbook.chmod(0o600)
    previous = os.umask(0)
    try:
        replace_file(workbook, b"new", like=workbook, last_look=last_look)
    finally:
        os.umask(previous)
    assert seen == [0o600]


def test_a_link_stays_a_link(workbook: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsm"
    link.symlink_to(workbook)
    book = ExcelWorkbook(link)
    book.write([compliance()], book.read())
    assert link.is_symlink()
    assert "xl/worksheets/sheet3.xml" in parts_of(workbook)


def test_a_write_protected_file_stays(workbook: Path) -> None:
    workbook.chmod(0o444)
    book = ExcelWorkbook(workbook)
    with pytest.raises(RunFailed, match="write-protected"):
        book.write([compliance()], book.read())


def test_a_leftover_of_a_run_that_still_writes_is_left_to_it(workbook: Path) -> None:
    def last_look() -> None:
        book = ExcelWorkbook(workbook)
        book.write([compliance()], book.read())

    replace_file(workbook, workbook.read_bytes(), like=workbook, last_look=last_look)
    assert left_in(workbook.parent) == [workbook.name]
