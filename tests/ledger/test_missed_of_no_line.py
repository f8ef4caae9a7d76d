"""Missed sessions of a service that no line of the student is of are noted, once a service."""

from __future__ import annotations

import pytest

from tests.ledger.test_two_logs import counted

MISSED = [
    # services and status of the entries; the notes on Data Problems, by their cell and how many entries
    (("Speech",) * 3, "Provider absent", [("A2", "(3 entries)")]),
    (("PT", "Speech"), "Provider absent", [("A2", "nowhere."), ("A3", "nowhere.")]),
    (("Speech",), "Student absent", []),
    (("OT",), "Provider absent", []),
]


@pytest.mark.parametrize(("services", "status", "noted"), MISSED)
def test_a_missed_session_of_a_service_on_no_line_is_noted(
    services: tuple[str, ...], status: str, noted: list[tuple[str, str]]
) -> None:
    rows = [f"2025-10-{14 + n} | Ben T. | {service} | | | {status} |" for n, service in enumerate(services)]
    found = [one for one in counted(rows, []).problems if "on no line" in one.problem]
    assert [(str(one.severity), one.cell) for one in found] == [("note", cell) for cell, _ in noted]
    assert all(one.problem.endswith(end) for one, (_, end) in zip(found, noted, strict=True))
