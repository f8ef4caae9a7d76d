"""The columns of the Compliance tab: name, width, look, in the order of workbook.md."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.views.tab import Style

STUDENT = "Student"
SERVICE = "Service"
STATUS = "Status"
WHAT_TO_DO = "What to do"
BEHIND = "Behind"
PROVIDER = "Provider"
GROUP = "Group"
REQUIRED = "Required"
SCHEDULED = "Scheduled"
REQUIRED_MIN = "Required min"
DELIVERED = "Delivered"
MADE_UP = "Made up"
UPCOMING = "Upcoming"
OWED = "Owed"
NOT_LOGGED = "Not logged"
EXCUSED = "Excused"
NOT_SCHEDULED = "Not scheduled"
PERCENT = "% delivered"
LAST_SESSION = "Last session"
NEXT_SESSION = "Next session"
SINCE = "Since"
CASE_MANAGER = "Case manager"
STAFF_NOTES = "Staff notes"
SNOOZE_UNTIL = "Snooze until"
LINE = "Line"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters; `figure` is the column of Ledger.lines that a number comes from, or ""."""

    name: str
    width: float
    style: Style = Style.TEXT
    figure: str = ""


COLUMNS = (
    Column(STUDENT, 17),
    Column(SERVICE, 22, Style.WRAP),
    Column(STATUS, 19),
    Column(WHAT_TO_DO, 58, Style.WRAP),
    Column(BEHIND, 8, Style.NUMBER, "behind"),
    Column(PROVIDER, 15, Style.WRAP),
    Column(GROUP, 11),
    Column(REQUIRED, 18, Style.WRAP),
    Column(SCHEDULED, 23, Style.WRAP),
    Column(REQUIRED_MIN, 9.5, Style.NUMBER, "required"),
    Column(DELIVERED, 9.5, Style.NUMBER, "delivered"),
    Column(MADE_UP, 8, Style.NUMBER, "made_up"),
    Column(UPCOMING, 9.5, Style.NUMBER, "upcoming"),
    Column(OWED, 8, Style.NUMBER, "owed"),
    Column(NOT_LOGGED, 8, Style.NUMBER, "not_logged"),
    Column(EXCUSED, 8.5, Style.NUMBER, "excused"),
    Column(NOT_SCHEDULED, 10, Style.NUMBER, "not_scheduled"),
    Column(PERCENT, 10, Style.PERCENT, "percent"),
    Column(LAST_SESSION, 9.5, Style.DATE),
    Column(NEXT_SESSION, 17),
    Column(SINCE, 9.5, Style.DATE),
    Column(CASE_MANAGER, 16, Style.WRAP),
    Column(STAFF_NOTES, 34, Style.STAFF_TEXT),
    Column(SNOOZE_UNTIL, 13, Style.STAFF_DATE),
    Column(LINE, 10),
)

NAMES = tuple(column.name for column in COLUMNS)
STYLES = {column.name: column.style for column in COLUMNS}
FIGURE_COLUMNS = tuple(column for column in COLUMNS if column.figure)
