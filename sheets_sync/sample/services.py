"""The sample's Service Grid and Schedule: what each plan promises, and when it is given.

Typed as people type, one form here and another there; a comment names the practice that a row is there for.
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
from sheets_sync.sample.writer import Typed, TypedRow
from sheets_sync.sample.year import ESY_WEEKS, FRI, MON, SUN, THU, TUE, WED, SchoolYear

SPEECH = "Speech therapy"
OCCUPATIONAL = "Occupational therapy"
PHYSICAL = "Physical therapy"
READING = "Reading"
MATH = "Math"
SOCIAL = "Social skills"
PARA = "Paraprofessional"

EVERY_DAY = (MON, TUE, WED, THU, FRI)


def service_grid(year: SchoolYear) -> list[TypedRow]:
    """Return the rows of the Service Grid, in the order of the Caseload."""
    last = year.last_day
    esy: TypedRow = {
        "Start date": year.day(ESY_WEEKS[0], MON),
        "End date": year.day(ESY_WEEKS[1], THU),
        "ESY": "Yes",
    }
    old: TypedRow = {"End date": year.day(6, WED)}
    new: TypedRow = {"Start date": year.day(6, THU)}
    return [
        # a child of many needs: speech 4 x 30, two in a group and two alone
        _line(ANA, SPEECH, "2 x 30 min / week", "group", SLP),
        _line(ANA, SPEECH, "2 X 30 mpw", "individual", SLP),
        _line(ANA, OCCUPATIONAL, "30 minutes twice per week", "individual", OT),
        _line(ANA, PHYSICAL, "One session 30 minutes per week", "individual", PT),
        _line(ANA, READING, "30 minutes daily", "individual", TEACHER),
        _line(ANA, MATH, "", "individual", TEACHER, Sessions=5, Minutes=30, Per="week"),
        _line(ANA, PARA, "390 minutes daily", "individual", PARA_ANA, Notes="1:1, all day"),
        _line(BEN, SPEECH, "2x30 min/week", "group", SLP),
        _line(CHLOE, SPEECH, "2-3 x 30 min / week", "individual", SLP),
        _line(CHLOE, SOCIAL, "2 x 30 min / month", "group", TEACHER),
        # the plan changed in mid-week: the old row ends, a new one begins the next day
        _line(DIEGO, SPEECH, "2 x 30 min / week", "individual", SLP, **old),
        _line(DIEGO, SPEECH, "2 x 45 min / week", "individual", SLP, **new),
        _line(DIEGO, OCCUPATIONAL, "2 x 30 min / week", "individual", OT),
        _line(DIEGO, PHYSICAL, "1 x 30 min / week", "individual", PT),
        _line(EMMA, READING, "150 min/week", "", TEACHER),
        _line(EMMA, SOCIAL, "2 x 30 min / month", "group", TEACHER),
        # promised at the last meeting, and nobody has put it on the schedule
        _line(EMMA, PHYSICAL, "1 x 30 min / week", "individual", PT, **{"Start date": year.day(8, MON)}),
        # from two to three sessions since Monday: the third is not scheduled yet
        _line(FARAH, SPEECH, "2 x 30 min / week", "individual", SLP, **{"End date": year.day(9, SUN)}),
        _line(FARAH, SPEECH, "3 x 30 min / week", "individual", SLP, **{"Start date": year.day(10, MON)}),
        _line(GUS, OCCUPATIONAL, "2 x 30 min / week", "individual", OT, **{"End date": last}),
        _line(GUS, OCCUPATIONAL, "2 x 30 min / week", "individual", OT, **esy),
        _line(HANA, SPEECH, "2 x 30 min / week", "individual", SLP),
        _line(ISAAC, SPEECH, "1 x 30 min weekly", "individual", SLP, Setting="Private school"),
        _line(JONAS, READING, "4 x 30 min / week", "", TEACHER, **{"Start date": year.day(7, WED)}),
        _line(KIRA, SPEECH, "2 x 30 min / week", "individual", SLP),
        _line(KIRA, MATH, "2 x 30 min / week", "individual", TEACHER),
        _line(LEO, READING, "5 x 30 min / week", "individual", TEACHER),
        _line(LEO, MATH, "3 sessions weekly for 40 minutes each", "individual", TEACHER),
        _line(
            MAYA,
            READING,
            "15 minutes once monthly",
            "consultation",
            TEACHER,
            Notes="with the classroom teacher",
        ),
        _line(MAYA, PARA, "60 min daily", "", PARA_MAYA, Setting="General education"),
        _line(NOAH, SOCIAL, "as needed", "", TEACHER),
        _line(NOAH, SPEECH, "2 x 30 or 1 x 60 weekly", "individual", SLP, Notes="ask at the next meeting"),
        _line(PRIYA, MATH, "30 min daily", "individual", TEACHER),
    ]


def _line(student: str, service: str, frequency: str, group: str, provider: str, **more: Typed) -> TypedRow:
    setting = "Special education" if group in ("individual", "group") else "General education"
    row: TypedRow = {
        "Student": student,
        "Service": service,
        "Frequency": frequency or None,
        "Group": group or None,
        "Provider": provider,
        "Setting": setting,
    }
    return row | more


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
    """Return the Schedule. Emma's physical therapy is missing from it, and Farah's third session."""
    old, new = year.day(6, WED), year.day(6, THU)
    alone = "individual"
    one_length: TypedRow = {"End": None, "Minutes": 30}
    return [
        Slot((ANA, BEN), SPEECH, SLP, "Tue/Thu", (TUE, THU), time(10), 30, "group", "Speech room"),
        Slot((ANA,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(9), 30, alone, "Speech room"),
        Slot((ANA,), OCCUPATIONAL, OT, "Mon & Thu", (MON, THU), time(13), 30, alone, "OT room"),
        Slot((ANA,), PHYSICAL, PT, "Friday", (FRI,), time(10, 30), 30, alone, "Gym", typed=one_length),
        Slot((ANA,), READING, TEACHER, "M-F", EVERY_DAY, time(8, 30), 30, alone, "Room 12"),
        Slot((ANA,), MATH, TEACHER, "every day", EVERY_DAY, time(11), 30, alone, "Room 12"),
        Slot((ANA,), PARA, PARA_ANA, "Monday-Friday", EVERY_DAY, time(8, 15), 390, alone, "Room 104"),
        Slot((CHLOE,), SPEECH, SLP, "Mon, Thu", (MON, THU), time(11), 30, alone, "Speech room"),
        Slot(
            (CHLOE, EMMA),
            SOCIAL,
            TEACHER,
            "2nd & 4th Mon",
            (MON,),
            time(14),
            30,
            "group",
            "Room 12",
            nth=(2, 4),
        ),
        Slot((DIEGO,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(9, 30), 30, alone, "Speech room", last=old),
        Slot((DIEGO,), SPEECH, SLP, "T/Th", (TUE, THU), time(8, 30), 45, alone, "OT room", first=new),
        Slot(
            (DIEGO,),
            OCCUPATIONAL,
            OT,
            "Tue, Fri",
            (TUE, FRI),
            time(8, 30),
            30,
            alone,
            "OT room",
            notes="Tuesdays co-treatment with speech",
        ),
        Slot(
            (DIEGO,),
            PHYSICAL,
            PT,
            "Wed",
            (WED,),
            time(13),
            30,
            alone,
            "Gym",
            typed={"Start": "1:00 PM", **one_length},
        ),
        Slot((EMMA,), READING, TEACHER, "M-F", EVERY_DAY, time(9, 45), 30, "", "Room 12"),
        Slot((FARAH,), SPEECH, SLP, "Mon, Wed", (MON, WED), time(10), 30, alone, "Speech room"),
        Slot(
            (GUS,),
            OCCUPATIONAL,
            OT,
            "Tues & Thurs",
            (TUE, THU),
            time(11),
            30,
            alone,
            "OT room",
            last=year.last_day,
        ),
        Slot(
            (GUS,),
            OCCUPATIONAL,
            OT,
            "Tue, Thu",
            (TUE, THU),
            time(9),
            30,
            alone,
            "Summer program",
            first=year.day(ESY_WEEKS[0], MON),
            last=year.day(ESY_WEEKS[1], THU),
        ),
        # the minutes are there, but as one long session: the plan says two
        Slot((HANA,), SPEECH, SLP, "Tuesday", (TUE,), time(13), 60, alone, "Speech room"),
        Slot((ISAAC,), SPEECH, SLP, "Fri", (FRI,), time(10), 30, alone, "video"),
        Slot(
            (JONAS,),
            READING,
            TEACHER,
            "Mon-Thu",
            (MON, TUE, WED, THU),
            time(9, 15),
            30,
            "",
            "Room 12",
            first=year.day(7, WED),
        ),
        Slot((KIRA,), SPEECH, SLP, "Mon, Fri", (MON, FRI), time(13, 30), 30, alone, "Speech room"),
        Slot((KIRA,), MATH, TEACHER, "Tue, Thu", (TUE, THU), time(13, 30), 30, alone, "Room 12"),
        Slot((LEO,), READING, TEACHER, "M-F", EVERY_DAY, time(12, 30), 30, alone, "Block 5"),
        Slot((LEO,), MATH, TEACHER, "MWF", (MON, WED, FRI), time(10, 15), 40, alone, "Room 12"),
        Slot((MAYA,), PARA, PARA_MAYA, "M-F", EVERY_DAY, time(11, 30), 60, "", "Room 107"),
        # given every week, and on no row of the grid
        Slot(
            (NOAH,),
            OCCUPATIONAL,
            OT,
            "Fri",
            (FRI,),
            time(10, 30),
            30,
            alone,
            "OT room",
            first=year.day(8, MON),
        ),
        Slot((PRIYA,), MATH, TEACHER, "M-F", EVERY_DAY, time(12), 30, alone, "Room 12"),
    ]
