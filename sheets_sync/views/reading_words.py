"""How what stands in a cell was read, in words: taken from the record that is counted, never read anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.findings.words import clock, clock_span, frequency_words, period_name, weekday_words
from sheets_sync.views.wording import to_day

Record = Mapping[Any, Any]
"""A row of one of the tables of tables.py."""
Words = Callable[[Record], str]


def cell_words(tab: str, column: str, records: Sequence[Record], filled: Collection[str]) -> str | None:
    """Return how a column's cell was read, of the records that came of its row; `filled` are the columns in
    which something stands there. "" where nothing was read; None where the text counts as it is typed."""
    words = _WORDS.get(tab, {}).get(column)
    if words is None:
        return None
    if (tab, column) == ("Schedule", "Days") and "Start" not in filled:
        words = _session
    said = [_joined(map(words, records))]
    if (tab, column) == ("Service Log", "Status"):
        said += [_joined(map(_minutes, records))] if "Minutes" not in filled else []
        said += [_joined(map(_made_up, records))] if "Make-up for" not in filled else []
    return ", ".join(text for text in said if text)


def record_words(tab: str, records: Sequence[Record]) -> str:
    """Return all that a cell of a grid says: "Ana R., Speech therapy: Mon 9:00-9:30, Kim Lee"."""
    if not records:
        return ""
    who = [_joined(map(_text("student"), records)), _joined(map(_text("service"), records))]
    what = [_joined(map(words, records)) for words in _OF_A_RECORD.get(tab, ())]
    head, tail = (", ".join(part for part in parts if part) for parts in (who, what))
    return f"{head}: {tail}" if head and tail else head or tail


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _text(key: str) -> Words:
    return lambda record: "" if record[key] != record[key] or record[key] is None else str(record[key])


def _day(key: str) -> Words:
    def words(record: Record) -> str:
        day = to_day(record[key])
        return f"{weekday_words(day)}, {day.year}" if day else ""

    return words


def _clock(key: str) -> Words:
    return lambda record: clock(int(record[key]))


def _minutes(record: Record) -> str:
    return f"{int(record['minutes'])} min" if record["minutes"] >= 0 else ""


def _time(record: Record) -> str:
    return clock_span(int(record["start"]), int(record["minutes"])) or _minutes(record)


def _end(record: Record) -> str:
    return clock_span(int(record["start"]), int(record["minutes"])).rpartition("-")[2]


def _frequency(record: Record) -> str:
    keys = ("sessions", "minutes", "total", "period", "n")
    return frequency_words(*(record[key] for key in keys))


def _sessions(record: Record) -> str:
    return str(record["sessions"]) if record["sessions"] else ""


def _line_minutes(record: Record) -> str:
    if record["minutes"]:
        return f"{record['minutes']} min"
    return f"{record['total']} min in all" if record["total"] else ""


def _per(record: Record) -> str:
    return period_name(record["period"], record["n"])


def _span(record: Record) -> str:
    first, last = _day("date")(record), _day("to")(record)
    return f"{first} to {last}" if last and last != first else first


def _status(record: Record) -> str:
    category = Category(int(record["category"]))
    return "" if category is Category.UNKNOWN else CATEGORY_WORDS[category]


def _what_happened(record: Record) -> str:
    return _status(record) or "what happened is not read"


def _made_up(record: Record) -> str:
    day = _day("makeup_for")(record)
    return f"for {day}" if day else ""


def _session(record: Record) -> str:
    return f"{record['days_text']} {_time(record)}".strip()


def _yes_or_no(record: Record) -> str:
    return "yes" if record["esy"] else "no"


_WHO: Mapping[str, Words] = {
    "Student": _text("student"),
    "Service": _text("service"),
    "Provider": _text("provider"),
    "Group": _text("group"),
}
_WORDS: Mapping[str, Mapping[str, Words]] = {
    "Caseload": {"Student": _text("student"), "Exit date": _day("exit")},
    "Service Grid": {
        **_WHO,
        "Frequency": _frequency,
        "Sessions": _sessions,
        "Minutes": _line_minutes,
        "Per": _per,
        "Start date": _day("start"),
        "End date": _day("end"),
        "ESY": _yes_or_no,
    },
    "Schedule": {
        **_WHO,
        "Days": _text("days_text"),
        "Date": _day("from"),  # of a plan book: a session of that day alone
        "Start": _clock("start"),
        "End": _end,
        "Minutes": _minutes,
        "From": _day("from"),
        "To": _day("to"),
    },
    "Service Log": {
        **_WHO,
        "Date": _span,
        "Start": _clock("start"),
        "Minutes": _minutes,
        "Status": _status,
        "Make-up for": _day("makeup_for"),
    },
    "Calendar": {"Date": _day("date"), "To": _day("to"), "Kind": _text("kind"), "Time": _clock("time")},
    "Attendance": {
        "Date": _day("date"),
        "Student": _text("student"),
        "Attendance": _text("kind"),
        "Time": _clock("time"),
    },
    "Staff": {
        "Services": _text("services"),
        "Away from": _day("away_from"),
        "Away to": _day("away_to"),
    },
}
_OF_A_RECORD: Mapping[str, tuple[Words, ...]] = {
    "Service Grid": (_frequency, _text("group"), _text("provider")),
    "Schedule": (_session, _text("group"), _text("provider")),
    "Service Log": (_span, _what_happened, _minutes, _made_up),
    "Attendance": (_day("date"), _text("kind"), _clock("time")),
}
