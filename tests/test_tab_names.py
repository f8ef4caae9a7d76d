"""A tab of our name that is not ours is said alike by a run, by a dry run and by `check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.checks import Needs, all_checks
from sheets_sync.config import Config
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import NotOurs, WrongUse
from sheets_sync.run import Asked, World, sync
from sheets_sync.tab_names import check_names, new_names
from tests.small_school import TODAY, Clock, MemoryWorkbook, small_school

NAMES = {"compliance": "Compliance", "problems": "Data Problems"}
THEIRS = Sheet("Compliance", [["Hello"]])
OURS = Sheet("Who is behind", [["Compliance"]], mark="compliance")


@pytest.mark.parametrize(
    ("sheets", "new"),
    [
        ((), NAMES),
        ((THEIRS,), NAMES),
        ((OURS,), {"problems": "Data Problems"}),
        ((OURS, THEIRS), {"problems": "Data Problems"}),
    ],
)
def test_a_tab_of_ours_is_known_by_its_mark(sheets: tuple[Sheet, ...], new: dict[str, str]) -> None:
    assert new_names(NAMES, Snapshot(sheets)) == new


@pytest.mark.parametrize("there", ["Compliance", "compliance", "COMPLIANCE"])
def test_a_name_that_is_taken(there: str) -> None:
    with pytest.raises(NotOurs, match='a tab "Compliance" that this program did not make') as raised:
        check_names(NAMES, ["Caseload", there])
    assert "[compliance] tab" in raised.value.remedy


def test_two_tabs_of_one_name() -> None:
    with pytest.raises(WrongUse, match="Two tabs would be called") as raised:
        check_names({"compliance": "Overview", "problems": "overview"}, [])
    assert "[compliance] problems_tab" in raised.value.remedy


@pytest.fixture
def world(tmp_path: Path) -> World:
    workbook = MemoryWorkbook(small_school() | {"Compliance": [["Hello"]]})
    return World(workbook, SQLiteStore(tmp_path / "state.sqlite"), None, Clock())


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_run_and_a_dry_run_stop_and_write_nothing(world: World, dry_run: bool) -> None:
    with pytest.raises(NotOurs):
        sync(world, Config(), Asked(TODAY, dry_run=dry_run, remember=False), lambda _: None)
    assert world.workbook.calls == {"read": 1, "write": 0}


def test_check_says_it_too(world: World) -> None:
    needs = Needs(world.store, None, lambda: world.workbook, lambda: "", lambda: "")
    found = {check.name: check for check in all_checks(needs, Config(), TODAY)}
    assert found["our tabs"].exit_code == 2
    assert "did not make" in found["our tabs"].said
