"""Everything that a run writes and tells, decided before anything is written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sheets_sync import __version__
from sheets_sync.config import Config
from sheets_sync.counted import Counted
from sheets_sync.findings.alerts import Decision, with_new_names
from sheets_sync.findings.counting_again import counted
from sheets_sync.findings.find import find
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.guards.baseline import baseline_of
from sheets_sync.findings.known_tonight import comparable, with_unread
from sheets_sync.findings.night import decide_tonight
from sheets_sync.frozen import as_it_stood, with_calendar_then
from sheets_sync.guarded import Doubt
from sheets_sync.kept_sheets import sheets_to_keep
from sheets_sync.last_good_sheets import read_with_last_good
from sheets_sync.line_keys import records_of_tonight, removed_lately
from sheets_sync.problems import Problem, a1
from sheets_sync.snooze_dates import SnoozeDates, read_snoozes, snooze_problems
from sheets_sync.state import Guarded, LineRecord, State
from sheets_sync.today import on_the_wall
from sheets_sync.understand import Understood, our_tab
from sheets_sync.views.banner import IN_PART, with_banner
from sheets_sync.views.columns import LINE, NAMES, SNOOZE_UNTIL
from sheets_sync.views.compliance import compliance_tab
from sheets_sync.views.frozen_words import held_in_part, note_of_part
from sheets_sync.views.last_good import without_staff
from sheets_sync.views.mail import Mail, digests
from sheets_sync.views.problems_tab import problems_tab
from sheets_sync.views.storm_mail import storm_mail
from sheets_sync.views.tab import Tab
from sheets_sync.who_needs import pairs_of

KEY_COLUMN = NAMES.index(LINE)
SNOOZE_COLUMN = NAMES.index(SNOOZE_UNTIL)


@dataclass(frozen=True)
class Decided:
    """Everything that a run writes, before anything is written."""

    understood: Understood
    findings: tuple[Finding, ...]
    tabs: tuple[Tab, ...]
    state: State
    mails: tuple[Mail, ...]


def decide(
    seen: Understood,
    state: State,
    config: Config,
    read_at: datetime,
    name: str,
    *,
    same_day: bool = False,
    doubts: Sequence[Doubt] = (),
    answered: Sequence[Doubt] = (),
) -> Decided:
    """Decide everything that is written and told; nothing is written yet.

    `doubts` are those for which a part of it is held (`seen.frozen`), `answered` those let through tonight.

    `same_day` is as in findings.alerts.Circumstances: of an afternoon's run today's sessions are compared
    too, which a night's run leaves to the day that is over.
    """
    day = on_the_wall(read_at, seen.ledger.today) if same_day else seen.ledger.today
    ledger, keys = seen.ledger, seen.keys
    lines = records_of_tonight(ledger, seen.assigned, state.lines, ledger.today)
    compliance = _compliance(seen, lines, config, read_at)
    rows = _rows_of(compliance, keys)
    snoozes = read_snoozes(seen.staff, keys, ledger.calendar)
    seen = replace(seen, problems=(*seen.problems, *_snooze_problems(seen, snoozes, state, config, rows)))
    now = counted(ledger, keys)
    before = comparable(state.counted, now, ledger.calendar)
    now = with_unread(before, now, ledger.tables, removed_lately(lines, ledger.today))
    frozen = seen.frozen
    now = as_it_stood(before, now, frozen) if frozen else now
    remembered = with_calendar_then(before, now) if frozen else now
    findings = _findings(seen, config, before, remembered, day)
    decision = decide_tonight(
        findings,
        ledger,
        keys,
        with_new_names(state.told, state.lines, lines, frozenset(ledger.tables.students["student"])),
        config,
        snoozes=snoozes.dates,
        same_day=same_day,
        on_the_wall=day,
        tonight=now,
        frozen=frozen,
    )
    problems = _problems(seen, config, read_at)
    guarded = _guarded(seen, state, config, (compliance, problems), doubts, answered)
    if frozen:
        asked = all(doubt.can_be_meant for doubt in doubts) and bool(doubts)
        compliance = with_banner(compliance, held_in_part(frozen, doubts), asks=asked, label=IN_PART)
    tabs = (compliance, problems)
    return Decided(
        understood=seen,
        findings=findings,
        tabs=tabs,
        state=State(lines, decision.told, guarded, remembered),
        mails=(
            *_mails(decision, seen, config, read_at, name, rows),
            *_note(seen, config, read_at, name, doubts),
        ),
    )


def _guarded(
    seen: Understood,
    state: State,
    config: Config,
    tabs: tuple[Tab, ...],
    doubts: Sequence[Doubt],
    answered: Sequence[Doubt],
) -> Guarded:
    """Return what guards are to know: beside a night held in part the last whole one stays the measure, and
    what somebody let through stays so until the next. What was read and counted tonight is what stands in
    for it when it cannot be, sheet by sheet and line by line."""
    frozen, tables, today = seen.frozen, seen.ledger.tables, seen.ledger.today
    read = partial(read_with_last_good, kept=state.guarded.sheets, config=config, today=today)
    sheets = sheets_to_keep(seen.snapshot, tables, read, state.guarded.sheets, today)
    kept = tuple(map(without_staff, tabs))
    if frozen is None:
        return Guarded(baseline_of(seen.ledger, config), kept, sheets=sheets)
    lines = dict(zip(seen.keys, pairs_of(seen.ledger.lines), strict=True))
    return replace(
        state.guarded,
        tabs=kept,
        asked=tuple(doubts),
        accepted=tuple(dict.fromkeys((*state.guarded.accepted, *answered))),
        sheets=sheets,
        held=frozen.held_lines(lines),
        tabs_of=today,
    )


def _note(
    seen: Understood, config: Config, read_at: datetime, name: str, doubts: Sequence[Doubt]
) -> Iterator[Mail]:
    if seen.frozen:
        today = seen.ledger.today
        note = note_of_part(seen.frozen, doubts, config, today=today, at=read_at, workbook=name)
        yield from () if note is None else (note,)


def _snooze_problems(
    seen: Understood, snoozes: SnoozeDates, state: State, config: Config, rows: Sequence[int]
) -> Iterator[Problem]:
    """Yield what is wrong with dates in "Snooze until", at their cells; `rows` are those of the lines.

    Rows and column are those of the tab that is written, where a link of tonight leads: what staff inserted
    or moved there since last night stands elsewhere after the write.
    """
    return snooze_problems(
        snoozes,
        state.told.snoozes,
        today=seen.ledger.today,
        max_days=config.alerts.snooze_max_days,
        tab=_called(seen, config),
        cells={key: a1(row, SNOOZE_COLUMN) for key, row in zip(seen.keys, rows, strict=True)},
    )


def _findings(
    seen: Understood, config: Config, before: Counted, now: Counted, changes_from: date
) -> tuple[Finding, ...]:
    found = find(
        seen.ledger,
        seen.keys,
        seen.problems,
        alerts=config.alerts,
        rules=config.rules,
        allowed_domains=config.allowed_domains,
        before=before,
        now=now,
        changes_from=changes_from,
    )
    frozen = seen.frozen
    if frozen is None:
        return found
    stood = {sheet.name for sheet in frozen.stood}
    return tuple(
        one for one in found if one.tab not in stood and not frozen.holds(one.student, one.service, one.line)
    )


def _mails(
    decision: Decision, seen: Understood, config: Config, read_at: datetime, name: str, rows: Sequence[int]
) -> tuple[Mail, ...]:
    mails = digests(
        decision,
        seen.ledger,
        config,
        checked_at=read_at,
        workbook_name=name,
        what_to_do=seen.what_to_do,
        rows=rows,
        row_link=seen.snapshot.row_link,
        tab=_called(seen, config),
    )
    note = storm_mail(decision.storm, config, today=seen.ledger.today, at=read_at, workbook=name)
    return mails if note is None else (*mails, note)


def _called(seen: Understood, config: Config) -> str:
    """Return what our tab is called in this workbook, or will be."""
    ours = our_tab(seen.snapshot)
    return ours.name if ours else config.compliance.tab


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
        kept=seen.frozen.rows if seen.frozen else None,
    )


def _problems(seen: Understood, config: Config, read_at: datetime) -> Tab:
    return problems_tab(
        seen.problems,
        name=config.compliance.problems_tab,
        checked_at=read_at,
        tabs=[sheet.name for sheet in seen.snapshot.sheets if not sheet.as_tab],
        links={sheet.name: sheet.link for sheet in seen.snapshot.sheets if sheet.as_tab},
        protection=config.compliance.protection,
    )


def _rows_of(tab: Tab, keys: Sequence[str]) -> list[int]:
    """Return the row of each line on the tab, by its key."""
    place = {
        cells[KEY_COLUMN].value: row for row, cells in enumerate(tab.rows, start=1) if len(cells) > KEY_COLUMN
    }
    return [place[key] for key in keys]
