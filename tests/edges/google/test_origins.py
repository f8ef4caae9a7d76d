"""Which hosts may be asked: those that are named, over TLS or on this machine."""

from __future__ import annotations

import pytest

from sheets_sync.edges.google.origins import Origins, checked, origin
from sheets_sync.problems import WrongUse

NAMED = Origins(
    ["https://sheets.googleapis.com", "https://oauth2.googleapis.com/token", "http://127.0.0.1:8901"],
    plain=["http://169.254.169.254"],
)

ASKED = [
    ("https://sheets.googleapis.com/v4/spreadsheets/x", True),
    ("https://SHEETS.googleapis.com:443/v4", True),
    ("https://sheets.googleapis.com./v4", True),
    ("https://oauth2.googleapis.com/revoke", True),
    ("http://127.0.0.1:8901/token", True),
    ("http://169.254.169.254/computeMetadata/v1/", True),
    ("http://sheets.googleapis.com/v4", False),
    ("https://sheets.googleapis.com:8443/v4", False),
    ("http://127.0.0.1:8902/token", False),
    ("https://127.0.0.1:8901/token", False),
    ("https://iamcredentials.googleapis.com/v1/x", False),
    ("https://evil.example/", False),
    ("https://sheets.googleapis.com@evil.example/", False),
    ("https://sheets.googleapis.com.evil.example/", False),
    ("file:///etc/passwd", False),
    ("", False),
    ("https://[::1", False),
    ("https://sheets.googleapis.com:x/", False),
    ("https://oauth2.googleapis.com/v1/projects/-/serviceAccounts/a/allowedLocations", False),
]


@pytest.mark.parametrize(("url", "allowed"), ASKED)
def test_hosts_that_are_named_and_no_others(url: str, allowed: bool) -> None:
    assert NAMED.allows(url) is allowed


def test_plain_http_is_for_this_machine_even_if_another_is_named() -> None:
    assert not Origins(["http://proxy.school.example"]).allows("http://proxy.school.example/token")
    assert Origins(["http://[::1]:80"]).allows("http://[::1]/token")
    assert Origins(["http://localhost"]).allows("http://localhost/token")


ENDPOINTS = [
    ("https://sheets.googleapis.com", "https://sheets.googleapis.com"),
    ("https://private.school.example/google/", "https://private.school.example/google"),
    ("http://127.0.0.1:8901", "http://127.0.0.1:8901"),
    ("http://[::1]:8901/", "http://[::1]:8901"),
    ("http://private.school.example", None),
    ("http://127.0.0.1.school.example", None),
    ("https://user:secret@private.school.example", None),
    ("https://user@private.school.example", None),
    ("https://private.school.example/?key=1", None),
    ("https://private.school.example/#x", None),
    ("ftp://private.school.example", None),
    ("private.school.example", None),
    ("", None),
    ("https://", None),
    ("https://x:port/", None),
]


@pytest.mark.parametrize(("url", "kept"), ENDPOINTS)
def test_an_endpoint_is_https_or_this_machine(url: str, kept: str | None) -> None:
    if kept is not None:
        assert checked(url, "[google] endpoint") == kept
        return
    with pytest.raises(WrongUse) as raised:
        checked(url, "[google] endpoint")
    assert raised.value.what == "[google] endpoint is no address that begins with https://; nothing was sent."
    assert "secret" not in raised.value.remedy


def test_an_origin_has_its_port() -> None:
    assert origin("https://Sheets.googleapis.com/x?y") == "https://sheets.googleapis.com:443"
