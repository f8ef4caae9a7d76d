"""The forms in which staff write one name, and whether a form can be, or surely is, a person's name.

"Rivera, Ana", "Ana R.", "A. Rivera", "Rivera A", "A.R.", "Ana" and "Ana Maria Rivera" can be Ana Rivera's.
Nothing here looks at spelling: a letter more is another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sheets_sync.intake.plain import LONGEST, plain, without_accents
from sheets_sync.lazy_regex import lazy_regex

Words = tuple[str, ...]

MORE = 2
"""So many middle names more than the other form has can stand between first and last name."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "la", "las", "los", "di", "da", "dos", "st", "bin", "al", "el")
)
_NO_NAMES = frozenset(("and", "or", "with", "w", "no", "not", "for", "by", "the", "to", "of", "in", "at"))
_NICKNAME = lazy_regex(r"""(?<!\S)[("']([^\W\d_][\w.-]*)[)"'](?!\w)""")
_INITIALS = lazy_regex(r"[^\W\d_](?:\.\s?[^\W\d_]){1,3}\.?")
_BARE_INITIALS = lazy_regex(r"[A-Z]{2}")
_LETTERS = lazy_regex(r"(?:[^\W\d_]|[\s.'-])+")


def is_particle(word: str) -> bool:
    """Tell whether a word begins a last name of several: "Van Horn"."""
    return word.casefold() in _PARTICLES


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name, its words without case, accents, full stops and apostrophes.

    A word of one letter is an initial. `middle` can be of the first or of the last name: what stands between
    in "Ana Maria Rivera". `by_comma`: a comma told which is the last name.
    """

    given: Words
    middle: Words = ()
    family: Words = ()
    suffix: str = ""
    by_comma: bool = False

    @property
    def words(self) -> Words:
        """All words, the first name first."""
        return self.given + self.middle + self.family

    def could_be(self, person: Name) -> bool:
        """Tell whether this form can be that person's: no word and no initial speaks against it."""
        typed, whole = self.words, person.words
        if self.suffix and person.suffix and self.suffix != person.suffix:
            return False
        if len(typed) == 1:
            return len(typed[0]) > 1 and typed[0] in whole
        return _in_order(typed, whole) or self.says_more_than(person)

    def says_more_than(self, person: Name) -> bool:
        """Tell whether this form is the person's name with middle names more."""
        typed, whole = self.words, person.words
        return (
            len(whole) > 1
            and 0 < len(typed) - len(whole) <= MORE
            and _alike(typed[0], whole[0])
            and _alike(typed[-1], whole[-1])
            and _in_order(whole, typed)
        )

    def is_surely(self, person: Name) -> bool:
        """Tell whether this form, which can be that person's, says of whom it is spoken.

        It does not where it says of first or last name what is not known of the person ("Ana Rivera" of
        "Ana R."), and where it names somebody by a middle name alone.
        """
        typed, whole = self.words, person.words
        first, last, ends = typed[0], typed[-1], {*person.family[:1], *person.family[-1:]}
        if len(typed) == 1 or typed == person.family:
            return typed == person.family or first in {person.given[0], *ends}
        if not _opens(first, person.given[0]):
            return False
        if self.says_more_than(person):
            return first == person.given[0] and last == whole[-1]
        if len(last) == 1:
            return last in {word[0] for word in ends}
        return last in (ends if len(first) == 1 or self.by_comma else whole[1:])


def _in_order(words: Words, among: Words) -> bool:
    """Tell whether these words stand among others in this order, an initial for the word that it begins."""
    others = iter(among)
    return all(any(_alike(word, other) for other in others) for word in words)


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _opens(typed: str, word: str) -> bool:
    return typed == word or (len(typed) == 1 and word.startswith(typed))


@lru_cache(maxsize=8192)
def names_in(text: str) -> tuple[Name, ...]:
    """Return every reading of a text as one person's name, the likelier first; none where it is no name."""
    typed = plain(text).strip(" ,;:*") if len(text) <= LONGEST else ""
    pieces = [piece.strip() for piece in typed.split(",")]
    suffix = ""
    if len(pieces) > 1 and _key(pieces[-1]) in _SUFFIXES:
        suffix = _key(pieces.pop())
    if len(pieces) > 2 or not all(_LETTERS.fullmatch(piece) for piece in pieces):
        return ()
    parts = [words_of(piece) for piece in pieces]
    for at, words in enumerate(parts):
        if len(words) > 1 and words[-1] in _SUFFIXES:
            parts[at], suffix = words[:-1], words[-1]
    if not all(parts) or any(word in _NO_NAMES for words in parts for word in words):
        return ()
    if len(parts) > 1:
        return (Name(parts[1], (), parts[0], suffix, by_comma=True),)
    return tuple(replace(name, suffix=suffix) for name in _in_one_piece(parts[0], pieces[0]))


def _in_one_piece(words: Words, typed: str) -> Iterator[Name]:
    yield _natural(words)
    if _BARE_INITIALS.fullmatch(typed):
        yield _natural((words[0][0], words[0][1]))
    if len(words) > 1 and len(words[-1]) == 1 < len(words[0]):
        yield Name(words[-1:], (), words[:-1])


def _natural(words: Words) -> Name:
    """Read words with the first name first: the last name begins with its particle, or is the last word."""
    begins = next((at for at in range(1, len(words) - 1) if words[at] in _PARTICLES), len(words) - 1)
    return Name(words[:1], words[1:begins], words[max(begins, 1) :])


@lru_cache(maxsize=8192)
def names_of(text: str, also: tuple[str, ...] = ()) -> tuple[Name, ...]:
    """Return by what names somebody goes whose name is written so; `also` are nicknames and other names.

    A nickname can stand in the name itself: 'Elizabeth "Liz" Rivera', "Rivera, Elizabeth (Liz)".
    """
    whole = plain(text)
    nicknames = [*_NICKNAME.findall(whole), *also]
    own = names_in(_NICKNAME.sub(" ", whole))[:1]
    found = list(own)
    for nickname in nicknames:
        for name in names_in(nickname)[:1]:
            alone = len(name.words) == 1 and own
            found.append(replace(own[0], given=name.given, middle=()) if alone else name)
    return tuple(dict.fromkeys(found))


def is_written_as_a_name(text: str) -> bool:
    """Tell whether no word of a text is written small among capitals: "Ana absent" says more than a name."""
    words = [word for word in re.split(r"[\s,]+", plain(text)) if word[:1].isalpha()]
    small = [word for word in words if word[0].islower() and word not in _PARTICLES]
    return len(words) > 1 and (not small or len(small) == len(words))


def words_of(text: str) -> Words:
    """Return the words of a name as they are compared: "A.R." is two, "Ng-Patel" too, "O'Brien" one."""
    spaced = text.replace(".", ". ") if _INITIALS.fullmatch(text.strip()) else text
    return tuple(key for word in re.split(r"[\s-]+", spaced) if (key := _key(word)))


def _key(word: str) -> str:
    return "".join(letter for letter in without_accents(word) if letter.isalpha())
