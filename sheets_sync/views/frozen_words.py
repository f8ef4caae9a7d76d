"""What is said of a part of the sheets that could not be read: on the tab, and to the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.words import count, day_words, sentence
from sheets_sync.frozen import Frozen
from sheets_sync.guarded import Doubt
from sheets_sync.mail import Mail
from sheets_sync.tables import SheetRead
from sheets_sync.views.administrator_mail import administrator_mail
from sheets_sync.views.held_words import TICK

MAILS_WAIT = "mails to addresses that stand there alone wait"
SUBJECT = "IEP services: a part of the sheets could not be read"


def held_in_part(frozen: Frozen, doubts: Sequence[Doubt]) -> str:
    """Return the words of the banner."""
    lines = count(len(frozen.rows), "line")
    need = "needs" if len(frozen.rows) == 1 else "need"
    kept = f"{lines} that {need} it: as of {_days(frozen)}."
    kept = kept if frozen.rows else "No line with figures needs it."
    why = " ".join(f"“{sheet.name}” {_taken(sheet, frozen)} {sheet.absent}" for sheet in frozen.sheets)
    remedies = " ".join(dict.fromkeys(sentence(doubt.remedy) for doubt in doubts))
    waits = sentence(MAILS_WAIT) if frozen.waits else ""
    said = (why, kept if frozen.holding else "", waits, remedies, TICK if doubts else "")
    return " ".join(part for part in said if part)


def in_words(frozen: Frozen) -> tuple[str, ...]:
    """Return a sentence a tab of a workbook, without a full stop, for who runs it; no student is named."""
    lines = count(len(frozen.rows), "line")
    stays = f"{lines} stay{'s' if len(frozen.rows) == 1 else ''} as of {_days(frozen)}"
    stay = stays if frozen.rows else "no line with figures needs it"
    said = (
        f"{sheet.outside} could not be read; {stay if sheet in frozen.holding else MAILS_WAIT}"
        for sheet in frozen.sheets
    )
    return tuple(dict.fromkeys(said))


def _days(frozen: Frozen) -> str:
    """Return from when the figures of held lines are: "Oct 22", "Oct 22 to Oct 29"."""
    days = sorted(set(frozen.days.values())) or [frozen.as_of]
    return " to ".join(dict.fromkeys(map(day_words, (days[0], days[-1]))))


def _taken(sheet: SheetRead, frozen: Frozen) -> str:
    if sheet in frozen.stood:
        return f"could not be read; it is taken as it stood on {day_words(frozen.stood_on(sheet))}."
    return "was not counted."


def note_of_part(
    frozen: Frozen, doubts: Sequence[Doubt], config: Config, *, today: date, at: datetime, workbook: str
) -> Mail | None:
    """Write the note to the administrator, one a day for the same sheets; it names no student."""
    return administrator_mail(
        config,
        cause="absent: " + ", ".join(sorted(sheet.source or sheet.outside for sheet in frozen.sheets)),
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
