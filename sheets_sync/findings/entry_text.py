"""A log entry as one short text, by which entries are compared from run to run.

"2025-10-08||540|30|PROVIDER_ABSENT||||1f3a90c2": date, last day of a span, start, minutes, category, group,
make-up for, "decided" for a team decision that says what was decided, and a mark of what is typed in Status,
by which an entry that is read otherwise is told from one that was edited. Texts of one course sort by date.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sheets_sync.tables import LOG, Category, table

DECIDED = "decided"
PARTS = 8
"""Parts of a text before the mark."""


@dataclass(frozen=True, slots=True)
class EntryText:
    """The parts of an entry's text that words are made from."""

    day: date
    minutes: int
    category: Category


def entry_texts(log: pd.DataFrame) -> list[str]:
    """Return the text of each row of tables.LOG."""
    names = {int(category): category.name for category in Category}
    team = log["category"].to_numpy() == int(Category.TEAM_DECISION)
    decided = np.where(team & log["decided"].to_numpy(bool), DECIDED, "")
    columns = (
        _days(log["date"]),
        _days(log["to"]),
        log["start"].tolist(),
        log["minutes"].tolist(),
        [names[category] for category in log["category"].tolist()],
        log["group"].astype("object").fillna("").tolist(),
        _days(log["makeup_for"]),
        decided.tolist(),
        _marks(log["typed"]),
    )
    return [
        f"{day}|{to}|{start}|{minutes}|{category}|{group}|{makeup_for}|{said}|{mark}"
        for day, to, start, minutes, category, group, makeup_for, said, mark in zip(*columns, strict=True)
    ]


def _marks(column: pd.Series) -> list[str]:
    """Return a mark of each text whatever its case and spaces, "" for blank; it does not tell the text."""
    codes, typed = pd.factorize(column)
    plain = (" ".join(str(one).casefold().split()) for one in typed)
    marks = [*(f"{zlib.crc32(one.encode()):08x}" if one else "" for one in plain), ""]
    return [marks[code] for code in codes.tolist()]


def _days(column: pd.Series) -> list[str]:
    codes, days = pd.factorize(column)
    texts = [*(day.date().isoformat() for day in pd.DatetimeIndex(days)), ""]
    return [texts[code] for code in codes.tolist()]


def day_of(text: str) -> str:
    """Return the date of an entry in ISO form, by which texts can be told from earlier ones."""
    return text[:10]


def without_mark(text: str) -> str:
    """Return an entry's text without the mark of what is typed."""
    return "|".join(text.split("|")[:PARTS])


def is_read_otherwise(old: str, new: str) -> bool:
    """Tell whether nobody edited the entry: the same is typed, and it is taken for something else.

    So it is where [codes] or the program's own words were changed. Where the code holds the minutes or the
    day that is made up, these are read otherwise too.
    """
    was, now = old.split("|"), new.split("|")
    return was[PARTS:] == now[PARTS:] != [""] and [was[:3], was[5]] == [now[:3], now[5]] and was[4] != now[4]


def is_unknown(text: str) -> bool:
    """Tell whether nobody knows what the entry says became of the session."""
    return text.split("|")[4] == Category.UNKNOWN.name


def read_entry(text: str) -> EntryText:
    """Return what words are made from. Raises ValueError or KeyError where the text is none of ours."""
    day, _, _, minutes, category, *_ = text.split("|")
    return EntryText(date.fromisoformat(day), int(minutes), Category[category])


def log_table(entries: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Make tables.LOG of (student, service, text), rows numbered from 1; providers and words are blank."""
    students, services, texts = _transposed(entries)
    parts = [text.split("|") for text in texts]
    day, to, start, minutes, category, group, makeup_for, decided = _columns(parts)
    return table(
        LOG,
        {
            "row": range(1, len(texts) + 1),
            "date": np.array(day, dtype="datetime64[s]"),
            "to": np.array([one or "NaT" for one in to], dtype="datetime64[s]"),
            "student": students,
            "service": services,
            "start": [int(one) for one in start],
            "minutes": [int(one) for one in minutes],
            "category": [int(Category[one]) for one in category],
            "group": [one or None for one in group],
            "makeup_for": np.array([one or "NaT" for one in makeup_for], dtype="datetime64[s]"),
            "decided": [one == DECIDED for one in decided],
        },
    )


def _transposed(entries: Iterable[tuple[str, str, str]]) -> tuple[list[str], list[str], list[str]]:
    known = list(entries)
    return [one[0] for one in known], [one[1] for one in known], [one[2] for one in known]


def _columns(parts: Sequence[Sequence[str]]) -> list[list[str]]:
    known = [part[:PARTS] for part in parts]
    return [list(column) for column in zip(*known, strict=True)] if known else [[] for _ in range(PARTS)]
