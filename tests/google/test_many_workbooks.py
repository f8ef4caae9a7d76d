"""Many workbooks one after another, as a technician runs them: Google never has to say 429, and the night is
no longer than the quota makes it. The quota is the server's. There is one clock for both: it is turned where
the program waits, and by 150 ms for each request; the work itself takes no time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sheets_sync.edges.google.machine import Machine
from tests.google.school import Ran, Waits, command, rows_of_a_school
from tests.sheets_server.accounts import ACCOUNT, STRANGER
from tests.sheets_server.quota import Quota
from tests.sheets_server.server import SheetsServer

A_MINUTE = 60
"""Reads that one user may ask for in a minute, and writes."""

SECONDS_A_REQUEST = 0.15
SHAPES = [
    # accounts, seconds by which Google's minutes begin before ours
    (1, 0),
    (1, 37),
    (2, 23),
]


class QuickServer(SheetsServer):
    """Its clock is turned where another's answer takes time."""

    def wait(self, seconds: float) -> bool:
        self.clock.turn(seconds)
        return self.stopped.is_set()


class OneClock(Waits):
    """The server's clock is the program's too."""

    def machine(self) -> Machine:
        return replace(super().machine(), now=self.server.clock.now)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with QuickServer() as server:
        server.delay = SECONDS_A_REQUEST
        yield server
    assert server.crashes == []


def test_62_workbooks_wait_once(server: SheetsServer, tmp_path: Path) -> None:
    ran = night(server, tmp_path, workbooks=62, accounts=1, ahead=0)
    assert ran.slept > 0
    assert as_quick_as_allowed(ran, server, 62, accounts=1)


@pytest.mark.slow
@pytest.mark.parametrize(("accounts", "ahead"), SHAPES)
def test_300_workbooks(server: SheetsServer, tmp_path: Path, accounts: int, ahead: int) -> None:
    ran = night(server, tmp_path, workbooks=300, accounts=accounts, ahead=ahead)
    assert as_quick_as_allowed(ran, server, 300, accounts)


def test_a_smaller_quota_than_the_pace_knows_of_is_told_and_waited_for(
    server: SheetsServer, tmp_path: Path
) -> None:
    """The server's quota has teeth: whoever asks for more is told, waits, and asks again."""
    ran = night(server, tmp_path, workbooks=3, accounts=1, ahead=0, quota=Quota(user_reads=2))
    assert ran.code == 0
    assert 429 in {one.status for one in server.requests}


def night(
    server: SheetsServer,
    folder: Path,
    *,
    workbooks: int,
    accounts: int,
    ahead: int,
    quota: Quota | None = None,
) -> Ran:
    """Run them all in one process, the accounts in turn; every workbook is new."""
    server.quota = quota or Quota()
    server.clock.turn(ahead)
    users = (ACCOUNT, STRANGER)[:accounts]
    keys = [server.key_file(folder, user) for user in users]
    lines = [
        'timezone = "America/New_York"',
        f'[mail]\nfolder = "{folder / "mails"}"',
        f'[google]\nendpoint = "{server.url}"',
    ]
    for number in range(workbooks):
        book = server.create(f"School {number}", rows_of_a_school())
        server.share(book.id, users[number % accounts], "writer")
        address = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
        lines.append(f'[[workbooks]]\nworkbook = "{address}"\nstate = "{folder / f"{number}.sqlite"}"')
        lines.append(f'[workbooks.google]\ncredentials = "{keys[number % accounts]}"')
    config = folder / "sheets-sync.toml"
    config.write_text("\n".join(lines))
    return command(OneClock(server), "sync", "--quiet", "--config", str(config))


def as_quick_as_allowed(ran: Ran, server: SheetsServer, workbooks: int, accounts: int) -> bool:
    """All is done in three requests each, none refused, within 5% of the time that the quota allows: as many
    whole minutes as it takes, and the requests of those that come after the last of them."""
    assert (ran.code, ran.err) == (0, "")
    kinds = [one.kind for one in server.requests]
    assert [kinds.count(kind) for kind in ("read", "write", "token")] == [workbooks] * 3
    assert {one.status for one in server.requests} == {200}
    assert all("Compliance" in {sheet.title for sheet in book.sheets} for book in server.books.values())
    minutes, rest = divmod(workbooks - 1, A_MINUTE * accounts)
    allowed = 60 * minutes + 3 * SECONDS_A_REQUEST * (rest + 1)
    assert ran.slept + 3 * SECONDS_A_REQUEST * workbooks <= 1.05 * allowed
    return True
