"""What the decision takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sheets_sync.findings.finding import Finding
from sheets_sync.findings.receivers import Receiver
from sheets_sync.findings.roles import Role
from sheets_sync.state import Alert, Telling, Told

MOST_NEW = 25
"""New things that one person is told on one night, at most (promises.md, 23). A thing is what stands in one
paragraph: thirty sessions that one provider missed are one."""

MOST_IN_A_STORM = 10
"""The same, on a night on which more than half of all lines have something new: then a rule, a clock or a
long pause is the likelier cause, and nobody mends all of it in a day."""


class Reason(StrEnum):
    """Why somebody is told."""

    NEW = "new"
    WORSE = "worse"
    ESCALATED = "escalated"
    STILL_OPEN = "still open"
    RESOLVED = "resolved"
    FIRST_SUMMARY = "first summary"


class Closing(StrEnum):
    """Why something is looked for no longer, whether it was settled or not."""

    LINE_GONE = "line gone"
    YEAR_OVER = "year over"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that one person is told. `finding` is None for what is resolved, or ended by a `closing`.

    The tellings of `alert` are those before tonight: its history.
    """

    reason: Reason
    alert: Alert
    finding: Finding | None
    role: Role
    through: tuple[str, ...] = ()
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What could be said to one address about one alert tonight; without `item` nothing is said.

    `before` is the telling if it is not said, `after` if it is; None for one who never heard of it.
    """

    to: str
    item: Item | None
    before: Telling | None
    after: Telling | None


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one address is told tonight. `summary`: the first of this workbook, perhaps without items.

    `held` things more wait for the following nights.
    """

    to: str
    role: Role
    items: tuple[Item, ...]
    summary: bool = False
    held: int = 0

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why this mail goes, each reason once."""
        found = [Reason.FIRST_SUMMARY] if self.summary else [item.reason for item in self.items]
        return tuple(dict.fromkeys(str(reason) for reason in found))


@dataclass(frozen=True, slots=True)
class Storm:
    """A night on which more was new than is told: in things, people and lines of the grid.

    `lines` have something new, of `all_lines`.
    """

    told: int
    held: int
    people: int
    lines: int
    all_lines: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What is told tonight, and what was told once it is.

    `waiting`: things that wait for a school day, or for the night. `storm`: what the administrator is to
    hear, on the first night alone on which something is held.
    """

    digests: tuple[Digest, ...]
    told: Told
    waiting: int = 0
    storm: Storm | None = None


@dataclass(frozen=True)
class Circumstances:
    """What the decision needs to know of the world.

    `receivers` and `supervisors` (addresses) of a finding; `part`: what an address has to do with a student,
    None if it must not (or no longer) hear of the student; `is_known`: whether tonight's count can tell if
    this alert is over; `school_days` counts those from one date to another, both included; `case_managers`
    get the first summary; `snoozes`: the dates in "Snooze until", by line; `lines`: how many there are;
    `position` of a line's key in `Ledger.lines`, -1 if it is not there. `same_day`: a run in school time,
    which tells what is urgent alone; `on_the_wall`: its date there, where that is not the one that it counts
    as of. `is_explained`: whether a row that cannot be read tonight may be why
    this is found; `has_left`: whether a student stands on the Caseload no more. `waits`: addresses to which
    nothing goes tonight.
    """

    receivers: Callable[[Finding], Sequence[Receiver]]
    part: Callable[[str, str], Role | None]
    is_known: Callable[[Alert], bool]
    school_days: Callable[[date, date], int]
    case_managers: Sequence[str]
    repeat_days: int
    supervisors: Callable[[Finding], Sequence[str]] = lambda finding: ()
    escalate_days: int = 14
    snoozes: Mapping[str, date] = field(default_factory=dict)
    snooze_max_days: int = 60
    lines: int = 0
    position: Callable[[str], int] = lambda line: -1
    same_day: bool = False
    on_the_wall: date | None = None
    is_explained: Callable[[Finding], bool] = lambda finding: False
    has_left: Callable[[str], bool] = lambda student: False
    closing: Callable[[Alert], Closing | None] = lambda alert: None
    waits: frozenset[str] = frozenset()
    most_new: int = MOST_NEW
    most_in_a_storm: int = MOST_IN_A_STORM
