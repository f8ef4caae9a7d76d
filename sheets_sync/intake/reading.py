"""What comes of reading one text: a value, or one sentence that says why not, or (a range) both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """`value` is None where the text cannot be decided; `problem` then says why, in one sentence, and
    `remedy` what would do ('write "2 x 30 min / week"'). A value with a problem is counted, and asked about.
    """

    value: Value | None
    problem: str | None = None
    remedy: str = ""
