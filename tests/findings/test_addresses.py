"""What is one plain address of an allowed domain, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.findings.addresses import is_address, is_allowed

ALLOWED = ["school.example", "@District.example"]


@pytest.mark.parametrize(
    "address", ["lee@school.example", "Lee@SCHOOL.example", "a.b+c@school.example", "o'neil@district.example"]
)
def test_an_address_of_an_allowed_domain(address: str) -> None:
    assert is_allowed(address, ALLOWED)


@pytest.mark.parametrize(
    "address",
    [
        "lee@elsewhere.example",
        "lee@mail.school.example",
        "lee@school.example.evil.example",
        "lee@notschool.example",
        "lee@school.example,all@evil.example",
        "lee@school.example; b@school.example",
        "lee@school.example\n",
        "lee@school.example\r\nBcc: all@evil.example",
        '"lee@evil.example"@school.example',
        "<lee@school.example>",
        "Ms. Lee <lee@school.example>",
        "lee@schооl.example",
        "lee@@school.example",
        "=?utf-8?q?x?=@school.example ",
        "lee school.example",
        "@school.example",
        "lee@",
        "",
        "a" * 65 + "@school.example",
        "lee%evil.example@school.example",
        "evil.example!lee@school.example",
        "=?utf-8?q?x=0ABcc=3A_a=40evil.example?=@school.example",
    ],
)
def test_what_is_no_address_of_an_allowed_domain(address: str) -> None:
    assert not is_allowed(address, ALLOWED)


def test_without_domains_any_address_will_do_as_nothing_is_mailed() -> None:
    assert is_allowed("lee@elsewhere.example", [])
    assert not is_allowed("lee", [])


@given(st.text())
def test_no_text_with_a_space_or_control_is_an_address(text: str) -> None:
    if any(character.isspace() or ord(character) < 33 or ord(character) > 126 for character in text):
        assert not is_address(text)
        assert not is_allowed(text, [])
