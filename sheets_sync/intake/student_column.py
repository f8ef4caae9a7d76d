"""The Student column of every tab but the Caseload: whom each row is about, one row for each student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.names import split_students
from sheets_sync.intake.shared_columns import report_blank
from sheets_sync.intake.students import Match, Standing
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows
from sheets_sync.ports import ErrorValue
from sheets_sync.problems import Severity

ONE_BY_ONE = 5
"""Up to so many names that are not on the Caseload, and look like none there, are reported one by one."""

HINTS = 200_000
"""A name is compared with the whole Caseload only while names x students stay below this."""

_UNTOLD = {
    Standing.SHARED: (
        "{} is the name of two students on the Caseload: whose row this is cannot be told.",
        "Give each a Student ID on the Caseload and write the ID here, or tell the names apart.",
    ),
    Standing.TWO: (
        "{}: the name is one student's on the Caseload, the Student ID another's.",
        "Mend the one that is wrong.",
    ),
}


@dataclass(frozen=True)
class Named:
    """`rows` has one row for each student of a row; `codes` are those of `Context.students`.

    `take` are the positions in the rows given;
    `unmatched` are rows of somebody who is not on the Caseload, or whose name two students share.
    """

    rows: TabRows
    take: Ints
    codes: Ints
    unmatched: Flags

    def at(self, keep: Flags) -> Named:
        """Return these of the rows."""
        return Named(self.rows.at(keep), self.take[keep], self.codes[keep], self.unmatched[keep])


def name_students(rows: TabRows, context: Context, *, keep: bool = False) -> Named:
    """Match the Student column (and Student ID, where the tab has one) to the Caseload.

    Students whom [ignore] names are dropped silently. Those not on the Caseload are reported, one problem a
    name or one for many; their rows are left out unless `keep` is true (a line of the grid stays, as CHECK
    DATA). A row without a student is reported and left out.
    """
    matches, which = _match(rows, context)
    people = [[m for m in row if m.standing is not Standing.IGNORED] for row in matches]
    _report(rows, context, people, which)
    kept = [[m for m in row if keep or m.standing is Standing.KNOWN] for row in people]
    counts = np.array([len(row) for row in kept], dtype=np.int64)
    flat = [m for row in kept for m in row]
    codes = np.array([_code(m, context) for m in flat], dtype=np.int64)
    unmatched = np.array([m.standing is not Standing.KNOWN for m in flat], dtype=bool)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
    per_row = counts[which]
    take = np.repeat(np.arange(len(rows)), per_row)
    ends = np.cumsum(per_row)
    within = np.arange(len(take)) - np.repeat(ends - per_row, per_row)
    places = starts[which[take]] + within
    if len(take) == len(rows) and (per_row == 1).all():
        return Named(rows, take, codes[places], unmatched[places])
    return Named(rows.at(take), take, codes[places], unmatched[places])


def _code(match: Match, context: Context) -> int:
    return match.code if match.standing is Standing.KNOWN else context.students.code(match.typed)


def _match(rows: TabRows, context: Context) -> tuple[list[list[Match]], Ints]:
    """Match each distinct pair of Student and Student ID; return the matches and each row's pair."""
    column, ids = rows.column("Student"), rows.column("Student ID")
    if ids.position < 0:
        return [_people(text_of_name(cell), "", context) for cell in column.cells], column.codes
    pairs, which = np.unique(column.codes * len(ids.cells) + ids.codes, return_inverse=True)
    matches = []
    for pair in pairs.tolist():
        name, student_id = divmod(pair, len(ids.cells))
        texts = text_of_name(column.cells[name]), text_of_name(ids.cells[student_id])
        matches.append(_people(*texts, context))
    return matches, which.astype(np.int64)


def text_of_name(cell: object) -> str:
    """Return a name as typed; an error cell names nobody."""
    return "" if isinstance(cell, ErrorValue) else text_of(cell)  # type: ignore[arg-type]


def _people(typed: str, student_id: str, context: Context) -> list[Match]:
    if not typed:
        return [context.roster.match(student_id, student_id)] if student_id else []
    whole = context.roster.match(typed, student_id)
    if whole.standing is not Standing.UNKNOWN:
        return [whole]
    names = split_students(typed)
    if len(names) < 2:
        return [whole]
    found = [context.roster.match(name) for name in names]
    return list({(m.code, m.typed): m for m in found}.values())


def _report(rows: TabRows, context: Context, people: Sequence[Sequence[Match]], which: Ints) -> None:
    column = rows.column("Student")
    blank = column.blank() if "Student ID" not in rows.columns else np.array([not p for p in people])[which]
    errors = column.where(lambda cell: isinstance(cell, ErrorValue))
    nobody = blank & column.blank()
    remedy = "Write the student's name as on the Caseload."
    report_blank(context, rows, column, nobody, "Student is blank.", remedy)
    context.found.at_rows(
        Severity.ERROR,
        rows,
        column,
        errors,
        "The cell shows an error instead of a student's name.",
        "Mend the formula in it.",
    )
    strangers = _typed(people, Standing.UNKNOWN)
    everyone = {match.typed for row in people for match in row}
    strange = np.isin(which, sorted({pair for pairs in strangers.values() for pair in pairs}))
    context.found.names[rows.tab] = (len(everyone), frozenset(strangers), int(strange.sum()))
    _report_strangers(rows, context, strangers, which)
    for standing, (problem, remedy) in _UNTOLD.items():
        for typed, numbers in _typed(people, standing).items():
            where = np.isin(which, numbers)
            told = problem.format(shown(typed))
            context.found.at_rows(Severity.ERROR, rows, column, where, told, remedy, shown(typed))


def _typed(people: Sequence[Sequence[Match]], standing: Standing) -> dict[str, list[int]]:
    """Return the names of this standing, each with the pairs in which it is typed."""
    typed: dict[str, list[int]] = {}
    for number, row in enumerate(people):
        for match in row:
            if match.standing is standing:
                typed.setdefault(match.typed, []).append(number)
    return typed


def _report_strangers(rows: TabRows, context: Context, strangers: dict[str, list[int]], which: Ints) -> None:
    """Report names not on the Caseload: each with a hint of its own, of many others one problem for all."""
    compare = len(strangers) * len(context.roster.labels) <= HINTS
    hints = {typed: context.roster.hint(typed) if compare else None for typed in strangers}
    others = [typed for typed, hint in hints.items() if hint is None]
    single = [typed for typed in strangers if hints[typed] or len(others) <= ONE_BY_ONE]
    column = rows.column("Student")
    for typed in single:
        hint = hints[typed]
        asks = f" Is this {hint}?" if hint else ""
        context.found.at_rows(
            Severity.ERROR,
            rows,
            column,
            np.isin(which, strangers[typed]),
            f"{shown(typed)} is not on the Caseload.{asks}",
            f'Write {hint}, or in the configuration: [aliases] "{shown(typed)}" = "{hint}".'
            if hint
            else "Write the name as on the Caseload, add them there, or name them in [ignore] students.",
            shown(typed),
            readable=True,
        )
    if len(others) > ONE_BY_ONE:
        numbers = [number for typed in others for number in strangers[typed]]
        named = ", ".join(shown(typed) for typed in others[:ONE_BY_ONE])
        context.found.at_rows(
            Severity.ERROR,
            rows,
            column,
            np.isin(which, numbers),
            f"{len(others)} names are not on the Caseload: {named} and {len(others) - ONE_BY_ONE} more.",
            "Add the students to the Caseload, or name in [ignore] students those who are not hers.",
            shown(others[0]),
            readable=True,
        )
