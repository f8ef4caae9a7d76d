"""The columns that are used of each tab, and those that must be there (spec: workbook.md)."""

from __future__ import annotations

NAME_PARTS = ("First name", "Last name")
"""Two columns that are read as one, Student or (Staff) Name, where a tab has none such (name_parts.py)."""

TOTAL, HOURS = "Total", "Hours"
"""All minutes of a period, and a session's length in hours (header_measures.py): both are read into the
columns of the contract."""

_WHOSE = ("Student ID", "Grade", *NAME_PARTS)

COLUMNS: dict[str, tuple[str, ...]] = {
    "Caseload": (
        *("Student ID", "Student", "Grade", "School", "District", "Case manager", "Case manager email"),
        *("Teacher email", "Plan", "Exit date", "Notes", "Also called", *NAME_PARTS),
    ),
    "Service Grid": (
        *("Student", "Service", "Frequency", "Sessions", "Minutes", "Per", "Group", "Provider", "Setting"),
        *("Start date", "End date", "ESY", "Notes", *_WHOSE, TOTAL, HOURS),
    ),
    "Schedule": (
        *("Student", "Service", "Provider", "Days", "Start", "End", "Minutes", "Group", "Location"),
        *("From", "To", "Notes", *_WHOSE, HOURS),
    ),
    "Service Log": (
        *("Date", "Student", "Service", "Provider", "Start", "Minutes", "Status", "Group", "Make-up for"),
        *("Reason", "Notes", "End", *_WHOSE, HOURS),
    ),
    "Calendar": ("Date", "To", "Kind", "Time", "Label"),
    "Staff": (
        *("Name", "Role", "Services", "Email", "Supervisor", "Supervisor email", "Away from", "Away to"),
        *NAME_PARTS,
    ),
    "Attendance": ("Date", "To", "Student", "Attendance", "Time", "Left at", *_WHOSE),
}
"""The columns that are used, by tab. Any other is left alone, also if its name is known."""

REQUIRED: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {
    "Caseload": ((("Student",),),),
    "Service Grid": ((("Student",),), (("Service",),), (("Frequency",), ("Sessions", "Per", "Minutes"))),
    "Schedule": ((("Student",),), (("Service",),), (("Days",),), (("Start",),), (("End",), ("Minutes",))),
    "Service Log": ((("Date",),), (("Student",),), (("Service",),), (("Status",),)),
    "Calendar": ((("Date",),), (("Kind",),)),
    "Staff": ((("Name",),),),
    "Attendance": ((("Date",),), (("Student",),), (("Attendance",),)),
}
"""What must be there: of each group one choice, with all of its columns."""

DESCRIBING = frozenset(
    (
        *("Grade", "School", "District", "Case manager", "Case manager email", "Plan", "Notes", "Setting"),
        *("Teacher email", "Also called", "Exit date"),
        *("Location", "Label", "Role", "Services", "Email", "Supervisor", "Supervisor email"),
    )
)
"""Columns that change no figure, and the Exit date: where one stands there twice the first is read, and it is
noted. Another Exit date is asked about where the first is blank (columns_that_take_back.py)."""
