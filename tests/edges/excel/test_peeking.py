"""The small look at a workbook file: read when it changed, and only what is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.boxes import Boxes
from sheets_sync.edges.excel import peeking
from sheets_sync.edges.excel.peeking import FilePeeker
from sheets_sync.edges.excel.workbook import ExcelWorkbook
from sheets_sync.peeking import NOTHING_SEEN
from sheets_sync.ports import Peek
from tests.edges.excel.making import put
from tests.edges.excel.test_sibling import SIGNED
from tests.views.test_banner import plain


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "services.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Schedule"
    book.active.append(["Student", "Days"])
    book.active.append(["Ana R.", "Mon"])
    book.save(path)
    workbook = ExcelWorkbook(path)
    workbook.write([plain()], workbook.read())
    return path


def edit(path: Path, title: str, cell: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[title][cell] = value
    book.save(path)


def test_a_file_that_did_not_change_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    whole = peeking.read_file
    monkeypatch.setattr(peeking, "read_file", lambda path: (reads.append(path), whole(path))[1])
    peeker = FilePeeker(file)
    first = peeker.peek(["Schedule"])
    for _ in range(5):
        assert peeker.peek(["Schedule"]) == first
    assert len(reads) == 1
    edit(file, "Compliance", "G1", "☑")
    assert peeker.peek(["Schedule"]) == Peek(Boxes(sync_now=True), first.digest)
    assert len(reads) == 2


def test_saving_again_is_no_change(file: Path) -> None:
    peeker = FilePeeker(file)
    first = peeker.peek(["Schedule"])
    edit(file, "Schedule", "A1", "Student")
    assert peeker.peek(["Schedule"]) == first
    edit(file, "Schedule", "B2", "Tue")
    assert peeker.peek(["Schedule"]).digest not in ("", first.digest)


@pytest.mark.parametrize("lock", ["~$services.xlsx", ".~lock.services.xlsx#"])
def test_of_a_file_that_is_open_nothing_is_seen_until_it_is_closed(file: Path, lock: str) -> None:
    edit(file, "Compliance", "G1", "☑")
    peeker = FilePeeker(file)
    file.with_name(lock).touch()
    assert peeker.peek(["Schedule"]) == NOTHING_SEEN
    file.with_name(lock).unlink()
    assert peeker.peek().boxes == Boxes(sync_now=True)


def test_a_file_that_is_half_saved_missing_or_none_is_no_failure(file: Path) -> None:
    peeker = FilePeeker(file)
    before = peeker.peek(["Schedule"])
    whole = file.read_bytes()
    for half in (whole[: len(whole) // 2], b"", b"plain text"):
        file.write_bytes(half)
        assert peeker.peek(["Schedule"]) == NOTHING_SEEN
    file.unlink()
    assert peeker.peek(["Schedule"]) == NOTHING_SEEN
    file.write_bytes(whole)
    assert peeker.peek(["Schedule"]) == before


def test_a_box_in_the_sibling_file_is_seen(tmp_path: Path) -> None:
    file = put(tmp_path / "services.xlsx", SIGNED)
    workbook = ExcelWorkbook(file)
    workbook.write([plain()], workbook.read())
    peeker = FilePeeker(file)
    before = peeker.peek(["Caseload"])
    edit(workbook.sibling, "Compliance", "G1", "☑")
    assert before.digest
    assert peeker.peek(["Caseload"]) == Peek(Boxes(sync_now=True), before.digest)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells how much memory is used")
def test_a_look_loads_little(file: Path) -> None:
    """The daemon's own process stays under 60 MB with all that it does beside looking."""
    program = (
        "import os, sys; from sheets_sync import wiring; "
        "from sheets_sync.config import Config; from dataclasses import replace; "
        "peeker = wiring.open_peeker(replace(Config(), workbook=sys.argv[1])); peeker.peek(('Schedule',)); "
        "pages = int(open('/proc/self/statm').read().split()[1]); "
        "print(pages * os.sysconf('SC_PAGE_SIZE') // 1_000_000, 'pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True, env=os.environ
    )
    megabytes, pandas = done.stdout.split()
    assert (int(megabytes) < 45, pandas) == (True, "False")
