"""Tokens that expire and keys that are revoked while a run is under way."""

from __future__ import annotations

from collections.abc import Callable

from tests.google.acts import tokens
from tests.google.mornings import Morning
from tests.google.outcomes import arrived, failed, recovers
from tests.google.school import School
from tests.sheets_server.faults import Fault

At = Callable[[str], School]


def test_a_token_that_expires_meanwhile_is_renewed(at: At, all_mornings: dict[str, Morning]) -> None:
    school = at("rows")
    school.server.staff.next(lambda book: school.server.clock.turn(3600), "read")
    ran = school.sync()
    assert (ran.code, ran.err, school.requests("token")) == (0, "", 2)
    assert [one.status for one in school.server.requests] == [200, 200, 401, 200, 200]
    assert arrived(school, all_mornings["rows"])


def test_a_token_that_is_not_taken_is_renewed_once(at: At, all_mornings: dict[str, Morning]) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    school.server.faults.always(Fault(status=401), "read")
    assert failed(school.sync(), school, "did not accept the token", "a new key")
    assert (school.requests("token"), school.requests("read")) == (2, 2)
    assert recovers(school, morning)


def test_a_key_that_is_revoked_between_read_and_write_is_told(
    at: At, all_mornings: dict[str, Morning]
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    school.server.staff.next(lambda book: tokens(revoked=True)(school), "read")
    assert failed(school.sync(), school, "key", "deleted or disabled", "a new key")
    assert school.tabs() == morning.tabs
    tokens(revoked=False)(school)
    assert recovers(school, morning)
