"""The daemon: one turn every few seconds, one run at a time.

A turn reads the configuration if its file changed, looks at one workbook, and starts what is to be done
next, each run in a process of its own. It never raises, and it never waits but for the small look.

A configuration that became wrong stops all runs until it is mended: the runs would refuse it too. It is
said once, and what was missed meanwhile is made up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sheets_sync.daemon.charge import Charge, Errand
from sheets_sync.daemon.due import Attempt
from sheets_sync.daemon.looking import Looking
from sheets_sync.daemon.words import ending, outcome, plan, starting
from sheets_sync.daemon.world import Place, Process, World
from sheets_sync.log import Log
from sheets_sync.problems import SheetsSyncError

FAILED = 1
"""The exit code that a run that was killed is taken to have had."""

QUIET_AFTER_A_FAULT = 300.0
"""Seconds without a turn after one that failed in a way that nobody thought of."""


class Daemon:
    """Everything that is under way. `turn` is the ticker's job; `stopped` is asked after `ask_to_stop`."""

    def __init__(self, world: World, log: Log) -> None:
        """Read the configuration. Raises WrongUse."""
        self._world = world
        self._log = log
        self._settings = world.settings()
        self._charges: dict[str, Charge] = {}
        self._looking = Looking(log)
        self._under_way: tuple[Errand, Process, datetime] | None = None
        self._is_wrong = False
        self._quiet_until = float("-inf")
        self._told: dict[str, str] = {}
        self._take(world.places())

    def turn(self) -> None:
        """Do what is to be done now. Never raises; a fault of the daemon's own is logged by its kind."""
        if self._world.seconds() < self._quiet_until:
            return
        try:
            self._turn()
        except Exception as error:
            self._quiet_until = self._world.seconds() + QUIET_AFTER_A_FAULT
            words = f"the daemon itself failed ({type(error).__name__}); it goes on in five minutes"
            self._log.say("fault", words)

    def pause(self) -> float:
        """Return the seconds until something may be to be done: none while a run is under way."""
        return 0.0 if self._under_way else self._looking.pause(self._world.seconds())

    def reread(self) -> None:
        """Read the configuration at the next turn, whether its file changed or not (SIGHUP)."""
        self._settings = object()

    def ask_to_stop(self) -> None:
        """End what is under way: SIGTERM, and SIGKILL if it is still there in 25 seconds."""
        if self._under_way is None:
            self._log.say("stopping", "stopping")
            return
        self._log.say("stopping", "stopping; the run under way is asked to end")
        self._under_way[1].ask_to_end(self._world.seconds())

    def stopped(self) -> bool:
        """Tell whether nothing is under way any more."""
        return not self._is_under_way()

    def _turn(self) -> None:
        if self._is_under_way():
            return
        self._read_configuration()
        if self._is_wrong:
            return
        self._looking.look(list(self._charges.values()), self._world.seconds())
        now, seconds = self._world.now(), self._world.seconds()
        found = [errand for charge in self._charges.values() if (errand := charge.errand(now, seconds))]
        if found:
            self._start(next((one for one in found if one.reason == "sync now"), found[0]), now)
        else:
            self._tell_plans()

    def _read_configuration(self) -> None:
        settings = self._world.settings()
        if settings == self._settings:
            return
        self._settings = settings
        try:
            self._take(self._world.places())
        except SheetsSyncError as error:
            self._is_wrong = True
            self._log.say("configuration", "the configuration is wrong; no run is started until it is mended")
            for line in error.what.splitlines():
                self._log.say("configuration", line)
        else:
            self._is_wrong = False
            self._log.say("configuration", "the configuration was read again")

    def _take(self, places: Sequence[Place]) -> None:
        """Charge these workbooks; what is known of those that were there before stays known."""
        before, self._charges = self._charges, {}
        for place in places:
            charge = before.get(place.config.workbook) or Charge(place)
            charge.place = place
            self._charges[place.config.workbook] = charge

    def _tell_plans(self) -> None:
        """Say when each next run is, once, and what keeps a state from being read, once."""
        for name, charge in self._charges.items():
            if charge.found is None:
                continue
            words = charge.trouble or plan(charge.found, charge.place.zone)
            if self._told.get(name) == words:
                continue
            self._told[name] = words
            self._log.say("plan", f"{charge.place.name}: {words}", workbook=charge.place.name)

    def _start(self, errand: Errand, now: datetime) -> None:
        place = errand.place
        self._log.say("start", f"{place.name}: {starting(errand)}", workbook=place.name, reason=errand.reason)
        try:
            process = self._world.start(place, errand.arguments, self._world.seconds())
        except OSError as error:
            self._quiet_until = self._world.seconds() + QUIET_AFTER_A_FAULT
            words = f"no run can be started ({error.strerror}); tried again in five minutes"
            self._log.say("fault", f"{place.name}: {words}", workbook=place.name)
            return
        self._under_way = (errand, process, now)

    def _is_under_way(self) -> bool:
        if self._under_way is None:
            return False
        errand, process, started = self._under_way
        seconds = self._world.seconds()
        code = process.ended(seconds)
        if code is None:
            return True
        self._under_way = None
        killed = ending(code, overdue=process.overdue)
        attempt = Attempt(started, self._world.now(), FAILED if killed else code)
        place = errand.place
        self._log.say(
            "end",
            f"{place.name}: {killed or outcome(attempt.exit_code)}; its process took"
            f" {seconds - process.started:.0f} s",
            workbook=place.name,
            reason=errand.reason,
            exit_code=attempt.exit_code,
            seconds=round(seconds - process.started, 1),
        )
        charge = self._charges.get(place.config.workbook)
        if charge is not None:
            charge.ended(errand, attempt, seconds, killed=killed)
        return False
