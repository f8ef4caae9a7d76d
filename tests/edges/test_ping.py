"""Pings to a dead-man's switch: what is sent, and that an ill one holds nobody up."""

from __future__ import annotations

import time

import pytest

from sheets_sync.edges.ping import Ping
from tests.edges.smtp_servers import free_port
from tests.ping_server import switch


@pytest.mark.parametrize(("exit_code", "sent"), [(0, ""), (1, "/1"), (3, "/3"), (4, "/4")])
def test_the_start_and_the_end_of_a_run_are_pinged(exit_code: int, sent: str) -> None:
    with switch() as asked:
        ping = Ping(asked.url)
        ping.start()
        ping.end(exit_code)
        assert ping.problem() == ""
    assert asked.pings == ["/start", sent]


def test_what_stands_behind_a_question_mark_stays_at_the_end() -> None:
    with switch() as asked:
        ping = Ping(f"{asked.url}/?create=1")
        ping.end(2)
        assert ping.problem() == ""
    assert asked.pings == ["/2?create=1"]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ({"status": 404}, "The ping to 127.0.0.1 was not taken (404)."),
        ({"status": 503}, "The ping to 127.0.0.1 was not taken (503)."),
        ({"status": 302, "location": "http://127.0.0.1:1/elsewhere"}, "was not taken (302)."),
        ({"hangs": True}, "The ping to 127.0.0.1 was not answered in time."),
        ({"drips": True}, "The ping to 127.0.0.1 was not answered in time."),
    ],
)
def test_an_ill_switch_is_said_in_time_and_without_its_address(
    behaviour: dict[str, object], says: str
) -> None:
    with switch(**behaviour) as asked:
        ping = Ping(asked.url, timeout=0.3, within=0.6)
        begun = time.perf_counter()
        ping.start()
        ping.end(0)
        problem = ping.problem()
    assert time.perf_counter() - begun < 3
    assert says in problem
    assert "iep" not in problem


def test_a_redirect_is_not_followed() -> None:
    with switch() as other, switch(status=302, location=other.url) as asked:
        ping = Ping(asked.url)
        ping.end(0)
        assert ping.problem()
    assert other.asked == []


def test_a_server_that_has_a_moment_is_asked_again() -> None:
    with switch(status=500) as asked:
        ping = Ping(asked.url)
        ping.end(0)
        ping.problem()
    assert asked.pings == ["", "", ""]


def test_a_host_that_is_not_there_holds_nobody_up() -> None:
    ping = Ping(f"http://127.0.0.1:{free_port()}/ping/iep")
    begun = time.perf_counter()
    ping.start()
    ping.end(0)
    assert ping.problem() == "The ping to 127.0.0.1 did not arrive."
    assert time.perf_counter() - begun < 3
