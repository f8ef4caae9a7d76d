"""The end of an alert in a mail: settled, or no longer counted, and of a data problem where it was."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.ledger import Ledger, Rules
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Category
from tests.findings.a_school import CRUZ, HEAD, LEE, day, entry, given, line, school, slot, student
from tests.views.mail_scenes import SUMMARISED, Night, night
from tests.views.test_alert_words import words

PAIR: dict[str, Any] = {
    "students": [student("Ben T."), student()],
    "grid": [line("Ben T."), line()],
    "schedule": [slot("Ben T."), slot()],
}
ABSENT = entry("10-08", Category.PROVIDER_ABSENT)
OF_BEN = given("10-06", "10-08", "10-15", "10-20", "10-22", name="Ben T.")
MISSED = [*OF_BEN, *given("10-06", "10-15", "10-20", "10-22"), ABSENT]
NO_LONGER = "[No longer counted] 1 thing - A.R., Speech therapy (To make up): Oct 8: 30 min, provider absent."
ASK = "Only the counting has ended: if it was never given, ask the team what is still owed."


def pair(on: str, rules: Rules | None = None, **sheets: Any) -> Ledger:
    return school(on, rules=rules, **(PAIR | {"log": MISSED} | sheets))


def then(first: Ledger, second: Ledger) -> Night:
    return night(second, night(first, SUMMARISED).decision.told)


WITHOUT_ANA = {"grid": [line("Ben T.")]}


@pytest.mark.parametrize("to", [CRUZ, LEE])
def test_minutes_of_a_line_that_left_the_grid_are_not_settled(to: str) -> None:
    mail = then(pair("10-10"), pair("10-14", **WITHOUT_ANA)).mail(to)
    assert f"{NO_LONGER} Its line is no longer in the Service Grid. To settle it: {ASK}" in words(mail.text)
    assert "ettled]" not in mail.text
    assert "1 thing is no longer counted." in words(mail.text)


@pytest.mark.parametrize("to", [CRUZ, LEE])
def test_minutes_of_an_earlier_year_are_not_settled(to: str) -> None:
    later = Rules(report_from=day("10-20"))
    mail = then(pair("10-10"), pair("10-23", rules=later)).mail(to)
    assert f"{NO_LONGER} It lies before the first day that is counted now." in words(mail.text)
    assert mail.subject == "IEP services: 1 no longer counted"


def test_what_was_settled_stands_apart_from_it() -> None:
    both = [*OF_BEN[:1], *OF_BEN[2:], entry("10-08", Category.PROVIDER_ABSENT, "Ben T."), *MISSED[5:]]
    made_up = [*both, entry("10-09", Category.MAKE_UP, "Ben T.")]
    mail = then(pair("10-10", log=both), pair("10-15", log=made_up, **WITHOUT_ANA)).mail(LEE)
    assert mail.subject == "IEP services: 1 settled, 1 no longer counted"
    assert "1 thing is settled and 1 is no longer counted." in words(mail.text)
    assert "[Settled] 1 thing - B.T., Speech therapy (To make up)" in words(mail.text)
    assert "[No longer counted] 1 thing - A.R." in words(mail.text)


def test_what_does_not_count_in_minutes_needs_no_team() -> None:
    first = pair("10-24", schedule=[slot("Ben T.")], log=OF_BEN)
    mail = then(first, pair("10-27", **WITHOUT_ANA, schedule=[slot("Ben T.")], log=OF_BEN)).mail(CRUZ)
    assert "(Not scheduled): No session is scheduled" in words(mail.text)
    assert "Its line is no longer in the Service Grid." in words(mail.text)
    assert ASK not in words(mail.text)


def unread(value: str) -> Problem:
    return Problem(Severity.ERROR, "Schedule", "A3", value, f"{value} is not on the Caseload", "Correct it")


def test_of_a_data_problem_its_tab_and_column_are_said_and_no_name() -> None:
    first = pair("10-23", problems=[unread("Ann R."), unread("Bn T.")])
    mail = then(first, pair("10-24")).mail(CRUZ)
    assert "[Settled] 2 things - Data problem in Schedule, column A, since Oct 23. (2 things)" in words(
        mail.text
    )
    assert "Ann R." not in mail.text


def test_a_supervisor_to_whom_it_was_escalated_hears_it_in_the_same_words() -> None:
    told = SUMMARISED
    for on in ("10-10", "10-24"):
        told = night(pair(on), told).decision.told
    mail = night(pair("10-27", **WITHOUT_ANA), told).mail(HEAD)
    assert NO_LONGER in words(mail.text)
