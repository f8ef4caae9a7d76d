"""What is said, and mailed, of a source that is away, was renamed or left the configuration; pure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sheets_sync.checks import Check, sources_in_words
from sheets_sync.config_checks import Wrong
from sheets_sync.config_sources import sources
from sheets_sync.findings.data_problems import data_problems
from sheets_sync.findings.guards.sheets import pairs
from sheets_sync.findings.guards.shrunk import emptied
from sheets_sync.frozen import Frozen
from sheets_sync.guarded import Baseline, SeenColumn, SeenTab
from sheets_sync.intake.seen import MARK, sheet_source
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import Problem, Severity, SheetsSyncError
from sheets_sync.tables import SheetRead
from sheets_sync.views.frozen_words import held_in_part, in_words
from sheets_sync.views.tab_summary import to_do_in_one_line
from sheets_sync.with_sources import Source
from tests.ledgers import TODAY, ledger, line


def log(source: str, *cells: int) -> SeenTab:
    """A log of one column: rows with equal numbers are alike."""
    marks = np.array(cells, dtype=MARK).tobytes()
    return SeenTab("Service Log", len(cells), (SeenColumn("Date", marks),), source=source)


def fingerprint(why: str) -> str:
    """Return by what a case manager's alert of a log that is away is known again."""
    away = SheetRead("OT log: Log", source="ot", absent=why)
    found = ledger([])
    found = replace(found, tables=replace(found.tables, sheets={"Service Log": (away,)}))
    problem = Problem(Severity.ERROR, away.name, "", "", f"This could not be read. {why}", "")
    (finding,) = data_problems(found, [problem])
    assert why in finding.text
    return finding.fingerprint


def test_a_source_is_one_alert_until_it_is_back_whatever_the_reason() -> None:
    reasons = ("There is no file OT.xlsx.", "It has 12 entries.", "It has 13 entries.")
    assert len(set(map(fingerprint, reasons))) == 1


@pytest.mark.parametrize(
    ("tonight", "renamed"),
    [
        (log("new", 5, 6, 7), True),  # all of its rows
        (log("new", 5, 6, 9, 10), True),  # most of them
        (log("new", 5, 8, 9), False),
        (log("new"), False),
    ],
)
def test_a_sheet_with_most_of_the_rows_of_one_that_is_gone_is_that_one_renamed(
    tonight: SeenTab, renamed: bool
) -> None:
    own, other, before = log("own", 1, 2), log("other", 3, 4), log("old", 5, 6, 7)
    found = list(pairs([own, other, tonight], [own, other, before]))
    assert ((tonight, before) in found) is renamed
    assert found[:2] == [(own, own), (other, other)]
    assert renamed or found[2:] == [(tonight, None), (None, before)]


def test_of_two_renamed_sheets_each_is_found() -> None:
    before = [log("a", 1, 2), log("b", 3, 4, 5)]
    tonight = [log("c", 3, 4, 5), log("d", 1, 2)]
    assert set(map(_sources, pairs(tonight, before))) == {("c", "b"), ("d", "a")}


def _sources(pair: tuple[SeenTab | None, SeenTab | None]) -> tuple[str, str]:
    now, was = pair
    assert now is not None
    assert was is not None
    return now.source, was.source


def test_a_sheet_that_went_may_have_left_the_configuration() -> None:
    own = log("own", 1, 2)
    seen = ledger([])
    seen = replace(seen, tables=replace(seen.tables, seen=(own,)))
    (doubt,) = emptied(seen, Baseline(TODAY, "", (own, log("ot", 5, 6, 7))))
    assert doubt.seen.startswith(
        "A sheet that was part of the Service Log, with 3 rows, is not there any more"
    )
    assert "no longer named in the configuration" in doubt.seen
    assert "[[sources]]" in doubt.remedy


def test_a_bell_schedule_of_a_source_is_refused_not_ignored() -> None:
    entry = {"workbook": "Bells.xlsx", "tabs": {"Bell Schedule": "Sheet"}}
    with pytest.raises(Wrong, match="read in the workbook itself alone"):
        sources([entry])


def test_a_folder_of_the_machine_is_not_told_to_people() -> None:
    source = Source("OT log", {}, lambda: pytest.fail("opened"), file=Path("/srv/district/OT.xlsx"))
    error = SheetsSyncError("There is no file /srv/district/OT.xlsx.", "Check the spelling.")
    assert source.why_not(error) == "There is no file OT.xlsx. Check the spelling."


def frozen(*rows: str) -> Frozen:
    away = SheetRead("OT log: Log", outside='the Service Log of "OT log"', source="ot", absent="It is gone.")
    return Frozen({}, dict.fromkeys(rows, ()), {}, (away,), TODAY, {}, {}, holding=(away,))


@pytest.mark.parametrize(
    ("rows", "banner", "said"),
    [
        ((), "No line with figures needs it.", "no line with figures needs it"),
        (("a",), "1 line that needs it: as of Nov 21.", "1 line stays as of Nov 21"),
        (("a", "b"), "2 lines that need it: as of Nov 21.", "2 lines stay as of Nov 21"),
    ],
)
def test_how_many_lines_are_held(rows: tuple[str, ...], banner: str, said: str) -> None:
    assert held_in_part(frozen(*rows), ()).endswith(f"It is gone. {banner}")
    assert in_words(frozen(*rows)) == (f'the Service Log of "OT log" could not be read; {said}',)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line(), line(held=True)], "Nothing to do on the lines that were updated; 1 line not updated"),
        (
            [line(), line(status="MAKE-UP OWED", behind=30, held=True)],
            "1 to make up; 30 min behind in all; 1 line not updated",
        ),
        ([line()], "Nothing to do: every line is on track"),
    ],
)
def test_the_first_row_says_that_lines_are_not_updated(lines: list[dict[str, object]], said: str) -> None:
    assert to_do_in_one_line(ledger(lines)) == said


@pytest.mark.parametrize(
    ("tabs", "read", "waits"),
    [
        (["Staff"], ["Staff"], "mails to addresses that stand there alone wait"),
        (["Schedule"], ["Schedule"], "the lines that need it are held"),
        (["Schedule"], None, "the lines that need it are held"),
        (
            ["Schedule", "Staff"],
            ["Schedule", "Staff"],
            "the lines that need it are held and mails to addresses that stand there",
        ),
        (["Schedule"], [], "no run goes through"),
        (["Schedule", "Staff"], ["Staff"], "no run goes through"),
    ],
)
def test_check_says_what_waits(tabs: list[str], read: list[str] | None, waits: str) -> None:
    """`read` are those that the last trusted run read, None where that is not known."""
    sheets = tuple(Sheet(f"Other: {tab}", (), as_tab=tab, absent="It is gone.") for tab in tabs)
    known = None if read is None else [sheet_source(f"Other: {tab}") for tab in read]
    check: Check = sources_in_words(Snapshot(sheets), known)
    assert check.remedy.startswith(f"see that it is there and shared; until then {waits}")
