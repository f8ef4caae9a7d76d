"""Joins the charts of a Caseload by student: dates in one, teacher, room and transportation in the other.

A student may stand in one alone. Where two say something different of one student, the first counts, and it
is asked. Whoever cannot be found in the charts before without doubt is an error there, and not joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sheets_sync.intake.caseload import other_names
from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.forms_shown import either
from sheets_sync.intake.grades import grade_key
from sheets_sync.intake.names import name_key
from sheets_sync.intake.roster import make_roster, student_labels
from sheets_sync.intake.students import Match, Roster, Standing
from sheets_sync.intake.tab_rows import Column, TabRows, column_of
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, cell_number, on_sheet

MOST = 20
"""So many cells of a column that contradict another chart are asked about one by one."""
_TOGETHER = ("Also called", "Notes")
"""What two charts say here adds up."""


@dataclass
class _Student:
    """The position of a student's row in each chart that has one."""

    rows: dict[int, int] = field(default_factory=dict)


def join_charts(charts: Sequence[TabRows], aliases: Mapping[str, str]) -> TabRows:
    """Return the charts of a Caseload as the rows of one, a row a student, in the order of the first chart;
    then those who are in later charts alone."""
    return _Join(charts, aliases).joined() if len(charts) > 1 else charts[0]


class _Join:
    def __init__(self, charts: Sequence[TabRows], aliases: Mapping[str, str]) -> None:
        self._charts = charts
        self._aliases = aliases
        sheets = {chart.sheet.name: chart.sheet for chart in charts}
        self._sheets: tuple[Sheet, ...] = tuple(sheets.values())
        self._number = {name: number for number, name in enumerate(sheets)}
        self._problems: list[Problem] = []
        self._students = [_Student({0: at}) for at in range(len(charts[0]))]

    def joined(self) -> TabRows:
        for number in range(1, len(self._charts)):
            self._add(number)
        first = self._charts[0]
        there = [name for name in COLUMNS[first.tab] if any(name in chart.columns for chart in self._charts)]
        columns = {name: self._column(name) for name in there}
        return TabRows(
            first.tab,
            first.sheet,
            np.array([self._row_of(student) for student in self._students], dtype=np.int64),
            columns,
            (*(one for chart in self._charts for one in chart.problems), self._said(), *self._problems),
            header=first.header,
            charts=tuple(self._charts),
            further=self._sheets[1:],
        )

    def _row_of(self, student: _Student) -> int:
        chart, at = next(iter(student.rows.items()))
        rows = self._charts[chart]
        return on_sheet(int(rows.rows[at]), self._number[rows.sheet.name])

    def _add(self, number: int) -> None:
        """Join the rows of one chart with the students of those before."""
        chart = self._charts[number]
        known, roster = self._roster()
        names, ids, grades = (chart.column(name).texts() for name in ("Student", "Student ID", "Grade"))
        for at, (name, student_id, grade) in enumerate(zip(names, ids, grades, strict=True)):
            match = roster.find(name, student_id, grade) if name else Match(name, Standing.UNKNOWN)
            if match.standing in (Standing.UNKNOWN, Standing.IGNORED):
                self._students.append(_Student({number: at}))
                self._ask_whether_misspelt(number, at, name, roster)
            elif match.standing is not Standing.KNOWN:
                self._refuse(number, at, _why_not(match))
            elif number in (student := self._students[known[match.code]]).rows:
                row = int(chart.rows[student.rows[number]])
                self._refuse(number, at, f"Row {row} of this chart is taken for the same student.")
            else:
                student.rows[number] = at
                if match.by_form:
                    self._show_form(number, at, roster.labels[match.code])

    def _roster(self) -> tuple[list[int], Roster]:
        """Return the students so far, and of each code there which of them it is."""
        named = [at for at in range(len(self._students)) if self._text(at, "Student")]
        names, ids, grades = (
            [self._text(at, name) for at in named] for name in ("Student", "Student ID", "Grade")
        )
        also = [other_names(self._text(at, "Also called")) for at in named]
        labels = student_labels(names, ids, grades)
        roster = make_roster(names, ids, self._aliases, grades=grades, also_called=also)
        return [named[labels.index(label)] for label in roster.labels], roster

    def _cells(self, student: _Student, name: str) -> Iterator[tuple[int, int, CellValue]]:
        """Yield chart, position and what stands there, of each chart that says something of the student."""
        for number, at in student.rows.items():
            column = self._charts[number].columns.get(name)
            if column is not None and not is_blank(cell := column.cells[int(column.codes[at])]):
                yield number, at, cell

    def _text(self, at: int, name: str) -> str:
        return next((text_of(cell) for _, _, cell in self._cells(self._students[at], name)), "")

    def _column(self, name: str) -> Column:
        cells: list[CellValue] = []
        numbers: list[int] = []
        contradictions: list[Problem] = []
        for student in self._students:
            said = list(self._cells(student, name))
            number, at, cell = said[0] if said else (*self._blank(student, name), None)
            if name in _TOGETHER and len(said) > 1:
                cell = "; ".join(dict.fromkeys(text_of(one) for _, _, one in said))
            elif name != "Student":
                contradictions += self._contradictions(name, said)
            cells.append(cell)
            numbers.append(self._cell_number(number, at, name))
        self._problems += contradictions[:MOST]
        if len(contradictions) > MOST:
            self._problems.append(_and_more(contradictions, name))
        position = next(c.columns[name].position for c in self._charts if name in c.columns)
        return column_of(name, position, cells, np.array(numbers, dtype=np.int64))

    def _blank(self, student: _Student, name: str) -> tuple[int, int]:
        """Return the chart and the row in which a person would write what no chart says."""
        has = ((number, at) for number, at in student.rows.items() if name in self._charts[number].columns)
        return next(has, next(iter(student.rows.items())))

    def _cell_number(self, number: int, at: int, name: str) -> int:
        chart = self._charts[number]
        place = max(chart.column(name).position, 0)
        return on_sheet(cell_number(int(chart.rows[at]), place), self._number[chart.sheet.name])

    def _place(self, number: int, at: int, name: str) -> tuple[str, str]:
        chart = self._charts[number]
        return chart.place(at, chart.column(name))

    def _contradictions(self, name: str, said: Sequence[tuple[int, int, CellValue]]) -> Iterator[Problem]:
        for number, at, cell in said[1:]:
            first_number, first_at, first = said[0]
            if _same(name, first, cell):
                continue
            tab, address = self._place(number, at, name)
            first_tab, first_address = self._place(first_number, first_at, name)
            where = first_address if first_tab == tab else f'{first_address} of the tab "{first_tab}"'
            problem = f"{where} says {shown(first)} as {name} of the same student: that counts, and not this."
            remedy = "Write the same in both, or leave one of them out."
            yield Problem(Severity.QUESTION, tab, address, shown(cell), problem, remedy)

    def _report(self, severity: Severity, number: int, at: int, problem: str, remedy: str) -> None:
        cell = self._charts[number].column("Student").texts()[at]
        place = self._place(number, at, "Student")
        self._problems.append(Problem(severity, *place, shown(cell), problem, remedy))

    def _refuse(self, number: int, at: int, why: str) -> None:
        remedy = "Write the name as the first chart has it, or the Student ID in both."
        self._report(Severity.ERROR, number, at, f"{why} The row is not joined with any, nor read.", remedy)

    def _show_form(self, number: int, at: int, label: str) -> None:
        problem = f"Another form of a name is taken for {label} of the chart before."
        remedy = "Nothing, if that is right. If somebody else is meant, write the whole name."
        self._report(Severity.NOTE, number, at, problem, remedy)

    def _ask_whether_misspelt(self, number: int, at: int, name: str, roster: Roster) -> None:
        near = roster.hint(name) if name else None
        if near:
            problem = f"The chart before does not have this name: it is a student of its own. Is it {near}?"
            self._report(Severity.QUESTION, number, at, problem, "Write the name alike in both charts.")

    def _said(self) -> Problem:
        """Say that several charts were joined, and how many students stand in each."""
        in_all = sum(len(student.rows) == len(self._charts) for student in self._students)
        tabs = " and ".join(f'"{sheet.name}"' for sheet in self._sheets)
        where = f"The tabs {tabs} are" if len(self._sheets) > 1 else f"{len(self._charts)} tables here are"
        problem = (
            f"{where} read as one Caseload, joined by student: {in_all} of {len(self._students)} students"
            f" stand in {'both' if len(self._charts) == 2 else 'all'}."
        )
        remedy = 'Nothing, if that is right; else name the tab in the configuration: [tabs] "Caseload" = ...'
        return Problem(Severity.NOTE, self._charts[-1].sheet.name, "", "", problem, remedy)


def _why_not(match: Match) -> str:
    if match.standing is Standing.SEVERAL:
        return f"This can be {either(match.candidates)}."
    if match.standing is Standing.TWO:
        return "The name is one student's and the ID beside it another's."
    return "Two students have this name in the chart before, and nothing tells which is meant."


def _same(name: str, one: CellValue, other: CellValue) -> bool:
    if type(one) is type(other) and one == other:
        return True
    texts = text_of(one), text_of(other)
    grades = {grade_key(text) for text in texts}
    if name == "Grade" and len(grades) == 1 and grades != {""}:
        return True
    return name_key(texts[0]) == name_key(texts[1])


def _and_more(contradictions: Sequence[Problem], name: str) -> Problem:
    first, rest = contradictions[MOST], len(contradictions) - MOST
    problem = f"{rest} more cells say something else as {name} than the chart before: that counts."
    remedy = "Is this the same column? Leave one of them out."
    return Problem(Severity.QUESTION, first.tab, first.cell, first.value, problem, remedy)
