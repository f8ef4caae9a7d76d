"""Groups over headers: which column "Start" is below "Effective", below "IEP", and below two groups.

A header that alone is a column of the tab keeps its meaning below a group of which every word says nothing
else, and loses it below one that changes it (vocabulary/groups_that_change.csv). Below any other group
("Hold", "Gen ed") it is asked about, and read only where the tab needs the column and no other header gives
it. Where several columns would have one meaning, none is chosen: those below groups are asked about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sheets_sync.intake.groups import read_group
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import without_accents
from sheets_sync.intake.used_columns import COLUMNS, DESCRIBING, NAME_PARTS, REQUIRED
from sheets_sync.intake.vocabulary import rows
from sheets_sync.intake.what_was_given import is_of_what_was_given, says_given
from sheets_sync.lazy_regex import lazy_regex

Meaning = Callable[[str], str | None]
_OF_ANY = frozenset(
    "amount service services session sessions time times date dates schedule delivery frequency given detail"
    " details info information demographics of and the when who where what student students provider"
    " providers special education related".split()
)
"""Words of the name of a group that say nothing of what stands below it."""
_WHO_OR_WHAT = {"given", "provider", "providers"}
"""Those that may say more of a known column: "Given" over the "Minutes" of a Service Grid."""
_WHOSE = ("Student", "Student ID", "Name", *NAME_PARTS)
_TOGETHER = (
    frozenset(("Start", "End", "Minutes", "Hours")),
    frozenset(("Frequency", "Sessions", "Minutes", "Per")),
    frozenset(("Start date", "End date")),
    frozenset(("From", "To")),
    frozenset(("Date", "To")),
)
"""Columns that say one thing together: no end is taken from a group of which the start is another's."""
_OFTEN = ("Frequency", "Sessions")
_KEPT = (
    *_WHOSE,
    *(DESCRIBING - {"Case manager", "Case manager email", "Teacher email", "Email", "Exit date"}),
)
"""Columns that no group makes another but those of the list: whose row it is, and what changes nothing."""
_Kind = Literal["same", "other", "ask", "unknown"]
_WORD = lazy_regex(r"[^\W_]+")
_LENGTH = lazy_regex(r"\b(?:duration|dur|length|each|session)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Below:
    """A header below the name of a group, "" where it stands below none; `place` is its 0-based column."""

    place: int
    group: str
    text: str

    @property
    def whole(self) -> str:
        """Return the group and the header as one."""
        return f"{self.group} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A header that may be a column and is not sure to be: `is_read` tells whether it is taken for it."""

    below: Below
    column: str
    is_read: bool
    is_twice: bool


def headers_below(
    tab: str, meaning: Meaning, alone: Sequence[str], below: Sequence[Below]
) -> tuple[dict[int, str], list[Doubt]]:
    """Return the header of each column that stands below a group or in the lower row alone, by its 0-based
    place, and those to ask about. `alone` are the headers that have nothing below them."""
    chosen: dict[int, str] = {}
    may_be: dict[int, tuple[Below, str]] = {}
    asked: list[tuple[Below, str]] = []
    unknown: list[tuple[Below, str]] = []
    times = Counter(name_key(text) for text in (*alone, *(one.text for one in below)))
    in_full, ways = _said_in_full(below, meaning), _ways(below, meaning)
    for one in below:
        bare = None if (one.group, one.text) in ways else meaning(one.text)
        known = next((text for text in (one.whole, f"{one.text} {one.group}") if meaning(text)), None)
        if not one.group or (known and one.group not in in_full):
            chosen[one.place] = known or one.text
        elif bare is None or bare not in COLUMNS[tab]:
            again = times[name_key(one.text)] > 1
            chosen[one.place] = one.text if _says_no_more(one.group) and not again else one.whole
        elif (kind := _kind(tab, one.group, bare, meaning)) == "same":
            may_be[one.place] = one, bare
        else:
            chosen[one.place] = one.whole
            asked += [(one, bare)] if kind == "ask" else []
            unknown += [(one, bare)] if kind == "unknown" else []
    there = Counter(filter(None, map(meaning, (*alone, *chosen.values()))))
    twice = _twice([*may_be.values(), *_how_often(unknown)], there)
    doubts = []
    for place, (one, bare) in may_be.items():
        chosen[place] = one.whole if (one.group, bare) in twice else one.text
        if (one.group, bare) in twice and _is_doubtful(one, bare):
            doubts.append(Doubt(one, bare, is_read=False, is_twice=True))
    there = Counter(filter(None, map(meaning, (*alone, *chosen.values()))))
    twice |= _twice(unknown, there)
    doubts += [
        Doubt(one, bare, is_read=False, is_twice=True)
        for one, bare in unknown
        if (one.group, bare) in twice and _is_doubtful(one, bare)
    ]
    asked = [(one, bare) for one, bare in asked if not there[bare]]
    asked += [(one, bare) for one, bare in unknown if (one.group, bare) not in twice]
    for one, bare, is_read in _as_needed(tab, asked, there):
        chosen[one.place] = one.text if is_read else one.whole
        doubts.append(Doubt(one, bare, is_read=is_read, is_twice=False))
    return chosen, doubts


def _as_needed(
    tab: str, asked: Sequence[tuple[Below, str]], there: Counter[str]
) -> Iterator[tuple[Below, str, bool]]:
    """Yield each header with whether it is read: where the tab lacks its column, or what its group says
    together with one that is lacking. `there` are the columns that stand elsewhere."""
    now = Counter(there)
    needed: set[tuple[str, str]] = set()
    for one, bare in asked:
        if not now[bare] and _is_lacking(tab, bare, now):
            needed.add((one.group, bare))
            now[bare] += 1
    for family in _TOGETHER:
        if not any(there[column] for column in family):
            groups = {group for group, column in needed if column in family}
            needed |= {(one.group, bare) for one, bare in asked if one.group in groups and bare in family}
    for one, bare in asked:
        is_read = (one.group, bare) in needed
        needed.discard((one.group, bare))
        yield one, bare, is_read


def _how_often(unknown: Sequence[tuple[Below, str]]) -> list[tuple[Below, str]]:
    """Return what stands below groups that say how often: such a one may be another service of the row, and
    none is taken without the other."""
    often = {one.group for one, bare in unknown if bare in _OFTEN}
    return [(one, bare) for one, bare in unknown if one.group in often]


def _said_in_full(below: Sequence[Below], meaning: Meaning) -> set[str]:
    """Return the groups that say how often and how long a session is: "Weekly" makes no minutes of a week of
    its minutes there."""
    columns: defaultdict[str, dict[str | None, str]] = defaultdict(dict)
    for one in below:
        columns[one.group][meaning(one.text)] = one.text
    return {
        group
        for group, texts in columns.items()
        if {"Sessions", "Minutes", "Per"} <= set(texts)
        or ("Frequency" in texts and _LENGTH.search(texts.get("Minutes", "")))
    }


def _ways(below: Sequence[Below], meaning: Meaning) -> set[tuple[str, str]]:
    """Return what parts a group in ways of delivery: "Group" beside "Individual" is no column Group."""
    parted = {one.group for one in below if read_group(one.text).value and meaning(one.text) is None}
    return {(one.group, one.text) for one in below if one.group in parted and meaning(one.text) == "Group"}


def _is_doubtful(one: Below, bare: str) -> bool:
    """Tell whether a header that is there twice is to be asked about: not whose row it is, nor "Delivered"
    beside a Status, which is how much was given (what_was_given.py looks at its cells)."""
    return bare not in _WHOSE and not (bare == "Status" and is_of_what_was_given(one.text))


def _twice(may_be: Iterable[tuple[Below, str]], there: Counter[str]) -> set[tuple[str, str]]:
    """Return the groups and columns of which another is there, with what they say one thing together.

    Of columns that change no figure the first is read, and the others are noted (header_row.py).
    """
    found = list(may_be)
    times = there + Counter(bare for _, bare in found)
    given = {bare: one.group for one, bare in found if says_given(one.group) and not there[bare]}
    twice = {
        (one.group, bare)
        for one, bare in found
        if times[bare] > 1 and bare not in DESCRIBING and given.get(bare) != one.group
    }
    return twice | {
        (one.group, bare)
        for one, bare in found
        for family in _TOGETHER
        if bare in family and any((one.group, other) in twice for other in family)
    }


def _kind(tab: str, group: str, column: str, meaning: Meaning) -> _Kind:
    """Return whether what stands below a group is the same column or another, or is to be asked about; it is
    unknown where the list does not hold each word of the group."""
    if meaning(group) in (column, "Student"):
        return "same"
    spoken = f" {' '.join(_WORD.findall(without_accents(group)))} "
    kinds = {kind for kind, columns, says in _groups(tab) if _is_of(column, columns) and says(spoken)}
    if "other" in kinds:
        return "other"
    if "ask" in kinds:
        return "ask"
    return "same" if column in _KEPT or _harmless(tab, column).fullmatch(spoken) else "unknown"


@cache
def _harmless(tab: str, column: str) -> re.Pattern[str]:
    """Return the form of the groups that leave this column as it is: harmless words, and nothing else."""
    words = {
        word
        for kind, letters, columns, spoken in _listed()
        if kind == "same" and _letter(tab) in letters and _is_of(column, columns)
        for word in spoken
    }
    harmless = sorted(words | _OF_ANY - _WHO_OR_WHAT, key=len, reverse=True)
    one = "|".join(map(re.escape, harmless))
    return re.compile(rf"(?: (?:{one}))+ ")


@cache
def _groups(tab: str) -> tuple[tuple[str, frozenset[str], Callable[[str], bool]], ...]:
    return tuple(
        (kind, columns, _says(words))
        for kind, letters, columns, words in _listed()
        if kind != "same" and _letter(tab) in letters
    )


@cache
def _listed() -> tuple[tuple[str, str, frozenset[str], tuple[str, ...]], ...]:
    return tuple(
        (kind, letters, frozenset(columns.split("|")), tuple(words))
        for letters, kind, columns, *words in rows("groups_that_change")
    )


def _letter(tab: str) -> str:
    return next(letter for name, letter, *_ in rows("columns") if name == tab)


def _is_of(column: str, columns: frozenset[str]) -> bool:
    return column in columns or "*" in columns


def _says(words: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda spoken: any(f" {word} " in spoken for word in words)


def _says_no_more(group: str) -> bool:
    return all(word in _OF_ANY for word in name_key(group).split())


def _is_lacking(tab: str, column: str, there: Counter[str]) -> bool:
    """Tell whether a column is required, and nothing that would do instead is there."""
    lacking = [choice for choice in REQUIRED[tab] if not any(all(map(there.get, names)) for names in choice)]
    return any(column in names for choice in lacking for names in choice)
