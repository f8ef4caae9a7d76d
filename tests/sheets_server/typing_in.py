"""What Google makes of a text that a person types into a cell (valueInputOption USER_ENTERED)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from tests.sheets_server.model import Json
from tests.sheets_server.number_formats import separators
from tests.sheets_server.typed_dates import read_moment

ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}
Read = tuple[Json, Json | None]
"""An ExtendedValue and the NumberFormat that Google gives the cell with it."""
_CURRENCIES = "$€£¥₹₪₩"


def read_typed(text: str, locale: str, today: Callable[[], date]) -> Read:
    """Return what a typed text is; `today` is asked only where the year of a date is missing."""
    if text.startswith("'"):
        return {"stringValue": text[1:]}, None
    if text.startswith("=") and len(text) > 1:
        return {"formulaValue": text}, None
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return {"boolValue": bare.upper() == "TRUE"}, None
    if bare.upper() in ERRORS:
        return {"errorValue": {"type": ERRORS[bare.upper()]}}, None
    number = read_number(bare, locale)
    if number is not None:
        return {"numberValue": number[0]}, number[1]
    moment = read_moment(bare, locale, today)
    if moment is not None:
        return {"numberValue": moment[0]}, moment[1]
    if re.match(r"\+[\w(]", bare):
        return {"formulaValue": "=" + bare}, None
    return {"stringValue": text}, None


@lru_cache(maxsize=16)
def _number_pattern(locale: str) -> re.Pattern[str]:
    point, group = (re.escape(sign) for sign in separators(locale))
    return re.compile(
        rf"""
        (?P<open>\()? (?P<sign>[+-])? \s* (?P<before>[{_CURRENCIES}])? \s* (?P<sign2>-)?
        (?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d*) (?:(?P<point>{point})(?P<part>\d*))?
        (?:[eE](?P<power>[+-]?\d{{1,3}}))?
        \s* (?P<percent>%)? (?P<after>[{_CURRENCIES}])? (?P<close>\))?
        """,
        re.VERBOSE | re.ASCII,
    )


def read_number(text: str, locale: str = "en_US") -> tuple[float, Json | None] | None:
    """Return the number that a text is, and the number format that its form asks for; None: no number."""
    match = _number_pattern(locale).fullmatch(text)
    if match is None or not (match["whole"] or match["part"]) or bool(match["open"]) != bool(match["close"]):
        return None
    if match["before"] and match["after"]:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    part = match["part"] or ""
    number = float(f"{whole or '0'}.{part or '0'}e{match['power'] or 0}")
    if number == float("inf"):
        return None
    if match["percent"]:
        number = float(f"{whole or '0'}.{part or '0'}e{int(match['power'] or 0) - 2}")
    minuses = [match["open"], match["sign"] == "-", match["sign2"]]
    if sum(bool(minus) for minus in minuses) > 1:
        return None
    return (-number if any(minuses) else number), _number_format(match, whole != match["whole"], part)


def _number_format(match: re.Match[str], grouped: bool, part: str) -> Json | None:
    currency = match["before"] or match["after"]
    if match["percent"]:
        return {"type": "PERCENT", "pattern": "0.00%" if part else "0%"}
    if currency:
        digits = "#,##0.00" if part else "#,##0"
        sign = f'"{currency}"' if currency == "$" else f"[${currency}]"
        return {"type": "CURRENCY", "pattern": sign + digits if match["before"] else digits + sign}
    if match["power"]:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if grouped:
        return {"type": "NUMBER", "pattern": "#,##0.00" if part else "#,##0"}
    return None
