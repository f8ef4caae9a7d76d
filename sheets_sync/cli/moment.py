"""Which day a command counts as of, and whether what it does is remembered (spec: commands.md, "State")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheets_sync.cli.options import Options, given_date
from sheets_sync.config import Config
from sheets_sync.today import date_of_run
from sheets_sync.wiring import machine_clock


@dataclass(frozen=True, slots=True)
class Moment:
    """`remember`: the state is written and mails are delivered. `by_clock`: nobody named the day."""

    today: date
    remember: bool
    by_clock: bool = False


def moment(options: Options, config: Config) -> Moment:
    """Return the day, --today or the clock's. Raises WrongUse where --today cannot be read.

    Another day than the clock's is a trial: it is remembered only in a state that --state names.
    """
    now = machine_clock(config)()
    today = given_date(options) or date_of_run(now)
    of_the_clock = today in (now.date(), date_of_run(now))
    return Moment(today, of_the_clock or options.state is not None, by_clock=options.today is None)
