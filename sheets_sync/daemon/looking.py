"""The small look at each workbook every few minutes: one after another, under Google's quota, no storm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheets_sync.daemon.charge import Charge
from sheets_sync.daemon.waits import look_again_after
from sheets_sync.log import Log
from sheets_sync.ports import Peek
from sheets_sync.problems import SheetsSyncError

AT_ONCE = 2
"""Looks in one turn of five seconds: 24 a minute, of the 60 that Google allows, whatever the number of
workbooks. From the 73rd workbook on each is looked at less often than every three minutes."""


@dataclass(frozen=True, slots=True)
class _Known:
    """When a workbook is looked at next, how often in a row that failed, and with what words."""

    at: float
    failures: int = 0
    told: str = ""


class Looking:
    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[str, _Known] = {}

    def look(self, charges: Sequence[Charge], seconds: float) -> None:
        """Look at those that have waited longest, if their time has come."""
        here = {charge.place.config.workbook: charge for charge in charges}
        self._known = {name: self._known.get(name, _Known(seconds)) for name in here}
        waiting = sorted((known.at, name) for name, known in self._known.items() if known.at <= seconds)
        for _, name in waiting[:AT_ONCE]:
            self._known[name] = self._look(here[name], self._known[name], seconds)

    def pause(self, seconds: float) -> float:
        """Return the seconds until a workbook is to be looked at."""
        return max(0.0, min((known.at for known in self._known.values()), default=seconds) - seconds)

    def _look(self, charge: Charge, known: _Known, seconds: float) -> _Known:
        place, every = charge.place, float(charge.place.config.daemon.sync_now)
        seen, problem = _seen(charge)
        if seen is None:
            failures = known.failures + 1
            if problem != known.told:
                self._log.say("look", f"{place.name}: cannot be looked at: {problem}", workbook=place.name)
            return _Known(seconds + look_again_after(every, failures), failures, problem)
        if known.told:
            self._log.say("look", f"{place.name}: can be looked at again", workbook=place.name)
        charge.looked(seen.boxes.sync_now or seen.boxes.this_is_meant, seen.digest, seconds)
        return replace(known, at=seconds + every, failures=0, told="")


def _seen(charge: Charge) -> tuple[Peek | None, str]:
    """Return what a look shows; where it fails, None and why. Whatever happens, the others are looked at."""
    try:
        return charge.place.look(), ""
    except SheetsSyncError as error:
        return None, error.what
    except Exception as error:
        return None, f"the look itself failed ({type(error).__name__})"
