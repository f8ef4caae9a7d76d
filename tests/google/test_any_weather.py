"""Whatever breaks, in any order: our tabs are run N or run N+1, and the next good run arrives."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.google.mornings import Morning
from tests.google.outcomes import arrived, recovers, silent
from tests.google.test_bad_network import LOGIN_PAGE, PASSING
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

FAULTS = [
    *PASSING.values(),
    Fault(status=200, html=True, body=LOGIN_PAGE, applied=True),
    Fault(status=401),
    Fault(status=400),
    Fault(status=400, applied=True),
    Fault(status=403, html=True),
    Fault(status=429, headers={"Retry-After": "30"}),
    Fault(status=200, body={}),
    Fault(status=200, body={}, applied=True),
    Fault(status=200, body=[], applied=True),
    Fault(status=200, body="null", applied=True),
]
KINDS = st.sampled_from(["token", "read", "write", "write", "write"])
WEATHER = st.lists(st.tuples(KINDS, st.sampled_from(FAULTS)), min_size=1, max_size=8)
MORNINGS = st.sampled_from(["first", "figures", "rows"])
MorningOf = Callable[[str], Morning]
EASY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def morning_of(all_mornings: dict[str, Morning]) -> MorningOf:
    """Hypothesis would print all that a morning holds, were it given one."""
    return lambda name: all_mornings[name]


@settings(EASY, max_examples=15)
@given(MORNINGS, WEATHER)
@example("first", [("write", Fault(status=400))] * 2)
@example("first", [*[("write", Fault(status=400))] * 2, ("write", Fault(status=500, applied=True))])
def test_a_night_of_any_weather(morning_of: MorningOf, name: str, weather: list[tuple[str, Fault]]) -> None:
    assert through(morning_of(name), weather)


@pytest.mark.slow
@settings(EASY, max_examples=500)
@given(MORNINGS, WEATHER)
def test_500_nights_of_any_weather(
    morning_of: MorningOf, name: str, weather: list[tuple[str, Fault]]
) -> None:
    assert through(morning_of(name), weather)


def through(morning: Morning, weather: list[tuple[str, Fault]]) -> bool:
    """Run through the weather, and then once more; tell whether all is as it should be at last.

    A write that is refused twice goes without its ornaments (test_ornaments.py): the tab is then bare until
    the next run.
    """
    with SheetsServer() as server, tempfile.TemporaryDirectory() as folder:
        school = morning.school(server, Path(folder))
        for kind, fault in weather:
            server.faults.next(fault, kind)
        ran = school.sync()
        assert silent(ran, school)
        assert school.staffs() == morning.staffs
        bare = sum(kind == "write" and fault.status == 400 for kind, fault in weather) > 1
        if ran.code == 0:
            assert ran.err == ""
            assert bare or arrived(school, morning)
        else:
            assert (ran.code, ran.out) == (1, "")
            assert "What would do: " in ran.err
            assert bare or school.tabs() in (morning.tabs, morning.after_tabs)
        return recovers(school, morning) and server.crashes == []
