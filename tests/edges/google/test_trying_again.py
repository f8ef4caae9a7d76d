"""What is tried again, after how long; and a write that may have been carried out, over real HTTP."""

from __future__ import annotations

import time
from email.utils import formatdate
from pathlib import Path

import pytest

from sheets_sync.edges.google.failures import Unclear
from sheets_sync.problems import RunFailed, SheetsSyncError
from tests.edges.google.talking import TITLE, a1, a_cell, a_row, client_of, first_id, kinds, rows
from tests.edges.google.turned import Turned
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
SERVICES = {"properties": {"title": "Services"}}


AGAIN = [408, 429, 500, 502, 503, 504]
NOT_AGAIN = [400, 403, 404, 409, 501]


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("status", AGAIN)
@pytest.mark.parametrize("kind", ["read", "token"])
def test_what_passes_is_tried_again(
    server: SheetsServer, tmp_path: Path, kind: str, status: int, html: bool
) -> None:
    turned = Turned()
    server.faults.next(Fault(status=status, html=html), kind, times=2)
    assert client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE) == SERVICES
    assert kinds(server, kind) == [(kind, status), (kind, status), (kind, 200)]
    assert turned.slept == ([4.0, 8.0] if status == 429 else [1.0, 2.0])


@pytest.mark.parametrize("status", NOT_AGAIN)
@pytest.mark.parametrize("kind", ["read", "token"])
def test_what_stays_is_not_tried_again(server: SheetsServer, tmp_path: Path, kind: str, status: int) -> None:
    turned = Turned()
    server.faults.always(Fault(status=status), kind)
    with pytest.raises(SheetsSyncError):
        client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE)
    assert kinds(server, kind) == [(kind, status)]
    assert turned.slept == []


@pytest.mark.parametrize("status", AGAIN)
def test_after_six_tries_it_is_said(server: SheetsServer, tmp_path: Path, status: int) -> None:
    turned = Turned(chance=1.0)
    server.faults.always(Fault(status=status), "read")
    client = client_of(server, tmp_path, turned)
    with pytest.raises(RunFailed, match=r"\(6 tries\), while reading the workbook"):
        client.spreadsheets_get(server.create().id, TITLE)
    assert client.calls["read"] == 6
    assert turned.slept == ([8, 16, 32, 64, 128] if status == 429 else [2, 4, 8, 16, 32])


@pytest.mark.parametrize("kind", ["read", "token"])
def test_a_connection_that_breaks_is_made_again(server: SheetsServer, tmp_path: Path, kind: str) -> None:
    turned = Turned()
    for fault in (Fault(reset="before"), Fault(reset="after"), Fault(cut=5), Fault(body="{", status=200)):
        server.faults.next(fault, kind)
    assert client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE) == SERVICES
    assert turned.slept == [1.0, 2.0, 4.0, 8.0]


def test_an_error_of_the_token_endpoint_that_says_it_passes_is_tried_again(
    server: SheetsServer, tmp_path: Path
) -> None:
    turned = Turned()
    server.faults.next(Fault(status=400, body={"error": "internal_failure"}), "token", times=5)
    assert client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE) == SERVICES
    assert len(kinds(server, "token")) == 6


def test_a_server_that_is_not_there_is_tried_six_times(tmp_path: Path) -> None:
    turned = Turned()
    with SheetsServer() as server:
        client = client_of(server, tmp_path, turned)
    with pytest.raises(RunFailed) as raised:
        client.spreadsheets_get("x", TITLE)
    assert raised.value.what == "No connection to 127.0.0.1 came about while getting a token (6 tries)."
    assert len(turned.slept) == 5
    assert client.calls == {"read": 0, "write": 0}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("seconds", [0, 30, 299])
def test_what_the_answer_asks_to_wait_is_waited(
    server: SheetsServer, tmp_path: Path, seconds: int, status: int
) -> None:
    turned = Turned()
    server.faults.next(Fault(status=status, headers={"Retry-After": str(seconds)}), "read")
    client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE)
    assert turned.slept == [seconds + 0.5]


def test_a_date_until_which_to_wait_counts_from_the_time_there(server: SheetsServer, tmp_path: Path) -> None:
    """The machine's clock is years off here."""
    turned = Turned(wall=1_000_000_000.0)
    until = formatdate(time.time() + 120, usegmt=True)
    server.faults.next(Fault(status=503, headers={"Retry-After": until}), "read")
    client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE)
    assert turned.slept == [pytest.approx(120, abs=2)]


def test_who_asks_for_more_than_five_minutes_is_told_of_at_once(server: SheetsServer, tmp_path: Path) -> None:
    turned = Turned()
    server.faults.always(Fault(status=429, headers={"Retry-After": "900"}), "read")
    with pytest.raises(RunFailed) as raised:
        client_of(server, tmp_path, turned).spreadsheets_get(server.create().id, TITLE)
    assert raised.value.remedy.startswith("Wait 15 minutes and run again.")
    assert turned.slept == []


def test_a_wait_that_ends_after_the_deadline_is_not_begun(server: SheetsServer, tmp_path: Path) -> None:
    turned = Turned()
    server.faults.always(Fault(status=429, headers={"Retry-After": "60"}), "read")
    with pytest.raises(RunFailed, match="quota for requests is used up"):
        client_of(server, tmp_path, turned, deadline=100).spreadsheets_get(server.create().id, TITLE)
    assert turned.slept == [60.5]


A_PAGE = Fault(html=True, status=200)
OPEN = {
    "500 after": Fault(status=500, applied=True),
    "500 before": Fault(status=500),
    "a page after": Fault(status=502, html=True, applied=True),
    "408": Fault(status=408),
    "a reset after": Fault(reset="after"),
    "a reset before": Fault(reset="before"),
    "a cut body": Fault(cut=4),
    "no JSON": Fault(body="{", status=200, applied=True),
    "a page in its place": A_PAGE,
}


@pytest.mark.parametrize("fault", OPEN.values(), ids=OPEN)
def test_a_write_that_must_not_be_repeated_is_not(server: SheetsServer, tmp_path: Path, fault: Fault) -> None:
    book = server.create()
    before = rows(server, book.id)
    server.faults.next(fault, "write")
    client = client_of(server, tmp_path, Turned())
    with pytest.raises(Unclear) as raised:
        client.batch_update(book.id, a_row(first_id(server, book.id)), repeat=False)
    assert client.calls["write"] == 1
    assert rows(server, book.id) - before == (1 if fault.carried_out else 0)
    assert "whether they were written is not known" in raised.value.what


@pytest.mark.parametrize("fault", [fault for fault in OPEN.values() if fault is not A_PAGE])
def test_a_write_that_may_be_repeated_is(server: SheetsServer, tmp_path: Path, fault: Fault) -> None:
    book = server.create()
    server.faults.next(fault, "write")
    client = client_of(server, tmp_path, Turned())
    client.batch_update(book.id, a_cell("x", first_id(server, book.id)), repeat=True)
    assert client.calls["write"] == 2
    assert a1(server, book.id) == {"stringValue": "x"}


def test_what_was_certainly_not_done_is_asked_again_even_so(server: SheetsServer, tmp_path: Path) -> None:
    """429 says that nothing was done; where no token came, nothing was asked."""
    book = server.create()
    before = rows(server, book.id)
    server.faults.next(Fault(status=429), "write")
    server.faults.next(Fault(reset="after"), "token")
    client = client_of(server, tmp_path, Turned())
    client.batch_update(book.id, a_row(first_id(server, book.id)), repeat=False)
    assert rows(server, book.id) == before + 1


def test_a_write_that_never_left_is_not_unclear(tmp_path: Path) -> None:
    with SheetsServer() as server:
        client = client_of(server, tmp_path, Turned())
        book = server.create()
        client.spreadsheets_get(book.id, TITLE)
        client.session.close()
    with pytest.raises(RunFailed, match=r"No connection to 127\.0\.0\.1 came about while writing") as raised:
        client.batch_update(book.id, a_row(0), repeat=False)
    assert not isinstance(raised.value, Unclear)
    assert client.calls == {"read": 1, "write": 0}
