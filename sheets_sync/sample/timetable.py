"""The sample's Schedule: when each service is given.

Emma's physical therapy is missing from it, and Farah's third session of speech.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from sheets_sync.sample.people import (
    ANA,
    BEN,
    CHLOE,
    DIEGO,
    EMMA,
    FARAH,
    GUS,
    HANA,
    ISAAC,
    JONAS,
    KIRA,
    LEO,
    MAYA,
    NOAH,
    OT,
    PARA_ANA,
    PARA_MAYA,
    PRIYA,
    PT,
    SLP,
    TEACHER,
)
from sheets_sync.sample.services import MATH, OCCUPATIONAL, PARA, PHYSICAL, READING, SOCIAL, SPEECH
from sheets_sync.sample.staff_tabs import TypedRow
from sheets_sync.sample.year import ESY_WEEKS, FRI, MON, THU, TUE, WED, SchoolYear

EVERY_DAY = (MON, TUE, WED, THU, FRI)
ALONE = "individual"


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the Schedule. `days` and `times` are as typed; `weekdays` and `start` what they mean.

    `nth` names the weeks of the month (1st, 2nd ...) that a monthly row takes; () for every week.
    """

    students: tuple[str, ...]
    service: str
    provider: str
    days: str
    weekdays: tuple[int, ...]
    start: time
    minutes: int
    group: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None
    notes: str = ""
    nth: tuple[int, ...] = ()
    typed: TypedRow = field(default_factory=dict)

    def meets(self, day: date) -> bool:
        return (
            day.weekday() in self.weekdays
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and (not self.nth or (day.day + 6) // 7 in self.nth)
        )

    def row(self) -> TypedRow:
        """Return the row as it stands on the Schedule tab."""
        end = self.start.hour * 60 + self.start.minute + self.minutes
        row: TypedRow = {
            "Student": "; ".join(self.students),
            "Service": self.service,
            "Provider": self.provider,
            "Days": self.days,
            "Start": self.start,
            "End": time(end // 60, end % 60),
            "Group": self.group or None,
            "Location": self.place or None,
            "From": self.first,
            "To": self.last,
            "Notes": self.notes or None,
        }
        return row | self.typed


def slots(year: SchoolYear) -> list[Slot]:
    """Return the rows of the Schedule, each provider's together, as they hand them in."""
    return [*_speech(year), *_occupational(year), *_physical(), *_teaching(year), *_paras()]


def _speech(year: SchoolYear) -> list[Slot]:
    room = "Speech room"
    old, new = year.day(6, WED), year.day(6, THU)
    return [
        Slot((ANA, BEN), SPEECH, SLP, "Tue/Thu", (TUE, THU), time(10), 30, "group", room),
        Slot((ANA,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(9), 30, ALONE, room),
        Slot((CHLOE,), SPEECH, SLP, "Mon, Thu", (MON, THU), time(11), 30, ALONE, room),
        Slot((DIEGO,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(9, 30), 30, ALONE, room, last=old),
        Slot((DIEGO,), SPEECH, SLP, "T/Th", (TUE, THU), time(8, 30), 45, ALONE, "OT room", first=new),
        Slot((FARAH,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(10), 30, ALONE, room),
        # the minutes are there, but as one long session: the plan says two
        Slot((HANA,), SPEECH, SLP, "Tuesday", (TUE,), time(13), 60, ALONE, room),
        Slot((ISAAC,), SPEECH, SLP, "Fri", (FRI,), time(10), 30, ALONE, "video"),
        Slot((KIRA,), SPEECH, SLP, "Mon, Fri", (MON, FRI), time(13, 30), 30, ALONE, room),
    ]


def _occupational(year: SchoolYear) -> list[Slot]:
    room, summer = "OT room", "Summer program"
    begins, ends = year.day(ESY_WEEKS[0], MON), year.day(ESY_WEEKS[1], THU)
    together = "Tuesdays co-treatment with speech"
    days = (TUE, THU)
    return [
        Slot((ANA,), OCCUPATIONAL, OT, "Mon & Thu", (MON, THU), time(13), 30, ALONE, room),
        Slot(
            (DIEGO,), OCCUPATIONAL, OT, "Tue, Fri", (TUE, FRI), time(8, 30), 30, ALONE, room, notes=together
        ),
        Slot((GUS,), OCCUPATIONAL, OT, "Tues & Thurs", days, time(11), 30, ALONE, room, last=year.last_day),
        Slot((GUS,), OCCUPATIONAL, OT, "Tue, Thu", days, time(9), 30, ALONE, summer, first=begins, last=ends),
        # given every week, and on no row of the grid
        Slot((NOAH,), OCCUPATIONAL, OT, "Fri", (FRI,), time(10, 30), 30, ALONE, room, first=year.day(8, MON)),
    ]


def _physical() -> list[Slot]:
    length: TypedRow = {"End": None, "Minutes": 30}
    return [
        Slot((ANA,), PHYSICAL, PT, "Friday", (FRI,), time(10, 30), 30, ALONE, "Gym", typed=length),
        Slot(
            (DIEGO,),
            PHYSICAL,
            PT,
            "Wed",
            (WED,),
            time(13),
            30,
            ALONE,
            "Gym",
            typed={**length, "Start": "1:00 PM"},
        ),
    ]


def _teaching(year: SchoolYear) -> list[Slot]:
    room = "Room 12"
    came = year.day(7, WED)
    most = (MON, TUE, WED, THU)
    return [
        Slot((ANA,), READING, TEACHER, "M-F", EVERY_DAY, time(8, 30), 30, ALONE, room),
        Slot((ANA,), MATH, TEACHER, "every day", EVERY_DAY, time(11), 30, ALONE, room),
        Slot(
            (CHLOE, EMMA), SOCIAL, TEACHER, "2nd & 4th Mon", (MON,), time(14), 30, "group", room, nth=(2, 4)
        ),
        Slot((EMMA,), READING, TEACHER, "M-F", EVERY_DAY, time(9, 45), 30, "", room),
        Slot((JONAS,), READING, TEACHER, "Mon-Thu", most, time(9, 15), 30, "", room, first=came),
        Slot((KIRA,), MATH, TEACHER, "Tue, Thu", (TUE, THU), time(13, 30), 30, ALONE, room),
        Slot((LEO,), READING, TEACHER, "M-F", EVERY_DAY, time(12, 30), 30, ALONE, "Block 5"),
        Slot((LEO,), MATH, TEACHER, "MWF", (MON, WED, FRI), time(10, 15), 40, ALONE, room),
        Slot((PRIYA,), MATH, TEACHER, "M-F", EVERY_DAY, time(12), 30, ALONE, room),
    ]


def _paras() -> list[Slot]:
    return [
        Slot((ANA,), PARA, PARA_ANA, "Monday-Friday", EVERY_DAY, time(8, 15), 390, ALONE, "Room 104"),
        Slot((MAYA,), PARA, PARA_MAYA, "M-F", EVERY_DAY, time(11, 30), 60, "", "Room 107"),
    ]
