"""The sample's school year: placed around today, so that ten whole weeks of school lie before this week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from sheets_sync.sample.staff_tabs import TypedRow

WEEKS_BEFORE = 10
LAST_WEEK = 39
ESY_WEEKS = (44, 47)
RECESS_WEEK = 15
QUARTERS = (0, 9, 19, 29)
EARLY_RELEASE = time(13, 0)

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """Weeks are counted from that of the first day of school (0); this week is number 10."""

    today: date

    def day(self, week: int, weekday: int) -> date:
        """Return a date of the school year: (0, MON) is the first day of school."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(weeks=week - WEEKS_BEFORE, days=weekday)

    @property
    def first_day(self) -> date:
        return self.day(0, MON)

    @property
    def last_day(self) -> date:
        return self.day(LAST_WEEK, FRI)

    @property
    def early_release(self) -> date:
        return self.day(5, WED)

    def is_open(self, day: date) -> bool:
        return day.weekday() <= FRI and day not in (self.day(3, MON), self.day(6, FRI))

    def days_before_today(self) -> Iterator[date]:
        """Yield every open day from the first day of school to yesterday."""
        for number in range((self.today - self.first_day).days):
            day = self.first_day + timedelta(days=number)
            if self.is_open(day):
                yield day

    def calendar(self) -> list[TypedRow]:
        """Return the rows of the Calendar tab."""
        quarters: list[TypedRow] = [
            {"Date": self.day(week, MON), "Kind": "Quarter", "Label": f"Q{number}"}
            for number, week in enumerate(QUARTERS, start=1)
        ]
        return [
            {"Date": self.first_day, "Kind": "First day", "Label": "Welcome back!"},
            *quarters[:1],
            {"Date": self.day(3, MON), "Kind": "No school", "Label": "Long weekend"},
            {
                "Date": self.early_release,
                "Kind": "Early release",
                "Time": EARLY_RELEASE,
                "Label": "Conferences",
            },
            {"Date": self.day(6, FRI), "Kind": "No school", "Label": "Teacher workshop"},
            *quarters[1:2],
            {
                "Date": self.day(RECESS_WEEK, MON),
                "To": self.day(RECESS_WEEK, FRI),
                "Kind": "No school",
                "Label": "Recess",
            },
            *quarters[2:],
            {"Date": self.last_day, "Kind": "Last day", "Label": "Half day, picnic"},
            {
                "Date": self.day(ESY_WEEKS[0], MON),
                "To": self.day(ESY_WEEKS[1], THU),
                "Kind": "ESY",
                "Label": "Summer program",
            },
        ]
