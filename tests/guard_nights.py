"""Nights on which a workbook only looks busy (and, from guard_faults, those on which it looks wrong).

An edit changes the rows of the tabs in place: header first, as staff keep them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sheets_sync.ports import CellValue
from tests.guard_faults import FAULTS as FAULTS
from tests.guard_faults import rename, rename_header
from tests.sample_edits import (
    NAMED,
    SAMPLE,
    Tabs,
    at,
    each_cell,
    row_of,
    type_cells,
)


def nothing(tabs: Tabs, tonight: date) -> None:
    pass


@dataclass(frozen=True)
class Night:
    """An edit, and how many days after the last run it is found; `before` is done before that run."""

    edit: Callable[[Tabs, date], object]
    days: int = 1
    before: Callable[[Tabs, date], object] = nothing


def log_of_august(tabs: Tabs, tonight: date) -> None:
    tabs["Service Log"][11:] = []


def logs_of_three_months(tabs: Tabs, tonight: date) -> None:
    """Nobody logged since August; now all of it is there at once."""
    tabs["Service Log"][:] = [list(row) for row in SAMPLE["Service Log"]]


def one_red_line(tabs: Tabs, tonight: date) -> None:
    """Twelve students, one line each: all on track but the first, who is owed one session."""
    for tab in ("Caseload", "Service Grid", "Schedule", "Service Log"):
        tabs[tab] = tabs[tab][:1]
    for number in range(12):
        who = {"Student": f"Kid {chr(65 + number)}.", "Service": "Reading", "Provider": "T. Lee"}
        tabs["Caseload"].append(row_of(tabs, "Caseload", Student=who["Student"]))
        grid = row_of(
            tabs, "Service Grid", **who, Frequency="1 x 30 min / week", Start_date=date(2025, 11, 10)
        )
        tabs["Service Grid"].append(grid)
        tabs["Schedule"].append(row_of(tabs, "Schedule", **who, Days="Wed", Start="9:00 AM", End="9:30 AM"))
        status = "Delivered" if number else "Provider absent"
        day = date(2025, 11, 12)
        tabs["Service Log"].append(row_of(tabs, "Service Log", **who, Date=day, Minutes=30.0, Status=status))


def all_made_up(tabs: Tabs, tonight: date) -> None:
    first = list(tabs["Service Log"][1])
    first[at(tabs, "Service Log", "Status")] = "Make-up"
    first[at(tabs, "Service Log", "Date")] = date(2025, 11, 20)
    tabs["Service Log"].append(first)


def week_of_absence(tabs: Tabs, tonight: date) -> None:
    """A therapist enters, in one go, that she is away all of last week: one row a student and session."""
    provider = tabs["Schedule"][1][at(tabs, "Schedule", "Provider")]
    _absent_last_week(tabs, lambda row: row[at(tabs, "Schedule", "Provider")] == provider)


def everybody_absent(tabs: Tabs, tonight: date) -> None:
    """Every provider is away for a week (a strike): all lines that have sessions owe them now."""
    _absent_last_week(tabs, lambda row: True)


def _absent_last_week(tabs: Tabs, whose: Callable[[Sequence[CellValue]], bool]) -> None:
    for row in filter(whose, tabs["Schedule"][1:]):
        said = {name: row[at(tabs, "Schedule", name)] for name in (*NAMED, "Provider")}
        tabs["Service Log"].append(
            row_of(tabs, "Service Log", Date="11/10-11/14", Status="Provider absent", **said)
        )


def bad_frequency(tabs: Tabs, tonight: date) -> None:
    tabs["Service Grid"][5][at(tabs, "Service Grid", "Frequency")] = "as discussed"


def snow_day_entered(tabs: Tabs, tonight: date) -> None:
    tabs["Calendar"].append(row_of(tabs, "Calendar", Date=date(2025, 11, 18), Kind="No school"))


def holiday_week_entered(tabs: Tabs, tonight: date) -> None:
    tabs["Calendar"].append(
        row_of(tabs, "Calendar", Date=date(2025, 12, 22), To=date(2026, 1, 2), Kind="No school")
    )


def twenty_join(tabs: Tabs, tonight: date) -> None:
    for number in range(20):
        student = f"Newcomer {chr(65 + number)}."
        tabs["Caseload"].append(row_of(tabs, "Caseload", Student=student))
        tabs["Service Grid"].append(
            row_of(
                tabs,
                "Service Grid",
                Student=student,
                Service="Reading",
                Frequency="2 x 30 min / week",
                Start_date=tonight,
            )
        )


def rows_half_written(tabs: Tabs, tonight: date) -> None:
    """Somebody has begun to enter sessions without their days, and entries without what became of them."""
    for number in range(1, 15):
        student, service = (tabs["Service Grid"][number][at(tabs, "Service Grid", n)] for n in NAMED)
        tabs["Schedule"].append(row_of(tabs, "Schedule", Student=student, Service=service))
        for day in (17, 18):
            tabs["Service Log"].append(
                row_of(tabs, "Service Log", Date=date(2025, 11, day), Student=student, Service=service)
            )


def prepared(tabs: Tabs, tonight: date) -> None:
    """Thirty entries are written ahead, what became of them is not."""
    status, day = (at(tabs, "Service Log", name) for name in ("Status", "Date"))
    for row in tabs["Service Log"][-30:]:
        ahead = list(row)
        ahead[day], ahead[status] = date(2025, 11, 21), None
        tabs["Service Log"].append(ahead)


def prepared_and_filled(tabs: Tabs, tonight: date) -> None:
    """Those of the day before are filled in, and as many written ahead for the next."""
    status = at(tabs, "Service Log", "Status")
    before = [row for row in tabs["Service Log"] if row[status] is None]
    for row in before:
        row[status] = "Delivered"
    prepared(tabs, tonight)


def three_prepared(tabs: Tabs, tonight: date) -> None:
    """Three entries are written ahead, one a student; all others were given."""
    each_cell(tabs, "Service Log", "Status", lambda status: "Delivered")
    for student in ("Ana R.", "Ben T.", "Chloe M."):
        entry = row_of(tabs, "Service Log", Date=tonight, Student=student, Service="Speech", Minutes=30.0)
        tabs["Service Log"].append(entry)


def three_filled_three_prepared(tabs: Tabs, tonight: date) -> None:
    three_prepared(tabs, tonight)


def sessions_end_and_others_follow(tabs: Tabs, tonight: date) -> None:
    """As the program's own mails say: a changed session ends, and a row is added for what comes."""
    start, end, since, to = (at(tabs, "Schedule", name) for name in ("Start", "End", "From", "To"))
    for row in tabs["Schedule"][1:4]:
        follows = list(row)
        follows[start], follows[end] = "1:00 PM", "1:30 PM"
        row[to], follows[since] = tonight, tonight + timedelta(days=1)
        tabs["Schedule"].append(follows)


def without(tab: str, column: str) -> Callable[[Tabs, date], object]:
    return lambda tabs, tonight: each_cell(tabs, tab, column, lambda _: None)


def lines_end_and_others_follow(tabs: Tabs, tonight: date) -> None:
    start, end, often = (at(tabs, "Service Grid", name) for name in ("Start date", "End date", "Frequency"))
    for row in tabs["Service Grid"][1:4]:
        follows = list(row)
        row[end], follows[start] = tonight, tonight + timedelta(days=1)
        follows[often] = "1 x 30 min / week"
        tabs["Service Grid"].append(follows)


def three_leave_three_come(tabs: Tabs, tonight: date) -> None:
    type_cells("Caseload", "Exit date", tonight + timedelta(days=7), (1, 2, 3))(tabs)
    for number in range(3):
        tabs["Caseload"].append(row_of(tabs, "Caseload", Student=f"Newcomer {chr(65 + number)}."))


def reasons_on_a_day_with_entries(tabs: Tabs, tonight: date) -> None:
    type_cells("Service Log", "Reason", "short staffed", (1, 2, 3))(tabs)
    day = at(tabs, "Service Log", "Date")
    tabs["Service Log"] += [
        [tonight if n == day else cell for n, cell in enumerate(row)] for row in tabs["Service Log"][-10:]
    ]


def corrected_on_a_day_with_many_entries(tabs: Tabs, tonight: date) -> None:
    """Ten entries were "Delivered" by mistake; forty that were are written on the same day."""
    status, day = (at(tabs, "Service Log", name) for name in ("Status", "Date"))
    delivered = [row for row in tabs["Service Log"] if row[status] == "Delivered"]
    tabs["Service Log"] += [
        [tonight if n == day else cell for n, cell in enumerate(r)] for r in delivered[:40]
    ]
    for row in delivered[-10:]:
        row[status] = "Student absent"


def one_after_the_other(tabs: Tabs, tonight: date) -> None:
    """Twelve students come on Mondays, half an hour each; the tab says how long, not until when."""
    rows = tabs["Schedule"]
    rows[:] = [["Student", "Service", "Provider", "Days", "Start", "Minutes"]]
    for number, line in enumerate(tabs["Service Grid"][1:13]):
        student, service = (line[at(tabs, "Service Grid", name)] for name in NAMED)
        rows.append([student, service, "T. Lee", "Mon", _slot(number), 30.0])


def the_first_leaves(tabs: Tabs, tonight: date) -> None:
    """Everybody else comes half an hour earlier."""
    del tabs["Schedule"][1]
    _one_slot_each(tabs, 0)


def one_comes_first(tabs: Tabs, tonight: date) -> None:
    """Everybody else comes half an hour later."""
    _one_slot_each(tabs, 1)
    line = tabs["Service Grid"][13]
    student, service = (line[at(tabs, "Service Grid", name)] for name in NAMED)
    tabs["Schedule"].insert(1, [student, service, "T. Lee", "Mon", _slot(0), 30.0])


def half_an_hour_later(tabs: Tabs, tonight: date) -> None:
    _one_slot_each(tabs, 1)


def _one_slot_each(tabs: Tabs, first: int) -> None:
    for number, row in enumerate(tabs["Schedule"][1:]):
        row[4] = _slot(first + number)


def _slot(number: int) -> str:
    hour, minute = divmod(8 * 60 + 30 * number, 60)
    return f"{(hour - 1) % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}"


def sorted_whole(tabs: Tabs, tonight: date) -> None:
    for tab in tabs:
        tabs[tab][1:] = sorted(tabs[tab][1:], key=lambda row: [str(cell) for cell in reversed(row)])


def shuffled_whole(tabs: Tabs, tonight: date) -> None:
    for tab in tabs:
        rows = tabs[tab][1:]
        random.Random(5).shuffle(rows)
        tabs[tab][1:] = rows


def columns_moved(tabs: Tabs, tonight: date) -> None:
    for tab in tabs:
        tabs[tab][:] = [list(reversed(row)) for row in tabs[tab]]


def tabs_called_otherwise(tabs: Tabs, tonight: date) -> None:
    for tab, to in (("Service Log", "Session log"), ("Schedule", "Therapy schedule"), ("Caseload", "Roster")):
        rename(tab, to)(tabs)


def headers_called_otherwise(tabs: Tabs, tonight: date) -> None:
    rename_header("Service Grid", "Frequency", "Freq.")(tabs)
    rename_header("Service Log", "Student", "Student name")(tabs)


def two_times_swapped(tabs: Tabs, tonight: date) -> None:
    """Two students' times had been mixed up; somebody puts them right."""
    start, (one, other) = at(tabs, "Schedule", "Start"), tabs["Schedule"][1:3]
    one[start], other[start] = other[start], one[start]


def two_providers_swap(tabs: Tabs, tonight: date) -> None:
    """Two providers take two sessions each from the other."""
    provider, rows = at(tabs, "Schedule", "Provider"), tabs["Schedule"][1:]
    one, other = list(dict.fromkeys(row[provider] for row in rows))[:2]
    of_one, of_other = ([row for row in rows if row[provider] == name][:2] for name in (one, other))
    assert len(of_one) == len(of_other) == 2
    for row in of_one:
        row[provider] = other
    for row in of_other:
        row[provider] = one


def one_student_misspelt(tabs: Tabs, tonight: date) -> None:
    name = tabs["Caseload"][1][at(tabs, "Caseload", "Student")]
    tabs["Caseload"][1][at(tabs, "Caseload", "Student")] = f"{name}x"


def two_leave(tabs: Tabs, tonight: date) -> None:
    for tab in ("Caseload", "Service Grid", "Schedule"):
        place = at(tabs, tab, "Student")
        gone = {SAMPLE["Caseload"][n][at(SAMPLE, "Caseload", "Student")] for n in (3, 4)}
        tabs[tab][1:] = [row for row in tabs[tab][1:] if row[place] not in gone]


def new_case_manager(tabs: Tabs, tonight: date) -> None:
    each_cell(tabs, "Caseload", "Case manager", lambda _: "N. Other")


def a_column_of_their_own(tabs: Tabs, tonight: date) -> None:
    for row in tabs["Service Log"]:
        row.insert(2, "Room" if row is tabs["Service Log"][0] else "12")


def all_providers_change(tabs: Tabs, tonight: date) -> None:
    """A new therapist takes over everybody, from the grid to the schedule."""
    for tab in ("Service Grid", "Schedule"):
        each_cell(tabs, tab, "Provider", lambda name: "N. Newman" if name else name)


def day_after_day(tabs: Tabs, tonight: date) -> None:
    """An ordinary day: ten entries, one of them a correction of an older one."""
    for row in list(tabs["Service Log"][-10:]):
        tabs["Service Log"].append([tonight if isinstance(cell, date) else cell for cell in row])
    tabs["Service Log"][20][at(tabs, "Service Log", "Status")] = "Student absent"


INNOCENT: dict[str, Night] = {
    "nothing": Night(nothing),
    "a therapist's week of absence": Night(week_of_absence),
    "everybody's week of absence": Night(everybody_absent),
    "a frequency that cannot be read": Night(bad_frequency),
    "a snow day entered late": Night(snow_day_entered),
    "a holiday entered": Night(holiday_week_entered),
    "twenty students join": Night(twenty_join),
    "rows half written": Night(rows_half_written),
    "entries written ahead are filled in": Night(prepared_and_filled, before=prepared),
    "three entries written ahead are filled in": Night(three_filled_three_prepared, before=three_prepared),
    "three sessions end and others follow": Night(
        sessions_end_and_others_follow, before=without("Schedule", "To")
    ),
    "three lines end and others follow": Night(
        lines_end_and_others_follow, before=without("Service Grid", "End date")
    ),
    "three students leave and three come": Night(
        three_leave_three_come, before=without("Caseload", "Exit date")
    ),
    "reasons typed on a day with entries": Night(
        reasons_on_a_day_with_entries, before=without("Service Log", "Reason")
    ),
    "ten corrections on a day with forty entries": Night(corrected_on_a_day_with_many_entries),
    "the first leaves, all others come earlier": Night(the_first_leaves, before=one_after_the_other),
    "one comes first, all others come later": Night(one_comes_first, before=one_after_the_other),
    "everybody comes half an hour later": Night(half_an_hour_later, before=one_after_the_other),
    "three months logged at once": Night(logs_of_three_months, before=log_of_august),
    "the last red line is mended": Night(all_made_up, before=one_red_line),
    "every tab sorted whole": Night(sorted_whole),
    "every tab shuffled": Night(shuffled_whole),
    "columns in another order": Night(columns_moved),
    "tabs called otherwise": Night(tabs_called_otherwise),
    "headers called otherwise": Night(headers_called_otherwise),
    "two students' times put right": Night(two_times_swapped),
    "two providers swap four sessions": Night(two_providers_swap),
    "a student misspelt on the Caseload": Night(one_student_misspelt),
    "two students leave": Night(two_leave),
    "another case manager": Night(new_case_manager),
    "a column of their own": Night(a_column_of_their_own),
    "another therapist for everybody": Night(all_providers_change),
    "an ordinary day": Night(day_after_day),
    "a weekend": Night(nothing, 4),
    "a month without a run": Night(nothing, 31),
    "the summer's end": Night(nothing, 280),
    "a quarter's end": Night(nothing, 70),
}
