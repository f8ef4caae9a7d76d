"""What the value of a configuration key may be: each check returns the value, or says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sheets_sync.findings.addresses import is_address
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import WrongUse

Check = Callable[[object], object]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DOMAIN = lazy_regex(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
SECONDS = {"s": 1, "m": 60, "h": 3600}


class Wrong(ValueError):
    """The value cannot be taken; the message continues the key's name ("is not a whole number")."""


def shown(value: object) -> str:
    """Return a value as it stands in the file, as far as one line of a terminal goes."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(word: str, known: Sequence[str]) -> str:
    """Return '; did you mean "x"?' for the nearest known word, "" if none is near."""
    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(word.strip().lower(), by_lower, n=1, cutoff=0.6)
    return f'; did you mean "{by_lower[near[0]]}"?' if near else ""


def text(value: object) -> str:
    """A text in one line; it may be empty."""
    if not isinstance(value, str):
        raise Wrong(f'is {shown(value)}, which is no text; write it in quotes: "..."')
    if any(ord(letter) < 32 for letter in value):
        raise Wrong("holds a line break or another control character")
    return value.strip()


def filled(value: object) -> str:
    """A text that says something."""
    given = text(value)
    if not given:
        raise Wrong("is empty; fill it in, or put # before the line")
    return given


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"is {shown(value)}; write true or false, without quotes")
    return value


def whole(least: int, most: int) -> Check:
    """A whole number between two bounds, both inclusive."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(f"is {shown(value)}; write a whole number from {least} to {most}, without quotes")
        if not least <= value <= most:
            raise Wrong(f"is {value}; write a whole number from {least} to {most}")
        return value

    return check


def choice(*words: str) -> Check:
    """One of a few words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            told = ", ".join(f'"{word}"' for word in words)
            near = nearest(value, words) if isinstance(value, str) else ""
            raise Wrong(f"is {shown(value)}; it can be one of {told}{near}")
        return value

    return check


def workbook(value: object) -> str:
    """A file, or an address of a Google workbook, which comes out in its one form."""
    from sheets_sync.wiring import one_form

    try:
        return one_form(filled(value))
    except WrongUse as wrong:
        raise Wrong(f"{wrong.what} {wrong.remedy}") from None


def path(value: object) -> Path:
    return Path(filled(value)).expanduser()


def files(value: object) -> tuple[Path, ...]:
    """A list of files."""
    return tuple(path(one) for one in _list(value, 'a list of files: ["policies/our-district.toml"]'))


def credentials_file(value: object) -> Path:
    """A file that holds a secret: its name, never what is in it."""
    if isinstance(value, str) and ("{" in value or "-----BEGIN" in value):
        raise Wrong(
            "holds the key itself; save the key as a file that only you can read, and name the file here"
        )
    return path(value)


def environment_name(value: object) -> str:
    given = filled(value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", given):
        raise Wrong(
            "is no name of an environment variable (letters, digits and _); never write a password here"
        )
    return given


def host(value: object) -> str:
    given = text(value)
    if given and not re.fullmatch(r"[A-Za-z0-9.-]+|\[?[0-9A-Fa-f:]+\]?", given):
        raise Wrong(f'is {shown(value)}; write the name of the mail server alone, such as "smtp.example.org"')
    return given.strip("[]")


def mail_address(value: object) -> str:
    given = text(value)
    domain = given.rpartition("@")[2]
    if given and not (is_address(given) and DOMAIN.fullmatch(domain)):
        raise Wrong(f'is {shown(value)}; write one mail address, such as "office@example.org"')
    return given


def sender(value: object) -> str:
    """A mail address, with or without a name before it: "IEP services <services@example.org>"."""
    given = text(value)
    named = re.fullmatch(r"[^<>\"@]*<([^<>]+)>", given)
    mail_address(named[1] if named else given)
    return given


def domains(value: object) -> tuple[str, ...]:
    """Mail domains, without the @."""
    return tuple(_domain(one) for one in _list(value, 'a list of domains: ["example.org"]'))


def _domain(value: object) -> str:
    given = filled(value).removeprefix("@").lower()
    if not DOMAIN.fullmatch(given):
        raise Wrong(f'names {shown(value)}; write a whole domain, such as "example.org"')
    return given


def texts(value: object) -> tuple[str, ...]:
    """A list of texts. What stands in it may name a student, so it is not repeated in messages."""
    entries = _list(value, 'a list of texts: ["...", "..."]', repeat=False)
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, str) or not entry.strip():
            raise Wrong(f'has no text as its entry {number}; write a list of texts: ["...", "..."]')
    return tuple(str(entry).strip() for entry in entries)


def _list(value: object, wanted: str, *, repeat: bool = True) -> list[object]:
    if not isinstance(value, list):
        raise Wrong(f"is {shown(value)}; write {wanted}" if repeat else f"is no list; write {wanted}")
    return value


def weekdays(value: object) -> tuple[int, ...]:
    """The days on which school meets, as a range "Mon-Fri" or a list; Monday is 0."""
    example = 'write a range such as "Mon-Fri" or a list such as ["Mon", "Tue", "Thu"]'
    if isinstance(value, str):
        first, dash, last = value.partition("-")
        start, end = _weekday(first), _weekday(last if dash else first)
        if start > end:
            raise Wrong(f"is {shown(value)}, which ends before it begins; {example}")
        return tuple(range(start, end + 1))
    if not isinstance(value, list) or not value:
        raise Wrong(f"is {shown(value)}; {example}")
    found = sorted(_weekday(day) for day in value)
    if len(set(found)) < len(found):
        raise Wrong(f"names a day twice; {example}")
    return tuple(found)


def _weekday(value: object) -> int:
    given = value.strip().lower() if isinstance(value, str) else ""
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(full):
        if len(given) >= 2 and name.startswith(given) and given != "t":
            return number
    raise Wrong(f"names {shown(value)}, which is no day of the week; write {', '.join(DAYS)}")


def day(value: object) -> date:
    """A date, with or without quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        found = value
    else:
        try:
            found = date.fromisoformat(filled(value))
        except (Wrong, ValueError):
            raise Wrong(f"is {shown(value)}; write a date as year-month-day, such as 2025-09-02") from None
    if not 1990 <= found.year <= 2100:
        raise Wrong(f"is {found}, which is no year of this program; write a date such as 2025-09-02")
    return found


def clock_time(value: object) -> time:
    given = value if isinstance(value, str) else ""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", given.strip())
    if found is None:
        raise Wrong(f'is {shown(value)}; write a time of the day in quotes, such as "05:00"')
    return time(int(found[1]), int(found[2]))


def duration(value: object) -> int:
    """A length of time ("90s", "20m", "36h"), in seconds."""
    found = re.fullmatch(r"(\d{1,6})\s*([smh])", value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) == 0:
        raise Wrong(f'is {shown(value)}; write a length of time in quotes, such as "20m" (s, m or h)')
    return int(found[1]) * SECONDS[found[2]]


def web_address(value: object) -> str:
    """An https address; plain http to this machine alone."""
    given = text(value)
    if given:
        _split(given)
    return given


def endpoint(value: object) -> str:
    """The https address of a server, without a path: "https://sheets.googleapis.com"."""
    given = filled(value)
    parts = _split(given)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise Wrong('has something behind the name of the server; write "https://" and that name alone')
    return given.rstrip("/")


def _split(address: str) -> SplitResult:
    """Take an address apart. Raises Wrong unless it is https, or plain http to this machine."""
    try:
        parts = urlsplit(address)
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        name, parts = "", urlsplit("")
    if parts.username or parts.password:
        raise Wrong("holds a user or a password; these never stand in the configuration")
    if parts.scheme == "http" and name and name not in LOOPBACK:
        raise Wrong('is plain http to another machine, which anybody between could read; write "https://"')
    if not name or parts.scheme not in ("http", "https"):
        raise Wrong('is no address that begins with "https://"')
    return parts


def timezone(value: object) -> str:
    """The name of a time zone, such as "America/New_York"."""
    from zoneinfo import ZoneInfo, available_timezones

    given = filled(value)
    try:
        ZoneInfo(given)
    except (OSError, ValueError, KeyError):
        near = nearest(given, sorted(available_timezones()))
        raise Wrong(f'is {shown(given)}, no time zone such as "America/New_York"{near}') from None
    return given


def sheet_name(value: object) -> str:
    """A name that a tab can have in Excel and Google Sheets."""
    given = filled(value)
    if len(given) > 31 or re.search(r"[\[\]:*?/\\]", given) or given.startswith("'") or given.endswith("'"):
        raise Wrong(f"is {shown(value)}; a tab's name has at most 31 characters, none of them [ ] : * ? / \\")
    return given


def known_word(value: object, words: Sequence[str], what: str, *, repeat: bool = True) -> str:
    """Return the canonical spelling of one of `words`; `what` says what they are ("tab").

    `repeat`: a value that is none of them may stand in the message.
    """
    given = filled(value)
    same: Mapping[str, str] = {word.lower(): word for word in words}
    if given.lower() not in same:
        stands = shown(given) if repeat else "what stands there"
        raise Wrong(f"{stands} is no {what}{nearest(given, words) or ': it can be ' + ', '.join(words)}")
    return same[given.lower()]
