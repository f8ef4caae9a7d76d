"""Whom a name calls among several people: those whom it can mean, and whether it surely means one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sheets_sync.intake.person_names import Name, is_written_as_a_name, names_in


class PeopleCalled:
    """People by the names by which each goes; they are known by their positions."""

    def __init__(self, people: Sequence[Sequence[Name]]) -> None:
        self._people = people
        self._by_word: dict[str, set[int]] = {}
        self._by_letter: dict[str, set[int]] = {}
        for person, names in enumerate(people):
            for word in {word for name in names for word in name.words}:
                self._by_word.setdefault(word, set()).add(person)
                self._by_letter.setdefault(word[0], set()).add(person)

    def could_be(self, typed: Sequence[Name]) -> tuple[int, ...]:
        """Return everybody whom one of these readings of a text can mean."""
        near = {person for name in typed for person in self._near(name.words[0])}
        return tuple(person for person in sorted(near) if self._fits(typed, person))

    def _near(self, word: str) -> frozenset[int]:
        """Return everybody in whose names a word stands, or its initial."""
        if len(word) == 1:
            return frozenset(self._by_letter.get(word, ()))
        return self.have_word(word) | self.have_word(word[0])

    def _fits(self, typed: Sequence[Name], person: int) -> bool:
        return any(name.could_be(own) for own in self._people[person] for name in typed)

    def is_surely(self, typed: Sequence[Name], person: int) -> bool:
        """Tell whether one of these readings says that this person is meant."""
        return any(
            name.could_be(own) and name.is_surely(own) for own in self._people[person] for name in typed
        )

    def names_of(self, person: int) -> Sequence[Name]:
        """Return the names by which somebody goes."""
        return self._people[person]

    def goes_by(self, word: str, person: int) -> bool:
        """Tell whether this is a first name by which the person goes."""
        return any(own.given[0] == word for own in self._people[person])

    def says_more(self, typed: Name, person: int) -> bool:
        """Tell whether a form has a middle name or a suffix that is not known of the person."""
        return all(
            typed.says_more_than(own) or (typed.suffix and not own.suffix) for own in self._people[person]
        )

    def have_word(self, word: str) -> frozenset[int]:
        """Return everybody in whose names a word stands whole."""
        return frozenset(self._by_word.get(word, ()))

    def one(self, typed: Sequence[Name]) -> int | None:
        """Return the one person whom a text can mean and surely means; None for nobody, or for several."""
        fits = self.could_be(typed)
        return fits[0] if len(fits) == 1 and self.is_surely(typed, fits[0]) else None


def named_besides(
    taken: Mapping[str, Sequence[Name]], strangers: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return, of each text that was taken for a person, the strangers who can be meant by it as well.

    `taken` maps the text to the person's names. A first name alone does not mean who may have it as the last:
    "Ana" can be "Ramos, Ana", and is not of "Ana, Zoe".
    """
    others = [stranger for stranger in strangers if is_written_as_a_name(stranger)]
    names = [names_in(stranger)[:1] for stranger in others]
    called = PeopleCalled(names)
    found = {}
    for text, own in taken.items():
        readings = names_in(text)
        first = {name.given[0] for name in own} & {name.words[0] for name in readings if not name.words[1:]}
        near = [(others[who], names[who][0]) for who in called.could_be(readings)]
        found[text] = tuple(
            other for other, name in near if not (first and name.by_comma and name.given[0] not in first)
        )
    return found
