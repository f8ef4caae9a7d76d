"""Matches what stands in a Student column to the Caseload.

Names that differ by case, spaces or accents alone are the same; so is a Student ID, and what [aliases] of the
configuration says. Nothing else is matched: "Last, First" and nicknames are reported, with a hint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from functools import cached_property

from sheets_sync.intake.names import name_key

UNKNOWN = -1
"""The code of a student who is not on the Caseload, or whose name two students share."""


class Standing(Enum):
    """What a typed name is to the Caseload; TWO: the name is one student's and the ID beside it another's."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    SHARED = "shared"
    IGNORED = "ignored"
    TWO = "two"


@dataclass(frozen=True)
class Match:
    """`code` is the position in `Roster.labels`, UNKNOWN unless `standing` is KNOWN."""

    typed: str
    standing: Standing
    code: int = UNKNOWN


@dataclass(frozen=True)
class Roster:
    """The students of the Caseload.

    `labels` are distinct: the name as the Caseload spells it; of students who share one, "Name (ID)" where
    they have IDs. `shared` are the keys of names that two students have.
    """

    labels: tuple[str, ...]
    by_name: Mapping[str, int]
    by_id: Mapping[str, int]
    shared: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()

    def match(self, typed: str, student_id: str = "") -> Match:
        """Find the student: by the ID beside the name if there is one, else by name, alias or typed ID."""
        key = name_key(typed)
        if key in self.ignored:
            return Match(typed, Standing.IGNORED)
        key = self.aliases.get(key, key) if self._code(key) is None else key
        named = self._code(key)
        told = self.by_id.get(name_key(student_id)) if student_id else None
        if None not in (named, told) and named != told:
            return Match(f"{typed} ({student_id})", Standing.TWO)
        code = named if told is None else told
        if code is not None:
            return Match(typed, Standing.KNOWN, code)
        return Match(typed, Standing.SHARED if key in self.shared else Standing.UNKNOWN)

    def _code(self, key: str) -> int | None:
        known = self.by_name.get(key, self.by_id.get(key))
        return self._without_spaces.get(_joined(key)) if known is None and key not in self.shared else known

    @cached_property
    def _without_spaces(self) -> Mapping[str, int]:
        """Names by their letters alone ("Van Horn" is "VanHorn"), where only one student fits."""
        times = _count([_joined(key) for key in (*self.by_name, *self.shared)])
        return {_joined(key): code for key, code in self.by_name.items() if times[_joined(key)] == 1}

    def hint(self, typed: str) -> str | None:
        """Return the student that a name not on the Caseload may mean, or None. Never used to match."""
        words = _words(typed)
        for label in self.labels:
            if words and words == _words(label):
                return label
        by_key = {name_key(label): label for label in self.labels}
        near = get_close_matches(name_key(typed), by_key, n=1, cutoff=0.75)
        return by_key[near[0]] if near else None


def _joined(key: str) -> str:
    return key.replace(" ", "")


def _words(name: str) -> list[str]:
    """Return the words of a name without their order and marks: "Rivera, Ana" is "Ana Rivera"."""
    return sorted("".join(c if c.isalnum() else " " for c in name_key(name)).split())


def make_roster(
    names: Sequence[str],
    ids: Sequence[str],
    aliases: Mapping[str, str] | None = None,
    ignored: Sequence[str] = (),
) -> Roster:
    """Make the roster of the Caseload's students, in its order, with their IDs ("" for none)."""
    keys = [name_key(name) for name in names]
    shared = frozenset(key for key, times in _count(keys).items() if times > 1)
    doubled_ids = {key for key, times in _count([name_key(i) for i in ids if i]).items() if times > 1}
    labels = [
        f"{name} ({i})" if key in shared and i and name_key(i) not in doubled_ids else name
        for name, key, i in zip(names, keys, ids, strict=True)
    ]
    code = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    by_id = {
        name_key(i): code[label]
        for label, i in zip(labels, ids, strict=True)
        if i and name_key(i) not in doubled_ids
    }
    by_name = {name_key(label): number for label, number in code.items() if name_key(label) not in shared}
    return Roster(
        tuple(code),
        by_name,
        by_id,
        shared,
        {name_key(typed): name_key(student) for typed, student in (aliases or {}).items()},
        frozenset(map(name_key, ignored)),
    )


def _count(keys: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts
