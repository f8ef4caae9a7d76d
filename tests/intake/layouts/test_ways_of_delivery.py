"""Services in columns with a column for each way of delivery, and a list with such columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.ways_of_delivery import way_of
from sheets_sync.ports import CellValue
from sheets_sync.tables import Tables
from tests.intake.small_workbook import Rows, read, told

LOGLESS = {
    "Schedule": "Student | Service | Days | Start | End",
    "Service Log": "Date | Student | Service | Status",
}
ANA, BEN = "Ana R.", "Ben T."
NO = None


def _grid(*rows: Sequence[CellValue]) -> Tables:
    return read({**LOGLESS, "Service Grid": [list(row) for row in rows]})


def _caseload(*rows: Sequence[CellValue]) -> Tables:
    return read({**LOGLESS, "Service Grid": None, "Caseload": [list(row) for row in rows]})


def _lines(tables: Tables) -> list[str]:
    """Return each line as "Ana R. Speech therapy group Push-in 2 60/week"."""
    shown = tables.lines[
        ["student", "service", "group", "setting", "provider", "sessions", "total", "period"]
    ]
    rows = shown.astype(object).where(shown.notna(), "").to_numpy().tolist()
    return [
        " ".join(str(part) for part in (*row[:-3], f"{row[-3]}x", f"{row[-2]}/{row[-1]}") if part)
        for row in rows
    ]


THREE_WAYS = [
    "Ana R. Speech therapy individual 1x 30/week",
    "Ana R. Speech therapy group 1x 30/week",
    "Ana R. Speech therapy consultation 0x 15/month",
    "Ben T. Occupational therapy individual 1x 30/week",
]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            ["Student", "Service", "Individual", "Group", "Consult"],
            [[ANA, "SLP", "1x30/wk", "1x30/wk", "15 min/month"], [BEN, "OT", "1x30/wk", "", "-"]],
        ),
        (
            ["Student", "Service", "Ind.", "Small group", "Indirect"],
            [[ANA, "SLP", "1x30/wk", "1x30/wk", "15 min/month"], [BEN, "OT", "1x30/wk", NO, 0.0]],
        ),
    ],
)
def test_each_way_is_a_line(header: list[CellValue], rows: Rows) -> None:
    tables = _grid(header, *rows)
    assert (_lines(tables), tables.problems) == (THREE_WAYS, ())


def test_the_header_of_a_way_may_say_the_unit() -> None:
    header = ["Student", "Service", "Individual min/wk", "Group (min/wk)", "Consult min/mo", "Provider"]
    tables = _grid(header, [ANA, "SLP", 30.0, 30.0, 15.0, "J. Rivera"])
    assert _lines(tables) == [
        "Ana R. Speech therapy individual J. Rivera 0x 30/week",
        "Ana R. Speech therapy group J. Rivera 0x 30/week",
        "Ana R. Speech therapy consultation J. Rivera 0x 15/month",
    ]


def test_a_frequency_goes_on_beside_a_column_of_consultation() -> None:
    tables = _grid(["Student", "Service", "Frequency", "Consult"], [ANA, "SLP", "2x30/wk", "15 min/month"])
    assert _lines(tables) == [
        "Ana R. Speech therapy 2x 60/week",
        "Ana R. Speech therapy consultation 0x 15/month",
    ]


def test_a_way_that_cannot_be_read_is_named_by_its_cell() -> None:
    header = ["Student", "Service", "Direct", "Consult"]
    tables = _grid(header, [ANA, "SLP", "twice", "1x15/mo"], [BEN, "OT", NO, NO], ["Exited", NO, NO, NO])
    assert [cell[-2:] for _, cell, _ in told(tables)] == ["A4", "C2", "A3"]
    assert len(tables.lines) == 3


def test_push_in_and_pull_out_are_settings() -> None:
    tables = _grid(["Student", "Service", "Push-in", "Pull-out"], [ANA, "SLP", "1x30/wk", "2x30/wk"])
    assert _lines(tables) == [
        "Ana R. Speech therapy Push-in 1x 30/week",
        "Ana R. Speech therapy Pull-out 2x 60/week",
    ]


def test_one_more_frequency_in_a_list_is_asked_about() -> None:
    tables = _grid(["Student", "Service", "Frequency", "ESY Frequency"], [ANA, "SLP", "2x30/wk", "1x30/wk"])
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Service Grid!D2")]


TWO_ROWS = [[NO, "Ind", "Group", "Ind", "Group"], [ANA, "1x30/wk", "1x30/wk", NO, NO]]
LAYOUTS = [
    (
        [["Student", "Speech", NO, "OT", NO], *TWO_ROWS, [BEN, NO, "2x30/wk", "1x30/wk", NO]],
        [
            "Ana R. Speech therapy individual 1x 30/week",
            "Ana R. Speech therapy group 1x 30/week",
            "Ben T. Speech therapy group 2x 60/week",
            "Ben T. Occupational therapy individual 1x 30/week",
        ],
    ),
    (
        [["Student", "Speech Ind", "Speech Group", "OT"], [ANA, "1x30/wk", "2x30/wk", NO]],
        ["Ana R. Speech therapy individual 1x 30/week", "Ana R. Speech therapy group 2x 60/week"],
    ),
    (
        [
            ["Student", "SLP", "SLP min", "OT", "OT min"],
            [ANA, "Kim Lee", "1x30/wk", NO, NO],
            [BEN, NO, NO, "Sarah Kim", "30 min/wk"],
        ],
        ["Ana R. Speech therapy Kim Lee 1x 30/week", "Ben T. Occupational therapy Sarah Kim 0x 30/week"],
    ),
    (
        [["Student", "Speech", "Mins", "OT", "Mins"], [ANA, "Kim Lee", "1x30/wk", NO, NO]],
        ["Ana R. Speech therapy Kim Lee 1x 30/week"],
    ),
    (
        [["Student", "Speech", "Mins", "OT", "Mins"], [ANA, "2x/wk", 30.0, "1x/wk", 20.0]],
        ["Ana R. Speech therapy 2x 60/week", "Ana R. Occupational therapy 1x 20/week"],
    ),
    (
        [["Service minutes per week", NO, NO], ["Student", "Speech", "OT"], [ANA, 60.0, 30.0]],
        ["Ana R. Speech therapy 0x 60/week", "Ana R. Occupational therapy 0x 30/week"],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), LAYOUTS)
def test_services_in_columns(rows: Rows, expected: list[str]) -> None:
    tables = _caseload(*rows)
    assert _lines(tables) == expected
    assert [severity for severity, _, _ in told(tables) if severity != "note"] == []


def test_services_may_stand_in_a_second_chart() -> None:
    dates = [["Student", "Grade", "Exit date"], [ANA, 3.0, NO], [BEN, 4.0, NO], [NO, NO, NO]]
    tables = _caseload(*dates, ["Student", "Speech", "OT"], [ANA, "2x30/wk", NO], [BEN, NO, "1x30/wk"])
    assert _lines(tables) == ["Ana R. Speech therapy 2x 60/week", "Ben T. Occupational therapy 1x 30/week"]
    assert [severity for severity, _, _ in told(tables)] == ["note"]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["Student", "Speech", NO], [ANA, "1x30/wk", "2x30/wk"]], "Caseload!C2"),
        (
            [
                ["Student", "OT", "Speech", NO],
                [NO, NO, "Current", "Proposed"],
                [ANA, "1x30/wk", NO, "1x30/wk"],
            ],
            "Caseload!D3",
        ),
        ([["Student", "OT", "Speech"], [NO, NO, "2024-25"], [ANA, "1x30/wk", "2x30/wk"]], "Caseload!C1"),
    ],
)
def test_a_frequency_of_which_the_service_is_not_told_is_an_error(rows: Rows, cell: str) -> None:
    tables = _caseload(*rows)
    assert ("error", cell) in [(severity, at) for severity, at, _ in told(tables)]
    assert len(tables.lines) == 1


@pytest.mark.parametrize(
    ("header", "column"),
    [("Group", "Group"), ("1:1", "Group"), ("Pull out", "Setting"), ("Individual/Group", NO), ("Grade", NO)],
)
def test_ways(header: str, column: str | None) -> None:
    way = way_of(header)
    assert (way.column if way else None) == column


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.one_of(st.none(), st.text(max_size=12), st.floats(), st.booleans()))
def test_nothing_typed_stops_the_run(header: str, cell: CellValue) -> None:
    way_of(header)
    tables = _grid(["Student", "Service", "Individual", "Consult"], [ANA, "SLP", "1x30/wk", cell])
    assert len(tables.lines) in (1, 2)


IN_AND_OUT = [
    "Ana R. Speech therapy In class 1x 30/week",
    "Ana R. Speech therapy Out of class 2x 60/week",
]


def test_in_class_is_a_setting_and_no_group() -> None:
    cells = [ANA, "1x30/wk", "2x30/wk"]
    one_row = (["Student", "Speech In class", "Speech Out of class"], cells)
    two_rows = (["Student", "Speech", NO], [NO, "In class", "Out of class"], cells)
    assert _lines(_caseload(*one_row)) == _lines(_caseload(*two_rows)) == IN_AND_OUT
    header = ["Student", "Service", "In class", "Out of class"]
    assert _lines(_grid(header, [ANA, "Speech", *cells[1:]])) == IN_AND_OUT


@pytest.mark.parametrize(
    "header",
    ["In-class", "In class min/wk", "In the classroom", "Outside general education", "Inside Gen Ed"],
)
def test_where_a_service_is_given_is_its_setting(header: str) -> None:
    way = way_of(header)
    assert way is not None
    assert way.column == "Setting"


@pytest.mark.parametrize(
    "terms",
    [
        ("Sem 1", "Sem 2", NO),
        ("S1", "S2", NO),
        ("Q1", "Q2", NO),
    ],
)
def test_columns_of_terms_are_of_no_service(terms: Sequence[CellValue]) -> None:
    tables = _caseload(
        ["Student", "Speech", NO, "OT"],
        [NO, *terms],
        [ANA, "1x30/wk", "2x30/wk", "1x30/wk"],
        [BEN, NO, NO, "1x30/wk"],
    )
    assert not any("Speech" in line for line in _lines(tables))
    assert [one[:2] for one in told(tables)][:2] == [("error", "Caseload!B1"), ("error", "Caseload!C3")]
