"""Rotation days below the Kind of a Calendar: "Day 1" to "Day 6", "A" and "B", "B day", "Cycle day 3".

Each is a row "Cycle day" with its number in Label (spec: counting.md, "Periods"); A and B are 1 and 2.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.rotation_names import rotation_days
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.problems import Severity


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
