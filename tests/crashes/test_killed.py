"""Promises 1, 2, 10: killed at any system call, no mail is lost and at most one comes once more, unchanged.

The next run arrives where an undisturbed one would. Wrong variants of the program fail the same sweep.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from time import perf_counter

import pytest

from tests.crashes.house import House, Point, Verdict

SHORT = 30
"""CI tries every so manieth call."""


def killed_at(house: House, points: Iterable[Point], wrong: str = "") -> Iterator[tuple[Point, Verdict]]:
    for point in points:
        status = house.kill_at(point, wrong)
        assert status in (-9, 0), house.stderr()
        yield point, house.judge(wrong)


def sweep(house: House, points: list[Point]) -> Counter[str]:
    """Kill at each of the points; return the sums of what came of it."""
    sums: Counter[str] = Counter()
    for point, verdict in killed_at(house, points):
        assert verdict.good, point
        sums.update(kills=1, lost=verdict.lost, more=verdict.more)
    return sums


@pytest.mark.strace
def test_killed_at_every_so_manieth_system_call(second_night: House) -> None:
    points = second_night.calls()
    assert {"connect", "sendto", "recvfrom", "pwrite64", "fdatasync", "rename"} <= {
        name for name, _ in points
    }
    sums = sweep(second_night, points[::SHORT])
    assert sums["kills"] > 8
    assert sums["lost"] == 0


@pytest.mark.strace
@pytest.mark.slow
@pytest.mark.parametrize("night", ["first_night", "second_night"])
def test_killed_at_every_system_call(night: str, request: pytest.FixtureRequest) -> None:
    house: House = request.getfixturevalue(night)
    sums = sweep(house, house.calls())
    print(f"\n{night}: killed at {sums['kills']} calls, {sums['lost']} lost, {sums['more']} once more")
    assert sums["more"] > 0, "the one case that cannot be excluded is among them"


@pytest.mark.strace
@pytest.mark.parametrize("wrong", ["mark then send", "mark at the end", "decide without storing"])
def test_a_wrong_variant_fails_the_same_sweep(second_night: House, wrong: str) -> None:
    """Of the calls at which the right program is killed, some of those that speak with the mail server."""
    spoken = [point for point in second_night.calls() if point[0] in ("connect", "sendto", "recvfrom")]
    verdicts = killed_at(second_night, [spoken[0], *spoken[-1:8:-6]], wrong)
    assert not all(verdict.good for _, verdict in verdicts)


def kill_at_random(house: House, times: int, seed: int) -> Counter[str]:
    """Kill a run at a random moment after it began to write, so many times."""
    dice, sums = random.Random(seed), Counter[str]()
    house.fresh()
    begun = perf_counter()
    assert house.run_and_kill(60) == 0
    longest = perf_counter() - begun
    while sums["kills"] < times:
        house.fresh()
        killed = house.run_and_kill(dice.random() * longest) == -9
        verdict = house.judge()
        assert verdict.good
        sums.update(kills=killed, lost=verdict.lost, more=verdict.more)
    return sums


def test_killed_at_random_moments(second_night: House) -> None:
    assert kill_at_random(second_night, times=6, seed=4)["lost"] == 0


@pytest.mark.slow
def test_killed_a_thousand_times(second_night: House) -> None:
    sums = kill_at_random(second_night, times=1000, seed=5)
    assert (sums["kills"], sums["lost"]) == (1000, 0)
    print(f"\nkilled {sums['kills']} times at random: {sums['lost']} lost, {sums['more']} once more")
