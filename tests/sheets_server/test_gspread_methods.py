"""Every public method of gspread's client, spreadsheet and worksheet is called by a test over real HTTP."""

from __future__ import annotations

import ast
from pathlib import Path

import gspread
import pytest

HERE = Path(__file__).parent
FILES = [*HERE.glob("test_gspread_*.py"), *HERE.glob("test_drive*.py")]


def called() -> set[str]:
    """Return every name that a test of these files reads from an object."""
    trees = [ast.parse(path.read_text("utf-8")) for path in FILES]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("kind", [gspread.Client, gspread.Spreadsheet, gspread.Worksheet])
def test_every_public_method_is_called(kind: type) -> None:
    public = {name for name in vars(kind) if not name.startswith("_")}
    assert public - called() == set()
