"""What a workbook that looks wrong is said to be: on the banner, to the administrator, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.words import day_words, sentence
from sheets_sync.guarded import Doubt
from sheets_sync.mail import Mail
from sheets_sync.problems import Held
from sheets_sync.views.administrator_mail import administrator_mail

MOST = 3
"""So many doubts stand on the banner; the note to the administrator has them all."""

SUBJECT = "IEP services: the workbook looks wrong, nothing was counted"
TICK = "If it is meant, tick the box on the right: the next run then counts it."
TICK_OR_ACCEPT = (
    "If it is meant (a new school year), tick “This is meant” on the tab, or run: sheets-sync accept."
)
TICK_FOR_ALL = (
    "If it is meant, tick the box on the right (the tick is for all of it): the next run then counts it."
)
NO_TICK = "Until then nothing can be counted."


def banner_words(doubts: Sequence[Doubt], last_good: date) -> str:
    """Say what was seen and what to do, in the words of the people who keep the workbook."""
    shown = [f"{sentence(doubt.seen)} {sentence(doubt.remedy)}" for doubt in doubts[:MOST]]
    tick = TICK
    if len(doubts) > MOST:
        shown.append(f"And {len(doubts) - MOST} more; sheets-sync check lists them.")
        tick = TICK_FOR_ALL
    kept = (
        f"The workbook looks wrong, so it was not counted; these are the figures of {day_words(last_good)}."
    )
    return " ".join((kept, *shown, tick if can_be_meant(doubts) else NO_TICK))


def held_error(doubts: Sequence[Doubt], last_good: date) -> Held:
    """Return what ends the run."""
    seen = " ".join(sentence(doubt.seen) for doubt in doubts)
    remedies = " ".join(dict.fromkeys(sentence(doubt.remedy) for doubt in doubts))
    answer = TICK_OR_ACCEPT if can_be_meant(doubts) else ""
    return Held(
        f"The workbook looks wrong, so nothing was counted; our tab keeps the figures of"
        f" {day_words(last_good)}. {seen}",
        f"{remedies} {answer}".strip(),
        [
            {
                "kind": doubt.kind.value,
                "tab": doubt.tab or None,
                "seen": sentence(doubt.seen),
                "remedy": sentence(doubt.remedy),
            }
            for doubt in doubts
        ],
    )


def note_to_administrator(
    doubts: Sequence[Doubt], config: Config, *, today: date, at: datetime, last_good: date, workbook: str
) -> Mail | None:
    """Write the note of a held night; it names no student. None where mail may not go there.

    The same doubts are one note a date, whatever their figures become in its course; another is another note.
    """
    return administrator_mail(
        config,
        cause="held: " + ", ".join(sorted({_what(doubt) for doubt in doubts})),
        today=today,
        at=at,
        subject=SUBJECT,
        lead=(
            "The workbook looks wrong. Nothing was counted and nobody else was mailed; its tab"
            f" keeps the figures of {day_words(last_good)}, and says so."
        ),
        paragraphs=(
            *(f"{sentence(doubt.seen)} {sentence(doubt.remedy)}" for doubt in doubts),
            TICK_OR_ACCEPT if can_be_meant(doubts) else NO_TICK,
            "Once the workbook is as it was, the next run goes on by itself.",
        ),
        workbook=workbook,
    )


def _what(doubt: Doubt) -> str:
    """Return what tells a doubt from others: what cannot be counted has nothing but its sentence."""
    return f"{doubt.kind} {doubt.tab}".rstrip() if doubt.can_be_meant else f"{doubt.kind}: {doubt.seen}"


def can_be_meant(doubts: Sequence[Doubt]) -> bool:
    """Tell whether a person can let all of it through."""
    return all(doubt.can_be_meant for doubt in doubts)
