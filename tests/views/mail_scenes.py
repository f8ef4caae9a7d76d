"""Mails of a believable night, for tests of their words and looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sheets_sync.config import Config
from sheets_sync.findings.alerts import Decision
from sheets_sync.findings.night import decide_tonight
from sheets_sync.ledger import Ledger
from sheets_sync.mail import Mail
from sheets_sync.problems import Problem, Severity
from sheets_sync.state import Told
from sheets_sync.tables import Category
from sheets_sync.views.mail import digests
from tests.findings.a_school import (
    CRUZ,
    DIAZ,
    Row,
    day,
    entry,
    found,
    given,
    keys,
    line,
    person,
    school,
    second_night,
    slot,
    student,
)

CHECKED_AT = datetime(2025, 10, 24, 5, 2, tzinfo=ZoneInfo("America/New_York"))
CONFIG = Config(allowed_domains=("school.example",), administrator="tech@school.example")
SUMMARISED = Told(summarised=day("09-02"))
WEEKS = ("10-06", "10-08", "10-15", "10-20", "10-22")


def busy_night(today: str = "10-24", *, more_log: Sequence[Row] = (), **sheets: object) -> Ledger:
    """A night on which almost every kind is found; Ms. Lee was out for three sessions of two students."""
    out, refused = Category.PROVIDER_ABSENT, Category.STUDENT_REFUSED
    log = [
        *given("10-06", "10-08", "10-15"),
        entry("10-20", out),
        entry("10-22", out),
        *given("10-06", "10-08", "10-15", "10-22", name="Ben T."),
        entry("10-20", out, "Ben T."),
        *[entry(on, name="Cora V.", service="Occupational therapy", provider="Mr. Odo") for on in WEEKS[:2]],
        *[entry(on, refused, "Dev A.", service="Reading", provider="T. Diaz") for on in WEEKS],
        entry("10-21", Category.SCHOOL_ACTIVITY, "Elif K.", service="Counseling", provider="Ms. Paz"),
        *[entry(on, name="Elif K.", service="Counseling", provider="Ms. Paz") for on in ("10-07", "10-14")],
        entry("10-16", name="Ben T.", service="Physical therapy", provider="Mr. Odo", start=600),
    ]
    school_of_five: dict[str, object] = {
        "students": [
            student(),
            student("Ben T."),
            student("Cora V."),
            student("Dev A."),
            student("Elif K."),
            student("Farah N.", DIAZ),
        ],
        "grid": [
            line(),
            line("Ben T."),
            line("Cora V.", "Occupational therapy", "Mr. Odo"),
            line("Dev A.", "Reading", "T. Diaz"),
            line("Elif K.", "Counseling", "Ms. Paz", sessions=1, total=30),
            line("Ben T.", "Math", "T. Diaz", sessions=5, total=150),
            line("Dev A.", "Speech therapy", sessions=3, total=90),
            line("Farah N.", "Math", "T. Diaz"),
        ],
        "schedule": [
            slot(),
            slot("Ben T."),
            slot("Cora V.", "Occupational therapy", "Mr. Odo"),
            slot("Dev A.", "Reading", "T. Diaz", start=630),
            slot("Elif K.", "Counseling", "Ms. Paz", weekdays=0b10),
            slot("Dev A.", "Speech therapy", start=720),
        ],
        "staff": [
            person(),
            person("Mr. Odo", "odo@school.example", role="OT"),
            person("T. Diaz", CRUZ, role="special educator"),
            person("Ms. Paz", "", role="counselor"),
        ],
        "log": [*log, *[entry(on, name="Dev A.") for on in WEEKS], *more_log],
        "problems": [
            Problem(
                Severity.ERROR,
                "Service Grid",
                "C5",
                "2 x wk",
                "the minutes of a session are missing",
                'write "2 x 30 min / week"',
            ),
            Problem(
                Severity.ERROR,
                "Service Log",
                "G44",
                "PRESNT?",
                "this code is not known",
                "see the list of codes in the template",
            ),
        ],
    }
    return school(today, **(school_of_five | sheets))


@dataclass(frozen=True)
class Night:
    ledger: Ledger
    decision: Decision
    mails: tuple[Mail, ...]

    def mail(self, to: str) -> Mail:
        (mail,) = [mail for mail in self.mails if mail.to == to]
        return mail


def night_of_changes() -> tuple[Ledger, Ledger]:
    """Two nights, Wed Nov 19 and Thu Nov 20. Meanwhile Ms. Lee falls ill until Dec 3, Cora's Monday moves to
    Tuesday, an absence of Mr. Odo with her becomes hers, Oct 20 is closed in the Calendar, and Dev's reading
    is cut to one session. Ana's speech is owed since Oct 6, Ben's is often excused.
    """
    weeks = (
        "10-06",
        "10-08",
        "10-15",
        "10-20",
        "10-22",
        "10-27",
        "10-29",
        "11-03",
        "11-05",
        "11-10",
        "11-12",
    )
    weeks = (*weeks, "11-17")
    off = {"11-03", "11-05", "11-10"}
    ot = {"name": "Cora V.", "service": "Occupational therapy", "provider": "Mr. Odo"}
    odo_was_out = entry("11-12", Category.PROVIDER_ABSENT, **ot)
    log = [
        *[entry(on, Category.PROVIDER_ABSENT if on == "10-06" else Category.DELIVERED) for on in weeks],
        *[
            entry(on, Category.AGREED_DAY_OFF if on in off else Category.DELIVERED, name="Ben T.")
            for on in weeks
            if on != "10-20"
        ],
        *[entry(on, **ot) for on in weeks if on != "11-12"],
        *[entry(on, name="Dev A.", service="Reading", provider="T. Diaz") for on in weeks],
    ]
    teacher = {"teacher_email": "teacher@school.example"}
    grid = [
        line(),
        line("Ben T."),
        line("Cora V.", "Occupational therapy", "Mr. Odo"),
        line("Dev A.", "Reading", "T. Diaz", sessions=3, total=90),
    ]
    schedule = [
        slot(),
        slot("Ben T.", start=600),
        slot("Cora V.", "Occupational therapy", "Mr. Odo"),
        slot("Dev A.", "Reading", "T. Diaz", start=630),
    ]
    moved = [
        *schedule[:2],
        slot("Cora V.", "Occupational therapy", "Mr. Odo", weekdays=0b110, start=540),
        schedule[3],
    ]
    sheets: dict[str, object] = {
        "students": [student(), student("Ben T."), student("Cora V.", **teacher), student("Dev A.")]
    }
    staff = [
        person("Mr. Odo", "odo@school.example", role="OT"),
        person("T. Diaz", CRUZ, role="special educator"),
        person("Mr. Kay", "kay@school.example", services="Speech therapy"),
    ]
    shut = {"date": day("10-20"), "to": day("10-20"), "kind": "no school", "time": -1}
    before = school(
        "11-19",
        grid=grid,
        schedule=schedule,
        log=[*log, odo_was_out],
        staff=[person(), *staff],
        **sheets,
    )
    after = school(
        "11-20",
        grid=[*grid[:3], line("Dev A.", "Reading", "T. Diaz", sessions=1, total=30)],
        schedule=moved,
        log=[*log, entry("11-12", Category.STUDENT_ABSENT, **ot)],
        staff=[person(away_from=day("11-20"), away_to=day("12-03")), *staff],
        days=[shut],
        **sheets,
    )
    return before, after


def night(
    ledger: Ledger,
    told: Told = SUMMARISED,
    config: Config = CONFIG,
    *,
    row_link: str = "",
    before: Ledger | None = None,
) -> Night:
    """Decide and write the mails of one night; `before` is the night before it, if it is no first one."""
    findings = second_night(before, ledger, config) if before else found(ledger, config)
    decision = decide_tonight(findings, ledger, keys(ledger), told, config)
    mails = digests(
        decision,
        ledger,
        config,
        checked_at=CHECKED_AT,
        workbook_name="Caseload 25-26.xlsx",
        what_to_do=[f"What the tab says of row {position + 4}." for position in range(len(ledger.lines))],
        rows=[position + 4 for position in range(len(ledger.lines))],
        row_link=row_link,
    )
    return Night(ledger, decision, mails)
