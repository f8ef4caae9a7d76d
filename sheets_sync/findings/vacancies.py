"""Who oversees a vacant position: of a line whose provider nobody is, the supervisor of her colleagues."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sheets_sync.findings.grid_lines import distinct, records, text
from sheets_sync.ledger.result import Ledger
from sheets_sync.vacant import is_named

Position = tuple[str, str]
"""A student and a service."""


def overseers(
    ledger: Ledger, served_by: Mapping[str, frozenset[str]], supervisor: Callable[[str], str]
) -> dict[Position, frozenset[str]]:
    """Return the addresses of those who oversee a vacant position of the grid.

    They are the supervisors of whoever gave the service to the student, by Schedule or log; without one, the
    supervisor of all who give it, if that is a single one: whose it is among several nobody can tell.
    """
    lines = {
        (row["student"], row["service"])
        for row in records(ledger.lines)
        if not is_named(text(row["provider"]))
    }
    givers: dict[str, set[str]] = {}
    for service, name in _who_gives(ledger) if lines else ():
        givers.setdefault(service, set()).add(name)
    found = {}
    for student, service in lines:
        names = givers.get(service, set())
        own = {supervisor(name) for name in names & served_by.get(student, frozenset())} - {""}
        everybody = {supervisor(name) for name in names} - {""}
        found[student, service] = frozenset(own or (everybody if len(everybody) == 1 else ()))
    return found


def _who_gives(ledger: Ledger) -> Iterator[tuple[str, str]]:
    staff, tables = ledger.tables.staff, ledger.tables
    for name, services in zip(staff["name"], staff["services"], strict=True):
        yield from ((service, name) for service in services.split("; "))
    for table in (ledger.lines, tables.schedule, tables.log):
        yield from distinct(table, "service", "provider")
