"""A note to the administrator: once a cause and day, to an address that may be told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sheets_sync.config import Config
from sheets_sync.mail import Mail
from sheets_sync.views.administrator_mail import administrator_mail

CONFIG = Config(workbook="s.xlsx", administrator="Tech@School.example", allowed_domains=("school.example",))


def note(config: Config = CONFIG, cause: str = "run failed", day: int = 21, hour: int = 5) -> Mail | None:
    return administrator_mail(
        config,
        cause=cause,
        today=date(2025, 11, day),
        at=datetime(2025, 11, day, hour, tzinfo=UTC),
        subject="IEP services: the nightly check could not be done",
        lead="Share the workbook again.",
        paragraphs=("The workbook is not shared with the program any more.",),
        workbook="s.xlsx",
    )


def test_it_goes_to_the_administrator_with_what_would_do() -> None:
    mail = note()
    assert mail is not None
    assert (mail.to, mail.role, mail.reasons) == ("tech@school.example", "administrator", ("run failed",))
    assert mail.text.startswith("Share the workbook again.")
    assert "not shared with the program any more" in mail.text
    assert "not shared with the program any more" in mail.html


def test_one_cause_and_day_are_one_mail() -> None:
    ids = [
        mail.message_id
        for mail in (note(), note(hour=6), note(cause="held"), note(day=22))
        if mail is not None
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_without_an_administrator_who_may_be_told_there_is_none() -> None:
    assert note(Config(workbook="s.xlsx")) is None
    elsewhere = Config(administrator="tech@elsewhere.example", allowed_domains=("school.example",))
    assert note(elsewhere) is None
