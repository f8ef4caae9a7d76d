"""The line's key: tonight's line is last night's line (workbook.md, "The key")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.keys import LineIdentity, assign_keys

SEP = date(2025, 9, 2)
NOV = date(2025, 11, 3)


def line(
    student: str,
    service: str = "Speech therapy",
    group: str = "",
    start: date | None = SEP,
    number: str = "",
    detail: str = "",
) -> LineIdentity:
    return LineIdentity(student, number, service, group, start, detail)  # fmt: skip


ANA = line("Ana R.")
BEN = line("Ben T.")
OT = "Occupational therapy"

CASES = [
    # what happened overnight, last night's lines, tonight's lines, their keys ("" for a new one)
    ("nothing", [ANA, BEN], [ANA, BEN], "0 1"),
    ("rows sorted", [ANA, BEN], [BEN, ANA], "1 0"),
    ("a row added above", [ANA], [BEN, ANA], "- 0"),
    ("a row removed", [ANA, BEN], [BEN], "1"),
    ("renamed", [ANA, BEN], [line("Ana Ruiz"), BEN], "0 1"),
    ("renamed, same Student ID", [line("Ana R.", number="7")], [line("A. Ruiz", number="7")], "0"),
    ("service changed", [ANA], [line("Ana R.", OT)], "0"),
    ("group filled in", [ANA], [line("Ana R.", group="individual")], "0"),
    ("start changed", [ANA], [line("Ana R.", start=NOV)], "0"),
    ("two things changed", [ANA], [line("Ana R.", OT, start=NOV)], "-"),
    ("IEP changed: old row kept", [ANA], [ANA, line("Ana R.", start=NOV)], "0 -"),
    ("two renamed at once, alike", [ANA, BEN], [line("Ana Ruiz"), line("Ben Todd")], "- -"),
    ("one became two", [ANA], [line("Ana R.", group="group"), line("Ana R.", group="individual")], "- -"),
    ("two became one", [line("Ana R.", group="group"), line("Ana R.", group="individual")], [ANA], "-"),
    ("Student IDs filled in", [ANA, BEN], [line("Ana R.", number="7"), line("Ben T.", number="8")], "0 1"),
    ("an ID corrected", [line("Ana R.", number="O7")], [line("Ana R.", number="07")], "0"),
    ("one Ana left, another came", [line("Ana R.", number="7")], [line("Ana Ruiz", number="9")], "-"),
    ("two Anas changed rows", [line("Ana R.", number="7"), line("Ana R.", number="9")],
     [line("Ana R.", number="9"), line("Ana R.", number="7")], "1 0"),
    ("one of two Anas left", [line("Ana R.", number="7"), line("Ana R.", number="9")],
     [line("Ana R.", number="9")], "1"),
    ("Ana's row gone, Ben's new: two children", [ANA, line("Ana R.", OT), line("Ben T.", OT)],
     [line("Ana R.", OT), line("Ben T.", OT), BEN], "1 2 -"),
    ("a typing error in one row", [ANA, line("Ana R.", OT)], [line("Anna R."), line("Ana R.", OT)], "0 1"),
    ("twins", [ANA, ANA], [ANA, ANA], "0 1"),
    ("twins told apart by their provider", [line("Ana R.", detail="Kim"), line("Ana R.", detail="Lee")],
     [line("Ana R.", detail="Lee"), line("Ana R.", detail="Kim")], "1 0"),
    ("one of two twins removed", [line("Ana R.", detail="Kim"), line("Ana R.", detail="Lee")],
     [line("Ana R.", detail="Lee")], "1"),
    ("one of two twins given to another", [line("Ana R.", detail="Kim"), line("Ana R.", detail="Lee")],
     [line("Ana R.", detail="Kim"), line("Ana R.", detail="Mo")], "0 1"),
    ("which twin is left cannot be told", [line("Ana R.", detail="Kim"), line("Ana R.", detail="Lee")],
     [line("Ana R.", detail="Mo")], "-"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_line_keeps_its_key(before: list[LineIdentity], now: list[LineIdentity], expected: str) -> None:
    old = {str(i): f"key {i}" for i in range(len(before))}
    found = assign_keys(now, [(old[str(i)], one) for i, one in enumerate(before)])
    known = {key: number for number, key in old.items()}
    assert " ".join(known.get(key, "-") for key in found.keys) == expected
    assert found.gone == tuple(key for key in old.values() if key not in found.keys)


def test_new_keys_are_short_distinct_and_the_same_every_time() -> None:
    lines = [ANA, ANA, BEN, line("Ana R.", start=None)]
    first, second = assign_keys(lines, []), assign_keys(lines, [])
    assert first == second
    assert len(set(first.keys)) == 4
    assert all(re.fullmatch(r"[a-z]{8}", key) for key in first.keys)


def test_a_line_that_comes_back_gets_its_key_again() -> None:
    assert assign_keys([ANA, BEN], [("b", BEN)], removed=[("a", ANA)]).keys == ("a", "b")


def test_a_new_line_never_takes_the_key_of_one_that_was_removed() -> None:
    first = assign_keys([ANA], []).keys[0]
    moved = replace(ANA, start=NOV)
    assert assign_keys([moved], [(first, ANA)]).keys == (first,)
    assert assign_keys([ANA], [], removed=[(first, moved)]).keys != (first,)


def test_where_the_state_was_lost_the_key_itself_tells_the_line() -> None:
    """The tab shows no start date: two lines of one service differ in nothing else."""
    lines = [ANA, replace(ANA, start=NOV)]
    keys = assign_keys(lines, []).keys
    on_the_tab = [(key, LineIdentity("A.R.", "", "Speech therapy", "", None)) for key in keys]
    assert assign_keys(lines, on_the_tab).keys == keys


identities = st.builds(
    LineIdentity,
    student=st.sampled_from(["Ana R.", "Ben T.", "Cal V."]),
    student_id=st.sampled_from(["", "1", "2"]),
    service=st.sampled_from(["Speech therapy", OT]),
    group=st.sampled_from(["", "group"]),
    start=st.sampled_from([None, SEP, NOV]),
    detail=st.sampled_from(["", "Kim"]),
)


@given(st.lists(identities, max_size=8), st.lists(identities, max_size=8))
def test_keys_are_distinct_and_none_is_lost(before: list[LineIdentity], now: list[LineIdentity]) -> None:
    old = assign_keys(before, []).keys
    found = assign_keys(now, list(zip(old, before, strict=True)))
    assert len(set(found.keys)) == len(now)
    assert set(old) <= {*found.keys, *found.gone}


@given(st.lists(identities, max_size=8, unique=True), st.randoms())
def test_sorting_the_grid_changes_no_key(lines: list[LineIdentity], random: object) -> None:
    old = dict(zip(lines, assign_keys(lines, []).keys, strict=True))
    mixed = list(lines)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    found = assign_keys(mixed, [(key, one) for one, key in old.items()])
    assert found.keys == tuple(old[one] for one in mixed)
