"""The note to the administrator on a night on which more was new than is told (promises.md, 23)."""

from __future__ import annotations

from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.alerts import Storm
from sheets_sync.findings.words import count
from sheets_sync.mail import Mail
from sheets_sync.views.administrator_mail import administrator_mail

LOOK = (
    "Look whether something was changed that touches many lines at once: a rule or a name in the"
    " configuration, the Calendar, many rows of the Service Grid, the clock of this computer. If all of it is"
    " as it should be, there is nothing to do: the gravest were told, the rest follows on the next school"
    " days, and all of it stands on the tab already."
)


def storm_mail(
    storm: Storm | None, config: Config, *, today: date, at: datetime, workbook: str
) -> Mail | None:
    """Write the note, in counts alone; None where nothing is held, or nobody looks after the workbook."""
    if storm is None:
        return None
    lines = f" {storm.lines} of {count(storm.all_lines, 'line')} have something new."
    told = count(storm.told, "thing was", "things were")
    held = f"{storm.held} {'is' if storm.held == 1 else 'are'} held for the next nights"
    people = count(storm.people, "person", "people")
    return administrator_mail(
        config,
        cause="storm",
        today=today,
        at=at,
        subject=f"IEP services: much is new, {storm.held} held for the next nights",
        lead=f"Much is new in one night: {told} told, {held}.",
        paragraphs=(
            f"For {people} more is new than one mail should hold.{lines}",
            LOOK,
        ),
        workbook=workbook,
    )
