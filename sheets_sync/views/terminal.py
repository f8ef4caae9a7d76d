"""What `sync` and `demo` print for eyes: the lines, what to do, and what else was found.

Words carry everything; colour is added where the terminal has it, and none is written to a pipe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.problems import Problem, Severity
from sheets_sync.views.mail import Mail
from sheets_sync.views.problems_tab import one_a_cause

COLOURS: Mapping[Status, str] = {
    Status.CHECK_DATA: "bold magenta",
    Status.AS_NEEDED: "dim",
    Status.NOT_STARTED: "dim",
    Status.ENDED: "dim",
    Status.NOT_SCHEDULED: "bold red",
    Status.MAKE_UP_OWED: "bold red",
    Status.PARTLY_SCHEDULED: "dark_orange3",
    Status.NOT_LOGGED: "yellow",
    Status.SCHEDULE_DIFFERS: "yellow",
    Status.WATCH: "blue",
    Status.ON_TRACK: "green",
}

WIDE = 110
"""From this many columns on, what to do stands beside the figures; in fewer, under its line."""

STATUS_WIDTH = max(len(status) for status in Status)

Row = dict[str, Any]
Told = tuple[Row, str]


def result_table(
    ledger: Ledger,
    what_to_do: Sequence[str],
    problems: Sequence[Problem] = (),
    mails: Sequence[Mail] = (),
    *,
    width: int = 80,
) -> RenderableType:
    """Return the lines with their status, minutes behind and what to do, and a summary below them.

    Students stand in the order of the Caseload, as on the tab. `what_to_do` stands in the order of
    `ledger.lines`; `width` is that of the terminal, in columns.
    """
    told = _in_order(ledger, what_to_do)
    if not told:
        return Group(Text("There is no line in the Service Grid yet."), *summary(ledger, problems, mails)[2:])
    lines = _wide(told) if width >= WIDE else _narrow(told)
    return Group(lines, "", *summary(ledger, problems, mails))


def _in_order(ledger: Ledger, what_to_do: Sequence[str]) -> list[Told]:
    place = {student: at for at, student in enumerate(ledger.tables.students["student"])}
    told = zip(ledger.line_records, what_to_do, strict=True)
    return sorted(told, key=lambda one: place.get(one[0]["student"], len(place)))


def _wide(told: Sequence[Told]) -> Table:
    table = Table(box=None, expand=True, padding=(0, 1), pad_edge=False, header_style="bold underline")
    table.add_column("Student", max_width=18)
    table.add_column("Service", max_width=34)
    table.add_column("Status", no_wrap=True, width=STATUS_WIDTH)
    table.add_column("Behind", justify="right", no_wrap=True)
    table.add_column("What to do", ratio=1)
    before = None
    for row, text in told:
        student = "" if row["student"] == before else row["student"]
        before = row["student"]
        table.add_row(
            Text(student, style="bold"), Text(_service(row)), _status(row), _behind(row), Text(text)
        )
    return table


def _narrow(told: Sequence[Told]) -> Group:
    parts: list[RenderableType] = []
    for student, lines in groupby(told, key=lambda one: str(one[0]["student"])):
        parts += [Text(student, style="bold"), *(_entry(row, text) for row, text in lines), ""]
    return Group(*parts[:-1])


def _entry(row: Row, text: str) -> RenderableType:
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(no_wrap=True, width=STATUS_WIDTH)
    line.add_column(no_wrap=True, width=15, justify="right")
    behind = _behind(row)
    line.add_row(Text("  " + _service(row)), _status(row), f"{behind} min behind" if behind else "")
    return Group(line, Padding(Text(text), (0, 0, 0, 4))) if text else line


def _service(row: Row) -> str:
    return f"{row['service']} ({row['group']})" if row["group"] else str(row["service"])


def _status(row: Row) -> Text:
    status = Status(row["status"])
    return Text(status.value, style=COLOURS[status])


def _behind(row: Row) -> str:
    return str(row["behind"]) if row["status"] != Status.CHECK_DATA and row["behind"] > 0 else ""


def summary(ledger: Ledger, problems: Sequence[Problem], mails: Sequence[Mail]) -> list[Text]:
    """Return the lines of the summary: statuses, minutes behind, data problems, mails."""
    lines = ledger.lines
    counts = Counter(Status(status) for status in lines["status"])
    statuses = Text(", ").join(
        Text(f"{counts[status]} {status.value}", style=COLOURS[status]) for status in Status if counts[status]
    )
    behind = int(lines["behind"].fillna(0).sum())
    what = f"{_many(len(lines), 'line')} of {_many(lines['student'].nunique(), 'student')}"
    return [
        Text(f"{ledger.today:%A %Y-%m-%d}: {what}, {behind} min behind in all.", style="bold"),
        statuses,
        Text(_problem_counts(problems)),
        Text(f"Mails: {len(mails)}." if mails else "No mail."),
    ]


def _problem_counts(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.severity for problem in one_a_cause(problems))
    if not counts:
        return "No data problems."
    return (
        "Data problems: "
        + ", ".join(_many(counts[kind], kind.value) for kind in Severity if counts[kind])
        + "."
    )


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step at work ("Reading the workbook"); silent unless on a terminal.

    `console` should write to standard error: the line is gone when the work is done.
    """
    with console.status("Starting") as shown:
        yield lambda step: shown.update(Text(step))
