"""The dated sessions that Schedule rows put on the days to come, whatever periods these lie in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.ledger.index import build_index, expand
from sheets_sync.ledger.occurrences import schedule_rows
from sheets_sync.tables import Tables


def planned(tables: Tables, calendar: SchoolCalendar, first: date, last: date) -> pd.DataFrame:
    """Return the sessions from `first` to `last`: `schedule` (position in tables.schedule) and `date`.

    In order of the rows, then of the days; open days alone, for rows of an ESY window its own. Rows marked
    make-up count as any other.
    """
    rows = schedule_rows(tables, build_index(tables), calendar)
    low = np.maximum(rows.from_, calendar.at(first))
    high = np.minimum(rows.to, calendar.at(last))
    row, place = expand(np.maximum(high - low + 1, 0))
    day = low[row] + place
    on = np.where(rows.esy[row], calendar.esy_open[day], calendar.open[day])
    on &= rows.pattern_on(row, day)
    row, day = row[on], day[on]
    return pd.DataFrame({"schedule": row, "date": calendar.dates(day)})
