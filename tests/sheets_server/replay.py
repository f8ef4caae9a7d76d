"""The share of recorded exchanges that the test server answers as Google did, per kind of request.

    python -m tests.sheets_server.replay [FOLDER]

Each recording is replayed in order over HTTP against a server of its own; status and JSON must be Google's,
ids and times paired. What stood before a recording began is made first: the spreadsheets that Drive lists and
that the recording did not create; and where Google refused one with 403, one that belongs to somebody else.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import requests

from tests.sheets_server import new_books
from tests.sheets_server.model import Json
from tests.sheets_server.recordings import Difference, Pairs, Recorded, differences, recordings
from tests.sheets_server.server import SheetsServer

FOLDER = Path(__file__).parents[1] / "data" / "recorded"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
_ID = re.compile(r"/(?:spreadsheets|files)/([A-Za-z0-9_-]{20,})")


@dataclass(frozen=True)
class Replayed:
    """One exchange, and where our answer to it is not Google's."""

    recorded: Recorded
    differences: list[Difference]

    @property
    def of_sheets(self) -> bool:
        return "sheets.googleapis.com" in self.recorded.uri


@dataclass
class Share:
    """How many exchanges of a kind there are, and those that were answered otherwise."""

    asked: int = 0
    otherwise: list[Replayed] = field(default_factory=list)

    @property
    def alike(self) -> int:
        return self.asked - len(self.otherwise)


def replayed(folder: Path = FOLDER) -> Iterator[Replayed]:
    """Replay every recording of a folder."""
    for recording in recordings(folder):
        yield from _one(recording)


def shares(found: list[Replayed]) -> dict[str, Share]:
    """Return the share of each kind of request, the most frequent first."""
    kinds: dict[str, Share] = defaultdict(Share)
    for one in found:
        share = kinds[one.recorded.kind]
        share.asked += 1
        if one.differences:
            share.otherwise.append(one)
    return dict(sorted(kinds.items(), key=lambda pair: (-pair[1].asked, pair[0])))


def _one(recording: list[Recorded]) -> Iterator[Replayed]:
    pairs = Pairs()
    with SheetsServer() as server, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {server.tokens.give(server.account, SCOPES)}"
        _stood_before(server, recording, pairs)
        for recorded in recording:
            path = recorded.uri.partition(".com")[2]
            answer = session.request(
                recorded.method,
                server.url + pairs.to_ours(path),
                data=pairs.to_ours(recorded.sent).encode() or None,
                headers={"Content-Type": "application/json"} if recorded.sent else {},
            )
            yield Replayed(recorded, differences(recorded, answer.status_code, answer.text, pairs))


def _stood_before(server: SheetsServer, recording: list[Recorded], pairs: Pairs) -> None:
    """Make the spreadsheets that the recording knows and did not create."""
    created = {one["id"] for one in map(_reply, recording) if one.get("kind") == "drive#file"}
    for recorded in recording:
        found = _ID.search(recorded.uri)
        if found and recorded.status == 403 and found[1] not in created:
            server.keep_new(new_books.blank(server.new_id(), "Somebody else's"), "somebody@elsewhere.example")
            pairs.pair(found[1], list(server.books)[-1])
        for file in _reply(recorded).get("files", []):
            if file["id"] not in {*created, *pairs.ours}:
                book = new_books.blank(server.new_id(), file["name"])
                server.keep_new(book, server.account)
                times = {"created": file["createdTime"], "modified": file["modifiedTime"]}
                server.books[book.id] = replace(server.book(book.id), **times)
                pairs.pair(file["id"], book.id)


def _reply(recorded: Recorded) -> Json:
    try:
        reply = json.loads(recorded.answer)
    except ValueError:
        return {}
    return reply if isinstance(reply, dict) else {}


def main(words: list[str] | None = None) -> int:
    """Print the share; return 0 where all are answered as Google did."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.sheets_server.replay",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, metavar="FOLDER", help="recordings (vcrpy, JSON)"
    )
    parser.add_argument("--differences", action="store_true", help="show where each answer is not Google's")
    chosen = parser.parse_args(words)
    found = list(replayed(chosen.folder))
    if not found:
        parser.error(f"{chosen.folder} has no recordings")
    print(f"{'as Google':>10} {'of':>5}  kind of request")
    for kind, share in shares(found).items():
        print(f"{share.alike:>10} {share.asked:>5}  {kind}")
        for one in share.otherwise if chosen.differences else ():
            print(f"{'':17} {one.recorded.file} {one.recorded.number}")
            for difference in one.differences[:5]:
                print(f"{'':19} {difference.path}: {difference.theirs!r:.200} / {difference.ours!r:.200}")
    for name, part in (
        ("Sheets", [one for one in found if one.of_sheets]),
        ("Drive", [one for one in found if not one.of_sheets]),
        ("all", found),
    ):
        alike = sum(not one.differences for one in part)
        print(f"{alike:>10} {len(part):>5}  {name} ({alike / (len(part) or 1):.1%})")
    return 0 if all(not one.differences for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
