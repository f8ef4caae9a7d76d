"""Who gives which service, and who is there on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.findings.grid_lines import text
from sheets_sync.findings.people import People
from sheets_sync.findings.words import day_words
from sheets_sync.ledger.result import Ledger
from sheets_sync.vacant import is_named


@dataclass(frozen=True)
class Cover:
    """`names` are by service, those of the Staff tab first; `names_any`: providers are named at all."""

    people: People
    names: Mapping[str, tuple[str, ...]]
    names_any: bool

    def is_there(self, provider: str, day: date) -> bool:
        """Tell whether somebody is named who is not away."""
        person = self.people.person(provider)
        return is_named(provider) and not (person and person.is_away(day))

    def why_away(self, provider: str, day: date) -> str:
        """Return "Ms. Lee is away from Oct 20 to Oct 31", or "... on Oct 20" of one day."""
        person = self.people.person(provider)
        away = person.absence(day) if person else None
        if away is None or not any(away):
            return f"{provider} is away"
        first, last = away
        if first and first == last:
            return f"{provider} is away on {day_words(first)}"
        since = f" from {day_words(first)}" if first else ""
        until = f" to {day_words(last)}" if last else " on"
        return f"{provider} is away{since}{until}"

    def others(self, service: str, provider: str, day: date) -> tuple[str, ...]:
        """Return who else gives the service and is there."""
        return tuple(
            name
            for name in self.names.get(service, ())
            if name.casefold() != provider.casefold() and self.is_there(name, day)
        )


def cover(ledger: Ledger, people: People) -> Cover:
    """Read who gives what from the Staff tab ("Services"), the Schedule and the grid."""
    staff, tables = ledger.tables.staff, ledger.tables
    found: dict[str, dict[str, str]] = {}
    for name, services in zip(staff["name"], staff["services"], strict=True):
        _add(found, services.split("; "), name)
    for table in (tables.schedule, tables.lines):
        pairs = table[["service", "provider"]].drop_duplicates()
        for service, provider in zip(pairs["service"], pairs["provider"], strict=True):
            person = people.person(text(provider))
            _add(found, [text(service)], person.name if person else text(provider))
    names = {service: tuple(names.values()) for service, names in found.items()}
    return Cover(people, names, any(map(is_named, _providers(ledger))))


def _providers(ledger: Ledger) -> Iterable[str]:
    for table in (ledger.tables.schedule, ledger.tables.lines):
        yield from map(text, table["provider"].unique())


def _add(found: dict[str, dict[str, str]], services: Iterable[str], name: str) -> None:
    for service in services:
        if service and is_named(name):
            found.setdefault(service, {}).setdefault(name.casefold(), name)
