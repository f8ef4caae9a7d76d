"""A pytest plugin: what is sent to Google goes to the test server, and recordings are not used."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
import types
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

SERVER = "SHEETS_SERVER_URL"
"""Environment variable with the address of the test server."""

_SPOKE: set[str] = set()
_FIGURES: Counter[str] = Counter()
_NOW: list[str] = []


class _NoCassettes:
    """Stands for pytest's fixture `vcr`, where a suite asks for a recording by itself."""

    @contextlib.contextmanager
    def use_cassette(self, *names: Any, **options: Any) -> Iterator[None]:
        yield


@pytest.fixture(scope="session")
def vcr() -> _NoCassettes:
    return _NoCassettes()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before the suite's conftest is read: it imports vcr."""
    if importlib.util.find_spec("vcr") is None:
        module = types.ModuleType("vcr")
        module.VCR = types.SimpleNamespace(ensure_suffix=lambda suffix: None)  # type: ignore[attr-defined]
        sys.modules["vcr"] = module
    _redirect(os.environ[SERVER])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "vcr: recorded elsewhere; here the test server answers")


def _redirect(server: str) -> None:
    """Send to the server whatever goes to a host of Google's."""
    original = requests.Session.request

    def request(session: requests.Session, method: str, url: str, *args: Any, **options: Any) -> Any:
        parts = urlsplit(url)
        if (parts.hostname or "").endswith((".googleapis.com", ".google.com")):
            url = server + url.partition(parts.netloc)[2]
            _SPOKE.update(_NOW)
        return original(session, method, url, *args, **options)

    requests.Session.request = request  # type: ignore[method-assign,assignment]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Only what a test itself sends counts, not what its fixtures send."""
    _NOW[:] = [item.nodeid]
    try:
        return (yield)
    finally:
        _NOW.clear()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call":
        speaking = " speaking" if report.nodeid in _SPOKE else ""
        _FIGURES[f"{report.outcome}{speaking}"] += 1
    elif report.failed:
        _FIGURES["failed"] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    speaking = _FIGURES["passed speaking"], _FIGURES["failed speaking"]
    passed = _FIGURES["passed"] + speaking[0]
    tests = passed + _FIGURES["failed"] + speaking[1]
    terminalreporter.write_line(
        f"gspread's suite: {passed} of {tests} tests pass; "
        f"of the {sum(speaking)} that speak to the server {speaking[0]}"
    )
