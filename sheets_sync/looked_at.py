"""A workbook looked at before it is counted: what each tab was taken for, and how its cells were read.

Also where a run could not count it: what can be read is, and what stops a run is said besides. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.config import Config
from sheets_sync.intake.tabs_left import tabs_left
from sheets_sync.intake.workbook import Opened, Read, read_opened
from sheets_sync.last_good_sheets import opened_with_last_good
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.views.preview import TabSeen, tabs_seen


@dataclass(frozen=True)
class LookedAt:
    """`read` is None where there is no Caseload: then no cell can be read. `left` are the tabs that are not
    read, each with why."""

    opened: Opened
    read: Read | None
    seen: tuple[TabSeen, ...]
    left: tuple[tuple[str, str], ...]


def look_at(
    snapshot: Snapshot, config: Config, today: date, most: int, kept: Sequence[Sheet] = ()
) -> LookedAt:
    """Read a workbook as a run does, with the first rows of each tab, `most` of them, cell by cell.

    `kept` are sheets of other workbooks as they stood at the last good run, for those that cannot be read.
    Raises CannotCount only where [tabs] lists a tab that is not there.
    """
    ours = (config.compliance.tab, config.compliance.problems_tab)
    opened = opened_in(snapshot, config, today, kept)
    read = read_opened(opened, today) if "Caseload" in opened.tabs else None
    left = tuple(tabs_left(snapshot, opened, ours))
    return LookedAt(opened, read, tuple(tabs_seen(opened, read, most)), left)


def opened_in(snapshot: Snapshot, config: Config, today: date, kept: Sequence[Sheet] = ()) -> Opened:
    """Return the tabs of a workbook with their columns, as a run finds them; raises as `look_at` does."""
    return opened_with_last_good(snapshot, kept, config, today)
