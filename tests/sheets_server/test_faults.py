"""What can go wrong between a program and Google, as a program sees it."""

from __future__ import annotations

import threading
import time

import pytest
import requests

from tests.sheets_server.asking import ask, bearer, cell, got, update
from tests.sheets_server.faults import Fault
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.create(sheets={"Notes": [["before"]]})


def note(server: SheetsServer, book: Spreadsheet) -> str:
    return str(server.book(book.id).sheets[0].cells[0, 0]["userEnteredValue"]["stringValue"])


def read(
    server: SheetsServer, book: Spreadsheet, timeout: float | tuple[float, float] = 5
) -> requests.Response:
    return requests.get(f"{server.url}/v4/spreadsheets/{book.id}", headers=bearer(server), timeout=timeout)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 500, 501, 502, 503, 504])
def test_a_status_is_answered_once_in_googles_form_and_nothing_is_done(
    server: SheetsServer, book: Spreadsheet, status: int
) -> None:
    server.faults.next(Fault(status=status))
    response = update(server, book.id, cell("after"))
    error = response.json()["error"]
    assert (response.status_code, error["code"], set(error)) == (
        status,
        status,
        {"code", "message", "status"},
    )
    assert note(server, book) == "before"
    assert update(server, book.id, cell("after")).status_code == 200
    assert note(server, book) == "after"


def test_a_status_may_bring_headers_and_a_body_of_its_own(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(status=429, headers={"Retry-After": "3"}, body={"error": "slow down"}))
    response = read(server, book)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3")
    assert response.json() == {"error": "slow down"}


def test_a_status_may_come_after_the_request_was_carried_out(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(status=500, applied=True))
    assert update(server, book.id, cell("after")).status_code == 500
    assert note(server, book) == "after"


@pytest.mark.parametrize(("fault", "status"), [(Fault(status=503, html=True), 503), (Fault(html=True), 200)])
def test_a_proxy_answers_a_page(server: SheetsServer, book: Spreadsheet, fault: Fault, status: int) -> None:
    server.faults.next(fault)
    response = read(server, book)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert response.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("when", "kept"), [("before", "before"), ("after", "after")])
def test_a_connection_is_reset(server: SheetsServer, book: Spreadsheet, when: str, kept: str) -> None:
    server.faults.next(Fault(reset=when))  # type: ignore[arg-type]
    with pytest.raises(requests.ConnectionError):
        update(server, book.id, cell("after"))
    assert note(server, book) == kept
    assert [one.status for one in server.requests] == [0]


def test_a_body_is_cut_in_half(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(cut=40))
    response = requests.get(
        f"{server.url}/v4/spreadsheets/{book.id}",
        headers=bearer(server) | {"Accept-Encoding": "identity"},
        timeout=5,
        stream=True,
    )
    assert response.status_code == 200
    assert int(response.headers["Content-Length"]) > 40
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        _ = response.content
    assert server.requests[-1].answered == 40


def test_a_body_that_is_cut_was_carried_out(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(cut=5))
    with pytest.raises(requests.RequestException):
        update(server, book.id, cell("after"))
    assert note(server, book) == "after"


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_drip_never_makes_a_read_wait_as_long_as_its_timeout(
    server: SheetsServer, book: Spreadsheet, part: str
) -> None:
    server.faults.next(Fault(status=200, body={"a": 1}, drip=part, drip_seconds=0.02))  # type: ignore[arg-type]
    begun = time.monotonic()
    response = read(server, book, timeout=(5, 0.5))
    assert response.json() == {"a": 1}
    assert time.monotonic() - begun > 0.15


def test_a_hang_lasts_as_long_as_who_asks_will_wait(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(hang=True))
    with pytest.raises(requests.ReadTimeout):
        read(server, book, timeout=0.2)
    assert read(server, book).status_code == 200


def test_a_hang_ends_with_the_server() -> None:
    ended: list[Exception] = []
    with SheetsServer(open=True) as server:
        book = server.create()
        server.faults.next(Fault(hang=True))

        def wait() -> None:
            try:
                requests.get(f"{server.url}/v4/spreadsheets/{book.id}", timeout=30)
            except requests.RequestException as error:
                ended.append(error)

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not server.requests:
            time.sleep(0.01)
    waiting.join(5)
    assert [type(error) for error in ended] == [requests.ConnectionError]


def test_an_answer_comes_late(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(delay=0.3))
    begun = time.monotonic()
    assert read(server, book).status_code == 200
    assert time.monotonic() - begun > 0.3


def test_every_answer_comes_late(server: SheetsServer, book: Spreadsheet) -> None:
    server.delay = 0.2
    begun = time.monotonic()
    read(server, book)
    read(server, book)
    assert 0.4 < time.monotonic() - begun < 2


def test_a_fault_waits_for_the_kind_of_request_that_it_is_meant_for(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.faults.next(Fault(status=503), "write")
    assert read(server, book).status_code == 200
    assert update(server, book.id, cell("after")).status_code == 503
    server.faults.next(Fault(status=503), "token")
    assert requests.post(f"{server.url}/token", data={}, timeout=5).status_code == 503
    server.faults.next(Fault(status=503), "drive")
    assert requests.get(f"{server.url}/drive/v3/files", timeout=5).status_code == 503
    assert read(server, book).status_code == 200


def test_faults_happen_one_after_the_other_and_as_often_as_was_said(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.faults.next(Fault(status=500), times=2)
    server.faults.next(Fault(status=503))
    assert [ask(server, "GET", book.id).status_code for _ in range(4)] == [500, 500, 503, 200]


def test_a_fault_that_always_happens_ends_when_it_is_cleared(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.always(Fault(status=500))
    assert [ask(server, "GET", book.id).status_code for _ in range(3)] == [500, 500, 500]
    server.faults.clear()
    assert got(server, book.id)["spreadsheetId"] == book.id


def test_a_page_of_its_own_may_be_the_proxys(server: SheetsServer, book: Spreadsheet) -> None:
    server.faults.next(Fault(status=407, html=True, body="<h1>Sign in to the school's proxy</h1>"))
    assert (response := read(server, book)).status_code == 407
    assert response.text == "<h1>Sign in to the school's proxy</h1>"
