"""Promise 22: nothing new, no mail; each alert once, weekly if still open, its end once.

The product against a plain second reading of mail.md, on random histories; and wrong variants of the
product, each of which that reading must find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from sheets_sync.findings.alerts import (
    Circumstances,
    Decision,
    Item,
    Reason,
    deciding,
    escalated,
    events,
    one_a_date,
    open_and_ended,
    snoozed,
    storm,
    telling,
    worse,
)
from sheets_sync.findings.alerts.values import Word
from sheets_sync.findings.finding import Finding
from sheets_sync.state import Alert, Snooze, Told
from sheets_sync.state import Word as Last
from tests.findings.histories import history, name_of, played
from tests.findings.plain_reading import Diary, Result


def in_plain(decision: Decision) -> Result:
    """Return a decision as the plain reading puts it."""
    return Result(
        said={
            (
                digest.to,
                str(item.reason),
                name_of(item.finding) if item.finding else (item.alert.fingerprint, ""),
            )
            for digest in decision.digests
            for item in digest.items
        },
        held={digest.to: digest.held for digest in decision.digests if digest.held},
        summaries=frozenset(digest.to for digest in decision.digests if digest.summary),
    )


def first_difference(seed: int) -> str:
    """Play a history in both; return on which night they differ and how, "" if they do not."""
    nights = history(seed)
    diary = Diary()
    for number, (night, decision) in enumerate(zip(nights, played(nights), strict=True)):
        product, model = in_plain(decision), diary.night(night)
        if product != model:
            return (
                f"seed {seed}, night {number}, {night.today}:\nproduct alone {product.said - model.said}\n"
                f"model alone {model.said - product.said}\nheld {product.held} {model.held}\n"
                f"summaries {product.summaries} {model.summaries}"
            )
    return ""


def test_a_hundred_histories_are_told_as_the_plain_reading_says() -> None:
    for seed in range(100):
        assert first_difference(seed) == ""


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(20))
def test_two_thousand_histories_are_told_as_the_plain_reading_says(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        assert first_difference(seed) == ""


def test_the_histories_hold_everything_that_the_rules_speak_of() -> None:
    """What never happens in them is not tested by them."""
    reasons: Counter[str] = Counter()
    for seed in range(25):
        for night, decision in zip(history(seed), played(history(seed)), strict=True):
            said = in_plain(decision)
            reasons.update(reason for _, reason, _ in said.said)
            reasons["event"] += sum(bool(name[1]) for _, _, name in said.said)
            reasons["held"] += bool(said.held)
            reasons["storm"] += decision.storm is not None
            reasons["same day"] += night.same_day and bool(said.said)
            reasons["waits"] += bool(decision.waiting)
    expected = ("new", "worse", "still open", "escalated", "resolved", "event", "held", "storm", "same day")
    assert min(reasons[word] for word in (*expected, "waits")) >= 10, reasons


def silence_never(alert: Alert, item: Item, *rest: object) -> bool:
    return False


def silence_further_missed_sessions_too(module: ModuleType) -> Callable[..., bool]:
    """A snooze that silences everything on the line, as long as it was open."""
    real = module.is_silenced

    def wrong(alert: Alert, item: Item, *rest: Any) -> bool:
        plain = replace(item, reason=Reason.STILL_OPEN) if item.reason is Reason.WORSE else item
        return bool(real(alert, plain, *rest))

    return wrong


def only_tonights_events(
    findings: Iterable[Finding], told: Told, today: date, here: Circumstances
) -> list[tuple[Alert, Finding]]:
    return events.events_of(findings, replace(told, alerts=()), today, here)


def escalated_every_night(alert: Alert, *rest: Any) -> Iterator[Word]:
    return escalated.escalations(replace(alert, tellings=()), *rest)


def held_is_forgotten(words: Sequence[Word], here: Circumstances) -> tuple[dict[str, list[Word]], None]:
    """What is held counts as told: marked, and never sent."""
    held, _ = storm.hold_back(words, here)
    for word in (word for those in held.values() for word in those):
        object.__setattr__(word, "before", word.after)
    return held, None


REASON = telling._reason

WRONG: dict[str, tuple[ModuleType, str, object]] = {
    "told again only from 60 minutes more": (worse, "MORE_MINUTES", 60),
    "nothing is ever worse": (telling, "is_worse", lambda finding, told: False),
    "a provider is told weekly what to make up": (telling, "_is_repeated", lambda finding, receiver: True),
    "what comes back after four school days goes on": (open_and_ended, "GOES_ON_WITHIN", 4),
    "what comes back is always new": (open_and_ended, "GOES_ON_WITHIN", -1),
    "who was told of its end hears no more": (
        telling,
        "_reason",
        lambda finding, receiver, before, *rest: (
            None if before and before.word is Last.ENDED else REASON(finding, receiver, before, *rest)
        ),
    ),
    "what an unreadable row explains is told": (
        deciding,
        "alerts_of_tonight",
        lambda found, told, today, here: open_and_ended.alerts_of_tonight(
            found, told, today, replace(here, is_known=lambda alert: True)
        ),
    ),
    "the end is told to nobody": (
        telling,
        "_end",
        lambda alert, telling, today, here: Word(telling.to, None, telling, telling),
    ),
    "a second digest on one date": (one_a_date, "had_one", lambda to, told, today: False),
    "a snooze silences nothing": (deciding, "is_silenced", silence_never),
    "a snooze silences a further missed session": (
        deciding,
        "is_silenced",
        silence_further_missed_sessions_too(snoozed),
    ),
    "a snooze is never over": (snoozed, "end_of", lambda snooze, days: date.max),
    "a snooze is not cut": (snoozed, "end_of", lambda snooze, days: snooze.until),
    "a snooze begins anew every night": (
        deciding,
        "remembered",
        lambda now, before, today: tuple(Snooze(line, until, today, today) for line, until in now.items()),
    ),
    "a change of a Saturday is forgotten by Monday": (deciding, "events_of", only_tonights_events),
    "the supervisor gets it every night": (telling, "escalations", escalated_every_night),
    "what only gets worse is never escalated": (
        open_and_ended,
        "is_better",
        lambda finding, alert: finding.minutes != alert.minutes,
    ),
    "nothing is held": (deciding, "hold_back", lambda words, here: ({}, None)),
    "what is held is lost": (deciding, "hold_back", held_is_forgotten),
    "every further day of an absence is told": (
        deciding,
        "waits_for_the_others",
        lambda word, told, today, here: False,
    ),
    "a day that has passed is settled": (telling, "PASSING", frozenset()),
    "mail leaves on a Sunday": (one_a_date, "is_mail_day", lambda today, here: True),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_variant_is_found(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, instead = WRONG[wrong]
    monkeypatch.setattr(module, name, instead)
    assert any(first_difference(seed) for seed in range(100))
