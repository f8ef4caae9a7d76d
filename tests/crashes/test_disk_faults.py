"""Promise 11: a disk that is full or fails at any write of the state: rolled back, nothing mailed, exit 1.

What was acknowledged stays: a mail that the state does not know is never sent, and the next run, on a disk
that works, ends as an undisturbed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.crashes.house import House, Point

SHORT = 113
"""CI tries every so manieth fault; no multiple of four, so that each kind has its turn."""

THAT_WRITE = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename")
Fault = tuple[Point, str, bool]


def faults_of(house: House) -> list[Fault]:
    """Every call that writes the state, failing alone, and with all of its name that follow it."""
    points = [point for point in house.calls(*house.state_alone()) if point[0] in THAT_WRITE]
    return [(point, error, on) for point in points for error in ("ENOSPC", "EIO") for on in (False, True)]


def sweep(house: House, faults: Iterable[Fault]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for point, error, on in faults:
        code = house.fail_at(point, error, on=on)
        said, sent = house.stderr(), set(house.server.copies())
        where = (point, error, on, code, said)
        assert code in (0, 1), where
        assert (code == 0) == (said == ""), where
        if code == 1:
            assert said.startswith("The state file "), where
            assert "\nWhat would do: " in said, where
        assert "Traceback" not in said, where
        assert sent <= house.stored(), ("mailed after a failed commit", where)
        verdict = house.judge()
        assert verdict.good, where
        sums.update({f"ended with {code}": 1, "faults": 1, "lost": verdict.lost, "more": verdict.more})
    return sums


@pytest.mark.strace
def test_the_disk_fails_at_every_so_manieth_write_of_the_state(second_night: House) -> None:
    faults = faults_of(second_night)
    assert {"pwrite64", "fdatasync", "unlink"} <= {point[0] for point, _, _ in faults}
    sums = sweep(second_night, faults[::SHORT])
    assert sums["ended with 1"] > 2


@pytest.mark.strace
@pytest.mark.slow
@pytest.mark.parametrize("night", ["first_night", "second_night"])
def test_the_disk_fails_at_every_write_of_the_state(night: str, request: pytest.FixtureRequest) -> None:
    sums = sweep(house := request.getfixturevalue(night), faults_of(house))
    assert (sums["lost"], sums["faults"]) == (0, len(faults_of(house)))
    print(f"\n{night}: {dict(sums)}")
