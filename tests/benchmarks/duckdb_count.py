"""The district counted in DuckDB on one thread, by counting.sql, once the tables are loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from sheets_sync.tables import Tables
from tests.benchmarks.district import CYCLE, FIRST, LAST, open_days, weekday

SQL = (Path(__file__).parent / "counting.sql").read_text()


def load(tables: Tables, today: date) -> duckdb.DuckDBPyConnection:
    """Put the tables into DuckDB as integers and dates."""
    base = duckdb.connect()
    base.execute("SET threads = 1")
    lines = tables.lines.reset_index(names="line")
    consultation = lines["group"] == "consultation"
    frames = {
        "lines": pd.DataFrame(
            {
                "line": lines["line"],
                "student": lines["student"].cat.codes,
                "service": lines["service"].cat.codes,
                "grp": lines["group"].cat.codes,
                "kind": lines["period"],
                "minutes": lines["minutes"],
                "total": lines["total"],
                "start": lines["start"],
                "arranged": consultation | (lines["period"] == "year"),
            }
        ),
        "schedule": schedule_of(tables, lines),
        "log": log_of(tables),
        "days": days_table(today),
    }
    for name, frame in frames.items():
        base.register("frame", frame)
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        base.unregister("frame")
    base.execute(f"CREATE TABLE params AS SELECT DATE '{today}' AS today")
    return base


def schedule_of(tables: Tables, lines: pd.DataFrame) -> pd.DataFrame:
    """The schedule with the position of its line: student, service and group name it."""
    keys = ["student", "service", "group"]
    codes = tables.schedule.assign(**{key: tables.schedule[key].cat.codes for key in keys})
    by_line = lines[["line", *keys]].assign(**{key: lines[key].cat.codes for key in keys})
    return codes.merge(by_line, on=keys)[["line", "pattern", "weekdays", "cycle_days", "start", "minutes"]]


def log_of(tables: Tables) -> pd.DataFrame:
    log = tables.log
    return pd.DataFrame(
        {
            "row_id": log["row"],
            "student": log["student"].cat.codes,
            "service": log["service"].cat.codes,
            "grp": log["group"].cat.codes,
            "day": log["date"],
            "start": log["start"],
            "minutes": log["minutes"],
            "category": log["category"],
            "makeup_for": log["makeup_for"],
        }
    )


def days_table(today: date) -> pd.DataFrame:
    """School days of the year and of the months at its ends, with the period of each kind."""
    every = np.arange(np.datetime64("2025-08-01"), np.datetime64("2026-07-01"))
    every = every[weekday(every) < 5]
    opened = open_days()
    is_open = np.isin(every, opened)
    week = every - weekday(every).astype("m8[D]")
    weeks = (week - FIRST).astype(int) // 7
    place = np.searchsorted(opened, every)
    cycle_start = np.full(len(every), np.datetime64("NaT", "D"))
    cycle_start[is_open] = opened[place[is_open] // CYCLE * CYCLE]
    in_year = (every >= FIRST) & (every <= LAST)
    return pd.DataFrame(
        {
            "day": every.astype("M8[s]"),
            "weekday": weekday(every),
            "is_open": is_open,
            "week": week.astype("M8[s]"),
            "month": every.astype("M8[M]").astype("M8[s]"),
            "block": (week - (weeks % 2 * 7).astype("m8[D]")).astype("M8[s]"),
            "on_week": weeks % 2 == 0,
            "cycle_day": pd.array(np.where(is_open, place % CYCLE, -1), dtype="Int64").astype("Int64"),
            "cycle_start": cycle_start.astype("M8[s]"),
            "year": np.where(in_year, FIRST, np.datetime64("NaT")).astype("M8[s]"),
        }
    ).assign(cycle_day=lambda frame: frame["cycle_day"].mask(~frame["is_open"]))


def count_in_sql(base: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Run counting.sql; one row a line."""
    for statement in SQL.split(";\n"):
        if statement.strip():
            base.execute(statement)
    return base.execute("SELECT * FROM counted").df()
