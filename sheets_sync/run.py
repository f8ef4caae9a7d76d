"""One run: read, count, decide, write, record, tell. The only place where the steps meet.

What is counted and decided is pure (`understand`, `decide`); `sync` alone asks the ports to read and write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from time import perf_counter

from sheets_sync import __version__
from sheets_sync.cells_that_change import cells_that_change
from sheets_sync.config import Config
from sheets_sync.findings.find import find
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.night import decide_tonight
from sheets_sync.intake.workbook import read_tables
from sheets_sync.keys import Assigned
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.line_keys import keys_of_tonight, names_of, records_of_tonight
from sheets_sync.ports import Delivery, Mailer, Sheet, Snapshot, Store, Workbook
from sheets_sync.problems import CannotCount, Changed, Problem, RunFailed, SheetsSyncError
from sheets_sync.staff_columns import StaffColumns, read_staff_columns
from sheets_sync.state import LineRecord, RunRecord, State
from sheets_sync.tab_names import check_names, new_names
from sheets_sync.views.columns import LINE, NAMES
from sheets_sync.views.compliance import compliance_tab
from sheets_sync.views.line_rows import LineRows, line_rows
from sheets_sync.views.mail import Mail, digests
from sheets_sync.views.problems_tab import problems_tab
from sheets_sync.views.tab import Tab
from sheets_sync.views.what_to_do import what_to_do

TRIES = 3
"""How often a workbook that somebody edits during the run is read and counted, at most."""

UNDELIVERED = 4
KEY_COLUMN = NAMES.index(LINE)

Step = Callable[[str], None]
"""Takes what is being done, in words: "Reading the workbook"."""


@dataclass(frozen=True)
class World:
    """What a run needs of the world. `mailer` is None where nothing is to be delivered."""

    workbook: Workbook
    store: Store
    mailer: Mailer | None
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Asked:
    """What is asked of a run. `remember`: write to the state and deliver mails; never with `dry_run`."""

    today: date
    dry_run: bool = False
    remember: bool = True


@dataclass(frozen=True)
class Understood:
    """A workbook counted. `keys` and `what_to_do` stand in the order of `ledger.lines`."""

    snapshot: Snapshot
    ledger: Ledger
    staff: StaffColumns
    assigned: Assigned
    rows: LineRows
    what_to_do: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return self.assigned.keys


@dataclass(frozen=True)
class Decided:
    """Everything that a run writes, before anything is written."""

    understood: Understood
    findings: tuple[Finding, ...]
    tabs: tuple[Tab, ...]
    state: State
    mails: tuple[Mail, ...]


@dataclass(frozen=True)
class Outcome:
    """A run that is done. `cells_changed` in a dry run are those that would show something else than now: a
    line that moves counts whole, though a Google workbook moves its row and sends none of it.

    `notes` are sentences, without a full stop, for the person who runs the program.
    """

    decided: Decided
    cells_changed: int
    deliveries: tuple[Delivery, ...]
    calls: dict[str, int]
    notes: tuple[str, ...]

    @property
    def undelivered(self) -> tuple[Delivery, ...]:
        return tuple(one for one in self.deliveries if one.outcome in ("waiting", "refused"))

    @property
    def exit_code(self) -> int:
        return UNDELIVERED if self.undelivered else 0


def look(workbook: Workbook, store: Store, config: Config, today: date) -> Understood:
    """Read and count, and write nothing. Raises what the ports raise, and CannotCount."""
    return understand(workbook.read(), store.load(), config, today)


def sync(world: World, config: Config, asked: Asked, step: Step) -> Outcome:
    """Do one run and record it, a failed one too. Raises SheetsSyncError."""
    started, clock = world.now(), perf_counter()
    if asked.dry_run:
        return _run(world, config, asked, step, started)
    with world.store.lock():
        try:
            return _run(world, config, asked, step, started)
        except (RunFailed, CannotCount) as error:
            if asked.remember:
                _record_failure(world, error, asked.today, started, perf_counter() - clock)
            raise


def understand(snapshot: Snapshot, state: State, config: Config, today: date) -> Understood:
    """Count what stands in the workbook. Raises CannotCount."""
    tables = read_tables(
        snapshot,
        config.names,
        today=today,
        school_minutes=config.school_minutes,
        ours=(config.compliance.tab, config.compliance.problems_tab),
    )
    ledger = count(tables, config.rules, today)
    staff = read_staff_columns(_our_tab(snapshot), names_of(state.lines))
    rows = line_rows(ledger)
    return Understood(
        snapshot=snapshot,
        ledger=ledger,
        staff=staff,
        assigned=keys_of_tonight(ledger, state.lines, staff),
        rows=rows,
        what_to_do=what_to_do(ledger, config.rules, rows),
        problems=tuple(dict.fromkeys((*tables.problems, *ledger.problems))),
    )


def decide(seen: Understood, state: State, config: Config, read_at: datetime, name: str) -> Decided:
    """Decide everything that is written and told; nothing is written yet."""
    ledger, keys = seen.ledger, seen.keys
    findings = find(
        ledger,
        keys,
        seen.problems,
        alerts=config.alerts,
        rules=config.rules,
        allowed_domains=config.allowed_domains,
    )
    decision = decide_tonight(findings, ledger, keys, state.told, config)
    lines = records_of_tonight(ledger, seen.assigned, state.lines, ledger.today)
    compliance = _compliance(seen, lines, config, read_at)
    return Decided(
        understood=seen,
        findings=findings,
        tabs=(
            compliance,
            problems_tab(
                seen.problems,
                name=config.compliance.problems_tab,
                checked_at=read_at,
                tabs=[sheet.name for sheet in seen.snapshot.sheets],
                protection=config.compliance.protection,
            ),
        ),
        state=State(lines, decision.told),
        mails=digests(
            decision,
            ledger,
            config,
            checked_at=read_at,
            workbook_name=name,
            what_to_do=seen.what_to_do,
            rows=_rows_of(compliance, keys),
            row_link=seen.snapshot.row_link,
            tab=ours.name if (ours := _our_tab(seen.snapshot)) else compliance.name,
        ),
    )


def _compliance(seen: Understood, lines: Sequence[LineRecord], config: Config, read_at: datetime) -> Tab:
    return compliance_tab(
        seen.ledger,
        keys=seen.keys,
        staff=seen.staff,
        since={record.key: record.since for record in lines},
        checked_at=read_at,
        version=__version__,
        config=config,
        todo=seen.what_to_do,
        rows=seen.rows,
    )


def _rows_of(tab: Tab, keys: Sequence[str]) -> list[int]:
    """Return the row of each line on the tab, by its key."""
    place = {
        cells[KEY_COLUMN].value: row for row, cells in enumerate(tab.rows, start=1) if len(cells) > KEY_COLUMN
    }
    return [place[key] for key in keys]


def _run(world: World, config: Config, asked: Asked, step: Step, started: datetime) -> Outcome:
    clock = perf_counter()
    state = world.store.load()
    for attempt in range(1, TRIES + 1):
        if attempt > 1:
            step("Reading the workbook again: somebody edited it")
        snapshot = world.workbook.read()
        step("Counting")
        seen = understand(snapshot, state, config, asked.today)
        decided = decide(seen, state, config, started, world.workbook.name)
        check_names(
            new_names({tab.mark: tab.name for tab in decided.tabs}, snapshot),
            [sheet.name for sheet in snapshot.sheets],
        )
        if asked.dry_run:
            changed = len(cells_that_change(decided.tabs, snapshot))
            return Outcome(decided, changed, (), dict(world.workbook.calls), snapshot.notes)
        step("Writing the tabs")
        try:
            changed = world.workbook.write(decided.tabs, snapshot)
            break
        except Changed:
            if attempt == TRIES:
                raise
    deliveries: tuple[Delivery, ...] = ()
    if asked.remember:
        step("Remembering the run")
        run = _record(decided, changed, started, world.now(), perf_counter() - clock)
        world.store.save(run, decided.state, decided.mails)
        deliveries = _deliver(world, step)
    notes = (*snapshot.notes, *world.workbook.notes)
    outcome = Outcome(decided, changed, deliveries, dict(world.workbook.calls), notes)
    if outcome.undelivered:
        world.store.note_undelivered(UNDELIVERED, f"{len(outcome.undelivered)} not delivered")
    return outcome


def _deliver(world: World, step: Step) -> tuple[Delivery, ...]:
    """Deliver what was decided tonight, and what waits from before."""
    waiting = world.store.waiting()
    if world.mailer is None or not waiting:
        return ()
    step("Delivering the mails")
    deliveries = world.mailer.deliver(waiting)
    for outcome in ("accepted", "written", "refused"):
        done = [one.message_id for one in deliveries if one.outcome == outcome]
        if done:
            world.store.mark(done, outcome)
    return deliveries


def _record(
    decided: Decided, changed: int, started: datetime, finished: datetime, seconds: float
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
    )


def _record_failure(
    world: World, error: SheetsSyncError, today: date, started: datetime, seconds: float
) -> None:
    """Remember a run that failed; where even that fails, the first error is the one to tell."""
    record = RunRecord(
        started=started,
        finished=world.now(),
        today=today,
        outcome="failed",
        exit_code=error.exit_code,
        seconds=seconds,
        error=error.what,
    )
    with suppress(SheetsSyncError):
        world.store.save(record, None)


def _our_tab(snapshot: Snapshot) -> Sheet | None:
    return next((sheet for sheet in snapshot.sheets if sheet.mark == "compliance"), None)
