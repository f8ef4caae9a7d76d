"""The kinds of part 3 in mails: by day, old beside new, to whom it belongs and to nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from sheets_sync.findings.night import decide_tonight
from sheets_sync.views.mail import digests
from tests.findings.a_school import CRUZ, HEAD, LEE, Row, day, given, keys, person, school, second_night, slot
from tests.views.mail_scenes import CHECKED_AT, CONFIG, SUMMARISED, Night, night, night_of_changes

ODO, TEACHER = "odo@school.example", "teacher@school.example"


@pytest.fixture(scope="module")
def mails() -> Night:
    before, after = night_of_changes()
    return night(after, before=before)


def words(mails: Night, to: str) -> str:
    return " ".join(mails.mail(to).text.split())


def test_who_gets_a_mail(mails: Night) -> None:
    """Not Ms. Lee, who is away, and not Mr. Kay, who serves none of them."""
    assert {mail.to for mail in mails.mails} == {CRUZ, HEAD, ODO, TEACHER}


def test_the_subjects_count(mails: Night) -> None:
    assert mails.mail(TEACHER).subject == "IEP services: 1 schedule changed"
    assert mails.mail(HEAD).subject == "IEP services: 8 without a provider, 4 records changed"


def test_who_is_missing_is_told_by_day_and_who_else_could(mails: Night) -> None:
    block = words(mails, CRUZ).partition("Ms. Lee is away from Nov 20 to Dec 3")[2]
    assert "[Nobody to give it] 8 sessions, 240 min Speech therapy is also given by Mr. Kay." in block
    assert "- Mon, Nov 24: A.R., Speech therapy 9:00-9:30; B.T., Speech therapy 10:00-10:30" in block
    assert "- Wed, Dec 3: A.R., Speech therapy 9:00-9:30; B.T., Speech therapy 10:00-10:30" in block


def test_of_one_student_the_days_stand_in_one_paragraph() -> None:
    away = [person(away_from=day("10-20"), away_to=day("10-24"))]
    alone = night(school("10-20", log=given("10-06", "10-08", "10-15"), staff=away))
    text = words(alone, CRUZ)
    assert text.count("[Nobody to give it]") == 1
    assert "Ms. Lee is away from Oct 20 to Oct 24. Nobody else" in text
    assert "- Mon, Oct 20 9:00-9:30" in text
    assert "- Wed, Oct 22 9:00-9:30" in text


@pytest.mark.parametrize("to", [CRUZ, ODO, TEACHER])
def test_a_moved_session_stands_old_beside_new(mails: Night, to: str) -> None:
    assert "Mon 9:00-9:30 with Mr. Odo -> Tue 9:00-9:30 with Mr. Odo, from Nov 25 on." in words(mails, to)


def test_a_teacher_is_told_of_the_schedule_alone(mails: Night) -> None:
    text = words(mails, TEACHER)
    assert "[Schedule changed] Occupational therapy" in text
    assert text.count("[") == 1
    assert "names you as teacher of these students" in text


def test_a_rewritten_record_is_told_with_what_to_do_instead(mails: Night) -> None:
    for to in (CRUZ, HEAD):
        assert "3 x 30 min / week -> 1 x 30 min / week" in words(mails, to)
        assert "end the old row (End date), add a new one" in words(mails, to)
        assert "provider absent -> student absent" in words(mails, to)
    assert "Record changed" not in words(mails, ODO)


def test_what_one_day_of_the_calendar_took_from_several_is_one_paragraph(mails: Night) -> None:
    block = words(mails, HEAD).partition("Calendar: added no school, Oct 20 ---")[2]
    assert "[Record changed] 2 services - A.R., Speech therapy: 30 min less required." in block
    assert "- B.T., Speech therapy: 30 min less required." in block


def test_no_mail_names_a_student_by_name(mails: Night) -> None:
    for mail in mails.mails:
        for name in ("Ana", "Ben", "Cora", "Dev"):
            assert name not in mail.text
            assert name not in mail.html


def at_eight(minutes: int) -> Row:
    """Ana's speech on Tuesdays, so many minutes after eight."""
    return slot(weekdays=0b10, start=480 + minutes, days_text="Tue")


@pytest.mark.parametrize("nightly", [(), (2,)])
def test_a_session_that_is_moved_moved_back_and_moved_again_is_three_mails(nightly: Sequence[int]) -> None:
    """Each mail has a Message-ID of its own, or the outbox would take the third for the first; with a run
    that is repeated after a crash it is the same one. A night's run of the same date between does no harm."""
    times = (15, 30, 15, 30, 15, 30)
    told, sent = SUMMARISED, []
    for number, (before, after) in enumerate(pairwise(times)):
        first, second = (
            school("10-21", schedule=[at_eight(minutes)], log=given("10-06", "10-08"))
            for minutes in (before, after)
        )
        findings = second_night(first, second, CONFIG, kinds="schedule-changed")
        same_day = number not in nightly
        decisions = [
            decide_tonight(findings, second, keys(second), told, CONFIG, same_day=same_day) for _ in range(2)
        ]
        one, again = (
            digests(decision, second, CONFIG, checked_at=CHECKED_AT, workbook_name="w", what_to_do=[""])
            for decision in decisions
        )
        assert [mail.message_id for mail in one] == [mail.message_id for mail in again]
        sent += [mail.message_id for mail in one if mail.to == LEE]
        told = decisions[0].told
    assert len(sent) == len(set(sent)) == 5
