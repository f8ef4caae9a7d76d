"""The tabs that staff keep, as a new workbook has them: columns, widths, dropdowns, help (workbook.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Kind = Literal["text", "date", "time", "number"]

Typed = str | int | float | date | time | None
"""What stands in a cell; text as people type it."""

TypedRow = dict[str, Typed]
"""Header -> what stands in that column; what is left out is blank."""

ALIGNED: Mapping[Kind, str] = {"date": "left", "time": "left", "number": "center"}
HEADER_HEIGHT = 22
"""In points."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `choices` are the words of its dropdown, or (tab, header) of the column that has them.

    What a dropdown does not offer can be typed all the same: staff know more than a list.
    """

    header: str
    width: float = 14
    kind: Kind = "text"
    help: str = ""
    choices: tuple[str, ...] = ()
    choices_from: tuple[str, str] | None = None
    required: bool = False

    @property
    def note(self) -> str:
        """What the header says of itself, "" if nothing."""
        return (self.help + " Required." if self.required else self.help).strip()


@dataclass(frozen=True, slots=True)
class StaffTab:
    """One tab. `room` is how many rows its dropdowns reach; `frozen` the columns that stay in view."""

    name: str
    columns: tuple[Column, ...]
    room: int = 300
    frozen: int = 1
    colour: str = "7A8B99"


SERVICES = (
    "Speech therapy",
    "Occupational therapy",
    "Physical therapy",
    "Reading",
    "Math",
    "Counseling",
    "Social skills",
    "Paraprofessional",
    "Consultation",
)
STATUSES = (
    "Delivered",
    "Make-up",
    "Late or left early",
    "Student absent",
    "Student refused",
    "Student unavailable",
    "Suspended",
    "School activity",
    "Provider absent",
    "School closed",
    "Agreed day off",
    "Team decision",
)
GROUPS = ("individual", "group", "consultation")
KINDS = (
    "First day",
    "Last day",
    "No school",
    "Early release",
    "Late start",
    "ESY",
    "Quarter",
    "Trimester",
    "Semester",
    "Term",
    "Grading period",
    "Cycle day",
)
YES = ("Yes",)

STUDENT = Column(
    "Student", 18, help="The name as on the Caseload.", choices_from=("Caseload", "Student"), required=True
)
SERVICE = Column("Service", 22, help="One service a row.", choices=SERVICES, required=True)
PROVIDER = Column("Provider", 16, help="The name as on the Staff tab.", choices_from=("Staff", "Name"))
GROUP = Column(
    "Group", 13, help="individual, group or consultation; blank if it does not matter.", choices=GROUPS
)

CASELOAD = StaffTab(
    "Caseload",
    (
        Column("Student ID", 11),
        Column(
            "Student",
            18,
            help="One row a student. Every other tab calls the student by exactly this name:"
            " a first name and an initial are enough.",
            required=True,
        ),
        Column("Grade", 7),
        Column("Date of birth", 13, "date"),
        Column("School", 22),
        Column("District", 18),
        Column("Case manager", 16),
        Column("Case manager email", 28, help="Gets the mail about this student."),
        Column("Plan", 7, choices=("IEP", "ISP")),
        Column("Disability", 24),
        Column("IEP start", 12, "date"),
        Column("IEP end", 12, "date"),
        Column("Evaluation due", 14, "date"),
        Column("Draft due", 12, "date"),
        Column("Next meeting", 13, "date"),
        Column("Classroom teacher", 18),
        Column("Teacher email", 26),
        Column("Room", 8),
        Column("Transportation", 15),
        Column("Medicaid", 10, choices=YES),
        Column("Parent", 18),
        Column("Parent email", 26),
        Column("Home language", 14),
        Column("Exit date", 12, "date", help="The last day on which the student was here."),
        Column("Notes", 34),
    ),
    room=120,
    frozen=2,
    colour="4A6FA5",
)
SERVICE_GRID = StaffTab(
    "Service Grid",
    (
        STUDENT,
        SERVICE,
        Column(
            "Frequency",
            36,
            help='What the plan says: "2 x 30 min / week", "15 min / month", "as needed".'
            " Or leave it blank and fill Sessions, Minutes and Per.",
        ),
        Column("Sessions", 10, "number", help="How many in one period, where Frequency is blank."),
        Column("Minutes", 9, "number", help="Minutes of one session, where Frequency is blank."),
        Column(
            "Per", 10, help="The period, where Frequency is blank.", choices=("day", "week", "month", "year")
        ),
        GROUP,
        PROVIDER,
        Column("Setting", 20),
        Column(
            "Start date",
            12,
            "date",
            help="The first day of this service. When a plan changes, end the old row and add a new one.",
        ),
        Column("End date", 12, "date", help="The last day of this service."),
        Column("ESY", 7, help="Yes: a service of the extended school year.", choices=YES),
        Column("Notes", 34),
    ),
    frozen=2,
    colour="6B4E9B",
)
SCHEDULE = StaffTab(
    "Schedule",
    (
        Column(
            "Student",
            22,
            help='The name as on the Caseload; a group: "Ana R.; Ben T."',
            choices_from=("Caseload", "Student"),
            required=True,
        ),
        SERVICE,
        PROVIDER,
        Column(
            "Days",
            16,
            help='"Mon, Wed", "M-F", "1st & 3rd Wed", "every other Fri" (then fill From).',
            required=True,
        ),
        Column("Start", 10, "time", help='"9:00", "1:15 PM"', required=True),
        Column("End", 10, "time", help="End or Minutes."),
        Column("Minutes", 9, "number", help="End or Minutes."),
        GROUP,
        Column("Location", 18),
        Column("From", 12, "date", help="The first day of this row; blank: since the service began."),
        Column(
            "To",
            12,
            "date",
            help="The last day of this row. When a time changes, end the old row and add a new one.",
        ),
        Column("Notes", 30),
    ),
    frozen=2,
    colour="2F7F79",
)
SERVICE_LOG = StaffTab(
    "Service Log",
    (
        Column(
            "Date",
            23,
            "date",
            help='The day of the session. A span ("11/3-11/7") stands for every session in those days.',
            required=True,
        ),
        Column(
            "Student",
            22,
            help='The name as on the Caseload; a group: "Ana R.; Ben T."',
            choices_from=("Caseload", "Student"),
            required=True,
        ),
        SERVICE,
        PROVIDER,
        Column("Start", 10, "time", help="Blank: as scheduled."),
        Column("Minutes", 9, "number", help="Minutes given; blank: as scheduled."),
        Column("Status", 20, help="Given, or why not.", choices=STATUSES, required=True),
        GROUP,
        Column("Place", 16),
        Column("Make-up for", 13, "date", help="The day of the session that this one makes up."),
        Column("Reason", 26),
        Column("Notes", 34, help="A team decision counts only where this or Reason says what was decided."),
        Column("Parent told", 12),
        Column("Logged by", 11),
    ),
    room=3000,
    frozen=2,
    colour="A65E2E",
)
CALENDAR = StaffTab(
    "Calendar",
    (
        Column("Date", 14, "date", help="A day, or the first of a span.", required=True),
        Column("To", 14, "date", help="The last day of a span; blank for one day."),
        Column("Kind", 16, help="What this day is.", choices=KINDS, required=True),
        Column("Time", 10, "time", help="When school ends (Early release) or begins (Late start)."),
        Column("Label", 34, help="What people call it."),
    ),
    room=100,
    colour="8A7A2B",
)
STAFF = StaffTab(
    "Staff",
    (
        Column("Name", 18, help="The name as the other tabs write it.", required=True),
        Column("Role", 24),
        Column("Services", 30),
        Column("Email", 30, help="Where mail about this person's sessions goes."),
        Column("Supervisor", 18),
        Column("Supervisor email", 30),
        Column("Away from", 12, "date"),
        Column("Away to", 12, "date"),
    ),
    room=60,
    colour="5E6B3A",
)
ATTENDANCE = StaffTab(
    "Attendance",
    (
        Column("Date", 14, "date", required=True),
        STUDENT,
        Column("Attendance", 14, choices=("absent", "tardy", "dismissed"), required=True),
        Column("Time", 10, "time", help="When the student came or left."),
    ),
    room=1000,
    frozen=2,
    colour="8C4A5B",
)

STAFF_TABS = (CASELOAD, SERVICE_GRID, SCHEDULE, SERVICE_LOG, CALENDAR, STAFF, ATTENDANCE)
