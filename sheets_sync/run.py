"""One run: read, count, decide, write, record, tell. The only place where the steps meet.

What is counted and decided is pure (understand.py, decide.py); `sync` alone asks the ports to read and write.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from time import perf_counter
from typing import NoReturn

from sheets_sync.cells_that_change import cells_that_change
from sheets_sync.config import Config
from sheets_sync.decide import Decided
from sheets_sync.delivering import deliver_waiting
from sheets_sync.failed import Failure, failed_record, failure_of
from sheets_sync.hold import HeldNight, decide_or_hold, held_record, refuse_clock
from sheets_sync.ports import Delivery, Mailer, SentNotes, Store, Workbook
from sheets_sync.problems import Changed, Held, Stopped
from sheets_sync.remember_failure import remember_failure
from sheets_sync.state import RunRecord
from sheets_sync.tab_names import check_names, new_names
from sheets_sync.views.frozen_words import in_words
from sheets_sync.views.undelivered import undelivered
from sheets_sync.whose import Whose, refuse_another

TRIES = 3
"""How often a workbook that somebody edits during the run is read and counted, at most."""

UNDELIVERED = 4

WRITING, REMEMBERING, DELIVERING = "Writing the tabs", "Remembering the run", "Delivering the mails"
TELLING = "Remembering how the run ended"
WHOLE = frozenset({WRITING, REMEMBERING, DELIVERING, TELLING})
"""Steps that are not left in their midst when the run is to stop: it stops at the next one."""

Step = Callable[[str], None]
"""Takes what is being done, in words: "Reading the workbook"; at each call a run can stop."""


@dataclass(frozen=True)
class World:
    """What a run needs of the world. `mailer` is None where nothing is to be delivered.

    `began` is called once the run holds the state, as no other does, and `failed` with what ended it, before
    that is remembered.
    """

    workbook: Workbook
    store: Store
    mailer: Mailer | None
    now: Callable[[], datetime]
    began: Callable[[], None] = lambda: None
    failed: Callable[[BaseException], None] = lambda error: None
    whose: Whose = field(default_factory=Whose)
    sent: SentNotes | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked of a run. `remember`: write to the state and deliver mails; never with `dry_run`.

    `same_day`: tell a change of today's or tomorrow's sessions alone; all else waits for the night.
    `by_clock`: `today` is what the clock shows, not a date that somebody named.
    """

    today: date
    dry_run: bool = False
    remember: bool = True
    same_day: bool = False
    by_clock: bool = False


@dataclass(frozen=True)
class Outcome:
    """A run that is done. `cells_changed` in a dry run are those that would show something else than now: a
    line that moves counts whole, though a Google workbook moves its row and sends none of it.

    `record` is that of the run, whether it was remembered or not. `notes` are sentences, without a full stop,
    for the person who runs the program.
    """

    decided: Decided
    record: RunRecord
    cells_changed: int
    deliveries: tuple[Delivery, ...]
    calls: dict[str, int]
    notes: tuple[str, ...]

    @property
    def undelivered(self) -> tuple[Delivery, ...]:
        return undelivered(self.deliveries)

    @property
    def exit_code(self) -> int:
        return UNDELIVERED if self.undelivered else 0


def sync(world: World, config: Config, asked: Asked, step: Step) -> Outcome:
    """Do one run and record it, a failed one too. Raises SheetsSyncError, and Stopped."""
    started, clock = world.now(), perf_counter()
    if asked.dry_run:
        return _run(world, config, asked, step, started)
    with world.store.lock():
        world.began()
        try:
            return _run(world, config, asked, step, started)
        except Held:
            raise
        except BaseException as error:
            world.failed(error)
            if asked.remember:
                with suppress(Stopped):  # what is to be remembered of this run is remembered all the same
                    step(TELLING)
                _remember_failure(world, config, asked, error, started, perf_counter() - clock)
            raise


def _run(world: World, config: Config, asked: Asked, step: Step, started: datetime) -> Outcome:
    clock = perf_counter()
    state = world.store.load()
    if asked.by_clock:
        refuse_clock(state, asked.today)
    for attempt in range(1, TRIES + 1):
        if attempt > 1:
            step("Reading the workbook again: somebody edited it")
        snapshot = world.workbook.read()
        refuse_another(world.whose, state, snapshot)
        step("Counting")
        decided = decide_or_hold(
            snapshot,
            state,
            config,
            asked.today,
            started,
            world.workbook.name,
            same_day=asked.same_day,
        )
        check_names(
            new_names({tab.mark: tab.name for tab in decided.tabs}, snapshot),
            [sheet.name for sheet in snapshot.sheets],
        )
        if isinstance(decided, HeldNight) and not asked.remember:
            raise decided.error
        if asked.dry_run and isinstance(decided, Decided):
            changed = len(cells_that_change(decided.tabs, snapshot))
            record = _record(decided, asked, changed, started, world.now(), perf_counter() - clock)
            return Outcome(decided, record, changed, (), dict(world.workbook.calls), snapshot.notes)
        step(WRITING)
        try:
            changed = world.workbook.write(decided.tabs, snapshot)
            break
        except Changed:
            if attempt == TRIES:
                raise
    if isinstance(decided, HeldNight):
        _end_held(world, config, asked, decided, started, changed, perf_counter() - clock, step)
    deliveries: tuple[Delivery, ...] = ()
    record = _record(decided, asked, changed, started, world.now(), perf_counter() - clock)
    if asked.remember:
        step(REMEMBERING)
        world.store.save(record, replace(decided.state, workbook=world.whose.workbook), decided.mails)
        deliveries = _deliver(world, config, step)
    frozen = decided.understood.frozen
    notes = (*snapshot.notes, *world.workbook.notes, *(in_words(frozen) if frozen else ()))
    outcome = Outcome(decided, record, changed, deliveries, dict(world.workbook.calls), notes)
    if outcome.undelivered:
        world.store.note_undelivered(UNDELIVERED, f"{len(outcome.undelivered)} not delivered")
    return outcome


def _end_held(
    world: World,
    config: Config,
    asked: Asked,
    night: HeldNight,
    started: datetime,
    changed: int,
    seconds: float,
    step: Step,
) -> NoReturn:
    """Remember a held night, tell the administrator alone, and end the run. Raises Held."""
    step(REMEMBERING)
    run = _failed(world, asked, failure_of(night.error), started, seconds)
    world.store.save(held_record(night, run, changed), night.state, night.mails)
    _deliver(world, config, step, administrator_alone=True)
    raise night.error


def _deliver(
    world: World, config: Config, step: Step, *, administrator_alone: bool = False
) -> tuple[Delivery, ...]:
    """Deliver what was decided tonight, and what waits from before."""
    if world.mailer is None:
        return ()
    step(DELIVERING)
    return deliver_waiting(
        world.store,
        world.mailer,
        config,
        world.now,
        world.workbook.name,
        administrator_alone=administrator_alone,
        between=lambda: step(DELIVERING),
    )


def _record(
    decided: Decided, asked: Asked, changed: int, started: datetime, finished: datetime, seconds: float
) -> RunRecord:
    seen = decided.understood
    return RunRecord(
        started=started,
        finished=finished,
        today=seen.ledger.today,
        outcome="done",
        exit_code=0,
        seconds=seconds,
        lines=len(seen.ledger.lines),
        problems=len(seen.problems),
        findings=len(decided.findings),
        cells_changed=changed,
        mails=len(decided.mails),
        same_day=asked.same_day,
    )


def _remember_failure(
    world: World, config: Config, asked: Asked, error: BaseException, started: datetime, seconds: float
) -> None:
    failure = failure_of(error)
    run = _failed(world, asked, failure, started, seconds)
    remember_failure(
        world.store, world.mailer, config, failure, run, world.workbook.name, world.now, world.sent
    )


def _failed(world: World, asked: Asked, failure: Failure, started: datetime, seconds: float) -> RunRecord:
    """Return the record of this run, which came to nothing and ends now."""
    return failed_record(
        failure,
        today=asked.today,
        started=started,
        finished=world.now(),
        seconds=seconds,
        same_day=asked.same_day,
    )
