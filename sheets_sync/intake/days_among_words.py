"""A word in a list of days may be a day that is misspelt: it is asked about, never dropped."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.schedule_piece import Piece
from sheets_sync.lazy_regex import lazy_regex

_DAYS = ("weekday", "letter_t")
_JOINS = ("comma", "slash", "and")
_TIMES = ("time", "range")
_LONGEST = 10
_ALIKE = 0.75
"""Of two words: "tuesdy" and "mn" are this near to a day or nearer, "music" and "math" to none."""
_LETTERS_OF_DAYS = lazy_regex(r"(?=.{3,5}$)[mtwrfh]+[^mtwrfhaeiouy\d\W][mtwrfh]*")
_FIRST_LETTERS = "mtwfs"
_BETWEEN = ("at", "on", "from")


def word_among_days(pieces: Sequence[Piece]) -> str:
    """Return the word of "Mon/Wd/Fri" or "Mon, Wedn 9:00" that stands where a day would; "" if none does."""
    if misspelt := _misspelt([p for p in pieces if p.kind != "punctuation" and p.text not in _BETWEEN]):
        return misspelt
    for place, piece in enumerate(pieces):
        if piece.kind == "word" and len(piece.text) == 1 and _behind_slash(pieces[:place]):
            return piece.text
        if piece.kind != "word" or not piece.text.isalpha() or not 2 <= len(piece.text) <= _LONGEST:
            continue
        kinds = [one.kind for one in pieces]
        if place < 2 or kinds[place - 1] not in _JOINS or kinds[place - 2] not in _DAYS:
            continue
        follows = kinds[place + 1 : place + 3]
        between = len(follows) == 2 and follows[0] in _JOINS and follows[1] in _DAYS
        last = piece.text[0] in _FIRST_LETTERS and (not follows or follows[0] in _TIMES)
        if between or last:
            return piece.text
    return ""


def _misspelt(pieces: Sequence[Piece]) -> str:
    """Return the word of "Tuesdy 9:00" that is nearly a day; of "MTX 9:00" where no day stands beside it."""
    alone = not any(piece.kind in _DAYS for piece in pieces)
    for place, piece in enumerate(pieces):
        if piece.kind != "word" or not _stands_like_a_day(pieces, place):
            continue
        if _is_like_a_day(piece.text) or (alone and _LETTERS_OF_DAYS.fullmatch(piece.text)):
            return piece.text
    return ""


def _stands_like_a_day(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether a time or a day follows a word, or a join is between it and a day."""
    before = [piece.kind for piece in pieces[max(place - 2, 0) : place]]
    after = [piece.kind for piece in pieces[place + 1 : place + 3]]
    joined_before = len(before) == 2 and before[0] in _DAYS and before[1] in (*_JOINS, "hyphen")
    joined_after = len(after) == 2 and after[0] in (*_JOINS, "hyphen") and after[1] in (*_DAYS, *_TIMES)
    of_month = place + 1 < len(pieces) and pieces[place + 1].text == "of"
    beside = bool(after) and after[0] in (*_TIMES, *_DAYS, "boundary")
    return joined_before or joined_after or beside or of_month


@lru_cache(maxsize=1024)
def _is_like_a_day(text: str) -> bool:
    """Tell whether a word is a day with a letter wrong: "tuesdy"."""
    if len(text) < 2 or len(text) > _LONGEST or text in ("month", "months"):
        return False
    days = [day for day in weekdays() if day[0] == text[0] and len(day) > 2]
    if any(sorted(text) == sorted(day) for day in days):  # "mno"
        return True
    return bool(get_close_matches(text.removesuffix("s"), days, 1, _ALIKE))


def _behind_slash(before: Sequence[Piece]) -> bool:
    return len(before) > 1 and before[-1].kind == "slash" and before[-2].kind in _DAYS
