"""The demo's sample school: every status of the Compliance tab, and what special educators meet in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sheets_sync.sample.log import attendance, service_log
from sheets_sync.sample.people import caseload, staff
from sheets_sync.sample.services import service_grid
from sheets_sync.sample.staff_tabs import TypedRow
from sheets_sync.sample.timetable import slots
from sheets_sync.sample.writer import write_staff_workbook
from sheets_sync.sample.year import SchoolYear


def write_sample_school(path: Path, today: date) -> None:
    """Write the sample workbook as it stands before school on `today`; `made_on` reads that date back.

    Nothing in it is random: the same date gives the same cells. Raises OSError.
    """
    write_staff_workbook(path, sample_school(today), made_on=today, title="Maple Hill services")


def sample_school(today: date) -> Mapping[str, Sequence[TypedRow]]:
    """Return the rows of every tab, as typed."""
    year = SchoolYear(today)
    return {
        "Caseload": caseload(year),
        "Service Grid": service_grid(year),
        "Schedule": [slot.row() for slot in slots(year)],
        "Service Log": service_log(year),
        "Calendar": year.calendar(),
        "Staff": staff(year),
        "Attendance": attendance(year),
    }
