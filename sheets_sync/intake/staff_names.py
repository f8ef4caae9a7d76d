"""By what names the people on Staff are called: "Sarah Kim, CCC-SLP" is Ms. Kim, S. Kim and Kim, Sarah."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheets_sync.intake.names import name_key
from sheets_sync.intake.people_called import PeopleCalled
from sheets_sync.intake.person_names import Name, names_in
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_TITLE = lazy_regex(r"^(mrs|ms|mr|miss|dr|mx)(?:\.\s*|\s+)", re.IGNORECASE)
_MR = frozenset(("mr",))
_MS = frozenset(("ms", "mrs", "miss"))
_AFTER = (
    r"(?:ccc[\s-]*)?slpa?|slp[\s-]*ccc|otr?(?:/l)?|cota(?:/l)?|pta?|dpt|bcba|rbt|l?c?sw|msw|tvi|tod|"
    r"ph\.?d|m\.?ed|ed\.?[sd]|m\.?[as]|b\.?[as]|m\.?s\.?w"
)
_CREDENTIALS = lazy_regex(rf"(?:\s*,\s*(?:{_AFTER})\.?|\s*\((?:{_AFTER})\.?\))+$", re.IGNORECASE)


class StaffNames:
    """The people on Staff; `exact` is the key of each name (names.name_key) -> how Staff spells it."""

    def __init__(self, names: Iterable[str] = (), roles: Iterable[str] = ()) -> None:
        self.exact: dict[str, str] = {}
        for name in names:
            self.exact.setdefault(name_key(name), name)
        self._names: Sequence[str] = tuple(self.exact.values())
        self._roles = frozenset(map(name_key, roles))
        self._titles = tuple(_title(name) for name in self._names)
        self._called = PeopleCalled([_readings(name)[:1] for name in self._names])

    def can_be(self, typed: str) -> tuple[str, ...]:
        """Return everybody on Staff whom a name can mean; a role ("SLP") and initials mean nobody."""
        return tuple(self._names[who] for who in self._who(typed))

    def is_surely(self, typed: str) -> bool:
        """Tell whether the one whom a name can mean is surely meant."""
        who = self._who(typed)
        return len(who) == 1 and self._called.is_surely(_readings(typed), who[0])

    def names_of(self, typed: str) -> Sequence[Name]:
        """Return the names of whom a name can mean."""
        return [name for who in self._who(typed) for name in self._called.names_of(who)]

    def _who(self, typed: str) -> tuple[int, ...]:
        readings = _readings(typed)
        if name_key(typed) in self._roles or not readings:
            return ()
        title = _title(typed)
        return tuple(who for who in self._called.could_be(readings) if _agree(title, self._titles[who]))


def _readings(text: str) -> tuple[Name, ...]:
    bare = _TITLE.sub("", _CREDENTIALS.sub("", plain(text))) if len(text) <= LONGEST else ""
    return tuple(name for name in names_in(bare) if any(len(word) > 1 for word in name.words))


def _title(text: str) -> str:
    found = _TITLE.match(plain(text)) if len(text) <= LONGEST else None
    return found[1].casefold() if found else ""


def _agree(one: str, other: str) -> bool:
    return not any(one in these and other in those for these, those in ((_MR, _MS), (_MS, _MR)))
