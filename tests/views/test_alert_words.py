"""What a mail says of what was told before: more than then, open for long and to whom it was told, held."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.config import Config
from sheets_sync.findings.alerts import Digest, Item, Reason, Storm
from sheets_sync.findings.alerts.open_and_ended import alert_of
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.night import decide_tonight
from sheets_sync.findings.roles import Role
from sheets_sync.state import Telling, Told, Word
from sheets_sync.views.alert_words import note
from sheets_sync.views.digest_words import first_line
from sheets_sync.views.storm_mail import storm_mail
from tests.findings.a_school import (
    CRUZ,
    HEAD,
    LEE,
    day,
    found,
    given,
    keys,
    line,
    person,
    school,
    slot,
    student,
)
from tests.views.mail_scenes import CHECKED_AT, CONFIG, SUMMARISED, Night, busy_night, night


def nights(*days: str, told: Told = SUMMARISED) -> Night:
    """Run these nights and return the last."""
    for on in days:
        last = night(busy_night(on), told)
        told = last.decision.told
    return last


def words(text: str) -> str:
    return " ".join(text.split())


def test_what_is_worse_says_what_it_was_then() -> None:
    """Mr. Odo has not logged Oct 15, 20 and 22 when the case manager hears of it; then Oct 27 too."""
    worse = nights("10-24", "10-30", "11-03").mail(CRUZ)
    assert "Occupational therapy (more than on Oct 30: 90 min then)" in worse.text
    assert "worse" in worse.reasons


def test_the_supervisor_gets_it_with_its_history() -> None:
    mail = nights("10-24", "10-31", "11-07").mail(HEAD)
    assert mail.subject == "IEP services, open for long: 4 to make up, 2 not scheduled, and more"
    assert mail.role == "supervisor"
    assert words(mail.text).startswith("Open for long, and nothing was mended: 4 to make up, 2 not scheduled")
    assert "3 sessions, 90 min (open since Oct 24, nothing was mended)" in words(mail.text)
    assert "Told to the case manager twice (last on Oct 31) and to the provider once (on Oct 24)." in words(
        mail.text
    )
    assert "told to you once" in words(mail.text)


def test_a_supervisor_hears_of_no_student_whom_her_people_do_not_serve() -> None:
    staff = [person(), person("Mr. Odo", "odo@school.example", supervisor_email="chief@school.example")]
    told = SUMMARISED
    for on in ("10-24", "11-07"):
        sheets = {
            "students": [student(), student("Ben T.")],
            "grid": [line(), line("Ben T.", provider="Mr. Odo")],
            "schedule": [],
        }
        last = night(school(on, staff=staff, **sheets), told)
        told = last.decision.told
    assert "A.R." in last.mail(HEAD).text
    assert "B.T." not in last.mail(HEAD).text
    assert "B.T." in last.mail("chief@school.example").text


def test_what_one_provider_did_not_log_is_one_paragraph() -> None:
    sheets = {
        "students": [student(), student("Ben T.")],
        "grid": [line(), line("Ben T.")],
        "schedule": [slot(), slot("Ben T.")],
        "log": [*given("10-06", "10-08", "10-15"), *given("10-06", "10-15", name="Ben T.")],
    }
    text = words(night(school("10-28", **sheets)).mail("lee@school.example").text)
    assert "Your sessions: not logged" in text
    assert "[Not logged] 3 sessions, 90 min" in text
    assert "A.R., Speech therapy: Oct 20: 30 min without an entry. (Compliance row 4)" in text
    assert "B.T., Speech therapy: Oct 8 and Oct 20: 60 min without an entry. (Compliance row 5)" in text


def test_how_to_snooze_stands_at_the_end() -> None:
    assert "write a date under “Snooze until” beside it" in words(nights("10-24").mail(CRUZ).text)


STORM = Storm(told=80, held=40, people=8, lines=120, all_lines=150)


def test_the_note_of_a_storm_is_counts_alone() -> None:
    mail = storm_mail(STORM, CONFIG, today=day("10-24"), at=CHECKED_AT, workbook="Caseload.xlsx")
    assert mail is not None
    assert (mail.to, mail.role) == ("tech@school.example", "administrator")
    assert mail.subject == "IEP services: much is new, 40 held for the next nights"
    assert words(mail.text).startswith(
        "Much is new in one night: 80 things were told, 40 are held for the next nights. For 8 people more is"
        " new than one mail should hold. 120 of 150 lines have something new."
    )


@pytest.mark.parametrize(("storm", "config"), [(None, CONFIG), (STORM, Config())])
def test_without_a_storm_or_an_administrator_there_is_no_note(storm: Storm | None, config: Config) -> None:
    assert storm_mail(storm, config, today=day("10-24"), at=CHECKED_AT, workbook="Caseload.xlsx") is None


def test_a_mail_says_how_many_things_are_held() -> None:
    """Forty students without a schedule, of one case manager, on one night."""
    names = [f"Student {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(40)]
    ledger = school(
        "10-24",
        students=[student(name) for name in names],
        grid=[line(name) for name in names],
        schedule=[],
    )
    last = night(ledger)
    assert last.decision.storm == Storm(told=20, held=60, people=2, lines=40, all_lines=40)
    assert (
        "30 more things are new and will follow in the next mails, the gravest first. What is open stands on"
        " the tab." in words(last.mail(CRUZ).text)
    )
    assert last.mail(CRUZ).subject == "IEP services: 10 not scheduled"


def test_told_over_and_over_all_are_told_in_the_end() -> None:
    """A storm loses nothing: after some school days all forty were told, each once."""
    names = [f"Student {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(40)]
    told, heard = SUMMARISED, []
    at = datetime(2025, 10, 24, tzinfo=ZoneInfo("America/New_York"))
    for number in range(6):
        on = f"{at + timedelta(days=number):%m-%d}"
        sheets = {"students": [student(name) for name in names], "grid": [line(name) for name in names]}
        ledger = school(on, schedule=[], **sheets)
        decision = decide_tonight(found(ledger, CONFIG), ledger, keys(ledger), told, CONFIG)
        told = decision.told
        heard += [item.alert.student for one in decision.digests if one.to == CRUZ for item in one.items]
    assert sorted(heard) == sorted(names)


def before(item_: Item, *days: str, on: str) -> tuple[Item, Finding]:
    """Return the item, of whose session days LEE was told on a day, with its finding."""
    assert item_.finding
    last = Telling(LEE, day(on), Word.OPEN, 30 * len(days), len(days), max(map(day, days)))
    return replace(item_, alert=replace(item_.alert, tellings=(last,))), item_.finding


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        # Oct 5 to Oct 9 are logged, and a session of another day is open.
        (["10-05", "10-06", "10-07", "10-09"], ["10-07", "10-14"], "further: Oct 14"),
        (["10-05", "10-07"], ["10-14", "10-19"], "further: Oct 14 and Oct 19"),
        (["10-05", "10-07"], ["10-05", "10-07", "10-14"], "more than on Oct 15: 60 min then"),
    ],
)
def test_a_further_session_is_not_more_than_before(then: list[str], now: list[str], said: str) -> None:
    worse = before(item(Kind.NOT_LOGGED, *now, reason=Reason.WORSE), *then, on="10-15")
    assert note([worse], LEE) == said


def test_more_sessions_of_no_more_minutes_are_counted() -> None:
    worse, finding = before(item(Kind.NOT_LOGGED, "10-05", "10-14", reason=Reason.WORSE), "10-05", on="10-15")
    assert note([(worse, replace(finding, minutes=30))], LEE) == "more than on Oct 15: 1 session then"


@pytest.mark.parametrize(
    ("unchanged", "due", "said"),
    [
        ("10-10", None, "open since Oct 10, nothing was mended"),
        ("10-21", None, "open since Oct 10, nothing was mended since Oct 21"),
        ("10-21", "10-20", "open since Oct 20, nothing was mended"),
        ("10-10", "10-08", "open since Oct 10, nothing was mended"),
    ],
)
def test_since_when_nothing_was_mended(unchanged: str, due: str | None, said: str) -> None:
    """What was open first is logged meanwhile: `due` is when the oldest that is left ought to have been."""
    one = item(Kind.NOT_LOGGED, "10-14", reason=Reason.ESCALATED, role=Role.SUPERVISOR)
    assert one.finding
    finding = replace(one.finding, due=day(due) if due else None)
    alert = replace(one.alert, since=day("10-10"), unchanged=day(unchanged))
    assert note([(replace(one, alert=alert), finding)], HEAD) == said


def first_lines(*items: Item, role: Role) -> str:
    digest = Digest("head@school.example", role, items)
    return first_line(digest, [item.finding for item in items if item.finding])


def item(kind: Kind, *days: str, reason: Reason = Reason.NEW, role: Role = Role.CASE_MANAGER) -> Item:
    dates = tuple(map(day, days))
    found = Finding(kind, "Ana R.", "OT", "k1", "Ms. Lee", dates[0], 30 * len(days), "", dates=dates)
    return Item(reason, alert_of(found, day("11-10")), found, role)


def test_what_is_the_providers_to_make_up_is_the_supervisors_to_see_to() -> None:
    escalated = item(Kind.MISSED, "10-06", reason=Reason.ESCALATED, role=Role.SUPERVISOR)
    uncovered = item(Kind.UNCOVERED, "11-12", role=Role.SUPERVISOR)
    assert first_lines(escalated, uncovered, role=Role.SUPERVISOR) == (
        "To do: find somebody for 1 session and see that 1 thing open for long is settled."
    )


def test_a_session_that_is_missed_and_overdue_is_one_to_make_up() -> None:
    missed = [item(Kind.MISSED, on) for on in ("10-06", "11-05")]
    overdue = item(Kind.MAKE_UP_OVERDUE, "10-06")
    assert first_lines(*missed, overdue, role=Role.CASE_MANAGER) == (
        "To do: make up 2 sessions (60 min; 1 is overdue)."
    )
    assert first_lines(overdue, role=Role.CASE_MANAGER) == "To do: give 1 make-up that is overdue."
