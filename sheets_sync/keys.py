"""Which of tonight's lines is which of last night's: the line's key (spec: workbook.md, "The key").

Keys live in the hidden column of the Compliance tab and in the state; notes, "since" and alerts hang on them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

LETTERS = "bcdfghjkmnpqrstvwxyz"
"""No vowels: a key never spells a word."""

LENGTH = 8


@dataclass(frozen=True, slots=True)
class LineIdentity:
    """What a line is known by. "" or None for blank.

    `detail` (provider and frequency as typed, or "" where it is not known) only tells twins apart: lines
    that are alike in everything else.
    """

    student: str
    student_id: str
    service: str
    group: str
    start: date | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """`keys` in the order of tonight's lines; `gone` are the keys of last night that no line has any more."""

    keys: tuple[str, ...]
    gone: tuple[str, ...]


Named = tuple[str, LineIdentity]


def assign_keys(
    now: Sequence[LineIdentity], before: Sequence[Named], removed: Sequence[Named] = ()
) -> Assigned:
    """Give every line of tonight its key of last night, or a new one; all keys are distinct.

    A line is the one with the same student (or Student ID), service, group and start date; of those left
    over, the one that differs in exactly one of these, if each is the other's only counterpart. A changed
    student is a new name for the same child only while nothing shows that there are two: different
    Student IDs, or both names in the grid on both nights. Where twins (lines alike in all four) cannot be
    told apart by `detail`, none is taken for another: notes are never attached by guess.

    `removed` are lines that left on earlier nights and are still shown: a line that comes back exactly as
    it was gets its key again, no other line does. New keys are made from the line, so a repeated run gives
    the same ones.
    """
    pairing = _Pairing(now, before)
    pairing.pair_equal()
    pairing.pair_alike()
    pairing.pair_only_ones()
    pairing.pair_by_key()
    pairing.pair_changed_in_one()
    pairing.bring_back(removed)
    taken = {key for key, _ in (*before, *removed)}
    keys = tuple(
        pairing.key_of[i] if i in pairing.key_of else _new_key(line, taken) for i, line in enumerate(now)
    )
    kept = set(keys)
    return Assigned(keys, tuple(key for key, _ in before if key not in kept))


def _new_key(line: LineIdentity, taken: set[str]) -> str:
    """Make a key from the line; the second of two twins gets another."""
    key = next(key for turn in count() if (key := _key(line, turn)) not in taken)
    taken.add(key)
    return key


def _key(line: LineIdentity, turn: int) -> str:
    start = line.start.isoformat() if line.start else ""
    text = "\x1f".join((line.student_id or line.student, line.service, line.group, start, str(turn)))
    return _letters(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


Like = tuple[str, str, str, date | None]
Fits = Callable[[int, int], bool]


def _differences(one: Like, other: Like) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


class _Pairing:
    """Tonight's lines and last night's, the pairs found so far, and what is left over on each side."""

    def __init__(self, now: Sequence[LineIdentity], before: Sequence[Named]) -> None:
        self.now = now
        self.before = [line for _, line in before]
        self.keys = [key for key, _ in before]
        self.key_of: dict[int, str] = {}
        self.left_now = dict.fromkeys(range(len(now)))
        self.left_before = dict.fromkeys(range(len(before)))
        self._ids = _ids_of_names([*now, *self.before])
        self._like_now = [self._like(line) for line in now]
        self._like_before = [self._like(line) for line in self.before]
        self._seen_now = {name for line in now for name in (line.student, line.student_id)}
        self._seen_before = {name for line in self.before for name in (line.student, line.student_id)}

    def pair_equal(self) -> None:
        """Pair lines that are equal in everything."""
        self._pair_in_order(dict(enumerate(self.now)), dict(enumerate(self.before)))

    def pair_alike(self) -> None:
        """Pair lines of the same child by name or Student ID, equal in everything else."""
        self._pair_in_order(
            {i: (self._like_now[i], self.now[i].detail) for i in self.left_now},
            {j: (self._like_before[j], self.before[j].detail) for j in self.left_before},
        )

    def pair_only_ones(self) -> None:
        """Pair lines of the same child, service, group and start where one is left on each side."""
        self._pair_mutual(lambda i, j: self._like_now[i] == self._like_before[j])

    def pair_by_key(self) -> None:
        """Pair a line with the key that was made from it, where no more than the tab is left to tell (a state
        that was lost): the tab shows no start date, and the student perhaps by initials."""
        place = {self.keys[j]: j for j in self.left_before}
        turns: Counter[LineIdentity] = Counter()
        for i in list(self.left_now):
            line = self.now[i]
            j = place.pop(_key(line, turns[line]), None)
            turns[line] += 1
            if j is not None and self._could_be(line, self.before[j]):
                self._pair(i, j)

    def _could_be(self, now: LineIdentity, before: LineIdentity) -> bool:
        return before.start is None and (now.service, now.group) == (before.service, before.group)

    def pair_changed_in_one(self) -> None:
        """Pair lines that differ in exactly one; a twin that could not be told apart stands in the way."""
        self._pair_mutual(self._changed_in_one)

    def bring_back(self, removed: Iterable[Named]) -> None:
        """Give a line that is new tonight the key of the line that once was exactly so."""
        once = {(self._like(line), line.detail): key for key, line in removed if key not in set(self.keys)}
        for i in list(self.left_now):
            if key := once.pop((self._like_now[i], self.now[i].detail), None):
                self.key_of[i] = key
                del self.left_now[i]

    def _like(self, line: LineIdentity) -> Like:
        """Name the child by Student ID where one is known for the name, so that either will do."""
        ids = self._ids.get(line.student, set())
        child = line.student_id or (next(iter(ids)) if len(ids) == 1 else line.student)
        return (child, line.service, line.group, line.start)

    def _pair(self, i: int, j: int) -> None:
        self.key_of[i] = self.keys[j]
        del self.left_now[i], self.left_before[j]

    def _pair_in_order(self, now: Mapping[int, Hashable], before: Mapping[int, Hashable]) -> None:
        """Pair what is left over and equal; twins that nothing tells apart, in the sheet's order."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for j in self.left_before:
            waiting[before[j]].append(j)
        for i in list(self.left_now):
            if found := waiting.get(now[i]):
                self._pair(i, found.pop(0))

    def _pair_mutual(self, fits: Fits) -> None:
        of_now: dict[int, list[int]] = defaultdict(list)
        of_before: dict[int, list[int]] = defaultdict(list)
        for i in self.left_now:
            for j in self.left_before:
                if fits(i, j):
                    of_now[i].append(j)
                    of_before[j].append(i)
        for i, found in of_now.items():
            if len(found) == 1 and len(of_before[found[0]]) == 1:
                self._pair(i, found[0])

    def _changed_in_one(self, i: int, j: int) -> bool:
        now, before = self._like_now[i], self._like_before[j]
        if _differences(now, before) > 1:
            return False
        return now[0] == before[0] or not self._two_children(self.now[i], self.before[j])

    def _two_children(self, now: LineIdentity, before: LineIdentity) -> bool:
        if now.student == before.student:
            return before.student_id in self._seen_now or now.student_id in self._seen_before
        if now.student_id and before.student_id:
            return True
        return before.student in self._seen_now and now.student in self._seen_before


def _ids_of_names(lines: Iterable[LineIdentity]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.student_id:
            ids[line.student].add(line.student_id)
    return ids
