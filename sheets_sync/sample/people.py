"""The sample's students and staff. Nobody here is a real person."""

from __future__ import annotations

from sheets_sync.sample.staff_tabs import TypedRow
from sheets_sync.sample.year import FRI, MON, THU, TUE, WED, SchoolYear

DOMAIN = "maplehill.example"

SLP = "M. Duarte"
OT = "J. Lindgren"
PT = "A. Petrov"
TEACHER = "D. Hale"
PARA_ANA = "K. Moss"
PARA_MAYA = "L. Tran"
SUBSTITUTE = "S. Whitfield"

ANA, BEN, CHLOE, DIEGO, EMMA = "Ana R.", "Ben T.", "Chloe M.", "Diego P.", "Emma K."
FARAH, GUS, HANA, ISAAC, JONAS = "Farah S.", "Gus W.", "Hana O.", "Isaac B.", "Jonas F."
KIRA, LEO, MAYA, NOAH, PRIYA = "Kira L.", "Leo V.", "Maya D.", "Noah C.", "Priya N."

GRADES = {
    ANA: 3,
    BEN: 3,
    CHLOE: 5,
    DIEGO: 2,
    EMMA: 4,
    FARAH: 1,
    GUS: 2,
    HANA: 6,
    ISAAC: 4,
    JONAS: 5,
    KIRA: 3,
    LEO: 7,
    MAYA: 6,
    NOAH: 5,
    PRIYA: 4,
}


def _email(name: str) -> str:
    return f"{name.replace('. ', '.').lower()}@{DOMAIN}"


def caseload(year: SchoolYear) -> list[TypedRow]:
    """Return the rows of the Caseload: fifteen students of one case manager, who also teaches them."""
    special: dict[str, TypedRow] = {
        ANA: {"Disability": "Multiple disabilities", "Transportation": "Bus 4, aide", "Medicaid": "Yes"},
        ISAAC: {"School": "St. Brigid Academy", "Plan": "ISP", "Notes": "Private school; services by video"},
        JONAS: {"IEP start": year.day(7, WED), "Notes": f"New, came {_us(year, 7, WED)}"},
        KIRA: {"Exit date": year.day(7, THU), "Notes": "Moved out of district"},
        DIEGO: {"IEP start": year.day(6, THU)},
        EMMA: {"IEP start": year.day(8, MON)},
        FARAH: {"IEP start": year.day(10, MON)},
    }
    return [
        {
            "Student ID": f"{1041 + 7 * at:05d}",
            "Student": student,
            "Grade": str(grade),
            "School": "Maple Hill School",
            "District": "Maple Hill",
            "Case manager": TEACHER,
            "Case manager email": _email(TEACHER),
            "Plan": "IEP",
            "IEP start": year.day(-12 + at, TUE),
            "IEP end": year.day(40 + at, MON),
            "Room": str(101 + grade),
            **special.get(student, {}),
        }
        for at, (student, grade) in enumerate(GRADES.items())
    ]


def _us(year: SchoolYear, week: int, weekday: int) -> str:
    day = year.day(week, weekday)
    return f"{day.month}/{day.day}"


def staff(year: SchoolYear) -> list[TypedRow]:
    """Return the rows of the Staff tab: four providers, two paras, a substitute."""
    people: list[tuple[str, str, str]] = [
        (SLP, "Speech-language pathologist", "Speech therapy"),
        (OT, "Occupational therapist", "Occupational therapy"),
        (PT, "Physical therapist", "Physical therapy"),
        (TEACHER, "Special educator", "Reading; Math; Social skills"),
        (PARA_ANA, "Paraeducator", "Paraprofessional"),
        (PARA_MAYA, "Paraeducator", "Paraprofessional"),
        (SUBSTITUTE, "Substitute SLP", "Speech therapy"),
    ]
    away: dict[str, TypedRow] = {OT: {"Away from": year.day(7, MON), "Away to": year.day(7, FRI)}}
    return [
        {
            "Name": name,
            "Role": role,
            "Services": services,
            "Email": _email(name),
            "Supervisor": "E. Navarro",
            "Supervisor email": _email("E. Navarro"),
            **away.get(name, {}),
        }
        for name, role, services in people
    ]
