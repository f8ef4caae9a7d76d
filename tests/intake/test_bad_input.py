"""One workbook with everything bad at once: each is told with its cell, and all that is good is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sheets_sync.config import Names
from sheets_sync.ports import ErrorValue, Sheet
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read

CASELOAD = """
    Student | Student ID | Exit date
    Ana R.  | S1         |
    José N. | S2         |
    Ben T.  | S3         |
    Ben T.  |            |
    """
GRID = """
    Service grid 2025-26 | | | | | |
     | | | | | |
    Student* | Service | Frequency | Group | Provider | Start date | End date
    ana  r.  | Speech  | 2 x 30 min / week | | J. Rivera | 9/3/2025 |
    Jose N.  | OT | 30 x 2 | | M. Cole | |
    Ben T.   | Math | 1 x 30 min / week | | T. Brandt | |
    Student* | Service | Frequency | Group | Provider | Start date | End date
    R., Ana  | Math | 1 x 30 min / week | | T. Brandt | |
    😀       | Math | 1 x 30 min / week | | T. Brandt | |
    """
SCHEDULE = """
    Student | Service | Provider | Days | Start | End | Minutes
    Ana R.; S2 | SLP | J. Rivera | Mon, Wed | 9:00 | 9:30 |
    LUNCH_1 | | | | | |
    Ana R. | Speech | J. Rivera | every other Fri | 9:00 | 9:30 |
    """
LOG = """
    Date | Student | Service | Start | Minutes | Status
    10/6/2025 | Ana R. | Speech | 9:00 | 30 | Delivered
    10/8/2025 | Ana R. | Speech | 9:00 | 3O | Delivered
    10/13/2025 | =HYPERLINK("x") | Speech | 9:00 | 30 | Delivered
    10/15/2025 | Ana R. | REF | 9:00 | 30 | Delivered
    10/15/2025 | Ana R. | Speech | 9:00 | 30 | Zapped
    13/45/2026 | Ana R. | Speech | 9:00 | 30 | Delivered
    Total | | | | 180 |
    """


def everything_bad() -> Tables:
    log = cells(LOG)
    log[4][2] = ErrorValue("#REF!")
    log.append([date(2025, 10, 16), "x" * 32_767, "Speech", None, None, "Delivered"])
    sheet = replace(Sheet("Service Log", log), merged=("D2:E3",), hidden_rows=frozenset({3}))
    return read(
        {
            "Caseload": CASELOAD,
            "Service Grid": GRID,
            "Schedule": SCHEDULE,
            "Service Log": sheet,
            "Calendar": None,
        },
        Names(),
    )


def test_each_is_told_with_its_cell() -> None:
    told = [(p.severity.value, f"{p.tab}!{p.cell}", p.problem) for p in everything_bad().problems]
    shared = "Ben T. is the name of two students on the Caseload: whose row this is cannot be told."
    assert [(severity, cell) for severity, cell, _ in told if "Service Log" in cell] == [
        ("note", "Service Log!A3"),  # a hidden row
        ("question", "Service Log!D2"),  # merged cells
        ("note", "Service Log!A8"),  # the totals
        ("error", "Service Log!A7"),  # 13/45/2026
        ("error", "Service Log!C5"),  # #REF!
        ("error", "Service Log!B4"),  # =HYPERLINK
        ("error", "Service Log!B9"),  # 32,767 characters
        ("error", "Service Log!F6"),  # Zapped
        ("error", "Service Log!E3"),  # 3O
    ]
    assert [(cell, problem) for _, cell, problem in told if "Service Grid!A" in cell] == [
        ("Service Grid!A9", "😀 is not on the Caseload."),
        ("Service Grid!A6", shared),
        (
            "Service Grid!A8",
            "Another form of a name is taken for the one on the Caseload that it fits (R., Ana for Ana R.).",
        ),
    ]
    assert ("error", "Service Grid!C5") in [(severity, cell) for severity, cell, _ in told]  # 30 x 2
    assert [cell for _, cell, _ in told if "Schedule" in cell] == ["Schedule!A3", "Schedule!D4"]
    assert [cell for _, cell, _ in told if "Caseload" in cell or "Calendar" in cell] == [
        "Calendar!",
        "Caseload!A5",
    ]


def test_all_that_is_good_is_counted() -> None:
    tables = everything_bad()
    assert tables.students["student"].tolist() == ["Ana R.", "José N.", "Ben T. (S3)", "Ben T."]
    lines = tables.lines[["row", "student", "service", "total"]][tables.lines["reason"] == ""]
    assert lines.to_numpy().tolist() == [[4, "Ana R.", "Speech therapy", 60], [8, "Ana R.", "Math", 30]]
    assert tables.lines["row"].tolist() == [4, 5, 6, 8, 9]
    assert tables.schedule[["row", "student"]].to_numpy().tolist() == [[2, "Ana R."], [2, "José N."]]
    assert tables.log[["row", "category"]].to_numpy().tolist() == [[2, 1], [3, 0], [6, 0]]
