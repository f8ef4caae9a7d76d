"""What a list says once: in merged cells, and above cells that are left blank."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import Sheet
from sheets_sync.tables import Tables
from tests.intake.small_workbook import Rows, cells, read, told

CASELOAD = {"Caseload": "Student\nAna R.\nBen T.\nCal Young"}
LOG = "Date | Student | Service | Minutes | Status"


def log(*rows: str, merged: tuple[str, ...] = ()) -> Tables:
    sheet = Sheet("Service Log", cells("\n".join((LOG, *rows))), merged=merged)
    return read({**CASELOAD, "Service Log": sheet})


def entries(tables: Tables) -> list[tuple[str, str]]:
    return [(f"{day.month}/{day.day}", str(who)) for day, who in tables.log[["date", "student"]].to_numpy()]


def problems(tables: Tables) -> list[tuple[str, str]]:
    return [one[:2] for one in told(tables)]


BY_DAY = (
    "10/6 | Ana R. | Speech therapy | 30 | Seen",
    " | Ben T. | Speech therapy | 30 | Seen",
    "10/8 | Ana R. | Speech therapy | 30 | Seen",
    " | Ben T. | Speech therapy | 30 | Absent",
)
BY_STUDENT = (
    "10/6 | Ana R. | Speech therapy | 30 | Seen",
    "10/8 | | Speech therapy | 30 | Seen",
    "10/6 | Ben T. | Speech therapy | 30 | Seen",
    "10/8 | | Speech therapy | 30 | Seen",
)
FOUR = [("10/6", "Ana R."), ("10/6", "Ben T."), ("10/8", "Ana R."), ("10/8", "Ben T.")]


@pytest.mark.parametrize(
    ("rows", "merged", "asked"), [(BY_DAY, ("A2:A3", "A4:A5"), "A3"), (BY_STUDENT, ("B2:B3", "B4:B5"), "B3")]
)
def test_merged_cells_hold_for_each_row_and_blanks_below_are_asked_about_once(
    rows: tuple[str, ...], merged: tuple[str, ...], asked: str
) -> None:
    (of_merged, of_blanks) = log(*rows, merged=merged), log(*rows)
    assert sorted(entries(of_merged)) == sorted(entries(of_blanks)) == FOUR
    assert not [one for one in problems(of_merged) if "Service Log" in one[1]]
    assert [one for one in problems(of_blanks) if "Service Log" in one[1]] == [
        ("question", f"Service Log!{asked}")
    ]


def test_both_may_be_said_once() -> None:
    rows = ("10/6 | Ana R. | Speech therapy | 30 | Seen", " | | OT | 30 | Seen", " | | Math | 30 | Seen")
    assert entries(log(*rows)) == [("10/6", "Ana R.")] * 3


def test_one_student_alone_left_blank_in_a_log_was_forgotten() -> None:
    rows = ("10/6 | Ana R. | Speech therapy | 30 | Seen", "10/7 | | Speech therapy | 30 | Seen")
    assert ("error", "Service Log!B3") in problems(log(*rows))


def test_a_total_is_of_no_day() -> None:
    rows = (*BY_DAY, " | TOTAL: | | 120 | ")
    assert next(one for one in problems(log(*rows)) if one[0] != "error") == ("question", "Service Log!A3")
    assert entries(log(*rows)) == FOUR


def test_every_column_of_a_list_may_be_merged() -> None:
    rows = ("10/6 | Ana R. | Speech therapy | 30 | Seen", "10/6 | Ben T. | | | ")
    tables = log(*rows, merged=("C2:C3", "D2:D3", "E2:E3"))
    assert entries(tables) == FOUR[:2]
    assert tables.log["minutes"].tolist() == [30, 30]


LEFT_BLANK = {
    # why the blank is none that is meant: what stands there
    "the others are written each time": (
        "10/6 | Ana R. | Speech therapy | 30 | Seen",
        "10/6 | Ben T. | Speech therapy | 30 | Seen",
        " | Cal Young | Speech therapy | 30 | Seen",
    ),
    "one alone of many": (
        *(f"10/{day} | Ana R. | Speech therapy | 30 | Seen" for day in (1, 2, 3, 6, 7)),
        " | Ana R. | Speech therapy | 30 | Seen",
    ),
    "a gap above": (
        "10/6 | Ana R. | Speech therapy | 30 | Seen",
        "",
        " | Ben T. | Speech therapy | 30 | Seen",
    ),
    "nothing above": (" | Ana R. | Speech therapy | 30 | Seen", "10/6 | Ben T. | Speech therapy | 30 | Seen"),
    "no student either": (
        "10/6 | Ana R. | Speech therapy | 30 | Seen",
        " | | | | called home",
        "10/7 | Ana R. | Speech therapy | 30 | Seen",
    ),
}


@pytest.mark.parametrize("rows", LEFT_BLANK.values(), ids=LEFT_BLANK)
def test_a_date_that_was_forgotten_is_an_error(rows: tuple[str, ...]) -> None:
    errors = [one for one in told(log(*rows)) if one[2].startswith("Date is blank")]
    assert [one[0] for one in errors] == ["error"]


def test_the_same_row_twice_is_not_two_of_one_student() -> None:
    row = "10/6 | {} | Speech therapy | 30 | Seen"
    assert ("error", "Service Log!B3") in problems(log(row.format("Ana R."), row.format("")))


def test_a_student_is_said_once_in_a_grid_and_a_schedule() -> None:
    tables = read(
        {
            **CASELOAD,
            "Service Grid": """
            Student | Service        | Frequency
            Ana R.  | Speech therapy | 2x30/wk
                    | OT             | 1x30/wk
            Ben T.  | Speech therapy | 2x30/wk
            """,
            "Schedule": """
            Student   | Service        | Days | Start | End
            Ana R.    | Speech therapy | Mon  | 9:00  | 9:30
                      | OT             | Tue  | 9:00  | 9:30
                      | Lunch          | Wed  | 12:00 | 12:30
            Ben T.    | Speech therapy | Mon  | 10:00 | 10:30
                      | Speech therapy | Mon  | 10:30 | 11:00
            """,
        }
    )
    assert list(map(str, tables.lines["student"])) == ["Ana R.", "Ana R.", "Ben T."]
    assert list(map(str, tables.schedule["student"])) == ["Ana R.", "Ana R.", "Ben T."]
    assert [one for one in problems(tables) if not one[1].startswith("Service Log")] == [
        ("question", "Service Grid!A3"),
        ("question", "Schedule!A3"),
        ("note", "Schedule!B4"),
        ("error", "Schedule!A6"),
    ]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("Ana R.|Speech|2x30/wk", "|OT|1x30/wk", "|PT|", "Ben T.|Speech|2x30/wk"), "A A A? B"),
        (("Ana R.|Speech|", "|OT|", "Ben T.|Speech|", "|OT|"), "A? A? B? B?"),
        (("Ana R.|Speech|2x30/wk", "|OT consult|", "|Speech - group|", "Ben T.|OT|1x30/wk"), "A A? A? B"),
        (("|Speech|", "Ana R.|Speech|2x30/wk", "|OT|", "Ben T.|OT|1x30/wk"), "A B"),
        (("Ana R.|Speech|2x30/wk", "|OT|1x30/wk", "|moved in|", "Ben T.|Speech|2x30/wk"), "A A B"),
    ],
)
def test_a_service_alone_in_a_grid_is_a_line_whose_amount_is_blank(rows: tuple[str, ...], lines: str) -> None:
    tables = read({**CASELOAD, "Service Grid": "\n".join(["Student|Service|Frequency", *rows])})
    found = tables.lines[["student", "reason"]].astype(str).to_numpy()
    assert [student[0] + ("?" if reason else "") for student, reason in found] == lines.split()


SORTED = {
    "Days": ("Mon | {} | Speech", "| {} | Speech", "| {} | Speech", "Tue | {} | Speech"),
    "Service": ("Mon | {} | Speech", "Tue | {} |", "Wed | {} |", "Mon | {} | OT"),
}


@pytest.mark.parametrize("column", SORTED)
def test_a_schedule_may_be_sorted_by_day_or_by_service(column: str) -> None:
    times = ("9:00-9:30", "9:30-10:00", "10:00-10:30", "11:00-11:30")
    who = ("Ana R.", "Ben T.", "Cal Young", "Ana R.")
    rows = [
        row.format(f"{time} | {name}") for row, time, name in zip(SORTED[column], times, who, strict=True)
    ]

    def schedule(rows: list[str]) -> Tables:
        return read({**CASELOAD, "Schedule": "\n".join(["Day | Time | Student | Service", *rows])})

    tables = schedule(rows)
    place = {"Days": "A3", "Service": "D3"}[column]
    assert (len(tables.schedule), [one for one in problems(tables) if "Schedule" in one[1]]) == (
        4,
        [("question", f"Schedule!{place}")],
    )
    assert tables.schedule["service"].tolist()[2] == "Speech therapy"
    assert ("error", f"Schedule!{place}") in problems(schedule([rows[0], rows[1], rows[3]]))
    again = schedule([*rows, rows[0].replace("9:00-9:30", "1:00-1:30")])
    assert ("error", f"Schedule!{place}") in problems(again)


def test_of_a_row_of_nobody_nothing_holds_on() -> None:
    """The student below it had the service Lunch."""
    rows = (
        *("Speech | Mon | 9:00-9:30 | Ana R.", " | Mon | 9:30-10:00 | Ben T.", "Lunch | Mon | 12:00-12:30 |"),
        *(" | Mon | 1:00-1:30 | Cal Young", "OT | Tue | 9:00-9:30 | Ana R."),
    )
    tables = read({**CASELOAD, "Schedule": "\n".join(["Service | Day | Time | Student", *rows])})
    assert tables.schedule["service"].tolist()[:3] == ["Speech therapy"] * 3
    assert [one for one in problems(tables) if "Schedule" in one[1]] == [
        ("question", "Schedule!A3"),
        ("note", "Schedule!A4"),
    ]


def test_date_and_service_may_be_said_once_together() -> None:
    rows = (
        "10/6 | Ana R. | Speech | 30 | Seen",
        "| Ben T. | | 30 | Seen",
        "10/8 | Ana R. | Speech | 30 | Seen",
    )
    assert entries(log(*rows, "| Ben T. | | 30 | Absent")) == FOUR
    assert len(entries(log(*rows, "| Ben T. | OT | 30 | Absent"))) == 3


def test_a_case_manager_may_be_merged_and_two_students_may_not() -> None:
    rows = cells("Student | Case manager\nAna R. | Jo Fox\nBen T. |\n | Al Day")
    tables = read({"Caseload": Sheet("Caseload", rows, merged=("B2:B3", "A3:A4"))})
    assert list(map(str, tables.students["case_manager"])) == ["Jo Fox", "Jo Fox"]
    assert ("error", "Caseload!A4") in problems(tables)


RANGE = st.builds(
    lambda left, top, width, height: f"{'ABCDE'[left]}{top}:{'ABCDEFGHI'[left + width]}{top + height}",
    *(st.integers(0, 4), st.integers(1, 7), st.integers(0, 3), st.integers(0, 4)),
)
ROWS: st.SearchStrategy[Rows] = st.lists(
    st.lists(st.sampled_from([None, "Ana R.", "10/6", "Seen", "Total", 30.0]), max_size=6), max_size=6
)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, merged=st.lists(RANGE, max_size=3))
def test_whatever_is_merged_or_blank_a_row_with_its_own_date_and_student_is_an_entry(
    rows: Rows, merged: list[str]
) -> None:
    header, whole = list(LOG.split(" | ")), ["10/7", "Cal Young", "Speech therapy", 30.0, "Seen"]
    at = len(rows) + 2
    above = tuple(one for one in merged if int(one.rpartition(":")[2][1:]) < at)
    tables = read({**CASELOAD, "Service Log": Sheet("Service Log", [header, *rows, whole], merged=above)})
    last = tables.log[tables.log["row"] == at]
    said = [(f"{one['date']:%m-%d}", str(one["student"]), one["minutes"]) for one in last.to_dict("records")]
    assert said == [("10-07", "Cal Young", 30)]


PROVIDERS = {
    # how the list is kept: its rows, the providers that are read
    "each once, on the left": (
        "Provider | Student | Service | Days | Start | End",
        "Kim Lee|Ana R.|Speech, |Ben T.|Speech, |Cal Young|Reading, Pat Roe|Ana R.|OT, |Ben T.|OT",
        "Kim Lee, Kim Lee, Kim Lee, Pat Roe, Pat Roe",
    ),
    "at the first row of each service": (
        "Student | Service | Provider | Days | Start | End",
        "Ana R.|Speech|Kim Lee, Ben T.|Speech|, Cal Young|Speech|, Ana R.|OT|Pat Roe, Ben T.|OT|",
        "Kim Lee, Kim Lee, Kim Lee, Pat Roe, Pat Roe",
    ),
    "at the first row of each student": (
        "Student | Service | Provider | Days | Start | End",
        "Ana R.|Speech|Kim Lee, Ana R.|Speech|, Ben T.|Speech|Kim Lee, Ben T.|Speech|",
        "Kim Lee, Kim Lee, Kim Lee, Kim Lee",
    ),
    "that of another service is not known": (
        "Student | Service | Provider | Days | Start | End",
        "Ana R.|Speech|Kim Lee, Ana R.|OT|, Ben T.|Speech|Kim Lee, Ben T.|OT|",
        "Kim Lee, , Kim Lee, ",
    ),
    "some are not known": (
        "Student | Service | Provider | Days | Start | End",
        "Ana R.|Speech|Kim Lee, Ben T.|Speech|, Cal Young|Speech|Kim Lee, Ana R.|OT|, Ben T.|OT|Pat Roe",
        "Kim Lee, , Kim Lee, , Pat Roe",
    ),
    "the first is not known": (
        "Provider | Student | Service | Days | Start | End",
        "|Ana R.|Speech, Kim Lee|Ben T.|Speech, |Cal Young|Speech, Pat Roe|Ana R.|OT, |Ben T.|OT",
        ", Kim Lee, , Pat Roe, ",
    ),
    "one alone is told": (
        "Provider | Student | Service | Days | Start | End",
        "Kim Lee|Ana R.|Speech, |Ben T.|Speech, |Cal Young|Speech",
        "Kim Lee, , ",
    ),
}


@pytest.mark.parametrize(("headers", "rows", "providers"), PROVIDERS.values(), ids=PROVIDERS)
def test_a_provider_may_be_said_once_where_the_whole_list_is_kept_so(
    headers: str, rows: str, providers: str
) -> None:
    lines = [f"{row} | Mon | {8 + n}:00 | {8 + n}:30" for n, row in enumerate(rows.split(", "))]
    tables = read({**CASELOAD, "Schedule": "\n".join([headers, *lines])})
    given_by = tables.schedule["provider"].astype(object).fillna("").tolist()
    assert given_by == providers.split(", ")
    place = f"{'A' if headers.startswith('P') else 'C'}3"
    asked = [("question", f"Schedule!{place}")] if given_by.count("") == 0 else []
    assert [one for one in problems(tables) if "Schedule" in one[1]] == asked


def test_a_provider_may_be_said_once_a_day_in_a_log_and_once_a_service_in_a_grid() -> None:
    rows = [
        row.replace("| Speech therapy", f"| {'Kim Lee' if row[0] != ' ' else ''} | Speech") for row in BY_DAY
    ]
    header = LOG.replace("Service", "Provider | Service")
    grid = """
        Student | Provider | Service | Frequency
        Ana R.  | Kim Lee  | Speech  | 2x30/wk
        Ben T.  |          | Speech  | 2x30/wk
        Ana R.  | Pat Roe  | OT      | 1x30/wk
        Ben T.  |          | OT      | 1x30/wk
        """
    tables = read({**CASELOAD, "Service Log": "\n".join([header, *rows]), "Service Grid": grid})
    assert tables.log["provider"].tolist() == ["Kim Lee"] * 4
    assert tables.lines["provider"].tolist() == ["Kim Lee", "Kim Lee", "Pat Roe", "Pat Roe"]
    asked = [one[1] for one in problems(tables) if one[0] == "question"]
    assert asked == ["Service Grid!B3", "Service Log!A3", "Service Log!C3"]


@pytest.mark.parametrize(
    ("gives", "last"), [("OT", ""), ("OT, Speech", "P. Roe"), ("", "P. Roe"), ("what is needed", "P. Roe")]
)
def test_a_provider_is_not_taken_for_a_service_that_staff_says_is_not_theirs(gives: str, last: str) -> None:
    header = "Provider | Student | Service | Frequency"
    rows = (
        "Kim Lee|Ana R.|Speech",
        "|Ben T.|Speech",
        "P. Roe|Cal Young|OT",
        "|Cal Young|OT",
        "|Ana R.|Speech",
    )
    grid = "\n".join([header, *(f"{row} | 1x30/wk" for row in rows)])
    staff = f"Name | Services\nKim Lee | Speech therapy\nPat Roe | {gives}"
    tables = read({**CASELOAD, "Service Grid": grid, "Staff": staff})
    given_by = tables.lines["provider"].astype(object).fillna("").tolist()
    assert [name.replace("Pat", "P.") for name in given_by] == ["Kim Lee"] * 2 + ["P. Roe"] * 2 + [last]


LINES = [
    # the rows of a Schedule (days and start), what is read: the first letters of student and service
    (("A S Mon", "  Wed", "B S Mon", "  Thu"), "AS AS BS BS"),
    (("A S Mon", "  Wed", " O Tue", "  Fri", "B S Mon"), "AS AS AO AO BS"),
    (("A S Mon", "  Tue", "B S Wed", "  Fri"), "AS BS"),
    (("A S Mon", "  Mon", "  Wed", "B S Mon", "  Wed"), "AS AS BS BS"),
    (("A S Mon", "  Wed", "  Thu"), "AS"),
    (("A S Mon", "  Wed", "B S Mon"), "AS BS"),
    (("A  Mon", "  Wed", "B S Mon", "  Wed"), "BS"),
]


@pytest.mark.parametrize(("rows", "read_as"), LINES)
def test_student_and_service_may_be_said_once_but_by_the_day_it_is_an_open_slot(
    rows: tuple[str, ...], read_as: str
) -> None:
    said = {"A": "Ana R.", "B": "Ben T.", "S": "Speech", "O": "OT"}
    typed = [[said.get(part) for part in row.split(" ")[:2]] + [row[-3:], "9:00", "9:30"] for row in rows]
    typed = [[*row[:3], f"{8 + n}:00", f"{8 + n}:30"] for n, row in enumerate(typed)]
    header = ["Student", "Service", "Days", "Start", "End"]
    tables = read({**CASELOAD, "Schedule": Sheet("Schedule", [header, *typed])})
    lines = tables.schedule[["student", "service"]].astype(str).to_numpy()
    assert [student[0] + service[0] for student, service in lines] == read_as.split()
    errors = [one for one in problems(tables) if one[0] == "error"]
    assert bool(errors) == (len(read_as.split()) < len(rows))


REMARKS = [
    # what stands beside the blank Student and Service of two rows: they are read, and how that is told
    ("Notes", "open", False, "note"),
    ("Notes", "Lunch", False, "note"),
    ("Comments", "testing", False, "note"),
    ("Location", "open slot", False, "note"),
    ("Notes", "still available", False, "note"),
    ("Notes", "hold for new student", False, "error"),
    ("Activity", "planning", False, "error"),
    ("Location", "parent meeting", False, "error"),
    ("Notes", "IEP meeting / prep", False, "note"),
    ("Notes", "library", False, "error"),
    ("Notes", "math block", False, "error"),
    ("Notes", "lunch bunch", False, "error"),
    ("Notes", "morning meeting", False, "error"),
    ("Notes", "n/a", True, "question"),
    ("Notes", "articulation", True, "question"),
    ("Location", "Rm 2", True, "question"),
]


@pytest.mark.parametrize(("header", "remark", "read_so", "told_as"), REMARKS)
def test_a_row_that_says_itself_to_be_of_nobody_is_not_of_the_student_above(
    header: str, remark: str, read_so: bool, told_as: str
) -> None:
    typed = [["Ana R.", "Speech", "Mon", None], [None, None, "Fri", remark]]
    typed += [["Ben T.", "Speech", "Tue", None], [None, None, "Fri", remark]]
    rows = [[*row[:3], "9:00", "9:30", row[3]] for row in typed]
    headers = ["Student", "Service", "Days", "Start", "End", header]
    tables = read({**CASELOAD, "Schedule": Sheet("Schedule", [headers, *rows])})
    assert len(tables.schedule) == (4 if read_so else 2)
    assert told_as in {one[0] for one in problems(tables) if one[1].startswith("Schedule")}


def test_a_remark_that_stands_beside_a_student_too_does_not_say_that_a_row_is_nobodys() -> None:
    rows = ("Ana R.|Speech|Mon|9:00|9:30|", "||Fri|9:00|9:30|lunch", "Ben T.|Speech|Tue|9:00|9:30|Lunch")
    tables = read(
        {**CASELOAD, "Schedule": "\n".join(["Student|Service|Days|Start|End|Notes", *rows])},
    )
    assert {one for one in problems(tables) if "Schedule" in one[1]} == {
        ("error", "Schedule!A3"),
        ("error", "Schedule!B3"),
    }


def test_a_log_by_students_may_say_the_service_with_the_student() -> None:
    rows = ("10/6 | Ana R. | OT | 30 | Seen", "10/8 | | | 30 | Seen", "10/6 | Ben T. | OT | 30 | Seen")
    tables = log(*rows, "10/8 | | | 30 | Seen")
    assert entries(tables) == sorted(FOUR, key=lambda entry: entry[1])
    assert set(tables.log["service"]) == {"Occupational therapy"}
