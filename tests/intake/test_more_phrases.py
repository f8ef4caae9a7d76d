"""Strings that the shared phrases do not hold, each with a reading written down before the program saw it.

`note`: "refuse" (nothing is read, and it is said why), "ask" (read, and asked about), "own name" (a service
that is not known by another). Several rules in one cell of a schedule are parted by "|".
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.intake.read import read

FOLDER = Path(__file__).parents[1] / "data" / "phrases_more"
Row = dict[str, str]
AT_LEAST = 120
"""So many strings a kind: one that reads the list and not the language would show."""


def _number(text: str) -> int | None:
    return int(text) if text else None


def frequency(row: Row) -> Any:
    keys = ("sessions", "minutes_per_session", "total_minutes")
    sessions, minutes, total = (_number(row[key]) for key in keys)
    return {
        "sessions": sessions,
        "minutes": minutes,
        "total": total,
        "period": row["period"],
        "group": row["group"] or None,
    }


def schedule(row: Row) -> Any:
    columns = (row[key].split("|") for key in ("days", "start", "end", "pattern"))
    return [
        {
            "days": days.split(";") if days else [],
            "start": start or None,
            "end": end or None,
            "pattern": pattern,
        }
        for days, start, end, pattern in zip(*columns, strict=True)
    ]


def code(row: Row) -> Any:
    return {
        "category": row["category"],
        "minutes": _number(row["minutes"]),
        "makeup_for": row["makeup_for"] or None,
    }


def service(row: Row) -> Any:
    return {"name": row["service"]}


def header(row: Row) -> Any:
    return {"name": row["column"]}


def date(row: Row) -> Any:
    return {"date": row["reading"]}


def name(row: Row) -> Any:
    return dict(part.split("=") for part in row["reading"].split("; ")) if row["reading"] else None


FILES: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "frequency": ("frequency", frequency),
    "schedule": ("schedule", schedule),
    "codes": ("code", code),
    "services": ("service", service),
    "headers": ("header", header),
    "dates": ("date", date),
    "names": ("name", name),
}


def differences(kind: str, rows: list[Row], stated: Callable[[Row], Any]) -> list[str]:
    """Return the strings that are read otherwise than their rows say."""
    found = []
    for row in rows:
        text = next(iter(row.values()))
        result = read(kind, text)
        reading, asked = result["reading"], bool(result["problem"])
        refuse = "refuse" in (row["note"], row.get("category"))
        if refuse:
            right = reading is None and asked
        elif row["note"] == "own name":
            right = reading is not None and asked
        else:
            right = reading is not None and reading == stated(row) and asked == (row["note"] == "ask")
        if not right:
            found.append(f"{text!r}: {reading} {result['problem'] or ''}")
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_string_is_read_as_its_row_says(file: str) -> None:
    kind, stated = FILES[file]
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= AT_LEAST
    assert differences(kind, rows, stated) == []


@pytest.mark.parametrize("file", FILES)
def test_a_row_that_says_otherwise_is_told(file: str) -> None:
    kind, stated = FILES[file]
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    clear = next(row for row in rows if not row["note"] and row.get("category") != "refuse")
    refused = next(row for row in rows if "refuse" in (row["note"], row.get("category")))
    assert (
        len(
            differences(kind, [clear | {"note": "refuse"}, refused | {"note": "ask", "category": ""}], stated)
        )
        == 2
    )
