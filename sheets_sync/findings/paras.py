"""Paras who go along: who is with a student at the time of somebody else's session."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sheets_sync.counted import CountedSession
from sheets_sync.findings.people import People
from sheets_sync.findings.schedule_diff import Part
from sheets_sync.lazy_regex import lazy_regex

PARA = lazy_regex(
    r"\b(para|paras|para-?professional|para-?educator|aide|instructional assistant|teaching assistant"
    r"|teacher'?s? assistant|one[- ]to[- ]one|1[: ]?1|shadow)\b",
    re.IGNORECASE,
)
"""A role on the Staff tab, or a service, of somebody who supports a student in what others give."""


def is_para(row: CountedSession, people: People) -> bool:
    person = people.person(row.provider)
    return bool(PARA.search(row.service) or (person and PARA.search(person.role)))


def paras_beside(
    parts: Sequence[Part], student: str, plan: Mapping[CountedSession, Sequence[date]], people: People
) -> list[str]:
    """Return the paras whose sessions with the student lie at the time of these, by the Schedule."""
    return [
        row.provider
        for row, days in plan.items()
        if row.student == student and row.provider and is_para(row, people) and _meets(row, days, parts)
    ]


def _meets(row: CountedSession, days: Sequence[date], parts: Sequence[Part]) -> bool:
    return any(
        row not in part.rows and _overlap(row, part.row) and not set(days).isdisjoint(part.dates)
        for part in parts
    )


def _overlap(one: CountedSession, other: CountedSession) -> bool:
    if one.start < 0 or other.start < 0:
        return False
    return one.start < other.start + other.minutes and other.start < one.start + one.minutes
