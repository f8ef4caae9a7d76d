"""Each session in the account in which it stands, and what was not asked for: what `explain` shows.

Within a period the oldest sessions of an account find room first; what finds none is extra (delivered) or
stands in no account. A make-up takes the session of its date first, then the oldest.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sheets_sync.ledger.agreement import Agreeing, agreeing
from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.makeups import Spent
from sheets_sync.ledger.pieces import DELIVERED, GATHERED
from sheets_sync.ledger.stages import Count
from sheets_sync.tables import CATEGORY_WORDS, Category

EXTRA, NONE = "extra", "none"
Row = dict[str, Any]

OFF = "not on the schedule"
AGREED = "two logs say the same"


def sessions_frame(work: Count) -> pd.DataFrame:
    """Return Ledger.sessions; the minutes of a period and account add up to that account."""
    held = _in_room(work)
    taken = _taken_by_makeups(work, held)
    frame = _plain_rows(work, held - taken.by_piece, held)
    more = pd.DataFrame(taken.rows)
    out = pd.concat([frame, more], ignore_index=True) if len(more) else frame
    line = np.array(out["line"], dtype=np.int64)
    order = np.lexsort((out["start"].to_numpy(np.int64), out["date"].to_numpy("datetime64[s]"), line))
    return out.iloc[order].reset_index(drop=True)


class _Taken:
    def __init__(self, pieces: int) -> None:
        self.by_piece = np.zeros(pieces, dtype=np.int64)
        self.rows: list[Row] = []


def _in_room(work: Count) -> Ints:
    """Minutes of each piece that found room in its account, before make-ups."""
    pieces, spans = work.pieces, work.spans
    filled = np.stack([getattr(work.accounts, name) for name in GATHERED]).astype(np.int64)
    for one in work.spent:
        if one.span >= 0 and one.account in GATHERED:
            filled[GATHERED.index(one.account), one.span] += one.minutes
        if one.decided:
            filled[GATHERED.index("excused"), one.span] -= one.minutes
    inside = pieces.span >= 0
    key = np.where(inside, pieces.account * max(len(spans), 1) + pieces.span, -1)
    start = (
        np.where(pieces.occurrence >= 0, work.occurrences.start[pieces.occurrence], -1)
        if len(work.occurrences)
        else np.full(len(pieces), -1)
    )
    order = np.lexsort((start, pieces.day, key))
    minutes = pieces.minutes[order]
    before = np.cumsum(minutes) - minutes
    first = np.concatenate(([True], key[order][1:] != key[order][:-1])) if len(order) else np.zeros(0, bool)
    base = before[first][np.cumsum(first) - 1] if len(order) else before
    room = filled.reshape(-1)[np.maximum(key[order], 0)] if filled.size else np.zeros(len(order), np.int64)
    out = np.zeros(len(pieces), dtype=np.int64)
    out[order] = np.clip(room - (before - base), 0, minutes)
    out[~inside] = 0
    return out


def _taken_by_makeups(work: Count, held: Ints) -> _Taken:
    """Move what make-ups and team decisions cover from the sessions to rows of their own."""
    taken = _Taken(len(held))
    by_span: dict[tuple[int, int], list[int]] = {}
    accounts = {GATHERED.index(one.account) for one in work.spent if one.account in GATHERED}
    wanted = np.flatnonzero(
        np.isin(work.pieces.account, list(accounts)) & np.isin(work.pieces.span, [s.span for s in work.spent])
    )
    for piece in wanted[np.argsort(work.pieces.day[wanted], kind="stable")].tolist():
        key = (int(work.pieces.span[piece]), int(work.pieces.account[piece]))
        by_span.setdefault(key, []).append(piece)
    agreed = agreeing(work)
    for one in work.spent:
        left = one.minutes
        if one.account in GATHERED:
            date = int(work.entries.makeup_for[one.entry])
            pieces = by_span.get((one.span, GATHERED.index(one.account)), [])
            for piece in sorted(pieces, key=lambda p: int(work.pieces.day[p]) != date):
                part = min(left, int(held[piece] - taken.by_piece[piece]))
                if part > 0:
                    taken.by_piece[piece] += part
                    taken.rows.append(_makeup_row(work, one, part, piece, agreed))
                    left -= part
        if left > 0:
            _take_back(taken.rows, one, left)
            taken.rows.append(_makeup_row(work, one, left, -1, agreed))
    taken.rows = [row for row in taken.rows if row["minutes"]]
    return taken


def _take_back(rows: list[Row], one: Spent, wanted: int) -> None:
    """A make-up given although a team had decided: what it covers is no longer excused."""
    if one.account != "excused":
        return
    for row in rows:
        if row["period"] == one.span and row["account"] == "excused":
            part = min(wanted, row["minutes"])
            row["minutes"] = row["minutes"] - part
            wanted -= part


def _makeup_row(work: Count, one: Spent, minutes: int, piece: int, others: Agreeing) -> Row:
    entries, calendar = work.entries, work.calendar
    agreed = others.get(one.entry, ())
    log_rows = [int(work.log_rows[entries.log[one.entry]])]
    schedule_row, of = 0, "NaT"
    if piece >= 0:
        of = calendar.day(int(work.pieces.day[piece])).isoformat()
        occurrence, entry = int(work.pieces.occurrence[piece]), int(work.pieces.entry[piece])
        if entry >= 0:
            log_rows.append(int(work.log_rows[entries.log[entry]]))
        if occurrence >= 0:
            rows = work.tables.schedule["row"].to_numpy(np.int64)
            schedule_row = int(rows[work.occurrences.row[occurrence]])
    elif one.span >= 0:
        of = calendar.day(int(work.spans.start[one.span])).isoformat()
    log_rows += [int(work.log_rows[entries.log[other]]) for other in agreed]
    account = EXTRA if one.span < 0 else "excused" if one.decided else "made_up"
    note = {"extra": "a make-up with nothing left to repair", "excused": "the team decided"}.get(account, "")
    return {
        "line": int(work.lines.line[one.strand]),
        "period": one.span,
        "date": pd.Timestamp(calendar.day(int(entries.day[one.entry]))),
        "start": int(entries.start[one.entry]),
        "minutes": minutes,
        "account": account,
        "schedule_row": schedule_row,
        "log_rows": tuple(log_rows),
        "category": int(entries.category[one.entry]),
        "reason": CATEGORY_WORDS[Category(int(entries.category[one.entry]))],
        "provider": _provider(work, int(entries.provider[one.entry])),
        "makeup_of": pd.Timestamp(of),
        "note": _and_agreed(note) if agreed else note,
    }


def _and_agreed(note: str) -> str:
    return f"{note}; {AGREED}" if note else AGREED


def _provider(work: Count, number: int) -> str:
    return work.index.providers[number] if number >= 0 else ""


def _plain_rows(work: Count, left: Ints, held: Ints) -> pd.DataFrame:
    """One row a piece with the minutes that stand in its account, and one for what found no room."""
    pieces = work.pieces
    shown = np.flatnonzero((left > 0) | (pieces.minutes == 0))
    over = np.flatnonzero(pieces.minutes > held)
    every = np.concatenate((shown, over))
    names = np.array([*GATHERED, EXTRA, NONE], dtype=object)
    spare = np.where(pieces.account[over] == DELIVERED, len(GATHERED), len(GATHERED) + 1)
    account = np.concatenate((pieces.account[shown], spare))
    minutes = np.concatenate((left[shown], pieces.minutes[over] - held[over]))
    occurrence, entry = pieces.occurrence[every], pieces.entry[every]
    held_entry = np.maximum(entry, 0)
    log, schedule = work.tables.log, work.tables.schedule
    none = np.zeros(len(every), dtype=np.int64)
    rows = work.occurrences.row[np.maximum(occurrence, 0)] if len(work.occurrences) else none
    position = work.entries.log[held_entry] if len(work.entries) else none
    scheduled = schedule["row"].to_numpy(np.int64)[rows] if len(schedule) else none
    log_row = log["row"].to_numpy(np.int64)[position] if len(log) else none
    category = np.where(entry >= 0, work.entries.category[held_entry], -1) if len(work.entries) else none - 1
    provider = _providers(work, occurrence, rows, entry, held_entry)
    start = _starts(work, occurrence, entry, held_entry)
    return pd.DataFrame(
        {
            "line": work.lines.line[pieces.strand[every]],
            "period": pieces.span[every],
            "date": work.calendar.dates(pieces.day[every]),
            "start": start,
            "minutes": minutes,
            "account": names[account],
            "schedule_row": np.where(occurrence >= 0, scheduled, 0),
            "log_rows": _log_rows(work, occurrence, entry, log_row),
            "category": category,
            "reason": _reasons(work, entry, position),
            "provider": provider,
            "makeup_of": np.full(len(every), "NaT", dtype="datetime64[s]"),
            "note": _notes(work, occurrence, entry),
        }
    )


def _starts(work: Count, occurrence: Ints, entry: Ints, held_entry: Ints) -> Ints:
    out = np.full(len(occurrence), -1, dtype=np.int64)
    if len(work.entries):
        out = np.where(entry >= 0, work.entries.start[held_entry], out)
    if len(work.occurrences):
        planned = work.occurrences.start[np.maximum(occurrence, 0)]
        out = np.where((occurrence >= 0), planned, out)
    return out


def _providers(work: Count, occurrence: Ints, rows: Ints, entry: Ints, held_entry: Ints) -> list[str]:
    number = np.full(len(occurrence), -1, dtype=np.int64)
    if len(work.rows):
        number = np.where(occurrence >= 0, work.rows.provider[rows], number)
    if len(work.entries):
        given = work.entries.provider[held_entry]
        number = np.where((entry >= 0) & (given >= 0), given, number)
    names = [*work.index.providers, ""]
    return [names[i] for i in number.tolist()]


def _log_rows(work: Count, occurrence: Ints, entry: Ints, log_row: Ints) -> pd.Series:
    more, agreed = work.matched.more, agreeing(work)
    out: list[tuple[int, ...]] = []
    for o, e, row in zip(occurrence.tolist(), entry.tolist(), log_row.tolist(), strict=True):
        own: tuple[int, ...] = (row,) if e >= 0 else ()
        if o in more:
            own += tuple(int(work.log_rows[work.entries.log[other]]) for other in more[o])
        elif o < 0 and e in agreed:
            own += tuple(int(work.log_rows[work.entries.log[other]]) for other in agreed[e])
        out.append(own)
    return pd.Series(out, dtype="object")


def _reasons(work: Count, entry: Ints, position: Ints) -> list[str]:
    if not len(work.tables.log):
        return [""] * len(entry)
    column = work.tables.log["reason"]
    texts = [*(str(text) for text in column.cat.categories), ""]
    codes = np.where(entry >= 0, column.cat.codes.to_numpy()[position], -1)
    return [texts[code] for code in codes.tolist()]


def _notes(work: Count, occurrence: Ints, entry: Ints) -> list[str]:
    if not len(occurrence):
        return []
    agreed = np.isin(entry, sorted(agreeing(work))) & (entry >= 0)
    if not len(work.occurrences):
        return [_and_agreed(OFF) if one else OFF for one in agreed.tolist()]
    held = np.maximum(occurrence, 0)
    off = occurrence < 0
    absent = ~off & (entry < 0) & work.absent[held]
    short = ~off & (entry < 0) & work.occurrences.short_day[held]
    closed = ~off & work.occurrences.on_closed_day[held]
    texts = ("", OFF, "absent by the Attendance tab", "a shortened day", "a closed day")
    which = np.select([off, absent, short, closed], [1, 2, 3, 4], 0)
    notes = [texts[i] for i in which.tolist()]
    return [_and_agreed(note) if one else note for note, one in zip(notes, agreed.tolist(), strict=True)]


def shut_frame(work: Count) -> pd.DataFrame:
    """Return Ledger.shut: the sessions that were not asked for."""
    shut, spans, lines, calendar = work.shut, work.spans, work.lines, work.calendar
    strand = spans.strand[shut.span]
    why = []
    for s, day, row in zip(strand.tolist(), shut.day.tolist(), shut.row.tolist(), strict=True):
        if day < lines.start[s]:
            early = lines.own_start[s] < lines.start[s]
            why.append("before the reporting window" if early else "before the line starts")
        elif day > lines.end[s]:
            why.append("after the line ends")
        elif (calendar.esy_open if lines.esy[s] else calendar.open)[day]:
            why.append("a shortened day" if work.rows.cycle_days[row] == 0 else "a day that the cycle lacks")
        else:
            why.append(calendar.why_closed(day))
    return pd.DataFrame(
        {
            "line": lines.line[strand],
            "period": shut.span,
            "date": calendar.dates(shut.day),
            "minutes": work.rows.minutes[shut.row],
            "why": pd.Series(why, dtype="object"),
        }
    )
