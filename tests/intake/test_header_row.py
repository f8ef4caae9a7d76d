"""The header is found below titles and blank rows; a missing or doubled column stops the count, by name."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.header_row import find_header
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import SMALL, cells, only, read, told

LOG = SMALL["Service Log"]


@pytest.mark.parametrize(
    "above",
    [
        [["Service log 2025-26"]],
        [["Speech", None, "Ms Rivera"], [None, None], []],
        [[], [], ["Printed Thu,5/16/24 3:50PM"], ["Date", "by"]],
    ],
    ids=["a title", "a title and blank rows", "a title with a known word"],
)
def test_the_header_need_not_stand_in_row_1(above: list[list[str | None]]) -> None:
    tables = read({"Service Log": [*above, *cells(LOG)]})
    assert tables.log["row"].tolist() == [len(above) + 2]
    assert not tables.problems


def test_columns_may_stand_in_any_order_and_unknown_ones_are_left_alone() -> None:
    log = """
        Mood | Status    | Service        | Student | Goal 3 | Date
        fine | Delivered | Speech therapy | Ana R.  | 80%    | 2025-10-06
        """
    tables = read({"Service Log": log})
    assert tables.log[["student", "service", "reason"]].to_numpy().tolist() == [
        ["Ana R.", "Speech therapy", "delivered"]
    ]
    assert not tables.problems


@pytest.mark.parametrize(
    ("tab", "gone", "said"),
    [
        ("Caseload", "Student ", '"Student"'),
        ("Service Grid", "Frequency", "Frequency or Sessions, Per and Minutes"),
        ("Schedule", "Days", '"Days"'),
        ("Schedule", "Start", '"Start"'),
        ("Service Log", "Status", '"Status"'),
        ("Calendar", "Kind", '"Kind"'),
    ],
)
def test_a_missing_column_is_named_with_its_tab(tab: str, gone: str, said: str) -> None:
    with pytest.raises(CannotCount) as stop:
        read({tab: SMALL[tab].replace(gone, "Mood", 1)})
    assert f'the tab "{tab}" has no column {said}' in stop.value.what
    assert f'[columns."{tab}"]' in stop.value.remedy
    assert stop.value.exit_code == 3


def test_what_is_missing_is_said_of_every_tab_at_once() -> None:
    with pytest.raises(CannotCount) as stop:
        read({"Service Log": SMALL["Service Log"].replace("Status", "Mood  "), "Schedule": []})
    assert '"Schedule" has no header row' in stop.value.what
    assert '"Service Log" has no column "Status"' in stop.value.what


def test_end_or_minutes_will_do_but_one_must_be_there() -> None:
    schedule = SMALL["Schedule"]
    assert len(read({"Schedule": schedule.replace("Minutes", "Mood   ")}).schedule) == 1
    with pytest.raises(CannotCount, match="End or Minutes"):
        read({"Schedule": schedule.replace("Minutes", "Mood   ").replace("End ", "Goal")})


def test_sessions_per_and_minutes_stand_for_the_frequency() -> None:
    grid = """
        Student | Service        | Sessions | Minutes | Per
        Ana R.  | Speech therapy | 2        | 30      | week
        """
    lines = read({"Service Grid": grid}).lines
    assert lines[["sessions", "minutes", "total", "period"]].to_numpy().tolist() == [[2, 30, 60, "week"]]
    assert lines["frequency_text"].tolist() == ["2 x 30 / week"]


def test_a_header_of_the_sessions_may_name_the_period() -> None:
    grid = """
        Student | Service        | Sessions Per Week | Minutes Per Session
        Ana R.  | Speech therapy | 2                 | 30
        """
    assert read({"Service Grid": grid}).lines[["total", "period"]].to_numpy().tolist() == [[60, "week"]]


def test_a_column_that_the_configuration_names_and_that_is_not_there_is_asked_about() -> None:
    tables = read({}, Names(columns={"Service Log": {"Minutes": "Mins given"}}))
    assert (only(tables).severity, only(tables).value) == ("question", "Mins given")
    assert tables.log["minutes"].tolist() == [-1]


def test_the_configuration_names_a_column_by_any_name() -> None:
    names = Names(columns={"Service Log": {"Status": "What happened"}})
    assert len(read({"Service Log": LOG.replace("Status", "What happened")}, names).log) == 1


def test_two_columns_of_one_name_stop_the_count() -> None:
    with pytest.raises(CannotCount) as stop:
        read({"Service Log": LOG.replace("Group", "Status", 1)})
    assert '2 columns that read as Status: G1 "Status" and H1 "Status"' in stop.value.what


def test_two_columns_that_change_no_figure_are_noted() -> None:
    tables = read({"Service Log": LOG.replace("Group", "Notes", 1).replace("Make-up for", "Notes")})
    problem = only(tables)
    assert (problem.severity, problem.tab, problem.cell) == ("note", "Service Log", "I1")


def test_a_header_that_is_the_name_itself_goes_before_an_alias() -> None:
    tables = read({"Service Log": LOG.replace("Group ", "Student Name", 1)})
    assert tables.log["student"].tolist() == ["Ana R."]


def test_a_tab_with_a_header_and_no_rows_is_fine() -> None:
    tables = read({"Service Log": [cells(LOG)[0]], "Schedule": [cells(SMALL["Schedule"])[0]]})
    assert len(tables.log) == len(tables.schedule) == 0
    assert not tables.problems


def test_an_empty_required_tab_has_no_header() -> None:
    with pytest.raises(CannotCount, match='"Service Log" has no header row'):
        read({"Service Log": []})


def test_what_stops_the_count_names_no_student() -> None:
    with pytest.raises(CannotCount) as stop:
        read({"Service Log": cells(LOG)[1:]})
    assert "Ana" not in stop.value.what + stop.value.remedy


def test_headers_repeated_inside_the_data_are_skipped() -> None:
    log = LOG.rstrip() + "\n" + "\n".join(LOG.strip().splitlines())
    tables = read({"Service Log": log})
    assert tables.log["row"].tolist() == [2, 4]
    assert told(tables) == []


def test_blank_rows_are_skipped_and_rows_keep_their_numbers() -> None:
    rows = cells(LOG)
    tables = read({"Service Log": [rows[0], [], [None, " "], rows[1]]})
    assert tables.log["row"].tolist() == [4]


def test_headers_that_are_not_known_are_named_by_their_cells() -> None:
    """Where the header row is gone a student's name stands there; the sentence goes to standard error."""
    with pytest.raises(CannotCount) as stop:
        read({"Service Log": LOG.replace("Student", "Ana R. ", 1)})
    assert "Ana" not in stop.value.what + stop.value.remedy
    assert 'has no column "Student"; row 1 has "Date", ' in stop.value.what
    assert "; not known: B1" in stop.value.what


def test_a_header_that_is_nearly_right_is_pointed_at() -> None:
    with pytest.raises(CannotCount) as stop:
        read({"Service Log": LOG.replace("Student", "Studnet", 1)})
    assert stop.value.remedy.endswith('[columns."Service Log"] "Student" = "what stands in B1"')


@pytest.mark.parametrize(
    ("header", "said"), [("Studnet", '"what stands in B1" } }'), ("Student|Student", '"..." } }')]
)
def test_of_another_workbook_the_key_is_that_of_its_source(header: str, said: str) -> None:
    """[columns."Service Log"] is of the workbook's own log alone."""
    log = Sheet("OT log: Log", cells(LOG.replace("Student", header, 1)), as_tab="Service Log")
    with pytest.raises(CannotCount) as stop:
        find_header(log, "Service Log", {})
    key = f'[[sources]] "OT log", columns = {{ "Service Log" = {{ "Student" = {said}'
    assert stop.value.remedy.endswith(key)


def test_a_header_that_the_source_calls_otherwise_is_asked_about_there() -> None:
    log = Sheet("OT log: Log", cells(LOG), as_tab="Service Log")
    (problem,) = find_header(log, "Service Log", {"Reason": "Why"}).problems
    assert problem.remedy.startswith('Mend [[sources]] "OT log", columns = { "Service Log" = { ... } } in')


def test_the_ids_of_the_state_and_of_the_district_stop_no_run() -> None:
    grid = """
        State Student ID | Local ID | Student | Service        | Frequency
        9001             | S1       | Ana R.  | Speech therapy | 2 x 30 min / week
        """
    tables = read({"Service Grid": grid})
    assert tables.lines["student"].tolist() == ["Ana R."]
    assert (only(tables).severity, only(tables).cell) == ("note", "B1")
