"""One digest a person a date, whatever happens; what is urgent is told on the same day (mail.md).

A second run on a date tells nobody a second time: what it finds waits for the next. A run of the same day
(`same_day`) tells a change of today's or tomorrow's sessions alone, to whom it touches, also to those who
had the night's digest; all else waits for the night, and no first summary goes. On a day without school it
tells what touches a session of tomorrow alone, where there is school then. Such a mail is not the date's
digest: from noon on a run has the next date, and would take that night's digest away. Whether there is
school it asks of both: on a Friday afternoon there is some left.
"""

from __future__ import annotations

from datetime import date, timedelta

from sheets_sync.findings.alerts.values import Circumstances, Item, Reason, Word
from sheets_sync.state import LastDigest, Told


def may_leave(word: Word, told: Told, today: date, here: Circumstances) -> bool:
    """Tell whether what could be said may leave tonight. Mail leaves only before a school day."""
    item = word.item
    if item is None or word.to in here.waits:
        return False
    if here.same_day:
        day = here.on_the_wall or today
        is_urgent = item.reason is Reason.NEW and item.finding is not None and item.finding.urgent
        is_before_school = is_mail_day(day, here) or is_mail_day(today, here)
        return is_urgent and (is_before_school or _is_of_tomorrow(item, day, here))
    return is_mail_day(today, here) and not had_one(word.to, told, today)


def _is_of_tomorrow(item: Item, today: date, here: Circumstances) -> bool:
    tomorrow = today + timedelta(days=1)
    return item.finding is not None and tomorrow in item.finding.dates and is_mail_day(tomorrow, here)


def is_ordinary(today: date, here: Circumstances) -> bool:
    """Tell whether this run tells everything that there is to tell."""
    return is_mail_day(today, here) and not here.same_day


def is_mail_day(today: date, here: Circumstances) -> bool:
    return here.school_days(today, today) > 0


def had_one(to: str, told: Told, today: date) -> bool:
    """Tell whether this address had a digest on this date already."""
    return any(digest.to == to and digest.last == today for digest in told.digests)


def noted(told: Told, to: list[str], today: date, here: Circumstances) -> tuple[LastDigest, ...]:
    """Return the last digest of each address, with those of tonight."""
    if here.same_day:
        return told.digests
    last = {digest.to: digest.last for digest in told.digests} | dict.fromkeys(to, today)
    return tuple(LastDigest(address, day) for address, day in last.items())
