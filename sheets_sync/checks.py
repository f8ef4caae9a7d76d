"""`check`: everything that a run needs, tried one by one, each with its remedy. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sheets_sync.config import Config
from sheets_sync.findings.address_cells import address_cells
from sheets_sync.findings.words import count as number
from sheets_sync.frozen import refuse_never_read, sources_read
from sheets_sync.hold import compared_in_words
from sheets_sync.intake.seen import sheet_source
from sheets_sync.last_good_sheets import read_with_last_good
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.ports import Sheet, Snapshot, Store, Workbook, source_name
from sheets_sync.problems import RunFailed, Severity, SheetsSyncError
from sheets_sync.state import State
from sheets_sync.tab_names import check_names, new_names
from sheets_sync.tables import SheetRead, Tables
from sheets_sync.views.frozen_words import MAILS_WAIT
from sheets_sync.views.problems_tab import one_a_cause
from sheets_sync.views.undelivered import left_in_words
from sheets_sync.who_needs import STAFF
from sheets_sync.whose import Whose, refuse_another

UNDELIVERED = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried: what was found, what would do, and the exit code of a run."""

    name: str
    said: str
    remedy: str = ""
    exit_code: int = 0

    @property
    def fine(self) -> bool:
        return self.exit_code == 0


@dataclass(frozen=True)
class Needs:
    """What a run needs; each raises SheetsSyncError where it is not there.

    `credentials`, `can_write` and `can_mail` say in words what they found; `credentials` is None where none
    are needed (a file).
    """

    store: Store
    credentials: Callable[[], str] | None
    workbook: Callable[[], Workbook]
    can_write: Callable[[], str]
    can_mail: Callable[[], str]
    whose: Whose = field(default_factory=Whose)


def all_checks(needs: Needs, config: Config, today: date, *, by_clock: bool = False) -> Iterator[Check]:
    """Yield each check as it is done; one that needs what failed before it is left out.

    `by_clock`: `today` is what the clock shows, not a date that somebody named.
    """
    state = _tried("state", lambda: _state(needs.store))
    yield state
    credentials = _tried("credentials", needs.credentials) if needs.credentials else None
    if credentials is not None:
        yield credentials
    if credentials is None or credentials.fine:
        yield from _of_the_workbook(needs, config, today, guards=state.fine, by_clock=by_clock)
    yield _mail(needs, known=state.fine)


def _of_the_workbook(
    needs: Needs, config: Config, today: date, *, guards: bool, by_clock: bool
) -> Iterator[Check]:
    snapshot: list[Snapshot] = []
    yield _tried("workbook", lambda: _workbook(needs.workbook(), snapshot))
    if not snapshot:
        return
    if config.sources:
        yield sources_in_words(snapshot[0], sources_read(needs.store.load()) if guards else None)
    if guards:
        ours = _tried("state", lambda: _ours(needs, snapshot[0]))
        guards = ours.fine
        if not ours.fine:
            yield ours
    ledger: list[Ledger] = []
    kept = needs.store.load().guarded.sheets if guards else ()
    yield _tried("tabs and headers", lambda: _tables(snapshot[0], kept, config, today, ledger))
    if ledger:
        yield Check("data", _data(ledger[0], config.allowed_domains))
        yield _addresses(ledger[0], config.allowed_domains)
    if ledger and guards:
        state = needs.store.load()
        tables = ledger[0].tables
        yield _tried(
            "guards", lambda: _compared(snapshot[0], tables, state, config, today, by_clock=by_clock)
        )
    yield _tried("our tabs", lambda: _our_tabs(snapshot[0], config))
    yield _tried("writing", needs.can_write)


def exit_code(checks: list[Check]) -> int:
    """Return the code with which a run would end: that of the first thing that stops it."""
    return next((check.exit_code for check in checks if not check.fine), 0)


def _tried(name: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(name, attempt())
    except SheetsSyncError as error:
        return Check(name, error.what, error.remedy, error.exit_code)


def _mail(needs: Needs, *, known: bool) -> Check:
    """A wrong setting stops a run before it begins; a server that does not answer, a folder that cannot be
    written hold up mails alone. What waits and what was given up is said besides where it is `known`."""
    check = _tried("mail", needs.can_mail)
    if known and (left := " ".join(left_in_words(needs.store.postings()))):
        check = replace(check, said=f"{check.said.removesuffix('.')}. {left}")
    return replace(check, exit_code=UNDELIVERED) if check.exit_code == RunFailed.exit_code else check


def _state(store: Store) -> str:
    with store.lock():
        state = store.load()
        store.try_writing()
    runs = store.runs(1)
    if not runs:
        return "nothing is remembered yet: the next run is the first"
    remembered = number(len(state.lines), "line")
    return f"remembered of earlier runs: {remembered}; the last was on {runs[0].started:%Y-%m-%d %H:%M}"


def _workbook(workbook: Workbook, found: list[Snapshot]) -> str:
    snapshot = workbook.read()
    found.append(snapshot)
    notes = "".join(f"; {note}" for note in snapshot.notes)
    own = sum(not sheet.as_tab for sheet in snapshot.sheets)
    return f"{workbook.name} can be read, {number(own, 'tab')}{notes}"


def sources_in_words(snapshot: Snapshot, known: Collection[str] | None) -> Check:
    """Say what is read of other workbooks. One that cannot be read stops no run that has read it before:
    `known` are the sheets (SheetRead.source) that were, None where that is not known."""
    sheets = [sheet for sheet in snapshot.sheets if sheet.as_tab]
    absent = [sheet for sheet in sheets if sheet.absent]
    read = [f'"{source_name(sheet)}" as part of the {sheet.as_tab}' for sheet in sheets if not sheet.absent]
    said = [f'"{source_name(sheet)}" ({sheet.as_tab}) cannot be read: {sheet.absent}' for sheet in absent]
    never = known is not None and any(sheet_source(sheet.name) not in known for sheet in absent)
    waiting = [
        *(["the lines that need it are held"] if any(one.as_tab != STAFF for one in absent) else []),
        *([MAILS_WAIT] if any(one.as_tab == STAFF for one in absent) else []),
    ]
    until = "no run goes through" if never else " and ".join(waiting)
    remedy = f"see that it is there and shared; until then {until}" if absent else ""
    return Check("sources", "; ".join((*read, *said)), remedy)


def _compared(
    snapshot: Snapshot, tables: Tables, state: State, config: Config, today: date, *, by_clock: bool
) -> str:
    """Say that the workbook can be trusted; before a run has read it no sheet of another can be away."""
    if state.guarded.baseline is None:
        refuse_never_read(tables, state)
    return compared_in_words(snapshot, state, config, today, by_clock=by_clock)


def _ours(needs: Needs, snapshot: Snapshot) -> str:
    refuse_another(needs.whose, needs.store.load(), snapshot)
    return "it is that of the workbook"


def _tables(
    snapshot: Snapshot, kept: Sequence[Sheet], config: Config, today: date, found: list[Ledger]
) -> str:
    tables = read_with_last_good(snapshot, kept, config, today)
    found.append(count(tables, config.rules, today))
    sheets = [sheet for found in tables.sheets.values() for sheet in found]
    known = ", ".join(dict.fromkeys(sheet.outside or sheet.name for sheet in sheets))
    return f"all that must be there is there: {known}{layouts_in_words(sheets)}"


def layouts_in_words(sheets: Sequence[SheetRead]) -> str:
    """Say as what each sheet that is no list is read, once where it is read as two tabs; those that go by no
    name of their own are counted."""
    layouts: dict[str, str] = {}
    for sheet in filter(lambda one: one.layout, sheets):
        layouts.setdefault(sheet.name, f"; {_quoted(sheet)} is read as {sheet.layout}")
    alike = Counter(layouts.values())
    return "".join(f"{said} ({times} such tabs)" if times > 1 else said for said, times in alike.items())


def _quoted(sheet: SheetRead) -> str:
    return sheet.outside or f'"{sheet.name}"'


def _data(ledger: Ledger, allowed_domains: Sequence[str]) -> str:
    addresses = address_cells(ledger.tables, allowed_domains)
    problems = one_a_cause(dict.fromkeys((*ledger.tables.problems, *ledger.problems, *addresses)))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    students, lines = number(len(ledger.tables.students), "student"), number(len(ledger.lines), "line")
    entries = number(len(ledger.tables.log), "entry", "entries")
    of_them = (
        f", {errors} of them {'an error' if errors == 1 else 'errors'} (stopping nothing)" if problems else ""
    )
    return f"{students}, {lines}, {entries} of the log; {number(len(problems), 'data problem')}{of_them}"


def _addresses(ledger: Ledger, allowed_domains: Sequence[str]) -> Check:
    """Say to whom no mail can go; a run goes through all the same."""
    problems = one_a_cause(address_cells(ledger.tables, allowed_domains))
    if not problems:
        return Check("addresses", "every address can be mailed")
    said = (f"{problem.tab}{problem.cell and '!'}{problem.cell}: {problem.problem}" for problem in problems)
    remedies = dict.fromkeys(problem.remedy for problem in problems)
    return Check("addresses", " ".join(said), " ".join(remedies))


def _our_tabs(snapshot: Snapshot, config: Config) -> str:
    names = {"compliance": config.compliance.tab, "problems": config.compliance.problems_tab}
    check_names(new_names(names, snapshot), [sheet.name for sheet in snapshot.sheets])
    return f'"{config.compliance.tab}" and "{config.compliance.problems_tab}" are ours, or free'
