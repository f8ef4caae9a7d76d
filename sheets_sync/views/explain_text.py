"""`explain` for eyes: why is this line red? So that a case manager can check it against her planner.

First the answer, then the figures and how they add up, then every period, the newest first, with every
session, the account it stands in, the cell it comes from, and what was not asked for and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sheets_sync.findings.missed import LONG_SUSPENDED
from sheets_sync.findings.words import clock, clock_span, frequency_words, sentence
from sheets_sync.ledger.result import ACCOUNTS, Ledger, Status
from sheets_sync.tables import Category
from sheets_sync.views.explain import (
    OUTSIDE,
    Row,
    account_of,
    cells_of,
    chosen,
    periods_by_line,
    session_identity,
    sessions_by_period,
)
from sheets_sync.views.period_words import arithmetic, day_words, period_words
from sheets_sync.views.schedule_words import is_of_a_closed_day
from sheets_sync.views.terminal import COLOURS, STATUS_WIDTH

ACCOUNT_WORDS = {name: name.replace("_", " ") for name in (*ACCOUNTS, "extra")}
OPEN = {"owed": "bold red", "not_logged": "yellow", "not_scheduled": "bold red"}
"""The accounts that somebody has to do something about."""

CELLS_WIDTH = 32
SAID_ALREADY = ("delivered", "make-up", "made up")


def explain_text(
    ledger: Ledger, what_to_do: Sequence[str], *, student: str, service: str | None = None
) -> RenderableType:
    """Return the explanation of a student's lines, of one service or of all; readable without colour."""
    lines = chosen(ledger, student, service)
    rows = ledger.line_records
    parts: list[RenderableType] = []
    if len(lines) > 1:
        parts += [Text(f"{student}: {len(lines)} lines", style="bold"), _overview(rows, lines), ""]
    for at in lines:
        parts += [*_line(ledger, rows[at], at, what_to_do[at]), ""]
    return Group(*parts[:-1]) if parts else Text(f"{student} has no line in the Service Grid.")


def student_list(ledger: Ledger) -> RenderableType:
    """Return the students of the Caseload with their lines that ask for something, to choose one from."""
    table = Table.grid(padding=(0, 2))
    for row in ledger.tables.students.to_dict("records"):
        statuses = ledger.lines.loc[ledger.lines["student"] == row["student"], "status"]
        names = ", ".join(dict.fromkeys(str(status) for status in statuses))
        table.add_row(Text(str(row["student_id"])), Text(str(row["student"]), style="bold"), Text(names))
    return table


def _overview(rows: Sequence[Row], lines: Sequence[int]) -> Table:
    table = Table.grid(padding=(0, 2))
    for at in lines:
        behind = 0 if rows[at]["status"] == Status.CHECK_DATA else int(rows[at]["behind"])
        table.add_row("", _named(rows[at]), _status(rows[at]), f"{behind} min behind" if behind else "")
    return table


def _named(row: Row) -> str:
    return f"{row['service']} ({row['group']})" if row["group"] else str(row["service"])


def _status(row: Row) -> Text:
    status = Status(row["status"])
    return Text(f"{status.value:{STATUS_WIDTH}}", style=COLOURS[status])


def _line(ledger: Ledger, row: Row, at: int, what_to_do: str) -> list[RenderableType]:
    title = Text(" · ".join(part for part in (row["student"], _named(row), row["provider"]) if part))
    parts: list[RenderableType] = [Rule(title, align="left", characters="-", style="dim"), _answer(row)]
    if what_to_do:
        parts.append(Text(what_to_do))
    parts += ["", *(Text(line) for line in _promise(ledger, row, at))]
    if row["status"] == Status.CHECK_DATA:
        return parts
    if row["status"] != Status.NOT_STARTED:
        parts += ["", _sum(row)]
    if row["held"]:
        return parts
    return parts + _periods(ledger, at)


def _answer(row: Row) -> Text:
    """Say in one sentence where the line stands."""
    answer = Text(str(row["status"]), style=COLOURS[Status(row["status"])])
    if row["status"] == Status.CHECK_DATA:
        return answer.append(f": this line cannot be counted. {sentence(row['reason'])}", style="default")
    behind = int(row["behind"])
    said = [f"{behind} minutes behind" if behind else "nothing behind"]
    if row["not_logged"]:
        said.append(f"{int(row['not_logged'])} minutes without an entry")
    unscheduled = int(row["not_scheduled"]) - (behind - int(row["owed"]))
    if unscheduled:
        said.append(f"{unscheduled} minutes not scheduled in the period in progress")
    return answer.append(f": {', '.join(said)}.", style="default")


def _promise(ledger: Ledger, row: Row, at: int) -> list[str]:
    """Say what the grid promises and what the schedule provides, with their cells."""
    line = ledger.tables.lines.iloc[at]
    dates: list[str] = [f"from {day_words(row['start'], year=True)}"] if not pd.isna(row["start"]) else []
    dates += [f"to {day_words(row['end'], year=True)}"] if not pd.isna(row["end"]) else []
    promised = ", ".join([_frequency(row, str(line["frequency_text"])), *dates])
    lines = [f"Promised   {promised} ({row['cell']})"]
    served = ledger.served.loc[ledger.served["line"] == at, "schedule"]
    for slot in ledger.tables.schedule.iloc[served].to_dict("records"):
        if is_of_a_closed_day(slot, ledger):
            continue
        cell = ledger.tables.at("Schedule", slot["row"])
        when = " ".join(
            part for part in (slot["days_text"], clock_span(slot["start"], slot["minutes"])) if part
        )
        lines.append(f"Scheduled  {when}{_from_to(slot)} ({cell})")
    return lines if len(lines) > 1 else [*lines, "Scheduled  nothing"]


def _frequency(row: Row, typed: str) -> str:
    """Return the frequency as typed and, where that is another form, as read."""
    read = frequency_words(row["sessions"], row["minutes"], row["total"], row["period"], row["n"])
    if not typed or typed.casefold() == read.casefold():
        return read
    return f'"{typed}", read as {read}' if read else f'"{typed}"'


def _from_to(slot: Row) -> str:
    first: str = "" if pd.isna(slot["from"]) else f", from {day_words(slot['from'])}"
    return first + ("" if pd.isna(slot["to"]) else f", to {day_words(slot['to'])}")


def _sum(row: Row) -> RenderableType:
    """Show that every required minute stands in exactly one account."""
    lines = [_identity(row)]
    if row["behind"]:
        behind, owed = int(row["behind"]), int(row["owed"])
        lines.append(
            f"behind {behind} = owed {owed} + not scheduled in periods that are over {behind - owed}"
        )
    known = {name: 0 if pd.isna(row[name]) else int(row[name]) for name in ("extra", "not_asked")}
    beside: list[str] = [f"extra {known['extra']}"] if known["extra"] else []
    beside += [f"not asked for {known['not_asked']}"] if known["not_asked"] else []
    beside += [] if pd.isna(row["percent"]) else [f"{row['percent']:g}% delivered"]
    if beside:
        lines.append(f"beside that: {', '.join(beside)}")
    return Padding(Text("\n".join(lines)), (0, 0, 0, 2))


def _identity(row: Row) -> str:
    """Return "required 60 = delivered 30 + owed 30"."""
    filled = [f"{ACCOUNT_WORDS[name]} {int(row[name])}" for name in ACCOUNTS if row[name]]
    return f"required {int(row['required'])}" + (f" = {' + '.join(filled)}" if filled else "")


def _periods(ledger: Ledger, at: int) -> list[RenderableType]:
    sessions = sessions_by_period(ledger, [at])
    shut = ledger.shut[ledger.shut["line"] == at]
    kind = str(ledger.lines["period"].iloc[at])
    parts: list[RenderableType] = []
    for row in reversed(periods_by_line(ledger, [at]).get(at, [])):
        parts += ["", _heading(row, kind), _required(row)]
        parts.append(_session_table(ledger, sessions.get((at, row["at"]), ())))
        parts += [_not_asked(day) for day in shut[shut["period"] == row["at"]].to_dict("records")]
    outside = sessions.get((at, OUTSIDE))
    if outside:
        parts += ["", Text("In no period", style="bold"), _session_table(ledger, outside)]
    return parts


def _heading(row: Row, kind: str) -> Text:
    heading = Text(period_words(row, kind), style="bold")
    behind = int(row["owed"]) + (int(row["not_scheduled"]) if row["ended"] else 0)
    if behind:
        heading.append(f"   {behind} BEHIND", style="bold red")
    if row["not_logged"]:
        heading.append(f"   {int(row['not_logged'])} NOT LOGGED", style="yellow")
    if row["not_scheduled"] and not row["ended"]:
        heading.append(f"   {int(row['not_scheduled'])} NOT SCHEDULED", style="bold red")
    return heading


def _required(row: Row) -> RenderableType:
    words = "\n".join(part for part in (_identity(row), arithmetic(row)) if part)
    return Padding(Text(words), (0, 0, 0, 2))


def _not_asked(row: Row) -> RenderableType:
    words = f"not asked for: {day_words(row['date'])}, {int(row['minutes'])} min: {row['why']}"
    return Padding(Text(words, style="dim"), (0, 0, 0, 2))


def _session_table(ledger: Ledger, sessions: Sequence[Row]) -> RenderableType:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=12, no_wrap=True)
    table.add_column(width=5, no_wrap=True, justify="right")
    table.add_column(ratio=1)
    table.add_column(min_width=CELLS_WIDTH, overflow="fold")
    for _, group in groupby(sessions, key=session_identity):
        parts = list(group)
        first = parts[0]
        day = f"  {day_words(first['date'])}"
        where = Text(_packed(cells_of(ledger, first)), style="dim")
        table.add_row(day, clock(first["start"]), _standing(ledger, parts), where)
    return table if sessions else Padding(Text("no session"), (0, 0, 0, 2))


def _packed(cells: Sequence[str]) -> str:
    """Put cells in lines of at most CELLS_WIDTH characters, none of them broken."""
    lines = [""]
    for cell in cells:
        longer = f"{lines[-1]}, {cell}" if lines[-1] else cell
        if len(longer) > CELLS_WIDTH and lines[-1]:
            lines.append(cell)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _standing(ledger: Ledger, parts: Sequence[Row]) -> Text:
    """Say where the minutes of one session stand: "20 min delivered, 10 excused: left early"."""
    standing = Text()
    for row in parts:
        account = account_of(row, ledger) if row["account"] == "none" else str(row["account"])
        unit = "" if standing else " min"
        words = f"{int(row['minutes'])}{unit} {ACCOUNT_WORDS[account]}"
        standing.append(", " if standing else "")
        if row["account"] == "none":
            standing.append(f"{words}, no longer needed")
        else:
            standing.append(words, style=OPEN.get(account, ""))
    made_up = next((row["makeup_of"] for row in parts if not pd.isna(row["makeup_of"])), None)
    standing.append("" if made_up is None else f" for {day_words(made_up)}")
    why = dict.fromkeys((_reason(parts), *(row["note"] for row in parts)))
    told = [text for text in why if text and text.casefold() not in SAID_ALREADY]
    return standing.append(f": {'; '.join(told)}" if told else "")


def _reason(parts: Sequence[Row]) -> str:
    """Return what the entry says; of a session that is owed although a student was suspended, why."""
    first = parts[0]
    suspended = first["category"] == Category.SUSPENDED and any(row["account"] == "owed" for row in parts)
    return LONG_SUSPENDED if suspended else str(first["reason"])
