"""Rotation days below the Kind of a Calendar: "Day 1" to "Day 6", "A" and "B", "B day", "Cycle day 3".

Each is a row "Cycle day" with its number in Label (spec: counting.md, "Periods"); A and B are 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Severity

_NUMBER = r"#?\s?(?P<number>\d{1,3})"
_LETTER = r"[\"']?(?P<letter>[a-h])[\"']?"
_DAY = lazy_regex(
    r"(?P<sure>(?:cycle|rotation|rotating)[\s-]days?|day of (?:cycle|rotation))\s?[:#-]?\s?"
    rf"(?:{_NUMBER}|{_LETTER})"
    rf"|days?\s?{_NUMBER.replace('number', 'second')}|d{_NUMBER.replace('number', 'third')}"
    rf"|days?\s?{_LETTER.replace('letter', 'after')}|{_LETTER.replace('letter', 'alone')}(?:[\s-]?days?)?",
    re.IGNORECASE,
)
_LONGEST_CYCLE = 20
_COUNTED_ON = 10
"""Numbers above this that never recur count the days of school ("Day 45"), and no rotation."""


@dataclass(frozen=True)
class RotationDay:
    """`number` is 1 for the first day of the cycle; `letter` tells that it is written A or B: a cycle of two.
    `sure` tells that the words leave nothing else to be meant."""

    number: int
    letter: bool
    sure: bool


def read_rotation_day(text: str) -> RotationDay | None:
    """Return the rotation day that a text names and nothing besides."""
    found = _DAY.fullmatch(plain(text).strip(" .:*")) if len(text) <= LONGEST else None
    if found is None:
        return None
    digits = found["number"] or found["second"] or found["third"]
    letter = found["letter"] or found["after"] or found["alone"]
    number = int(digits) if digits else ord(letter.casefold()) - 96
    return RotationDay(number, not digits, bool(found["sure"])) if number else None


def rotation_days(texts: Iterable[str]) -> Mapping[str, RotationDay]:
    """Return which of the texts below Kind, one a row, are rotation days.

    Those of a calendar that has two of them or more, and either numbers or the letters A and B: "Day 1" alone
    may be the first day of school, "Day 45" counts days, and with C the letters are no cycle of two.
    """
    rows = [(text, day) for text in texts if (day := read_rotation_day(text)) is not None]
    days = dict(rows)
    numbers = {day.number for day in days.values() if not day.letter}
    letters = {day.number for day in days.values() if day.letter}
    most = max(numbers, default=0)
    counts = most > _LONGEST_CYCLE or (most > _COUNTED_ON and len(rows) == len(numbers))
    if (numbers and letters) or not letters <= {1, 2} or counts:
        return {}
    return {text: day for text, day in days.items() if day.sure or len(numbers | letters) > 1}


def cycle_labels(rows: TabRows, kind: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return each row's label, of a rotation day its number: by its Kind, or by A or B in Label."""
    labels = rows.column("Label").texts()
    days = rotation_days(rows.column("Kind").texts())
    named = rotation_days(label for label, one in zip(labels, kind, strict=True) if one == "cycle_day")
    told = np.array(labels, dtype=object)
    for at, text in enumerate(rows.column("Kind").texts()):
        day = days.get(text) or (named.get(labels[at]) if kind[at] == "cycle_day" else None)
        if day is not None:
            told[at] = str(day.number)
    return told


def ask_of_rotation(
    rows: TabRows, calendar: pd.DataFrame, schedule: pd.DataFrame, found: ProblemList
) -> None:
    """Ask where the Calendar's rotation has other days than that of a row of the Schedule."""
    lengths = sorted(set(schedule["cycle_length"].tolist()) - {0})
    days = calendar[calendar["kind"] == "cycle_day"]
    if days.empty or not lengths:
        return
    number = {
        row: int(re.sub(r"\D", "", label)) for row, label in zip(days["row"], days["label"], strict=True)
    }
    beyond = np.array([number.get(row, 0) > lengths[0] for row in rows.rows.tolist()], dtype=bool)
    lettered = np.isin(rows.rows, days["row"]) & (_lettered(rows, "Kind") | _lettered(rows, "Label"))
    length = lengths[0] if beyond.any() else lengths[-1]
    found.at_rows(
        Severity.QUESTION,
        rows,
        rows.column("Kind"),
        beyond if beyond.any() else lettered & (length > 2),
        f"The Schedule has a cycle of {length} days, and the Calendar another: its sessions may stand on"
        " other days than they are held.",
        "Name the days alike on both tabs.",
    )


def _lettered(rows: TabRows, name: str) -> Flags:
    days = rotation_days(rows.column(name).texts())
    return rows.column(name).where(lambda cell: (day := days.get(text_of(cell))) is not None and day.letter)
