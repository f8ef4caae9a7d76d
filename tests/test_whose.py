"""A state is used for the workbook that it is of, and for no other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.edges.store.files import identity

SAMPLES = Path(__file__).parent / "data" / "samples"
OLD, NEW = SAMPLES / "sample-05.xlsx", SAMPLES / "sample-03.xlsx"
TODAY = "2026-04-21"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "b" / "yr.sqlite"


@pytest.fixture
def run(state: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(name: str, workbook: Path) -> tuple[int, str, str]:
        words = [name, "--workbook", str(workbook), "--state", str(state), "--today", TODAY]
        return run_command_line(words), *capsys.readouterr()

    return command


@pytest.fixture
def synced(tmp_path: Path, run: Run) -> Path:
    """A workbook that the state is of."""
    workbook = Path(shutil.copyfile(OLD, tmp_path / "Services 2025.xlsx"))
    assert run("sync", workbook)[0] == 0
    return workbook


def template(folder: Path) -> Path:
    workbook = folder / "n.xlsx"
    assert run_command_line(["template", str(workbook)]) == 0
    return workbook


def other_school(folder: Path) -> Path:
    return Path(shutil.copyfile(NEW, folder / "n.xlsx"))


def other_school_that_has_our_tab(folder: Path) -> Path:
    workbook = other_school(folder)
    words = ["sync", "--workbook", str(workbook), "--state", str(folder / "n.sqlite"), "--today", TODAY]
    assert run_command_line(words) in (0, 4)
    return workbook


def said(state: Path) -> str:
    return f"The state file {state} is of another workbook; nothing was written."


@pytest.mark.parametrize("fresh", [template, other_school, other_school_that_has_our_tab])
def test_the_state_of_another_workbook_is_refused_and_nothing_is_written(
    synced: Path, run: Run, state: Path, tmp_path: Path, fresh: Callable[[Path], Path]
) -> None:
    other = fresh(tmp_path)
    before, remembered = other.read_bytes(), SQLiteStore(state).load()
    code, _, err = run("sync", other)
    assert code == 1
    assert said(state) in err
    assert "What would do: give this workbook a state of its own" in err
    assert other.read_bytes() == before
    assert SQLiteStore(state).load() == remembered
    assert run("sync", synced)[0] == 0


def test_check_and_accept_say_it_too(synced: Path, run: Run, state: Path, tmp_path: Path) -> None:
    other = template(tmp_path)
    code, out, _ = run("check", other)
    assert code == 1
    assert f"NOT  state: the state file {state} is of another workbook" in out
    code, _, err = run("accept", other)
    assert (code, said(state) in err) == (1, True)
    assert SQLiteStore(state).load().guarded.accepted == ()


def test_a_workbook_that_was_renamed_moved_or_copied_is_the_same(synced: Path, run: Run, state: Path) -> None:
    renamed = synced.rename(synced.with_name("Services.xlsx"))
    assert run("check", renamed)[0] == 0
    assert run("sync", renamed)[0] == 0
    assert SQLiteStore(state).load().workbook == identity(str(renamed))
    copied = Path(shutil.copyfile(renamed, renamed.with_name("Copy of Services.xlsx")))
    assert run("sync", copied)[0] == 0


def test_the_same_workbook_is_known_without_our_tab(synced: Path, run: Run) -> None:
    book = openpyxl.load_workbook(synced)
    del book["Compliance"]
    book.save(synced)
    assert run("sync", synced)[0] == 0


def test_a_state_that_does_not_say_whose_it_is_takes_it_on(synced: Path, run: Run, state: Path) -> None:
    with sqlite3.connect(state) as connection:
        connection.execute("DELETE FROM fact WHERE name = 'workbook'")
    assert SQLiteStore(state).load().workbook == ""
    assert run("sync", synced)[0] == 0
    assert SQLiteStore(state).load().workbook == identity(str(synced))


def test_the_many_addresses_of_a_google_workbook_are_one() -> None:
    address = "https://docs.google.com/spreadsheets/d/1AbC_x-9"
    assert identity(address) == identity(f"{address}/edit?gid=7#gid=7") == "google:1AbC_x-9"


def sync_configured(folder: Path, text: str) -> int:
    (folder / "c.toml").write_text(text)
    return run_command_line(["sync", "--config", str(folder / "c.toml")])


@pytest.mark.parametrize("key", ["state", "workbook"])
def test_two_workbooks_of_one_state_however_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    one, two = {"workbook": "1.xlsx"}, {"workbook": "2.xlsx"}
    one[key], two[key] = "b/two.sqlite", "./b/../b/two.sqlite"
    written = ["\n".join(f'{name} = "{value}"' for name, value in entry.items()) for entry in (one, two)]
    for above in ("[[workbooks]]\n", ""):
        assert sync_configured(tmp_path, f"{above}{written[0]}\n[[workbooks]]\n{written[1]}\n") == 2
        number = 2 if above else 1
        assert f"[[workbooks]] {number}: {key} is that of an earlier one" in capsys.readouterr().err


def test_a_state_above_the_workbooks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync_configured(tmp_path, 'state = "all.sqlite"\n[[workbooks]]\nworkbook = "1.xlsx"\n') == 2
    assert "state is of no use above [[workbooks]]" in capsys.readouterr().err
