"""Recorded exchanges between gspread and Google (tests/data/recorded), and how answers are compared.

What the server chooses (ids, times) differs from run to run: it is paired, one of theirs with one of ours,
and has to stay the same pair for the rest of the recording.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

_CHOSEN = {
    "spreadsheetId",
    "id",
    "sheetId",
    "namedRangeId",
    "protectedRangeId",
    "filterViewId",
    "bandedRangeId",
    "metadataId",
    "chartId",
    "slicerId",
}
_TIMES = {"createdTime", "modifiedTime", "modifiedByMeTime", "viewedByMeTime"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_PAUSE = 300
"""Seconds without a request after which a new recording begins."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange: `uri` is whole, bodies are text ("" where there is none)."""

    file: str
    number: int
    method: str
    uri: str
    sent: str
    status: int
    answer: str

    @property
    def kind(self) -> str:
        """Return what was asked, by its name in Google's documentation."""
        path = self.uri.partition("?")[0].partition(".com")[2]
        path = re.sub(r"/(spreadsheets|files)/[^/:]+", r"/\1/ID", path)
        path = re.sub(r"/values/[^:]+", "/values/RANGE", path)
        if path.endswith("ID:batchUpdate"):
            first = json.loads(self.sent)["requests"][0]
            return f"batchUpdate {next(iter(first))}"
        return f"{self.method} {path}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an answer is not Google's: `path` in its JSON."""

    path: str
    theirs: Any
    ours: Any


@dataclass
class Pairs:
    """What they chose and what we chose for it. Values are kept as text."""

    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    def pair(self, theirs: str, ours: str) -> bool:
        """Enter a pair; False if either is already another's."""
        return self.ours.setdefault(theirs, ours) == ours and self.theirs.setdefault(ours, theirs) == theirs

    def to_ours(self, text: str) -> str:
        """Return a request's text with our ids in place of theirs."""
        return re.sub(r"[A-Za-z0-9_-]+", lambda found: self.ours.get(found[0], found[0]), text)


def recordings(folder: Path) -> Iterator[list[Recorded]]:
    """Give each recording of a folder; a file may hold several, one after the other."""
    for path in sorted(folder.glob("*.json")):
        found: list[Recorded] = []
        last = None
        for number, one in enumerate(json.loads(path.read_text())["interactions"], 1):
            headers = {name.lower(): values for name, values in one["response"]["headers"].items()}
            at = parsedate_to_datetime(headers["date"][0])
            if found and last is not None and abs((at - last).total_seconds()) > _PAUSE:
                yield found
                found = []
            last = at
            found.append(_recorded(path.stem, number, one))
        if found:
            yield found


def _recorded(file: str, number: int, one: dict[str, Any]) -> Recorded:
    request, response = one["request"], one["response"]
    sent = request["body"] or ""
    answer = response["body"].get("string") or ""
    return Recorded(
        file,
        number,
        request["method"],
        request["uri"],
        sent if isinstance(sent, str) else sent.decode(),
        response["status"]["code"],
        answer,
    )


def differences(recorded: Recorded, status: int, answer: str, pairs: Pairs) -> list[Difference]:
    """Return all in which our answer is not theirs, ids and times apart; enter the pairs found."""
    found = [] if status == recorded.status else [Difference("status", recorded.status, status)]
    try:
        theirs, ours = json.loads(recorded.answer), json.loads(answer)
    except ValueError:
        return found if recorded.answer == answer else [*found, Difference("body", recorded.answer, answer)]
    return found + list(_compared("", theirs, ours, pairs))


def _compared(path: str, theirs: Any, ours: Any, pairs: Pairs) -> Iterator[Difference]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in dict.fromkeys([*theirs, *ours]):
            where = f"{path}.{key}".strip(".")
            if key not in theirs or key not in ours:
                yield Difference(where, theirs.get(key), ours.get(key))
            else:
                yield from _compared(where, theirs[key], ours[key], pairs)
    elif isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            yield Difference(f"{path} (length)", theirs, ours)
        for index, (one, other) in enumerate(zip(theirs, ours, strict=False)):
            yield from _compared(f"{path}[{index}]", one, other, pairs)
    elif not _same(path.rpartition(".")[2], theirs, ours, pairs):
        yield Difference(path, theirs, ours)


def _same(key: str, theirs: Any, ours: Any, pairs: Pairs) -> bool:
    if key in _CHOSEN:
        return type(theirs) is type(ours) and pairs.pair(str(theirs), str(ours))
    if key in _TIMES:
        return all(isinstance(each, str) and _TIME.fullmatch(each) for each in (theirs, ours))
    if isinstance(theirs, str):
        return isinstance(ours, str) and pairs.to_ours(theirs) == ours
    return isinstance(theirs, bool) == isinstance(ours, bool) and bool(theirs == ours)
