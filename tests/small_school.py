"""A school of one student, as small as a workbook can be, and a world in memory to run it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sheets_sync.ports import CellValue, Delivery, Sheet, Snapshot
from sheets_sync.problems import Changed, RunFailed
from sheets_sync.views.mail import Mail
from sheets_sync.views.tab import Tab

TODAY = date(2025, 10, 20)
"""A Monday. Speech on Mondays and Wednesdays from Oct 6; Wed Oct 8 was missed by the provider."""

Rows = list[list[CellValue]]


def small_school() -> dict[str, Rows]:
    """Return the rows of each tab; a test may change them."""
    return {
        "Caseload": [
            ["Student", "Case manager", "Case manager email"],
            ["Ana R.", "C. Manager", "manager@example.org"],
        ],
        "Service Grid": [
            ["Student", "Service", "Frequency", "Provider", "Start date"],
            ["Ana R.", "Speech therapy", "2 x 30 min / week", "J. Rivera", date(2025, 10, 6)],
        ],
        "Schedule": [
            ["Student", "Service", "Provider", "Days", "Start", "End"],
            ["Ana R.", "Speech therapy", "J. Rivera", "Mon, Wed", "9:00 AM", "9:30 AM"],
        ],
        "Service Log": [
            ["Date", "Student", "Service", "Provider", "Minutes", "Status"],
            *[
                [day, "Ana R.", "Speech therapy", "J. Rivera", 30.0, status]
                for day, status in (
                    (date(2025, 10, 6), "Delivered"),
                    (date(2025, 10, 8), "Provider absent"),
                    (date(2025, 10, 13), "Delivered"),
                    (date(2025, 10, 15), "Delivered"),
                )
            ],
        ],
        "Calendar": [
            ["Date", "Kind"],
            [date(2025, 8, 25), "First day"],
            [date(2026, 6, 11), "Last day"],
        ],
        "Staff": [["Name", "Email"], ["J. Rivera", "rivera@example.org"]],
    }


@dataclass
class MemoryWorkbook:
    """A workbook in memory. `saved_meanwhile`: so many writes find that somebody else saved it."""

    tabs: dict[str, Rows]
    saved_meanwhile: int = 0
    broken: str = ""
    ours: dict[str, Tab] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    written: int = 0
    name: str = "small.xlsx"

    @property
    def calls(self) -> dict[str, int]:
        return {"read": self.asked.count("read"), "write": self.written}

    @property
    def notes(self) -> tuple[str, ...]:
        return ()

    def read(self) -> Snapshot:
        self.asked.append("read")
        staff = [Sheet(name, rows) for name, rows in self.tabs.items()]
        own = [
            Sheet(tab.name, [[cell.value for cell in row] for row in tab.rows], mark=tab.mark)
            for tab in self.ours.values()
        ]
        return Snapshot((*staff, *own))

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        self.asked.append("write")
        if self.broken:
            raise RunFailed(self.broken)
        if self.saved_meanwhile:
            self.saved_meanwhile -= 1
            raise Changed("somebody saved it")
        self.written += 1
        before = dict(self.ours)
        self.ours = {tab.mark: tab for tab in tabs}
        return sum(tab != before.get(mark) for mark, tab in self.ours.items())


@dataclass
class MemoryMailer:
    """Takes mails; `outcome` is what becomes of each, but of those to an address of `outcomes`."""

    outcome: str = "accepted"
    outcomes: dict[str, str] = field(default_factory=dict)
    taken: list[Mail] = field(default_factory=list)

    def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
        for mail in mails:
            self.taken.append(mail)
            outcome = self.outcomes.get(mail.to, self.outcome)
            problem = "" if outcome == "accepted" else "the server said no"
            yield Delivery(mail.message_id, outcome, problem=problem)


@dataclass
class Clock:
    """Stands at five in the morning of a day until it is turned."""

    day: date = TODAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 5, tzinfo=UTC)

    def turn(self, days: int) -> date:
        self.day += timedelta(days=days)
        return self.day
