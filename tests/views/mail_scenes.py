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


def night(ledger: Ledger, told: Told = SUMMARISED, config: Config = CONFIG, *, row_link: str = "") -> Night:
    """Decide and write the mails of one night."""
    decision = decide_tonight(found(ledger, config), ledger, keys(ledger), told, config)
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
