"""Regular expressions that are compiled when they are first asked.

The readers know some 500, of which one workbook needs a third: to compile all took a tenth of a small run.
"""

from __future__ import annotations

import re
from typing import Any, cast


class LazyRegex:
    """What `re.compile` returns, as soon as it is asked for more than its `pattern`."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled expression has of this name, and keep it: Python asks here but once."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the regular expression, not compiled yet; it is used as what `re.compile` returns."""
    return cast("re.Pattern[str]", LazyRegex(pattern, flags))
