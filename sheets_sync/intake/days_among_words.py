"""A word in a list of days may be a day that is misspelt: it is asked about, never dropped."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.intake.schedule_piece import Piece

_DAYS = ("weekday", "letter_t")
_JOINS = ("comma", "slash", "and")
_TIMES = ("time", "range")
_LONGEST = 9
_FIRST_LETTERS = "mtwfs"


def word_among_days(pieces: Sequence[Piece]) -> str:
    """Return the word of "Mon/Wd/Fri" or "Mon, Wedn 9:00" that stands where a day would; "" if none does."""
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


def _behind_slash(before: Sequence[Piece]) -> bool:
    return len(before) > 1 and before[-1].kind == "slash" and before[-2].kind in _DAYS
