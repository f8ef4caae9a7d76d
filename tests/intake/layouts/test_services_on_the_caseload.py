"""Services with their frequencies on the Caseload: in one cell, side by side, below a header in two rows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.layouts.people_known import PeopleKnown, named
from sheets_sync.intake.layouts.services_in_cells import read_services_in_cells
from sheets_sync.intake.layouts.services_over_amounts import with_services_in_one_row
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows
from tests.intake.layouts.test_side_by_side import lines, wrong
from tests.intake.small_workbook import cells, read

SHORT = {"Speech therapy": "S", "Occupational therapy": "O"}
TWO = ["S 2x30/wk", "O 1x30/wk"]


def told(rows: Rows, tab: str = "Caseload") -> list[str]:
    """Return the lines of Ana as "S 2x30/wk", with "?" before those that cannot be counted."""
    changes: dict[str, Rows | None] = {"Service Grid": None, tab: rows}
    found = [one for one in lines(read(changes)) if one[0] == "Ana R."]
    return [f"{'' if counted else '?'}{SHORT[service]} {often}" for _, service, often, counted in found]


@pytest.mark.parametrize("tab", ["Caseload", "Service Grid"])
@pytest.mark.parametrize(
    "cell",
    [
        "Speech 2x30/wk; OT 1x30/wk",
        "Speech 2x30/wk\nOT 1x30/wk",
        "Speech 2x30/wk, OT 1x30/wk",
        "Speech - 2x30/wk, OT - 1x30/wk",
        "Speech: 2x30/wk and OT: 1x30/wk",
        "• SLP 2x30/wk\n• OT 1x30/wk",
    ],
)
def test_all_services_of_a_student_may_stand_in_one_cell(cell: str, tab: str) -> None:
    assert told([["Student", "Services"], ["Ana R.", cell], ["Ben T.", "n/a"]], tab) == TWO


IN_A_CELL = [
    # what else stands in the cell, the lines, whether the cell is named
    ("2x30/wk Speech; 1x30/wk OT", ["S 2x30/wk Speech", "O 1x30/wk OT"], False),
    ("Speech: 30 min, 2x/wk, OT: 30 min, 1x/wk", ["S 30 min, 2x/wk", "O 30 min, 1x/wk"], False),
    ("Speech 2x30/wk individual, Speech 1x30/wk group", ["S 2x30/wk individual", "S 1x30/wk group"], False),
    ("Speech 2x30/wk; OT", ["S 2x30/wk", "?O "], True),
    ("Speech 60; OT 1x30/wk", ["?S 60", "O 1x30/wk"], True),
    ("Speech 2x30/wk ind; 1x30/wk group", ["?S 2x30/wk ind; 1x30/wk group"], True),
    ("Speech/OT 2x30/wk", [], True),
    ("Speech, OT 1x30/wk", [], True),
    ("Speech 2x30/wk OT 1x30/wk", [], True),
    ("see IEP", [], True),
    ("-", [], False),
]


@pytest.mark.parametrize(("cell", "read_as", "is_named"), IN_A_CELL)
def test_what_of_a_cell_is_not_one_service_with_one_amount_is_an_error(
    cell: str, read_as: list[str], is_named: bool
) -> None:
    rows: Rows = [["Student", "IEP services"], ["Ana R.", cell], ["Ben T.", "Speech 1x30/wk"]]
    assert told(rows) == read_as
    assert (("error", "Caseload!B2") in wrong(read({"Service Grid": None, "Caseload": rows}))) == is_named


BESIDE_THE_CELLS = [
    # a column beside "Services" and what stands in it, how its cell is named
    ("Other services", "PT 1x30/wk", "error"),
    ("Para support", "PT 1x30/wk", "error"),
    ("Speech", "2x30/wk", "error"),
    ("", "2x30/wk", "error"),
    ("Proposed services", "PT 1x30/wk", "note"),
    ("Last year", "PT 1x30/wk", "note"),
    ("Notes", "OT starts 11/2", "question"),
    ("Notes", "loves trains", None),
    ("Grade", "3", None),
]


@pytest.mark.parametrize(("header", "cell", "named_as"), BESIDE_THE_CELLS)
def test_services_beside_the_one_column_of_them_are_named(header: str, cell: str, named_as: str) -> None:
    """Lines were lost in silence: they were counted as if the student did not have them."""
    rows: Rows = [["Student", "Services", header], ["Ana R.", "Speech 2x30/wk; OT 1x30/wk", cell]]
    assert told(rows) == TWO
    found = [
        severity
        for severity, at in wrong(read({"Service Grid": None, "Caseload": rows}))
        if at == "Caseload!C2"
    ]
    assert found == ([named_as] if named_as else [])


BESIDE_ALL_SERVICES = [
    # a column beside those of services and what stands in it, the cell of the question
    ("Start date", "11/2/2026", "C1"),
    ("End date", "10/30/2026", "C1"),
    ("Provider", "Kim", "C1"),
    ("Group", "group", "C1"),
    ("Per", "month", "C1"),
    ("ESY", "Y", "C1"),
    ("ESY", "N", ""),
    ("Dismissed", "OT 10/15", "C2"),
    ("Status", "Exited", "C2"),
    ("Notes", "OT starts 11/2", "C2"),
    ("Notes", "loves trains", ""),
    ("Grade", "3", ""),
]


@pytest.mark.parametrize(("header", "cell", "asked"), BESIDE_ALL_SERVICES)
@pytest.mark.parametrize("service", ["Speech", "Services"])
def test_what_may_be_of_one_of_the_services_is_asked(
    header: str, cell: str, asked: str, service: str
) -> None:
    often = "2x30/wk" if service == "Speech" else "Speech 2x30/wk"
    tables = read({"Service Grid": [["Student", service, header], ["Ana R.", often, cell]]})
    found = [one[1] for one in wrong(tables) if one[1].startswith("Service Grid!")]
    assert found == ([f"Service Grid!{asked}"] if asked else [])


@pytest.mark.parametrize(
    "header",
    [
        "Student | Service 1 | Frequency 1 | Service 2 | Frequency 2",
        "Student | Service | Frequency | Service | Frequency",
        "Student | Service | Freq | Service | Freq | Notes",
    ],
)
@pytest.mark.parametrize("tab", ["Caseload", "Service Grid"])
def test_services_may_stand_side_by_side_with_their_frequencies(header: str, tab: str) -> None:
    table = f"{header}\nAna R. | Speech | 2x30/wk | OT | 1x30/wk\nBen T. | OT | 1x30/wk | |"
    assert told(cells(table), tab) == TWO


@pytest.mark.parametrize("tab", ["Caseload", "Service Grid"])
@pytest.mark.parametrize(("note", "asked"), [("OT ended 10/1", 1), ("loves trains", 0)])
def test_a_note_beside_services_side_by_side_may_be_of_one_of_them(tab: str, note: str, asked: int) -> None:
    header = "Student | Service 1 | Frequency 1 | Service 2 | Frequency 2 | Notes"
    table = cells(f"{header}\nAna R. | Speech | 2x30/wk | OT | 1x30/wk | {note}")
    tables = read({"Service Grid": None, tab: table})
    assert [one[:2] for one in wrong(tables) if one[1].startswith(tab)] == [("question", f"{tab}!F2")] * asked


@pytest.mark.parametrize(
    ("header", "read_as"),
    [
        ("Student | Service 1 | Min 1 | Service 2 | Min 2", ["?S 60 min", "?O 30 min"]),
        ("Student | Service 1 | Min/wk 1 | Service 2 | Min/wk 2", ["S 60 min / week", "O 30 min / week"]),
    ],
)
def test_minutes_beside_a_service_need_a_period(header: str, read_as: list[str]) -> None:
    assert told(cells(f"{header}\nAna R. | Speech | 60 | OT | 30")) == read_as


@pytest.mark.parametrize(
    "header",
    [
        "Student | Service | Frequency | Service | Frequency | Provider",
        "Student | Service | Service | Frequency",
        "Student | Services | Freq | Related service | Frequency of service",
        "Student | Service | Frequency | Frequency | Service",
    ],
)
def test_a_column_that_may_be_of_one_of_them_stops_the_run(header: str) -> None:
    with pytest.raises(CannotCount):
        told(cells(f"{header}\nAna R. | Speech | 2x30/wk | OT | 1x30/wk | Kim"), "Service Grid")


OVER_TWO_ROWS = [
    # the two rows of the header, the lines of "2x/wk | 30 | 1x/wk | 30"
    (" | Speech | | OT |", "Student | Freq | Min | Freq | Min", ["S 2x/wk", "O 1x/wk"]),
    ("Student | Speech | | OT |", " | How often | Minutes | Frequency | Length", ["S 2x/wk", "O 1x/wk"]),
    ("Student | Speech | | Speech |", " | Freq | Min | Freq | Min", None),
    ("Student | Speech | | OT |", " | Freq | Freq | Freq | Min", None),
]


@pytest.mark.parametrize(("upper", "lower", "read_as"), OVER_TWO_ROWS)
def test_services_may_stand_over_their_amounts(upper: str, lower: str, read_as: list[str] | None) -> None:
    table = f"{upper}\n{lower}\nAna R. | 2x/wk | 30 | 1x/wk | 30\nBen T. | 2x/wk | 30 | |"
    if read_as is None:
        with pytest.raises(CannotCount):
            told(cells(table))
    else:
        assert told(cells(table)) == read_as
        found = read({"Service Grid": None, "Caseload": cells(table)}).lines
        assert found["total"].tolist() == [60, 30, 60]


OWN_COLUMNS = [
    # what stands over the second pair of "Freq | Min" and over a further column, its cell; service, group,
    # minutes, start and provider of that line, what is named
    ("OT", "Start", "11/2/2026", ("O", "", 15, "2026-11-02", ""), None),
    ("OT", "Provider", "Kim Lee", ("O", "", 15, "", "Kim Lee"), None),
    ("Speech consult", "Start date", "11/2/2026", ("S", "consultation", 15, "2026-11-02", ""), None),
    ("OT (group)", "", "", ("O", "group", 15, "", ""), None),
    ("OT", "Notes", "starts 11/2", ("O", "", 15, "", ""), "question"),
    ("OT", "Group", "group", ("O", "", 15, "", ""), "question"),
    ("ESY Speech", "", "", None, "error"),
    ("Vision / O&M", "", "", None, "error"),
]


@pytest.mark.parametrize("rows_of_header", [1, 2])
@pytest.mark.parametrize(("over", "header", "cell", "line", "named_as"), OWN_COLUMNS)
def test_what_stands_below_a_service_is_of_that_line(
    over: str,
    header: str,
    cell: str,
    line: tuple[str, str, int, str, str] | None,
    named_as: str | None,
    rows_of_header: int,
) -> None:
    """A start below OT was lost, and OT owed from the first day; a consult was a line that did not exist."""
    below = ["Freq", "Min", header]
    one: Rows = [
        ["Student", *(f"{service} {text}" for service in ("Speech", over) for text in below if text)]
    ]
    two: Rows = [["Student", "Speech", *[None] * 2, over, *[None] * 2], [None, *below, *below]]
    if not header:
        two = [["Student", "Speech", None, over, None], [None, *below[:2], *below[:2]]]
    entry = ["2x/wk", 30, *([None] if header else []), "1x/month", 15, *([cell] if header else [])]
    tables = read({"Service Grid": [*(one if rows_of_header == 1 else two), ["Ana R.", *entry]]})
    lines = tables.lines
    assert lines["reason"].tolist() == [""] * len(lines)
    found = [
        (
            SHORT[str(one["service"])],
            str(one["group"] or ""),
            int(one["minutes"]),
            "" if pd.isna(one["start"]) else f"{one['start']:%Y-%m-%d}",
            str(one["provider"] or ""),
        )
        for one in lines.astype({"group": object, "provider": object})
        .fillna({"group": "", "provider": ""})
        .to_dict("records")
    ]
    assert found == [("S", "", 30, "", ""), *([line] if line else [])]
    named = {
        severity for severity, at in wrong(tables) if at.startswith("Service Grid!") and severity != "note"
    }
    assert named == ({named_as} if named_as else set())


@pytest.mark.parametrize("over", ["ESY", "Related", "Lunch"])
def test_over_an_amount_stands_a_service(over: str) -> None:
    with pytest.raises(CannotCount):
        told(
            cells(
                f"Student | Speech | | {over} |\n | Freq | Min | Freq | Min\nAna R. | 2x/wk | 30 | 1x/wk | 30"
            )
        )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["Student", "Services", "Speech", "Freq", "Min", "Speech 2x30/wk; OT", "", 3, "x"]
            )
            | st.text(max_size=12),
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_stands_there_is_read_or_not(rows: list[list[CellValue]]) -> None:
    sheet = with_services_in_one_row(Sheet("Caseload", [["Student", "Services"], *rows]))
    listed = read_services_in_cells(sheet, {}, PeopleKnown(named({}), named({})))
    assert listed is None or all(record["Service"][0] for record in listed.records)
