"""Where a service is given: in class or out of it. That is a setting, and says nothing of a group."""

from __future__ import annotations

import re

from sheets_sync.lazy_regex import lazy_regex

_EDUCATION = r"(?:gen(?:eral)?|reg(?:ular)?|sp(?:ecial)?)\.?[\s-]ed(?:ucation)?\.?"
_CLASS = r"class(?:es|rooms?)?"
WHERE = lazy_regex(
    r"\b(?:in|out of|outside(?: of)?|inside|within)[\s-](?:the[\s-])?"
    rf"(?:{_EDUCATION}(?:[\s-]{_CLASS})?|{_CLASS})(?!\w)",
    re.IGNORECASE,
)
"""In class, out of class, outside general education."""
