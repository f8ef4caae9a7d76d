"""The sample's Service Log: what was given and missed before today, as people wrote it down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from sheets_sync.sample.people import (
    ANA,
    BEN,
    CHLOE,
    DIEGO,
    FARAH,
    GUS,
    HANA,
    ISAAC,
    KIRA,
    LEO,
    MAYA,
    NOAH,
    OT,
    PARA_ANA,
    PARA_MAYA,
    PT,
    SLP,
    SUBSTITUTE,
    TEACHER,
)
from sheets_sync.sample.services import MATH, OCCUPATIONAL, PHYSICAL, READING, SOCIAL, SPEECH
from sheets_sync.sample.staff_tabs import Typed, TypedRow
from sheets_sync.sample.timetable import Slot, slots
from sheets_sync.sample.year import FRI, MON, SUN, THU, TUE, WED, SchoolYear

DELIVERED_WORDS = {SLP: "Delivered", OT: "delivered", PT: "held", TEACHER: "Delivered"}
"""Each provider has a word for it."""

SHORT = {OCCUPATIONAL: "OT", PHYSICAL: "PT"}
"""What therapists write for their own service."""

Exceptions = dict[tuple[str, str, date], list[TypedRow]]


def service_log(year: SchoolYear) -> list[TypedRow]:
    """Return the rows of the Service Log, by date."""
    dated = [*_sessions(year), *_para_weeks(year), *_beside_the_schedule(year)]
    return [row for _, row in sorted(dated, key=lambda one: one[0])]


def _sessions(year: SchoolYear) -> Iterator[tuple[date, TypedRow]]:
    exceptions = _exceptions(year)
    logged_singly = [slot for slot in slots(year) if slot.provider not in (PARA_ANA, PARA_MAYA)]
    for day in year.days_before_today():
        for slot in logged_singly:
            if not slot.meets(day):
                continue
            present = [
                student
                for student in slot.students
                if (student, slot.service, day) not in exceptions and not _gone(year, student, day)
            ]
            if present:
                yield day, _usual(year, slot, day, "; ".join(present))
            for student in slot.students:
                for entry in exceptions.get((student, slot.service, day), []):
                    yield day, _entry(slot, day, student) | entry


def _gone(year: SchoolYear, student: str, day: date) -> bool:
    return student == KIRA and day > year.day(7, THU)


def _entry(slot: Slot, day: date, who: str) -> TypedRow:
    return {
        "Date": _typed_date(slot.provider, day),
        "Student": who,
        "Service": SHORT.get(slot.service, slot.service),
        "Provider": slot.provider,
        "Start": slot.typed.get("Start", slot.start),
        "Group": slot.group or None,
        "Place": slot.place or None,
        "Logged by": _initials(slot.provider),
    }


def _usual(year: SchoolYear, slot: Slot, day: date, who: str) -> TypedRow:
    entry = _entry(slot, day, who)
    if slot.provider == OT and year.day(7, MON) <= day <= year.day(7, FRI):
        return entry | {"Status": "SNA", "Reason": "OT out all week"}
    given = entry | {"Status": DELIVERED_WORDS[slot.provider], "Minutes": slot.minutes}
    if slot.provider == SLP and day in (year.day(4, WED), year.day(4, THU)):
        return given | {"Provider": SUBSTITUTE, "Notes": f"sub for {SLP}", "Logged by": _initials(SUBSTITUTE)}
    return given


def _typed_date(provider: str, day: date) -> Typed:
    """The physical therapist types her dates out; a spreadsheet leaves them as text."""
    return f"{day:%b} {day.day}, {day.year}" if provider == PT else day


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split())


def _exceptions(year: SchoolYear) -> Exceptions:
    """Return what stands in the log instead of "delivered", by student, service and date."""
    day = year.day
    absent: list[TypedRow] = [{"Status": "Student absent"}]
    refused: TypedRow = {"Status": "Student refused", "Reason": "would not leave class", "Parent told": "Yes"}
    return {
        (BEN, SPEECH, day(2, TUE)): [{"Status": "absent"}],
        (BEN, SPEECH, day(8, TUE)): absent,
        (BEN, SPEECH, day(8, THU)): absent,
        (BEN, SPEECH, day(9, THU)): absent,
        (LEO, READING, day(4, TUE)): [refused],
        (LEO, READING, day(8, TUE)): [refused],
        (LEO, READING, day(9, WED)): [refused | {"Notes": "offered study hall instead"}],
        (LEO, MATH, day(4, MON)): [{"Status": "tardy", "Minutes": 25, "Notes": "came 10:30"}],
        (LEO, READING, day(7, FRI)): [{"Status": "left early", "Minutes": 15, "Notes": "dentist"}],
        (ANA, PHYSICAL, day(2, FRI)): [{"Status": "CNA", "Notes": "asleep after the bus ride"}],
        (DIEGO, PHYSICAL, year.early_release): [
            {"Status": "NS", "Notes": "early release, agreed with the teacher"}
        ],
        # held on another day of the same week: see _beside_the_schedule
        (FARAH, SPEECH, day(5, WED)): [{"Status": "Assembly", "Notes": f"moved to {_short(day(5, FRI))}"}],
        # two people wrote about one session, and not the same
        (HANA, SPEECH, day(8, TUE)): [
            {"Status": "Delivered", "Minutes": 60},
            {"Status": "Student absent", "Provider": PARA_MAYA, "Logged by": _initials(PARA_MAYA)},
        ],
        # two dates in one cell, and a status that says nothing: neither can be counted
        (GUS, OCCUPATIONAL, day(8, TUE)): [
            {
                "Date": f"{day(8, TUE):%m/%d/%y} (moved to {_short(day(8, FRI))})",
                "Status": "delivered",
                "Minutes": 30,
            }
        ],
        (GUS, OCCUPATIONAL, day(8, THU)): [{"Status": "see notes"}],
        (ISAAC, SPEECH, day(1, FRI)): [
            {"Status": "Delivered", "Minutes": 30, "Notes": "first time by video"}
        ],
        # nobody is to make up a day of testing, but it is owed: the team has decided
        (CHLOE, SPEECH, day(6, THU)): [
            {"Status": "Testing"},
            {"Status": "Team decision", "Notes": "Team and parents agreed: not made up"},
        ],
    }


def _para_weeks(year: SchoolYear) -> Iterator[tuple[date, TypedRow]]:
    """The paras file once a week: one row for Monday to Friday, when all went as planned."""
    for student, para in ((ANA, PARA_ANA), (MAYA, PARA_MAYA)):
        for week in range(11):
            days = [
                day for day in year.days_before_today() if year.day(week, MON) <= day <= year.day(week, SUN)
            ]
            if days:
                yield days[-1], _para_row(student, para, days)


def _para_row(student: str, para: str, days: list[date]) -> TypedRow:
    first, last = days[0], days[-1]
    return {
        "Date": first if first == last else f"{first:%m/%d/%Y}-{last:%m/%d/%Y}",
        "Student": student,
        "Service": "Paraprofessional",
        "Provider": para,
        "Status": "Delivered",
        "Logged by": _initials(para),
    }


def _beside_the_schedule(year: SchoolYear) -> Iterator[tuple[date, TypedRow]]:
    """What was given on a day that the schedule does not name: make-ups, a moved session, a consultation."""
    day = year.day
    make_ups: list[tuple[str, date, date, Typed, str]] = [
        (ANA, day(8, WED), day(7, MON), time(13), "Make-up"),
        (ANA, day(8, FRI), day(7, THU), time(13), "Make-up"),
        (GUS, day(9, MON), day(7, TUE), "2:00 PM", "MU"),
        (GUS, day(9, WED), day(7, THU), "2:00 PM", "MU"),
        (DIEGO, day(9, WED), day(7, TUE), time(9), "make-up"),
    ]
    for student, given, missed, start, status in make_ups:
        entry = _other(student, OCCUPATIONAL, OT, given, 30)
        entry |= {"Start": start, "Status": status, "Make-up for": missed, "Group": "individual"}
        yield given, entry
    moved = _other(FARAH, SPEECH, SLP, day(5, FRI), 30)
    yield day(5, FRI), moved | {"Start": time(11), "Notes": f"moved from {_short(day(5, WED))}"}
    asked_for = _other(NOAH, SOCIAL, TEACHER, day(6, TUE), 20)
    yield day(6, TUE), asked_for | {"Notes": "after the fight at recess"}
    stranger = _other("Dylan P.", OCCUPATIONAL, OT, day(8, WED), 30)
    yield day(8, WED), stranger | {"Notes": "whose student is he?"}
    for first in _first_days_of_months(year):
        yield (
            first,
            _other(MAYA, READING, TEACHER, first, 15) | {"Group": "consultation", "Place": "Room 107"},
        )


def _other(student: str, service: str, provider: str, day: date, minutes: int) -> TypedRow:
    return {
        "Date": day,
        "Student": student,
        "Service": SHORT.get(service, service),
        "Provider": provider,
        "Minutes": minutes,
        "Status": "Delivered",
        "Logged by": _initials(provider),
    }


def _first_days_of_months(year: SchoolYear) -> Iterator[date]:
    """Yield the first open day of each month before today."""
    month = None
    for day in year.days_before_today():
        if (day.year, day.month) != month:
            month = (day.year, day.month)
            yield day


def attendance(year: SchoolYear) -> list[TypedRow]:
    """Return the rows of the Attendance tab."""
    day = year.day
    rows: list[tuple[date, str, str, time | None]] = [
        (day(2, TUE), BEN, "absent", None),
        (day(4, MON), LEO, "tardy", time(10, 30)),
        (day(7, WED), BEN, "absent", None),
        (day(7, FRI), LEO, "dismissed", time(12, 45)),
        (day(8, TUE), BEN, "absent", None),
        (day(8, THU), BEN, "absent", None),
        (day(9, THU), BEN, "absent", None),
    ]
    return [{"Date": on, "Student": who, "Attendance": kind, "Time": at} for on, who, kind, at in rows]


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"
