"""A machine whose clock a test turns: sleeping takes no time, and chance is what the test says."""

from __future__ import annotations

from sheets_sync.edges.google.machine import Machine


class Turned:
    """`slept` are the seconds of each sleep; `chance` is what is drawn, from 0 to 1."""

    def __init__(self, wall: float = 1_800_000_000.0, chance: float = 0.5) -> None:
        self.time = 0.0
        self.chance = chance
        self.slept: list[float] = []
        self._wall = wall

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.time += seconds

    def machine(self) -> Machine:
        return Machine(
            now=lambda: self.time,
            wall=lambda: self._wall + self.time,
            sleep=self.sleep,
            chance=lambda: self.chance,
        )
