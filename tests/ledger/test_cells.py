"""One date with several sessions or entries: what goes in, what counts (counting.md, "Log")."""

from __future__ import annotations

import pytest

from sheets_sync.ledger.cells import Cell, CellEntry, CellResult, CellSession, match_cell
from sheets_sync.ledger.entries import Outcome
from sheets_sync.tables import Category

NONE, INDIVIDUAL, GROUP = -1, 0, 1
NINE, TEN, ONE = 9 * 60, 10 * 60, 13 * 60
WORDS = {
    "delivered": (Outcome.DELIVERED, Category.DELIVERED),
    "late": (Outcome.LATE, Category.LATE),
    "absent": (Outcome.EXCUSED, Category.STUDENT_ABSENT),
    "provider absent": (Outcome.OWED, Category.PROVIDER_ABSENT),
    "team decision": (Outcome.TEAM_DECISION, Category.TEAM_DECISION),
    "unreadable": (Outcome.UNKNOWN, Category.UNKNOWN),
}


def cell(
    sessions: list[tuple[int, int]],
    entries: list[tuple[str, int, int, int]],
    active: tuple[int, ...] = (NONE,),
) -> CellResult:
    """`sessions`: (start, group), 30 min each; `entries`: (word, start, minutes, group), -1 for blank."""
    made = Cell(
        [CellSession(i, start, 30, group, group) for i, (start, group) in enumerate(sessions)],
        [
            CellEntry(i, start, minutes, group, WORDS[word][0], WORDS[word][1])
            for i, (word, start, minutes, group) in enumerate(entries)
        ],
    )
    return match_cell(made, dict.fromkeys(active, 30))


def given(result: CellResult) -> dict[int, int]:
    return {session: kept.entry for session, kept, _ in sorted(result.sessions)}


@pytest.mark.parametrize(
    ("sessions", "entries", "expected"),
    [
        # an equal start time comes first, whatever the order of the rows
        (
            [(NINE, NONE), (TEN, NONE)],
            [("absent", TEN, -1, NONE), ("delivered", NINE, -1, NONE)],
            {0: 1, 1: 0},
        ),
        # then an equal group
        (
            [(NINE, INDIVIDUAL), (TEN, GROUP)],
            [("absent", -1, -1, GROUP), ("delivered", -1, -1, INDIVIDUAL)],
            {0: 1, 1: 0},
        ),
        # then those without a time, before those at another time
        ([(NINE, NONE)], [("delivered", ONE, -1, NONE), ("absent", -1, -1, NONE)], {0: 1}),
        # then in order of time and of rows
        ([(NINE, NONE), (TEN, NONE)], [("absent", -1, -1, NONE), ("delivered", -1, -1, NONE)], {0: 0, 1: 1}),
    ],
)
def test_which_entry_tells_of_which_session(
    sessions: list[tuple[int, int]], entries: list[tuple[str, int, int, int]], expected: dict[int, int]
) -> None:
    assert given(cell(sessions, entries)) == expected


def test_an_entry_of_a_group_is_not_given_to_another_group_while_its_own_line_is_active() -> None:
    entries = [("delivered", -1, 30, INDIVIDUAL)]
    assert given(cell([(NINE, GROUP)], entries, active=(GROUP,))) == {0: 0}
    result = cell([(NINE, GROUP)], entries, active=(GROUP, INDIVIDUAL))
    assert given(result) == {}
    assert [kept.entry for kept in result.off_schedule] == [0]


@pytest.mark.parametrize(
    ("first", "second", "counts", "same"),
    [
        ("delivered", "delivered", Outcome.DELIVERED, True),
        ("delivered", "provider absent", Outcome.OWED, False),  # worked example 13
        ("provider absent", "delivered", Outcome.OWED, False),
        ("delivered", "absent", Outcome.EXCUSED, False),
        ("late", "delivered", Outcome.LATE, False),
        ("unreadable", "delivered", Outcome.DELIVERED, False),
    ],
)
def test_of_two_entries_of_one_session_the_less_favourable_to_the_school_counts(
    first: str, second: str, counts: int, same: bool
) -> None:
    result = cell([(NINE, NONE)], [(first, -1, 30, NONE), (second, -1, 30, NONE)])
    assert result.sessions[0][1].outcome == counts
    assert [double[2] for double in result.doubles] == [same]


def test_of_two_delivered_the_fewer_minutes_count() -> None:
    result = cell([(NINE, NONE)], [("delivered", -1, 30, NONE), ("delivered", -1, 20, NONE)])
    assert result.sessions[0][1].minutes == 20
    assert [double[2] for double in result.doubles] == [False]


def test_two_entries_at_times_apart_are_two_sessions() -> None:
    """9:00 provider absent and 13:00 delivered: the second is off schedule and counts (worked example 13)."""
    result = cell([(NINE, NONE)], [("provider absent", NINE, -1, NONE), ("delivered", ONE, 30, NONE)])
    assert given(result) == {0: 0}
    assert [kept.entry for kept in result.off_schedule] == [1]
    assert result.doubles == []


@pytest.mark.parametrize(
    ("other", "outcome"),
    [("provider absent", Outcome.EXCUSED), ("absent", Outcome.EXCUSED), ("delivered", Outcome.DELIVERED)],
)
def test_a_team_decision_stands_above_every_entry_but_a_delivered_one(other: str, outcome: int) -> None:
    result = cell([(NINE, NONE)], [(other, -1, -1, NONE), ("team decision", -1, -1, NONE)])
    assert [kept.outcome for _, kept, _ in result.sessions] == [outcome]
    assert (result.doubles, result.pooled) == ([], [])


def test_a_team_decision_on_a_date_without_a_session_goes_to_the_pool() -> None:
    assert cell([], [("team decision", -1, 30, NONE)]).pooled == [0]


def test_a_missed_entry_where_nothing_is_scheduled_counts_nowhere() -> None:
    result = cell([], [("provider absent", -1, -1, NONE), ("team decision", -1, 30, NONE)])
    assert result.missed_nothing == [0]
