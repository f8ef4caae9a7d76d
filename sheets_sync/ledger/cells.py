"""One student, one service, one date with several sessions or entries: the rules of matching in full
(counting.md, "Log").

Entries are given to sessions first by equal start time; then by equal group; then those without a time; then
in order of time and of rows. What is left over may be a second entry of a session, an off-schedule session,
or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheets_sync.ledger.entries import GIVEN, Outcome
from sheets_sync.tables import Category

FAVOUR = {
    Outcome.OWED: 0,
    Outcome.EXCUSED: 1,
    Outcome.LATE: 2,
    Outcome.DELIVERED: 3,
    Outcome.UNKNOWN: 4,
}
"""Of two entries of one session the less favourable to the school counts; an unreadable one never does."""


@dataclass(frozen=True, slots=True)
class CellSession:
    """`group` is that of the session, `line_group` that of the line to which it belongs."""

    session: int
    start: int
    minutes: int
    group: int
    line_group: int


@dataclass(frozen=True, slots=True)
class CellEntry:
    entry: int
    start: int
    minutes: int
    group: int
    outcome: int
    category: int


@dataclass(slots=True)
class Cell:
    sessions: list[CellSession] = field(default_factory=list)
    entries: list[CellEntry] = field(default_factory=list)


@dataclass(slots=True)
class Kept:
    """What counts for one session, or for one off-schedule delivery, after second entries were weighed.

    `length` is what blank minutes stand for, `lasts` how long the session itself was (minutes)."""

    entry: int
    outcome: int
    category: int
    minutes: int
    start: int
    group: int
    length: int
    lasts: int
    session: int = -1
    others: list[int] = field(default_factory=list)


@dataclass(slots=True)
class CellResult:
    """`sessions`: (occurrence, what counts, further entries). `doubles`: (entry, entry, logged twice?)."""

    sessions: list[tuple[int, Kept, list[int]]] = field(default_factory=list)
    off_schedule: list[Kept] = field(default_factory=list)
    pooled: list[int] = field(default_factory=list)
    missed_nothing: list[int] = field(default_factory=list)
    doubles: list[tuple[int, int, bool]] = field(default_factory=list)


def match_cell(cell: Cell, active: Mapping[int, int]) -> CellResult:
    """Match the entries of one date. `active` gives the session length of each group with an active line."""
    result = CellResult()
    sessions = sorted(cell.sessions, key=lambda s: (s.start, s.session))
    pairs, left = _pair(sessions, cell.entries, active)
    kept = [_keep(entry, session) for session, entry in pairs]
    decisions = [entry for entry in left if entry.outcome == Outcome.TEAM_DECISION]
    others = [entry for entry in left if entry.outcome != Outcome.TEAM_DECISION]
    kept += _weigh_the_rest(kept, others, active, result)
    _decide(sessions, decisions, kept, active, result)
    for one in kept:
        if one.session >= 0:
            result.sessions.append((one.session, one, one.others))
        else:
            result.off_schedule.append(one)
    return result


def _pair(
    sessions: list[CellSession], entries: list[CellEntry], active: Mapping[int, int]
) -> tuple[list[tuple[CellSession, CellEntry]], list[CellEntry]]:
    """Give each session one entry, in four rounds."""
    rounds: tuple[Callable[[CellEntry, CellSession], bool], ...] = (
        lambda e, s: e.start >= 0 and e.start == s.start and e.group == s.group,
        lambda e, s: e.start >= 0 and e.start == s.start,
        lambda e, s: e.group >= 0 and e.group == s.group,
        lambda e, _: e.start < 0,
        lambda _e, _s: True,
    )
    free, waiting = list(sessions), sorted(entries, key=lambda e: (e.start, e.entry))
    pairs: list[tuple[CellSession, CellEntry]] = []
    for fits in rounds:
        for entry in list(waiting):
            chosen = next((s for s in free if fits(entry, s) and _may(entry, s, active)), None)
            if chosen is not None:
                pairs.append((chosen, entry))
                free.remove(chosen)
                waiting.remove(entry)
    return pairs, waiting


def _may(entry: CellEntry, session: CellSession, active: Mapping[int, int]) -> bool:
    """An entry that names a group is given to another group only if no line of its own group is active."""
    other = min(entry.group, session.group) >= 0 and entry.group != session.group
    return not other or entry.group not in active


def _keep(entry: CellEntry, session: CellSession) -> Kept:
    decided = entry.outcome == Outcome.TEAM_DECISION
    return Kept(
        entry=entry.entry,
        outcome=Outcome.EXCUSED if decided else entry.outcome,
        category=entry.category,
        minutes=entry.minutes,
        start=entry.start if entry.start >= 0 else session.start,
        group=entry.group,
        length=session.minutes,
        lasts=session.minutes,
        session=session.session,
    )


def _weigh_the_rest(
    kept: list[Kept], left: list[CellEntry], active: Mapping[int, int], result: CellResult
) -> list[Kept]:
    """Weigh what is left over against what is kept; return what stands for itself."""
    alone: list[Kept] = []
    kept = sorted(kept, key=lambda one: (one.start, one.session))
    for entry in left:
        rivals = [*kept, *alone] if entry.outcome in GIVEN else kept
        same = [one for one in rivals if _one_session(one, entry)]
        if same:
            _weigh(next((one for one in same if one.start == entry.start), same[0]), entry, result)
        elif entry.outcome in GIVEN:
            alone.append(_alone(entry, active))
        else:
            result.missed_nothing.append(entry.entry)
    return alone


def _alone(entry: CellEntry, active: Mapping[int, int]) -> Kept:
    """An off-schedule session; a blank length is that of the line's sessions."""
    length = active.get(entry.group, max(active.values(), default=0))
    return Kept(
        entry=entry.entry,
        outcome=entry.outcome,
        category=entry.category,
        minutes=entry.minutes,
        start=entry.start,
        group=entry.group,
        length=length,
        lasts=entry.minutes if entry.minutes >= 0 else length,
    )


def _one_session(one: Kept, entry: CellEntry) -> bool:
    """Tell whether two entries can only be one session: groups not both named and different, and start times
    equal, one of them blank, or less than the session's minutes apart."""
    if one.group >= 0 and entry.group >= 0 and one.group != entry.group:
        return False
    if one.start < 0 or entry.start < 0:
        return True
    return one.start == entry.start or abs(one.start - entry.start) < one.lasts


def _weigh(twin: Kept, entry: CellEntry, result: CellResult) -> None:
    if twin.category == Category.TEAM_DECISION and entry.outcome not in GIVEN:
        twin.others.append(entry.entry)
        return
    mine = twin.minutes if twin.minutes >= 0 else twin.length
    its = entry.minutes if entry.minutes >= 0 else twin.length
    same = twin.category == entry.category and (mine == its or entry.outcome not in GIVEN)
    result.doubles.append((twin.entry, entry.entry, same))
    twin.others.append(entry.entry)
    if same:
        return
    if twin.session < 0:
        less = min((FAVOUR[twin.outcome], mine), (FAVOUR[entry.outcome], its))
        _shorten(twin, entry, less[1])
        return
    decided = twin.category == Category.TEAM_DECISION
    if decided or (FAVOUR[entry.outcome], its) < (FAVOUR[twin.outcome], mine):
        twin.others[-1] = twin.entry
        twin.entry, twin.outcome, twin.category = entry.entry, entry.outcome, entry.category
        twin.minutes = entry.minutes


def _shorten(twin: Kept, entry: CellEntry, minutes: int) -> None:
    """Of two entries of one off-schedule session one's minutes count, for the group that either names."""
    twin.minutes = minutes
    if twin.group < 0 <= entry.group:
        twin.others[-1] = twin.entry
        twin.entry, twin.group = entry.entry, entry.group


def _decide(
    sessions: list[CellSession],
    decisions: list[CellEntry],
    kept: list[Kept],
    active: Mapping[int, int],
    result: CellResult,
) -> None:
    """A team decision stands above every other entry of its session but a delivered one; on a date with no
    session it goes to the pool."""
    by_session = {one.session: one for one in kept if one.session >= 0}
    given = {s for s, one in by_session.items() if one.outcome in GIVEN}
    open_ = [s for s in sessions if s.session not in given]
    pairs, left = _pair(open_, decisions, active)
    for session, decision in pairs:
        old = by_session.get(session.session)
        new = _keep(decision, session)
        if old is not None:
            new.others = [*old.others, old.entry]
            kept.remove(old)
        kept.append(new)
    for decision in left:
        if not any(_may(decision, s, active) or s.line_group == decision.group for s in sessions):
            result.pooled.append(decision.entry)
