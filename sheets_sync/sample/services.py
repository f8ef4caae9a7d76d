"""The sample's Service Grid: what each plan promises.

Typed as people type, one form here and another there; a comment names the practice that a row is there for.
"""

from __future__ import annotations

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
from sheets_sync.sample.staff_tabs import Typed, TypedRow
from sheets_sync.sample.year import ESY_WEEKS, MON, SUN, THU, WED, SchoolYear

SPEECH = "Speech therapy"
OCCUPATIONAL = "Occupational therapy"
PHYSICAL = "Physical therapy"
READING = "Reading"
MATH = "Math"
SOCIAL = "Social skills"
PARA = "Paraprofessional"


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
