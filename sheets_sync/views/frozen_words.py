"""What is said of a part of the sheets that could not be read: on the tab, and to the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.words import count, day_words, sentence
from sheets_sync.frozen import Frozen
from sheets_sync.guarded import Doubt
from sheets_sync.mail import Mail
from sheets_sync.views.administrator_mail import administrator_mail
from sheets_sync.views.held_words import TICK

SUBJECT = "IEP services: a part of the sheets could not be read"


def held_in_part(frozen: Frozen, doubts: Sequence[Doubt]) -> str:
    """Return the words of the banner."""
    lines = count(len(frozen.rows), "line")
    kept = f"{lines} that {'needs' if len(frozen.rows) == 1 else 'need'} it: as of {day_words(frozen.as_of)}."
    why = " ".join(f"“{sheet.name}” was not counted. {sheet.absent}" for sheet in frozen.sheets)
    remedies = " ".join(dict.fromkeys(sentence(doubt.remedy) for doubt in doubts))
    return " ".join(part for part in (why, kept, remedies, TICK if doubts else "") if part)


def in_words(frozen: Frozen) -> tuple[str, ...]:
    """Return a sentence a tab of a workbook, without a full stop, for who runs it; no student is named."""
    lines = count(len(frozen.rows), "line")
    said = (
        f"{sheet.outside} could not be read; {lines} stay{'s' if len(frozen.rows) == 1 else ''} as of"
        f" {day_words(frozen.as_of)}"
        for sheet in frozen.sheets
    )
    return tuple(dict.fromkeys(said))


def note_of_part(
    frozen: Frozen, doubts: Sequence[Doubt], config: Config, *, today: date, at: datetime, workbook: str
) -> Mail | None:
    """Write the note to the administrator, one a day for the same sheets; it names no student."""
    return administrator_mail(
        config,
        cause="absent: " + ", ".join(sorted(sheet.source for sheet in frozen.sheets)),
        today=today,
        at=at,
        subject=SUBJECT,
        lead="A workbook that is read beside the main one was not counted tonight. All else was.",
        paragraphs=(
            *(f"{sentence(said)}" for said in in_words(frozen)),
            *dict.fromkeys(sheet.absent for sheet in frozen.sheets),
            *dict.fromkeys(sentence(doubt.remedy) for doubt in doubts),
            "Once it can be read again, the next run goes on by itself.",
        ),
        workbook=workbook,
    )
