"""A school in which every column of every tab is there, and nights of it, for texts put into any cell.

As many students as are asked for, each with a case manager, a provider and a supervisor of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sheets_sync.config import Config, MailConfig
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.ports import CellValue, Mailer
from sheets_sync.run import Asked, Outcome, World, sync
from tests.small_school import Clock, MemoryMailer, MemoryWorkbook, Rows

MONDAY = date(2025, 10, 20)
LATER = 21
"""Days until a session without an entry is told to supervisors too."""

DOMAIN = "school.example"
Record = dict[str, CellValue]


@dataclass(frozen=True)
class Child:
    """One student with people of their own: nobody else is told about them."""

    number: int

    @property
    def name(self) -> str:
        return f"Ana{self.number:02} R."

    def address(self, role: str) -> str:
        return f"{role}{self.number:02}@{DOMAIN}"

    @property
    def line(self) -> Record:
        return {"Student": self.name, "Service": "Speech therapy", "Provider": f"J. Rivera{self.number:02}"}

    def rows(self) -> dict[str, list[Record]]:
        """Return this student's rows on each tab, every column filled that may be."""
        line, number = self.line, self.number
        return {
            "Caseload": [
                {
                    "Student ID": f"S{number}",
                    "Student": self.name,
                    "Grade": "3",
                    "Date of birth": date(2017, 3, 4),
                    "School": "Maple Hill",
                    "District": "Maple",
                    "Case manager": f"C. Manager{number:02}",
                    "Case manager email": self.address("manager"),
                    "Plan": "IEP",
                    "Disability": "SLI",
                    "IEP start": date(2025, 9, 1),
                    "IEP end": date(2026, 8, 31),
                    "Evaluation due": date(2026, 12, 1),
                    "Draft due": date(2026, 5, 1),
                    "Next meeting": date(2026, 5, 15),
                    "Classroom teacher": "T. Teacher",
                    "Teacher email": self.address("teacher"),
                    "Room": "12",
                    "Transportation": "no",
                    "Medicaid": "no",
                    "Parent": "P. Parent",
                    "Parent email": self.address("parent"),
                    "Home language": "English",
                    "Exit date": None,
                    "Notes": "none",
                }
            ],
            "Service Grid": [
                {
                    **line,
                    "Frequency": "2 x 30 min / week",
                    "Sessions": 2.0,
                    "Minutes": 30.0,
                    "Per": "week",
                    "Group": "individual",
                    "Setting": "Room 4",
                    "Start date": date(2025, 9, 1),
                    "End date": date(2026, 6, 11),
                    "ESY": "no",
                    "Notes": "none",
                }
            ],
            "Schedule": [
                {
                    **line,
                    "Days": "Mon, Wed",
                    "Start": "9:00 AM",
                    "End": "9:30 AM",
                    "Minutes": 30.0,
                    "Group": "individual",
                    "Location": "Room 4",
                    "From": date(2025, 9, 1),
                    "To": date(2026, 6, 11),
                    "Notes": "none",
                }
            ],
            "Service Log": [self.session(date(2025, 10, day)) for day in (13, 15)],
            "Staff": [
                {
                    "Name": line["Provider"],
                    "Role": f"SLP {number:02}",
                    "Services": "Speech therapy",
                    "Email": self.address("provider"),
                    "Supervisor": f"S. Visor{number:02}",
                    "Supervisor email": self.address("visor"),
                    "Away from": None,
                    "Away to": None,
                }
            ],
            "Attendance": [
                {"Date": date(2025, 10, 1), "Student": self.name, "Attendance": "tardy", "Time": "9:10 AM"}
            ],
        }

    def session(self, day: date, status: str = "Delivered") -> Record:
        return {
            "Date": day,
            **self.line,
            "Start": "9:00 AM",
            "Minutes": 30.0,
            "Status": status,
            "Group": "individual",
            "Place": "Room 4",
            "Make-up for": None,
            "Reason": "none",
            "Notes": "none",
            "Parent told": "no",
            "Logged by": self.line["Provider"],
        }


CALENDAR: list[Record] = [
    {"Date": date(2025, 8, 25), "To": None, "Kind": "First day", "Time": None, "Label": "hello"},
    {
        "Date": date(2025, 11, 26),
        "To": date(2025, 11, 28),
        "Kind": "No school",
        "Time": None,
        "Label": "rest",
    },
    {"Date": date(2026, 6, 11), "To": None, "Kind": "Last day", "Time": None, "Label": "bye"},
]
CHILD = Child(0).rows()
COLUMNS = [(tab, header) for tab, rows in CHILD.items() for header in rows[0]]
"""Every column of every tab but Calendar."""

ALL_COLUMNS = [*COLUMNS, *(("Calendar", header) for header in CALENDAR[0])]

CONFIG = Config(
    allowed_domains=(DOMAIN,),
    administrator="office@school.example",
    mail=MailConfig(host="127.0.0.1", security="none", sender="IEP services <sped@school.example>"),
)

Texts = Mapping[tuple[str, str], CellValue]
"""(tab, header) -> what stands in that column instead."""


def school(*texts: Texts | None, missed: date | None = None) -> dict[str, Rows]:
    """Return the rows of each tab: a student for each of the texts, in whose rows they stand.

    None: that student is not there. `missed` adds an entry a student: the provider was absent that day.
    """
    records: dict[str, list[Record]] = {tab: [] for tab in CHILD}
    for number, instead in enumerate(texts):
        if instead is None:
            continue
        child = Child(number)
        rows = child.rows()
        if missed is not None:
            rows["Service Log"].append(child.session(missed, "Provider absent"))
        for tab, own in rows.items():
            records[tab] += [
                {header: instead.get((tab, header), value) for header, value in record.items()}
                for record in own
            ]
    records["Calendar"] = [*CALENDAR]
    return {tab: [list(rows[0]), *(list(row.values()) for row in rows)] for tab, rows in records.items()}


def calendar_row(tabs: dict[str, Rows], header: str, value: CellValue) -> dict[str, Rows]:
    """Return the school with one row more on its Calendar, good but for one cell."""
    row: Record = {"Date": date(2025, 12, 24), "To": None, "Kind": "No school", "Time": None, "Label": "eve"}
    row[header] = value
    return {**tabs, "Calendar": [*tabs["Calendar"], list(row.values())]}


@dataclass
class Nights:
    """The same workbook, night after night, in memory but for its state."""

    folder: Path
    mailer: Mailer = field(default_factory=MemoryMailer)
    config: Config = CONFIG
    workbook: MemoryWorkbook = field(default_factory=lambda: MemoryWorkbook({}))
    clock: Clock = field(default_factory=lambda: Clock(MONDAY))

    @property
    def store(self) -> SQLiteStore:
        return SQLiteStore(self.folder / "state.sqlite")

    def night(self, tabs: dict[str, Rows], days: int = 1) -> Outcome:
        """Run so many days later, as the tabs now stand."""
        self.workbook.tabs = tabs
        world = World(self.workbook, self.store, self.mailer, self.clock)
        return sync(world, self.config, Asked(self.clock.turn(days)), lambda step: None)

    def until_everybody_is_told(self, *texts: Texts) -> Outcome:
        """Run twice: a first run tells case managers alone, the second one all that there are.

        The mails of the first go nowhere.
        """
        replace(self, mailer=MemoryMailer()).night(school(*texts), 0)
        return self.night(school(*texts, missed=MONDAY), LATER)
