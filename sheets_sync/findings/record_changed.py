"""record-changed: what had been counted was changed or removed, and less is required or behind because of it.

To tell "because of it", what the last trusted run counted is counted twice more, as of that run's day and
with its schedule: as it stood, and with tonight's edits of the record alone. Entries that were added since
(a make-up that is logged late) are in neither. Only the past is compared: every line is cut on the day before
that run, so a line that ended properly, from then on, loses nothing.

Each change is judged by itself too, so that no other one hides it: all of the grid of a service are one
change, all of the Calendar, and two entries that exchanged their dates. Of more than MOST_ALONE changes only
the sum is judged.

Figures are those of a student's service, all its lines together: a line that is split in two requires the
same. Less is *behind* if it falls; *required* counts as less where not only what was excused falls with it:
a snow day that everybody logged as "school closed" may come into the Calendar later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheets_sync.counted import Counted, CountedLine, Course
from sheets_sync.findings.counting_again import tables_of
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import Scene
from sheets_sync.findings.people import People
from sheets_sync.findings.record_edits import (
    Edit,
    EntryEdit,
    calendar_edits,
    entry_edits,
    exchanged,
    grid_edits,
    log_after,
)
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import Tables

MOST_WORDS = 4
MOST_ALONE = 20
REMEDY_GRID = "If the plan changed: end the old row (End date), add a new one. If not: put the old row back."
REMEDY = "If it was an error, say so in Notes. If not: put back what stood there."


@dataclass(frozen=True, slots=True)
class Figures:
    """Minutes of a student's service over the past."""

    required: int = 0
    excused: int = 0
    behind: int = 0

    def less_than(self, was: Figures) -> str:
        """Return what is less than it was, in words; "" if nothing is."""
        parts = []
        if self.required < was.required and self.required - self.excused < was.required - was.excused:
            parts.append(f"{was.required - self.required} min less required")
        if self.behind < was.behind:
            parts.append(f"{was.behind - self.behind} min less behind")
        return " and ".join(parts)


def record_changed(scene: Scene, before: Counted, now: Counted, people: People) -> Iterator[Finding]:
    """Yield a finding for each student's service of which less is required or behind than was counted.

    A student who is no longer on the Caseload is unknown. Nothing is found on a first run.
    """
    if before.on is None:
        return
    until = min(before.on, scene.today)
    edits = [
        one for one in _changes(before, now, until) if not one.student or one.student in people.case_managers
    ]
    if not edits:
        return
    judge = _Judge(before, now, scene.ledger.tables, scene.rules, until)
    was = judge.figures(())
    judged = [(edits, judge.figures(edits))]
    if 1 < len(edits) <= MOST_ALONE:
        taking = [one for one in edits if _takes(was, judge.figures([one]))]
        if taking and taking != edits:
            judged.insert(0, (taking, judge.figures(taking)))
    for course, figures in was.items():
        for those, is_now in judged:
            after = is_now.get(course, Figures())
            less = after.less_than(figures)
            own = _edits_of(course, [edit for one in those for edit in one.edits])
            if less and own and course[0] in people.case_managers:
                yield _finding(scene, course, own, less, before.lines, figures, after)
                break


def _takes(was: Mapping[Course, Figures], now: Mapping[Course, Figures]) -> bool:
    return any(now.get(course, Figures()).less_than(figures) for course, figures in was.items())


@dataclass(frozen=True)
class _Change:
    """What is judged together: entries, or `edits` of the grid or the Calendar. `student`: "" for all."""

    student: str
    edits: tuple[Edit, ...]
    entries: tuple[EntryEdit, ...] = ()


def _changes(before: Counted, now: Counted, until: date) -> list[_Change]:
    by_course: dict[Course, list[Edit]] = {}
    for edit in grid_edits(before, now):
        if edit.course:
            by_course.setdefault(edit.course, []).append(edit)
    calendar = tuple(calendar_edits(before, now, until))
    return [
        *(_Change(course[0], tuple(edits)) for course, edits in by_course.items()),
        *([_Change("", calendar)] if calendar else []),
        *(
            _Change(those[0].course[0], tuple(Edit(one.words, one.course) for one in those), those)
            for those in exchanged(entry_edits(before, now, until))
        ),
    ]


@dataclass(frozen=True)
class _Judge:
    """Counts what the last run counted, with some of tonight's changes."""

    before: Counted
    now: Counted
    tonight: Tables
    rules: Rules
    until: date

    def figures(self, changes: Sequence[_Change]) -> dict[Course, Figures]:
        """Return the figures with these changes made, and no others."""
        before, now = self.before, self.now
        edits = [edit for change in changes for edit in change.edits]
        grids = {edit.course for edit in edits if edit.key}
        kept = tuple(line for line in before.lines if (line.student, line.service) not in grids)
        new = tuple(line for line in now.lines if (line.student, line.service) in grids)
        edited = replace(
            before,
            lines=(*kept, *new),
            calendar=now.calendar if any(edit.course is None for edit in edits) else before.calendar,
            log=log_after(before.log, [one for change in changes for one in change.entries]),
        )
        return _figures(edited, self.tonight, self.rules, self.until)


def _figures(counted: Counted, tonight: Tables, rules: Rules, until: date) -> dict[Course, Figures]:
    """Count the days before `until` and add up by student and service; without what cannot be counted."""
    last = until - timedelta(days=1)
    past = replace(
        counted,
        lines=tuple(
            replace(line, end=min(line.end or last, last))
            for line in counted.lines
            if line.start is None or line.start <= last
        ),
    )
    lines = count(tables_of(past, tonight), rules, until).lines
    sums = lines.groupby(["student", "service"])[["required", "excused", "behind"]].sum()
    return {
        (str(student), str(service)): Figures(int(required), int(excused), int(behind))
        for (student, service), required, excused, behind in zip(
            sums.index, sums["required"], sums["excused"], sums["behind"], strict=True
        )
    }


def _edits_of(course: Course, edits: Sequence[Edit]) -> list[Edit]:
    """Return what was edited of a service, and of the Calendar; else of the student's other services.

    A suspension that is logged elsewhere decides which of the later ones are owed.
    """
    own = [edit for edit in edits if edit.course in (course, None)]
    return own or [edit for edit in edits if edit.course and edit.course[0] == course[0]]


def _finding(
    scene: Scene,
    course: Course,
    edits: Sequence[Edit],
    less: str,
    lines: Sequence[CountedLine],
    was: Figures,
    now: Figures,
) -> Finding:
    shown = [edit.words for edit in edits[:MOST_WORDS]]
    shown += [f"{len(edits) - MOST_WORDS} more"] if len(edits) > MOST_WORDS else []
    line = _line(course, edits, lines)
    position = next((one.position for one in scene.lines if line and one.key == line.key), -1)
    of_grid = any(edit.key for edit in edits)
    return Finding(
        kind=Kind.RECORD_CHANGED,
        student=course[0],
        service=course[1],
        line=line.key if line else "",
        provider=line.provider if line else "",
        date=scene.today,
        minutes=max(was.behind - now.behind, was.required - now.required),
        text=f"{'; '.join(shown)}: {less}.",
        remedy=REMEDY_GRID if of_grid else REMEDY,
        reason="" if any(edit.course for edit in edits) else "; ".join(shown),
        cells=tuple(_cells(scene, position)),
        providers=(line.provider,) if line and line.provider else (),
        position=position,
    )


def _line(course: Course, edits: Sequence[Edit], lines: Sequence[CountedLine]) -> CountedLine | None:
    """Return the line that was edited, else the first of the service."""
    keys = {edit.key for edit in edits}
    own = [line for line in lines if (line.student, line.service) == course]
    return min(own, key=lambda line: line.key not in keys, default=None)


def _cells(scene: Scene, position: int) -> Iterator[str]:
    if position >= 0:
        yield scene.lines[position].cell
