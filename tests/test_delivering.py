"""Each mail is marked before the next is sent; what is given up is told to the administrator; no loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.config import Config
from sheets_sync.delivering import deliver_waiting
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery
from sheets_sync.problems import RunFailed
from sheets_sync.state import Posting, RunRecord
from tests.small_school import MemoryMailer

MORNING = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)
RUN = RunRecord(MORNING, MORNING, MORNING.date(), "done", 0, 0.1)
CONFIG = Config(workbook="s.xlsx", administrator="tech@school.example", allowed_domains=("school.example",))
TECH = "tech@school.example"
FIVE = [f"{name}@school.example" for name in "abcde"]


def mail(to: str, role: str = "provider") -> Mail:
    number = to.partition("@")[0]
    return Mail(
        to, "IEP services: 1 new", "CANARY", "<p>CANARY</p>", f"<{number}@x>", MORNING, ("new",), role
    )


@dataclass
class Clock:
    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at


@dataclass
class House:
    """An outbox with five mails, and what takes them."""

    store: SQLiteStore
    mailer: MemoryMailer = field(default_factory=MemoryMailer)
    now: Clock = field(default_factory=Clock)

    def deliver(self, config: Config = CONFIG, **more: bool) -> list[str]:
        done = deliver_waiting(self.store, self.mailer, config, self.now, "s.xlsx", **more)
        return [delivery.outcome for delivery in done]

    def sent_to(self) -> list[str]:
        return [mail.to for mail in self.mailer.taken]

    def stands(self) -> dict[str, str]:
        return {one.to: one.outcome.value for one in self.store.postings()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    store = SQLiteStore(tmp_path / "state.sqlite")
    store.save(RUN, None, [mail(to) for to in FIVE])
    return House(store)


def test_all_are_sent_once(house: House) -> None:
    assert house.deliver() == ["accepted"] * 5
    assert house.deliver() == []
    assert house.sent_to() == FIVE
    assert house.store.next_try() is None


def test_each_is_marked_before_the_next_is_sent(house: House) -> None:
    seen = []

    @dataclass
    class Looking(MemoryMailer):
        def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
            for delivery in super().deliver(mails):
                seen.append(len(house.store.waiting()))
                yield delivery

    house.mailer = Looking()
    house.deliver()
    assert seen == [5, 4, 3, 2, 1]


def test_where_a_mark_cannot_be_written_nothing_more_is_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(postings: Sequence[Posting], notes: Sequence[Mail] = ()) -> None:
        raise RunFailed("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(house.store, "mark", full)
        with pytest.raises(RunFailed):
            house.deliver()
    assert house.sent_to() == FIVE[:1]
    house.deliver()
    assert house.sent_to() == [FIVE[0], *FIVE], "one comes twice, and it is the same mail"
    assert house.mailer.taken[0] == house.mailer.taken[1]


@pytest.mark.parametrize("outcome", ["waiting", "refused"])
def test_one_that_is_not_taken_blocks_nobody(house: House, outcome: str) -> None:
    house.mailer.outcomes = {FIVE[1]: outcome}
    assert sorted(house.deliver(Config())) == ["accepted"] * 4 + [outcome]
    assert house.sent_to() == FIVE


def test_a_refused_mail_is_told_to_the_administrator_in_the_same_run(house: House) -> None:
    house.mailer.outcomes = {FIVE[1]: "refused", FIVE[3]: "refused"}
    assert house.deliver() == ["accepted", "refused", "accepted", "refused", "accepted", "accepted"]
    note = house.mailer.taken[-1]
    assert note.to == TECH
    assert note.subject == "IEP services: 2 mails could not be delivered"
    assert "Given up: 2 mails, to 2 providers. the server said no" in note.text
    assert "number 2, 4" in note.text
    assert "CANARY" not in note.text + note.html
    assert house.deliver() == [], "it is told once"
    assert house.stands() == {FIVE[1]: "given up", FIVE[3]: "given up"}


def test_a_note_that_is_refused_itself_is_made_anew_once_a_date_for_four_weeks(house: House) -> None:
    house.mailer.outcome = "refused"
    assert house.deliver() == ["refused"] * 6
    assert house.deliver() == [], "once a date"
    tries = []
    for _ in range(40):
        house.now.at += timedelta(days=1)
        tries.append(house.deliver())
        assert house.deliver() == []
    assert tries == [["refused"]] * 28 + [[]] * 12
    assert [to for to, stands in house.stands().items() if stands == "given up"] == [*FIVE, TECH]
    assert len(house.store.postings()) == 6, "of the notes the last one alone stands in the list"


def test_a_server_that_said_no_to_everything_for_a_night_and_the_administrator_knows_the_next(
    house: House,
) -> None:
    house.mailer.outcome = "refused"
    house.deliver()
    house.mailer.outcome = "accepted"
    house.now.at += timedelta(days=1)
    assert house.deliver() == ["accepted"]
    note = house.mailer.taken[-1]
    assert note.to == TECH
    assert "Given up: 5 mails, to 5 providers. the server said no" in note.text
    assert "sheets-sync outbox --again NUMBER" in note.text
    house.now.at += timedelta(days=1)
    assert house.deliver() == []
    assert house.stands() == dict.fromkeys(FIVE, "given up")


def test_a_note_that_waits_is_tried_again_and_not_made_anew(house: House) -> None:
    house.mailer.outcomes = {FIVE[0]: "refused", TECH: "waiting"}
    house.deliver()
    house.mailer.outcomes = {}
    house.now.at += timedelta(days=1)
    assert house.deliver() == ["accepted"]
    house.now.at += timedelta(days=1)
    assert house.deliver() == []


def test_the_same_cause_on_the_same_day_is_told_the_day_after(house: House) -> None:
    house.mailer.outcomes = dict.fromkeys([FIVE[0], "f@school.example"], "refused")
    house.deliver()
    house.store.save(RUN, None, [mail("f@school.example")])
    assert house.deliver() == ["refused"]
    house.now.at += timedelta(days=1)
    assert house.deliver() == ["accepted"]
    first, second = (note.text for note in house.mailer.taken if note.to == TECH)
    assert "Given up: 1 mail, to 1 provider. the server said no" in first
    assert "number 1." in first
    assert "number 7." in second


def test_a_crash_between_the_refusal_and_the_note_loses_no_note(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.mailer.outcomes = {FIVE[1]: "refused"}
    with monkeypatch.context() as broken:
        broken.setattr("sheets_sync.delivering._report", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            house.deliver()
    assert house.deliver() == ["accepted"]
    assert house.sent_to()[-1] == TECH


def test_without_an_administrator_what_was_given_up_is_listed(house: House) -> None:
    house.mailer.outcomes = {FIVE[1]: "refused"}
    house.deliver(Config())
    assert house.stands() == {FIVE[1]: "given up"}
    assert house.deliver() == ["accepted"], "told as soon as there is one"


def test_to_the_administrator_alone(house: House) -> None:
    house.store.save(RUN, None, [mail(TECH, "administrator")])
    assert house.deliver(administrator_alone=True) == ["accepted"]
    assert house.sent_to() == [TECH]
    assert house.deliver() == ["accepted"] * 5


def test_a_mail_that_always_breaks_off_does_not_hold_up_those_behind_it(house: House) -> None:
    """The server is asked no more after the first three: the others are first the next time."""

    @dataclass
    class Breaking(MemoryMailer):
        def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
            poison = set(FIVE[:3])
            breaks = 0
            for mail in mails:
                tried = breaks < 3
                bad = mail.to in poison
                breaks += bad
                if tried and not bad:
                    self.taken.append(mail)
                yield Delivery(mail.message_id, "waiting" if bad or not tried else "accepted", tried=tried)

    house.mailer = Breaking()
    assert house.deliver() == ["waiting"] * 5
    house.deliver()
    assert house.sent_to() == FIVE[3:]


def test_the_next_try_is_known_without_reading_the_mails(house: House) -> None:
    assert house.store.next_try() == MORNING, "what was never tried is due since it was decided"
    house.mailer.outcome = "waiting"
    house.deliver()
    assert house.store.next_try() == MORNING + timedelta(minutes=5)
    house.now.at += timedelta(minutes=5)
    house.deliver()
    assert house.store.next_try() == MORNING + timedelta(minutes=20)


def words_in(house: House) -> int:
    return house.store.path.read_bytes().count(b"CANARY")


def test_words_are_kept_while_a_mail_waits_and_then_forgotten(house: House) -> None:
    house.mailer.outcomes = {FIVE[0]: "waiting"}
    house.deliver(Config())
    assert [mail.text for mail in house.store.waiting()] == ["CANARY"]
    assert words_in(house) == 2, "text and HTML of the one that waits"
    house.mailer.outcomes = {}
    house.deliver(Config())
    assert words_in(house) == 0


def test_words_of_a_mail_that_was_given_up_are_kept_for_four_weeks(house: House) -> None:
    house.mailer.outcomes = {FIVE[1]: "refused"}
    house.deliver(Config())
    for days, left in ((28, 2), (29, 0)):
        later = MORNING + timedelta(days=days)
        house.store.save(replace(RUN, started=later, finished=later, today=later.date()), None)
        assert words_in(house) == left
        assert len(house.store.given_up()) == left // 2
    assert house.stands() == {FIVE[1]: "given up"}, "that it was given up stays known"
