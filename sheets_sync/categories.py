"""What a log entry's code does, and its name in words (spec: counting.md, "What a code does")."""

from __future__ import annotations

from enum import IntEnum


class Category(IntEnum):
    """What a log entry's code does. UNKNOWN: the code could not be read."""

    UNKNOWN = 0
    DELIVERED = 1
    MAKE_UP = 2
    LATE = 3
    STUDENT_ABSENT = 4
    STUDENT_REFUSED = 5
    STUDENT_UNAVAILABLE = 6
    SUSPENDED = 7
    SCHOOL_ACTIVITY = 8
    PROVIDER_ABSENT = 9
    SCHOOL_CLOSED = 10
    AGREED_DAY_OFF = 11
    TEAM_DECISION = 12


EXCUSED = (
    Category.STUDENT_ABSENT,
    Category.STUDENT_REFUSED,
    Category.STUDENT_UNAVAILABLE,
    Category.SUSPENDED,
    Category.SCHOOL_CLOSED,
    Category.AGREED_DAY_OFF,
)
"""What nobody owes, unless the configuration or a team's decision says otherwise."""
OWED = (Category.SCHOOL_ACTIVITY, Category.PROVIDER_ABSENT)

CATEGORY_WORDS = {
    Category.UNKNOWN: "unknown",
    Category.DELIVERED: "delivered",
    Category.MAKE_UP: "make-up",
    Category.LATE: "late or left early",
    Category.STUDENT_ABSENT: "student absent",
    Category.STUDENT_REFUSED: "student refused",
    Category.STUDENT_UNAVAILABLE: "student unavailable",
    Category.SUSPENDED: "suspended",
    Category.SCHOOL_ACTIVITY: "school activity",
    Category.PROVIDER_ABSENT: "provider absent",
    Category.SCHOOL_CLOSED: "school closed",
    Category.AGREED_DAY_OFF: "agreed day off",
    Category.TEAM_DECISION: "team decision",
}
