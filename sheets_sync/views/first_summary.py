"""The first trusted run of a workbook: one summary to each case manager, a line of it a line of the grid."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.findings.alerts import Digest
from sheets_sync.findings.words import count
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.views.digest import Setting, Told, open_sections
from sheets_sync.views.digest_words import closing, first_line
from sheets_sync.views.letter import Entry, Letter, Section
from sheets_sync.views.plain import plain

TONES = {
    Status.CHECK_DATA: "purple",
    Status.NOT_SCHEDULED: "red",
    Status.MAKE_UP_OWED: "red",
    Status.PARTLY_SCHEDULED: "orange",
    Status.NOT_LOGGED: "yellow",
    Status.SCHEDULE_DIFFERS: "yellow",
    Status.WATCH: "blue",
}
RANK = {status: rank for rank, status in enumerate(TONES)}
"""Statuses with something to do, the gravest first; of the other lines their number is told."""


def summary(digest: Digest, ledger: Ledger, here: Setting) -> Letter:
    """Make the letter of a first summary, for one case manager and her students alone."""
    findings = [item.finding for item in digest.items if item.finding is not None]
    students = here.people.students_of(digest.to)
    rows = [row for row in _rows(ledger) if row[1] in students]
    apart = [Told(item, item.finding) for item in digest.items if item.finding and item.finding.position < 0]
    return Letter(
        lead=first_line(digest, findings),
        opening=(_opening(len(students), rows), OTHERS),
        sections=_together([*_sections(rows, here), *open_sections(apart, digest.to, here)]),
        closing=closing(digest, here.workbook, here.checked_at),
    )


def _together(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Put what stands under the same heading into one block, in the place of the first."""
    entries: dict[str, tuple[Entry, ...]] = {}
    for section in sections:
        entries[section.heading] = entries.get(section.heading, ()) + section.entries
    return tuple(Section(heading, own) for heading, own in entries.items())


Row = tuple[int, str, str, Status, int]


def _rows(ledger: Ledger) -> list[Row]:
    lines = ledger.lines
    behind = lines["behind"].fillna(0).astype("int64").tolist()
    columns = (lines["student"], lines["service"], lines["status"], behind)
    return [
        (position, str(student), str(service), Status(status), minutes)
        for position, (student, service, status, minutes) in enumerate(zip(*columns, strict=True))
    ]


def _opening(students: int, rows: Sequence[Row]) -> str:
    quiet = sum(row[3] not in TONES for row in rows)
    counted = f"{count(students, 'student')}, {count(len(rows), 'line')} of the grid"
    which = f"{quiet} of them" if quiet < len(rows) else "all" if quiet > 1 else ""
    fine = f"{which} as {'it' if quiet == 1 else 'they'} should be".strip()
    rest = f", {fine}" if quiet else ""
    return f"This is the first check of this workbook: {counted}{rest}."


OTHERS = (
    "Nobody else was told anything. From now on a mail comes only when something is new, is settled, or is"
    " still open after a week; the providers then hear of their own sessions."
)


def _sections(rows: Sequence[Row], here: Setting) -> list[Section]:
    by_student: dict[str, list[Row]] = {}
    for row in rows:
        if row[3] in TONES:
            by_student.setdefault(row[1], []).append(row)
    worst_first = sorted(
        by_student.items(), key=lambda entry: min((RANK[row[3]], -row[4]) for row in entry[1])
    )
    return [
        Section(here.names.label(student), tuple(_entry(row, here) for row in own))
        for student, own in worst_first
    ]


def _entry(row: Row, here: Setting) -> Entry:
    position, _, service, status, behind = row
    return Entry(
        label=status.value,
        tone=TONES[status],
        head=plain(service, 80),
        note=f"{behind} min behind" if behind else "",
        text=plain(here.what_to_do[position], 400) if position < len(here.what_to_do) else "",
        place=here.places[position] if position < len(here.places) else None,
    )
