"""The product against the reference (tests/reference), line by line and period by period."""

from __future__ import annotations

import pytest

from tests.ledger.compare import describe, differences, shrink
from tests.ledger.random_school import random_school

SEEDS_A_TEST = 50


def check(seeds: range) -> None:
    """Fail with the smallest school that still differs."""
    for seed in seeds:
        school = random_school(seed)
        if differences(school):
            smallest = shrink(school, lambda attempt: bool(differences(attempt)))
            pytest.fail("\n".join([describe(smallest), *differences(smallest)]))


@pytest.mark.parametrize("start", range(0, 300, SEEDS_A_TEST))
def test_random_schools(start: int) -> None:
    check(range(start, start + SEEDS_A_TEST))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(300, 600, SEEDS_A_TEST))
def test_as_many_again(start: int) -> None:
    check(range(start, start + SEEDS_A_TEST))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10_000, 16_000, 1000))
def test_thousands_of_random_schools(start: int) -> None:
    """What is left are meetings of rules that counting.md does not decide: three entries of two sessions,
    make-ups for a date with several sessions. They stay below one school in fifty."""
    differing = [seed for seed in range(start, start + 1000) if differences(random_school(seed))]
    assert len(differing) < 20, differing
