"""The functions that formulas may call, by name; the modules functions_*.py hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Run = Callable[[Any], Any]
"""Takes the Arguments (calculator.py), returns a value, or raises FormulaError."""


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    run: Run
    least: int
    most: int | None

    def wrong_number(self, given: int) -> str:
        """Return Google's message for a wrong number of arguments."""
        if self.most is None:
            wanted = f"at least {self.least}"
        elif self.least == self.most:
            wanted = str(self.least)
        else:
            wanted = f"between {self.least} and {self.most}"
        said = f"Expected {wanted} arguments, but got {given} arguments."
        return f"Wrong number of arguments to {self.name}. {said}"


FUNCTIONS: dict[str, Function] = {}


def function(name: str, least: int, most: int | None = -1) -> Callable[[Run], Run]:
    """Enter a function under its name; it takes `least` to `most` arguments (None: any number)."""

    def entered(run: Run) -> Run:
        FUNCTIONS[name] = Function(name, run, least, least if most == -1 else most)
        return run

    return entered
