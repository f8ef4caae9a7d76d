"""`check --preview`: what stands on which stream, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from tests.intake.small_workbook import SMALL, cells

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def preview(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `check --preview` on the small workbook without some tabs: (exit code, output, errors)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words: str, without: str = "") -> tuple[int, str, str]:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, table in SMALL.items():
            if name != without:
                sheet = book.create_sheet(name)
                for row in cells(table):
                    sheet.append(row)
        book.save("a.xlsx")
        options = ("--workbook", "a.xlsx", "--today", "2025-10-20", "--state", str(tmp_path / "state"))
        code = run_command_line(["check", "--preview", *words, *options])
        return code, *capsys.readouterr()

    return command


def test_a_tab_is_shown_cell_by_cell(preview: Run) -> None:
    code, out, err = preview("schedule")
    assert (code, err) == (0, "")
    lines = [line.split("  ") for line in out.splitlines()]
    assert out.startswith("Schedule: a list, 1 row\n")
    assert "Service Log" not in out
    assert ["D2", "Days", "Mon, Wed"] in [[part.strip() for part in line if part][:3] for line in lines]


def test_what_cannot_be_counted_is_shown_all_the_same_and_ends_as_a_run_would(preview: Run) -> None:
    code, out, err = preview("--rows", "1", without="Service Log")
    assert (code, "Schedule: a list" in out) == (3, True)
    assert err.startswith('There is no tab "Service Log".')


def test_machines_get_the_cells_alone(preview: Run) -> None:
    code, out, err = preview("Service Grid", "--json")
    (tab,) = json.loads(out)["previews"][0]["tabs"]
    assert (code, err, tab["layout"], tab["rows"]) == (0, "", "a list", 1)
    assert {"cell": "C2", "column": "Frequency", "stands": "2 x 30 min / week"}.items() <= tab["cells"][
        2
    ].items()


def test_a_tab_that_is_not_there_is_wrong_use_and_not_repeated(preview: Run) -> None:
    code, out, err = preview("Quillfeather")
    assert (code, out) == (2, "")
    assert err.startswith("There is no tab of this name.")
    assert "Quill" not in err
