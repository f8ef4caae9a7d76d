"""Whether tonight's workbook is trusted, and what is written if it is not (promises.md, "Guards"). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheets_sync.boxes import read_boxes
from sheets_sync.config import Config
from sheets_sync.decide import Decided, decide
from sheets_sync.findings.guards.find import cannot_count, find_doubts
from sheets_sync.findings.guards.same import same_change, unanswered
from sheets_sync.findings.guards.statuses import Before
from sheets_sync.findings.words import day_words, sentence
from sheets_sync.guarded import Baseline, Doubt, Doubts
from sheets_sync.last_good_sheets import lacking_rows
from sheets_sync.line_keys import names_of
from sheets_sync.mail import Mail
from sheets_sync.ports import Snapshot
from sheets_sync.problems import CannotCount, Held, RunFailed
from sheets_sync.staff_columns import read_staff_columns
from sheets_sync.state import Guarded, RunRecord, State
from sheets_sync.understand import Understood, our_tab, understand
from sheets_sync.views.banner import with_banner
from sheets_sync.views.frozen_words import in_words
from sheets_sync.views.held_words import banner_words, can_be_meant, held_error, note_to_administrator
from sheets_sync.views.last_good import last_good_tab
from sheets_sync.views.palette import REMOVED
from sheets_sync.views.tab import OutCell, Tab

CASELOAD = "Caseload"
LACKING = "It lacks rows that the last good run saw."


@dataclass(frozen=True)
class Judged:
    """A workbook read tonight. `seen` is None where it cannot be counted; `doubts` are those that no person
    has answered: with any, it is held. Those `in_part` are of other workbooks alone: what needs these is held
    (`seen.frozen`), and the rest goes on. `answered` are those that somebody let through."""

    seen: Understood | None
    doubts: tuple[Doubt, ...] = ()
    in_part: tuple[Doubt, ...] = ()
    answered: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class HeldNight:
    """What a held night writes, remembers and tells; `error` is how it ends."""

    today: date
    tabs: tuple[Tab, ...]
    state: State
    mails: tuple[Mail, ...]
    error: Held


def decide_or_hold(
    snapshot: Snapshot,
    state: State,
    config: Config,
    today: date,
    at: datetime,
    workbook: str,
    *,
    same_day: bool = False,
) -> Decided | HeldNight:
    """Decide everything that a trusted workbook gives, or what is left of a night that is held.

    `at` is when it was read, `workbook` what to call it; `same_day` is as in `decide`. Raises CannotCount.
    """
    judged = judge(snapshot, state, config, today)
    if judged.seen is not None and not judged.doubts:
        return decide(
            judged.seen,
            state,
            config,
            at,
            workbook,
            same_day=same_day,
            doubts=judged.in_part,
            answered=judged.answered,
        )
    return hold(judged.doubts, state, snapshot, config, today=today, at=at, workbook=workbook)


def judge(snapshot: Snapshot, state: State, config: Config, today: date) -> Judged:
    """Count the workbook and compare it with the last trusted run.

    Raises CannotCount where it cannot be counted and there is no good run to fall back on.
    """
    baseline = state.guarded.baseline
    try:
        seen = understand(snapshot, state, config, today)
    except CannotCount as stop:
        if baseline is None:
            raise
        return Judged(None, (cannot_count(stop),))
    if baseline is None:
        return Judged(seen)
    everything = doubts_of(seen, state, baseline, config)
    doubts = _unanswered(everything, state.guarded, snapshot)
    answered = tuple(one for one in everything if one not in doubts)
    judged = Judged(seen, doubts, answered=answered)
    why = _doubtful(judged, snapshot, state)
    return _without(why, judged, snapshot, state, config) if why else judged


def _doubtful(judged: Judged, snapshot: Snapshot, state: State) -> dict[tuple[str, str], str]:
    """Return the sheets of other workbooks that are doubted, by name and tab, each with why.

    Those of a Caseload are joined, and a doubt is of all of them: those that lack a row are taken for it.
    """
    assert judged.seen is not None
    sheets = judged.seen.ledger.tables.sheets
    named = {(tab, one.source): one.name for tab, found in sheets.items() for one in found if one.foreign}
    found = {}
    for doubt in reversed(judged.doubts):
        if (doubt.tab, doubt.source) in named:
            found[named[doubt.tab, doubt.source], doubt.tab] = sentence(doubt.seen)
        elif doubt.tab == CASELOAD:
            lacking = lacking_rows(snapshot, state.guarded.sheets, CASELOAD)
            found |= dict.fromkeys(((name, CASELOAD) for name in lacking), LACKING)
    return found


def _without(
    why: Mapping[tuple[str, str], str], judged: Judged, snapshot: Snapshot, state: State, config: Config
) -> Judged:
    """Count without the doubtful sheets of other workbooks; hold everything where that will not do: every
    line needs them, or something is doubted all the same."""
    assert state.guarded.baseline is not None
    assert judged.seen is not None
    today = judged.seen.ledger.today
    reduced = replace(
        snapshot,
        sheets=tuple(
            replace(sheet, rows=(), absent=why[sheet.name, sheet.as_tab])
            if (sheet.name, sheet.as_tab) in why
            else sheet
            for sheet in snapshot.sheets
        ),
    )
    try:
        again = understand(reduced, state, config, today)
    except CannotCount:
        return judged
    more = _unanswered(doubts_of(again, state, state.guarded.baseline, config), state.guarded, snapshot)
    return judged if more else Judged(again, in_part=judged.doubts, answered=judged.answered)


def doubts_of(seen: Understood, state: State, baseline: Baseline, config: Config) -> tuple[Doubt, ...]:
    """Return everything that is doubted, answered or not."""
    statuses = {line.key: line.status for line in state.lines if line.status != REMOVED}
    return find_doubts(seen.ledger, seen.keys, Before(baseline, statuses), config)


def everything_doubted(
    snapshot: Snapshot, state: State, config: Config, today: date, *, by_clock: bool
) -> tuple[Doubt, ...]:
    """Return everything that is doubted tonight, the clock too. Raises CannotCount."""
    baseline = state.guarded.baseline
    if baseline is None:
        return ()
    clock = clock_doubt(state, today) if by_clock else None
    doubts = doubts_of(understand(snapshot, state, config, today), state, baseline, config)
    return (*((clock,) if clock else ()), *doubts)


def compared_in_words(
    snapshot: Snapshot, state: State, config: Config, today: date, *, by_clock: bool
) -> str:
    """Say that the workbook can be trusted. Raises Held or RunFailed where a run would not trust it."""
    baseline = state.guarded.baseline
    if baseline is None:
        return "no good run is remembered yet to compare the workbook with"
    if by_clock:
        refuse_clock(state, today)
    judged = judge(snapshot, state, config, today)
    if judged.doubts:
        raise held_error(judged.doubts, state.guarded.shown or baseline.today)
    if judged.seen is not None and judged.seen.frozen:
        return "; ".join(in_words(judged.seen.frozen))
    return f"compared with the run of {day_words(baseline.today)}, nothing looks wrong"


def _unanswered(doubts: Sequence[Doubt], guarded: Guarded, snapshot: Snapshot) -> tuple[Doubt, ...]:
    """Return the doubts that nobody has answered: an answer holds for what it was asked about alone."""
    answered = [*guarded.accepted]
    ours = our_tab(snapshot)
    if ours is not None and read_boxes(ours.rows).this_is_meant and same_change(guarded.asked, doubts):
        answered += guarded.asked
    return unanswered(answered, doubts)


def refuse_clock(state: State, today: date) -> None:
    """Raise RunFailed where the clock shows a day before the last trusted run's, unless that was accepted."""
    doubt = clock_doubt(state, today)
    if doubt is not None and unanswered(state.guarded.accepted, (doubt,)):
        raise RunFailed(doubt.seen, doubt.remedy)


def clock_doubt(state: State, today: date) -> Doubt | None:
    """Return the doubt of a clock that went back; a jump ahead is a late run like any other."""
    baseline = state.guarded.baseline
    if baseline is None or today >= baseline.today:
        return None
    last, now = (f"{day_words(day)}, {day.year}" for day in (baseline.today, today))
    return Doubt(
        Doubts.CLOCK,
        "",
        f"by this machine's clock it is {now}, but the last run was as of {last}; nothing was done",
        "set the clock right; if it was wrong at the last run and is right now, run: sheets-sync accept",
        about=baseline.today.isoformat(),
    )


def hold(
    doubts: tuple[Doubt, ...],
    state: State,
    snapshot: Snapshot,
    config: Config,
    *,
    today: date,
    at: datetime,
    workbook: str,
) -> HeldNight:
    """Return what a held night leaves: the last good tabs with a banner, and a note to the administrator.

    Of the state nothing changes but what the banner asked.
    """
    guarded = state.guarded
    assert guarded.baseline is not None
    last_good = guarded.shown or guarded.baseline.today
    note = note_to_administrator(doubts, config, today=today, at=at, last_good=last_good, workbook=workbook)
    return HeldNight(
        today=today,
        tabs=_tabs(doubts, state, snapshot, config, today),
        state=replace(state, guarded=replace(guarded, asked=doubts)),
        mails=() if note is None else (note,),
        error=held_error(doubts, last_good),
    )


def held_record(night: HeldNight, run: RunRecord, changed: int) -> RunRecord:
    """Return the record of a held run: `run`, that came to nothing, with the cells of our tabs that it
    changed and its mails."""
    return replace(run, cells_changed=changed, mails=len(night.mails))


def _tabs(
    doubts: Sequence[Doubt], state: State, snapshot: Snapshot, config: Config, today: date
) -> tuple[Tab, ...]:
    baseline = state.guarded.baseline
    assert baseline is not None
    staff = read_staff_columns(our_tab(snapshot), names_of(state.lines))
    words = banner_words(doubts, state.guarded.shown or baseline.today)
    there = {sheet.name for sheet in snapshot.sheets}
    return tuple(
        with_banner(
            last_good_tab(tab, staff, today=today, students=config.compliance.students),
            words,
            asks=can_be_meant(doubts),
        )
        if tab.key is not None
        else _with_links_that_lead_somewhere(tab, there)
        for tab in state.guarded.tabs
    )


def _with_links_that_lead_somewhere(tab: Tab, there: set[str]) -> Tab:
    def mended(cell: OutCell) -> OutCell:
        return replace(cell, link=None) if cell.link and cell.link[0] not in there else cell

    return replace(tab, rows=tuple(tuple(map(mended, row)) for row in tab.rows))
