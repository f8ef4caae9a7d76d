"""What stays all day stays small, and what decides knows no clock."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.test_imports import CLOCK, MODULES, WORLD, imports

PURE = ("answering", "due", "school_time", "waits", "words")

PROGRAM = """
import sys
from pathlib import Path
import sheets_sync.cli.daemon
import sheets_sync.daemon.loop, sheets_sync.daemon.memory, sheets_sync.daemon.ticker, sheets_sync.daemon.child
from sheets_sync.config import Config, GoogleConfig
from sheets_sync.wiring import open_peeker, open_store
open_store(Config(workbook="a.xlsx")).runs()
open_peeker(Config(workbook="a.xlsx")).peek(("Schedule",))
import sheets_sync.edges.google.client
print([name for name in ("pandas", "numpy", "rich", "openpyxl", "jinja2") if name in sys.modules])
"""


def test_the_daemon_loads_no_pandas() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", PURE)
def test_what_decides_knows_no_clock_and_no_process(name: str) -> None:
    path = MODULES[f"sheets_sync.daemon.{name}"]
    assert not set(imports(path)) & (WORLD | {"time", "os", "schedule"})
    text = path.read_text(encoding="utf-8")
    assert not [call for call in CLOCK if ".".join(call) + "(" in text]
