"""Every required minute stands in exactly one account, whatever the sheets contain (counting.md).

The schools are tangled on purpose: more entries on a day than sessions, twins, spans, three make-ups of one
session. What must hold is not a figure but that nothing is counted twice and nothing disappears.
"""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.ledger import ACCOUNTS, Ledger, count
from tests.ledger.random_school import random_school


def ledger_of(seed: int) -> Ledger:
    school = random_school(seed, tangled=True)
    return count(school.tables(), school.rules, school.today)


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.integers(0, 10**9))
def test_required_is_the_sum_of_the_accounts(seed: int) -> None:
    ledger = ledger_of(seed)
    assert (ledger.periods[list(ACCOUNTS)].sum(axis=1) == ledger.periods["required"]).all()
    lines = ledger.lines[ledger.lines["required"].notna()]
    assert (lines[list(ACCOUNTS)].sum(axis=1) == lines["required"]).all()


@quick
@given(st.integers(0, 10**9))
def test_no_account_is_negative(seed: int) -> None:
    ledger = ledger_of(seed)
    figures = [*ACCOUNTS, "required", "extra", "not_asked"]
    assert (ledger.periods[figures] >= 0).all(axis=None)


@quick
@given(st.integers(0, 10**9))
def test_behind_is_owed_and_not_scheduled_of_ended_periods(seed: int) -> None:
    ledger = ledger_of(seed)
    periods = ledger.periods
    debt = periods["owed"] + periods["not_scheduled"].where(periods["ended"], 0)
    by_line = debt.groupby(periods["line"]).sum().reindex(ledger.lines.index, fill_value=0)
    counted = ledger.lines["behind"].notna()
    assert (by_line[counted] == ledger.lines["behind"][counted]).all()


@quick
@given(st.integers(0, 10**9))
def test_a_line_is_the_sum_of_its_periods(seed: int) -> None:
    ledger = ledger_of(seed)
    names = ["required", *ACCOUNTS]
    sums = ledger.periods.groupby("line")[names].sum().reindex(ledger.lines.index, fill_value=0)
    counted = ledger.lines["required"].notna()
    pd.testing.assert_frame_equal(
        sums[counted].astype("int64"), ledger.lines.loc[counted, names].astype("int64"), check_names=False
    )


@quick
@given(st.integers(0, 10**9))
def test_sessions_add_up_to_the_accounts(seed: int) -> None:
    """`explain`: its sums are those of the tab; not scheduled has no sessions, arranged minutes have none."""
    ledger = ledger_of(seed)
    sessions = ledger.sessions[ledger.sessions["period"] >= 0]
    for account in ("delivered", "made_up", "owed", "excused"):
        own = sessions[sessions["account"] == account]
        sums = own.groupby("period")["minutes"].sum().reindex(ledger.periods.index, fill_value=0)
        assert (sums == ledger.periods[account]).all(), account


@quick
@given(st.integers(0, 10**9))
def test_counting_again_gives_the_same(seed: int) -> None:
    one, two = ledger_of(seed), ledger_of(seed)
    pd.testing.assert_frame_equal(one.lines, two.lines)
    pd.testing.assert_frame_equal(one.periods, two.periods)
