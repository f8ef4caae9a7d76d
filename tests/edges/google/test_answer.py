"""What an answer says about itself: Google's error, a link for people, how long to wait, the time there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.answer import (
    CONSOLE,
    Answer,
    GoogleError,
    clock_off,
    google_error,
    retry_after,
    safe_link,
)
from tests.edges.google.errors import CELL, answer, body, reason

OVERVIEW = (
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456789012"
)

LINKS = [
    (OVERVIEW, OVERVIEW),
    ("https://console.cloud.google.com/x", "https://console.cloud.google.com/x"),
    ("https://google.com/x", "https://google.com/x"),
    ("http://console.cloud.google.com/x", ""),
    ("https://google.com.evil.example/x", ""),
    ("https://evilgoogle.com/x", ""),
    ("https://user@console.cloud.google.com/x", ""),
    ("https://evil.example@console.cloud.google.com/", ""),
    ("https://console.cloud.google.com@evil.example/", ""),
    ("https://console.cloud.google.com:8443/x", ""),
    ("https://console.cloud.google.com/\x1b[31m", ""),
    ("https://console.cloud.google.com/ then call 555", ""),
    ("https://console.cloud.google.com/" + "x" * 400, ""),
    ("https://[console.cloud.google.com/", ""),
    ("javascript:alert(1)//google.com", ""),
    (17, ""),
    (None, ""),
]


@pytest.mark.parametrize(("given_link", "kept"), LINKS)
def test_only_pages_of_googles_are_shown_as_links(given_link: object, kept: str) -> None:
    assert safe_link(given_link) == kept


def test_an_error_is_known_by_its_status_and_its_reasons() -> None:
    details = [*reason("SERVICE_DISABLED", activationUrl=OVERVIEW), {"reason": 3}, "text", {"@type": "x"}]
    assert google_error(answer(403, "PERMISSION_DENIED", details=details)) == GoogleError(
        403, "PERMISSION_DENIED", ("SERVICE_DISABLED",), OVERVIEW
    )


def test_a_link_of_somebody_elses_gives_way_to_the_console() -> None:
    found = google_error(
        answer(403, "X", details=reason("SERVICE_DISABLED", activationUrl="http://e.example"))
    )
    assert found is not None
    assert found.activation_link == CONSOLE


@pytest.mark.parametrize(
    ("message", "no_range"),
    [
        ("Unable to parse range: Caseload!A1", True),
        (CELL, False),
        (None, False),
        (["Unable to parse range"], False),
    ],
)
def test_a_range_that_is_not_there_has_no_reason_and_is_known_by_its_words(
    message: Any, no_range: bool
) -> None:
    found = google_error(Answer(400, {}, json.dumps(body(400, "INVALID_ARGUMENT", message)).encode()))
    assert found is not None
    assert found.no_range is no_range


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html>",
        b'{"error": {"code": 4',
        b'{"error": "invalid_grant"}',
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"[" * 99_999,
    ],
)
def test_what_has_no_error_of_googles_form_is_none(text: bytes) -> None:
    assert google_error(Answer(400, {}, text)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["error", "status", "details", "reason", "metadata", "activationUrl", "message", "@type"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_body_brings_it_down(anything: Any) -> None:
    found = google_error(Answer(400, {}, json.dumps(anything).encode()))
    assert found is None or isinstance(found.status, str)
    wrapped = google_error(Answer(400, {}, json.dumps({"error": {"details": anything}}).encode()))
    assert isinstance(wrapped, GoogleError)


DATE = "Tue, 02 Mar 2027 05:00:00 GMT"
AT = 1_803_963_600.0  # that date, in seconds since 1970

WAITS = [
    ({}, None),
    ({"retry-after": "30"}, 30.0),
    ({"retry-after": " 0 "}, 0.0),
    ({"retry-after": "Tue, 02 Mar 2027 05:01:30 GMT", "date": DATE}, 90.0),
    ({"retry-after": "Tue, 02 Mar 2027 05:01:30 GMT"}, 30.0),  # this machine's clock is a minute ahead
    ({"retry-after": "Tue, 02 Mar 2027 04:00:00 GMT", "date": DATE}, 0.0),
    ({"retry-after": "soon"}, None),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "1e9"}, None),
    ({"retry-after": "9" * 400}, None),
    ({"retry-after": "\N{ARABIC-INDIC DIGIT THREE}"}, None),
    ({"retry-after": "Tue, 99 Mar 2027 05:00:00 GMT"}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_how_long_an_answer_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(Answer(429, headers), AT + 60) == seconds


def test_a_wrong_clock_is_seen_from_the_date_of_an_answer() -> None:
    assert clock_off(Answer(400, {"date": DATE}), AT + 600) == 600
    assert clock_off(Answer(400, {"date": DATE}), AT - 600) == -600
    assert clock_off(Answer(400, {}), AT) is None
    assert clock_off(Answer(400, {"date": "yesterday"}), AT) is None


def test_the_repr_of_an_answer_shows_nothing_of_it() -> None:
    shown = repr(Answer(200, {"authorization": "Bearer ya29"}, CELL.encode()))
    assert shown == "Answer(status=200)"
