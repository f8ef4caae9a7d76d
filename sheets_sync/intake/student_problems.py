"""What is said of the names in a Student column: who is not on the Caseload, who can be two, who is meant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheets_sync.intake.cells import shown
from sheets_sync.intake.context import Context
from sheets_sync.intake.forms_shown import either, report_forms
from sheets_sync.intake.shared_columns import report_blank
from sheets_sync.intake.students import Match, Standing
from sheets_sync.intake.tab_rows import Ints, TabRows
from sheets_sync.ports import ErrorValue
from sheets_sync.problems import Severity

ONE_BY_ONE = 5
"""Up to so many names that are not on the Caseload, and look like none there, are reported one by one."""

HINTS = 200_000
"""A name is compared with the whole Caseload only while names x students stay below this."""

_UNTOLD = {
    Standing.SHARED: (
        "{} is the name of two students on the Caseload: whose row this is cannot be told.",
        "Give each a Student ID or a Grade on the Caseload and write it here too, or tell the names apart.",
    ),
    Standing.TWO: (
        "{}: the name is one student's on the Caseload, the Student ID another's.",
        "Mend the one that is wrong.",
    ),
    Standing.GRADES: (
        "{}: the column Grade says another grade than the name: whose row this is cannot be told.",
        "Mend the one that is wrong.",
    ),
}


def report_names(rows: TabRows, context: Context, people: Sequence[Sequence[Match]], which: Ints) -> None:
    """Report what the Student column leaves open, and show in what other forms it writes whose names.

    `people` are the matches of each distinct cell with what stands beside it, `which` the one of each row.
    """
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
    context.found.names[rows.sheet.name] = (len(everyone), frozenset(strangers), int(strange.sum()))
    _report_strangers(rows, context, strangers, which)
    for standing, (problem, remedy) in _UNTOLD.items():
        for typed, numbers in _typed(people, standing).items():
            where = np.isin(which, numbers)
            told = problem.format(shown(typed))
            context.found.at_rows(Severity.ERROR, rows, column, where, told, remedy, shown(typed))
    _report_several(rows, context, people, which)
    _show_forms(rows, context, people, which)


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


def _report_several(rows: TabRows, context: Context, people: Sequence[Sequence[Match]], which: Ints) -> None:
    """Ask whom a name means that can be several."""
    column = rows.column("Student")
    candidates = {m.typed: m.candidates for row in people for m in row}
    for typed, numbers in _typed(people, Standing.SEVERAL).items():
        who = either(candidates[typed])
        context.found.at_rows(
            Severity.ERROR,
            rows,
            column,
            np.isin(which, numbers),
            f"{shown(typed)} can mean {who}: whose row this is cannot be told.",
            f"Write the whole name or the Student ID, or say in the configuration: [aliases]"
            f' "{shown(typed)}" = "...".',
            shown(typed),
        )


def _show_forms(rows: TabRows, context: Context, people: Sequence[Sequence[Match]], which: Ints) -> None:
    """Note whose name was written in another form."""
    labels = context.roster.labels
    forms: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(people):
        for match in row:
            if match.by_form:
                forms.setdefault((match.typed, labels[match.code]), []).append(number)
    report_forms(rows, context, rows.column("Student"), forms, which, "the Caseload")
