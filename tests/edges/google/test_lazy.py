"""A workbook file must not pay for Google: nothing of it is loaded until a Google workbook is opened."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

HEAVY = ("gspread", "google.auth", "requests", "urllib3")


def loaded_by(statement: str) -> list[str]:
    ask = f"{statement}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    return list(ast.literal_eval(done.stdout))


@pytest.mark.parametrize(
    "module",
    [
        "sheets_sync.cli.main",
        "sheets_sync.wiring",
        "sheets_sync.edges.google.address",
        "sheets_sync.edges.google.failures",
        "sheets_sync.edges.google.workbook",
    ],
)
def test_nothing_of_google_is_loaded(module: str) -> None:
    assert loaded_by(f"import {module}") == []


def test_the_client_loads_it() -> None:
    assert loaded_by("import sheets_sync.edges.google.client") == list(HEAVY)
