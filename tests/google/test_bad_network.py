"""Everything that breaks between the program and Google: what passes is waited for, what lasts is told in a
sentence, in time; our tabs are one complete run all the while, and the next run arrives where an undisturbed
one would."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import pytest

from tests.google.mornings import Morning
from tests.google.outcomes import arrived, failed, recovers
from tests.google.school import School
from tests.sheets_server.faults import Fault

At = Callable[[str], School]
LOGIN_PAGE = "<html><title>Log in to the school's network</title><p>Enter your password</html>"

PASSING = {
    "429": Fault(status=429),
    "429 with Retry-After": Fault(status=429, headers={"Retry-After": "7"}),
    "408": Fault(status=408),
    "500": Fault(status=500),
    "500 after it was carried out": Fault(status=500, applied=True),
    "502 as a page": Fault(status=502, html=True),
    "502 as a page after it was carried out": Fault(status=502, html=True, applied=True),
    "503": Fault(status=503),
    "504": Fault(status=504),
    "a reset before": Fault(reset="before"),
    "a reset after": Fault(reset="after"),
    "no body at all": Fault(cut=0),
    "a body cut in half": Fault(cut=40),
}

HALF_DONE = ("500 after it was carried out", "a reset after", "a body cut in half")
"""After these nobody knows whether a write was carried out."""

LASTING = [
    # what             which     what it says                                   seconds that it may take
    ("429", Fault(status=429), ("quota", "Wait some minutes and run again"), 300),
    ("429, wait an hour", Fault(status=429, headers={"Retry-After": "3600"}), ("quota", "60 minutes"), 0),
    ("500", Fault(status=500), ("not working at the moment", "6 tries", "Run again later"), 100),
    ("500 after it was carried out", Fault(status=500, applied=True), ("not working", "Run again"), 100),
    ("502 as a page", Fault(status=502, html=True), ("not working at the moment", "Run again later"), 100),
    ("503", Fault(status=503), ("not working at the moment", "Run again later"), 100),
    ("a proxy's page", Fault(status=200, html=True, body=LOGIN_PAGE), ("proxy", "whoever looks after"), 0),
    ("a proxy that forbids", Fault(status=403, html=True), ("proxy", "whoever looks after the network"), 0),
    ("a proxy's login", Fault(status=407, html=True), ("password", "HTTPS_PROXY"), 0),
    ("another place", Fault(status=302, html=True, headers={"Location": "http://login.example/"}),
     ("another place", "Log in to the network"), 0),
    ("a reset before", Fault(reset="before"), ("broke while", "6 tries", "Run again"), 100),
    ("a reset after", Fault(reset="after"), ("broke while", "6 tries", "Run again"), 100),
    ("a body cut in half", Fault(cut=40), ("Run again",), 100),
]  # fmt: skip

ENDLESS = {
    "a hang": Fault(hang=True),
    "headers byte by byte": Fault(drip="headers", drip_seconds=0.2),
    "a body byte by byte": Fault(drip="body", drip_seconds=0.2),
}
"""Each of their reads ends in time; a read timeout never would."""

EARLY = ("429", "503", "a proxy's page", "a reset before")
"""What is tried of a token and a read in the short form: nothing of ours depends on more."""

STEPS = {
    "token": "while getting a token",
    "read": "while reading the workbook",
    "write": "while writing the tabs",
}


def cases(every: Iterable[str], others: Iterable[str], in_short: Collection[str]) -> list[object]:
    """Pair each fault with each of the others; the short form has all faults of the last of the others, and
    of the rest those `in_short`."""
    *rest, last = others
    pairs = [(fault, other) for other in (*rest, last) for fault in every]
    return [
        pytest.param(fault, other, marks=() if other == last or fault in in_short else pytest.mark.slow)
        for fault, other in pairs
    ]


@pytest.mark.parametrize(("fault", "morning"), cases(PASSING, ["first", "figures", "rows"], HALF_DONE))
def test_a_write_that_breaks_once_is_done_once(
    at: At, all_mornings: dict[str, Morning], fault: str, morning: str
) -> None:
    school = at(morning)
    school.server.faults.next(PASSING[fault], "write")
    ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    assert arrived(school, all_mornings[morning])


@pytest.mark.parametrize(
    ("fault", "kind"),
    cases(PASSING, ["token", "read"], ("429", "502 as a page", "a reset before", "no body at all")),
)
def test_a_read_or_a_token_that_breaks_once_is_asked_for_again(
    at: At, all_mornings: dict[str, Morning], fault: str, kind: str
) -> None:
    school = at("rows")
    school.server.faults.next(PASSING[fault], kind)
    ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    assert (school.requests(kind), school.requests("write")) == (2, 1)
    assert arrived(school, all_mornings["rows"])


@pytest.mark.parametrize(
    ("fault", "says", "seconds", "kind"),
    [
        pytest.param(
            *case,
            kind,
            id=f"{name}-{kind}",
            marks=() if kind == "write" or name in EARLY else pytest.mark.slow,
        )
        for kind in STEPS
        for name, *case in LASTING
    ],
)
def test_what_lasts_ends_the_run_with_a_sentence(
    at: At, all_mornings: dict[str, Morning], kind: str, fault: Fault, says: tuple[str, ...], seconds: int
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    school.server.faults.always(fault, kind)
    ran = school.sync()
    assert ran.slept <= seconds
    assert failed(ran, school, STEPS[kind], *says)
    assert school.tabs() == (morning.after_tabs if kind == "write" and fault.carried_out else morning.tabs)
    assert recovers(school, morning)


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("fault", ENDLESS)
def test_what_never_ends_is_ended_by_the_deadline(
    at: At, all_mornings: dict[str, Morning], fault: str, kind: str
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    seconds = 3 if kind == "write" else 1
    school.configure(deadline=f"{seconds}s")
    school.server.faults.always(ENDLESS[fault], kind)
    ran = school.sync()
    assert ran.seconds < seconds + 3
    assert failed(ran, school, STEPS[kind], f"deadline of {seconds} second", "[daemon] deadline")
    assert school.tabs() == (morning.tabs if fault == "a hang" or kind != "write" else morning.after_tabs)
    school.configure()
    assert recovers(school, morning)
