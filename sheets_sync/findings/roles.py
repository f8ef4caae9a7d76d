"""What part somebody has who is told something. Light to load: the daemon knows it too."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What part a receiver has in a finding; the first is the gravest."""

    CASE_MANAGER = 0
    SUPERVISOR = 1
    PROVIDER = 2
    ADMINISTRATOR = 3
    TEACHER = 4

    @property
    def words(self) -> str:
        return self.name.lower().replace("_", " ")
