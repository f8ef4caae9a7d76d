"""What a schedule text leaves open about its days: refused, so that no word of it is dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sheets_sync.intake.schedule_piece import Piece

_DAYS = ("weekday", "letter_t", "all", "cycle", "letters")
_OF_SOME_WEEKS = ("nth", "alternate", "letter_week")
_OPEN_ENDS = {"thru", "through"}
_COUNTS = {"once": 1, "twice": 2, "thrice": 3}
_EVERY = ("every", "each")
_EVERY_WEEK = (("every", "week"), ("each", "week"))


def days_left_open(pieces: Sequence[Piece], groups: int) -> str:
    """Return why the days of a text cannot be told, "" where they can; `groups` is how many it has.

    "Alternating Mon/Wed": both every other week, or in turns. "Mon 9:00, every other Wed 10:00": one of
    the days alternates and not the other. "Red day": no day of the week, nor of a cycle that is numbered.
    """
    if _of_some_weeks_alone(pieces, groups):
        return "It does not say which of the days are in every week."
    if {pieces[0].text, pieces[-1].text} & _OPEN_ENDS:
        return "This range of days has one end only."
    if _other_count(pieces):
        return "How often is told does not fit the days."
    if _lone_letter(pieces):
        return "It does not say which days or weeks this letter stands for."
    if _named_day(pieces):
        return "A day with a name of its own needs a calendar that tells when it is."
    return ""


def _of_some_weeks_alone(pieces: Sequence[Piece], groups: int) -> bool:
    days = [place for place, piece in enumerate(pieces) if piece.kind in _DAYS]
    marks = [place for place, piece in enumerate(pieces) if piece.kind in _OF_SOME_WEEKS]
    if not marks or not days:
        return bool(marks)
    apart = any(days[0] < place < days[-1] for place in marks)
    turns = any(piece.text.startswith("alternat") and "w" not in piece.text for piece in pieces)
    if turns and len({number for place in days for number in pieces[place].numbers}) > 1:
        return True
    weekly = any(pieces[place - 1].text in _EVERY for place in days[1:])
    weekly = weekly or any(pair in _EVERY_WEEK for pair in _pairs(pieces))
    return groups > 1 or apart or weekly


def _pairs(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in pairwise(pieces)]


def _other_count(pieces: Sequence[Piece]) -> bool:
    """Tell whether "twice" stands beside other than two days: "twice on Mon"."""
    counts = {_COUNTS[piece.text] for piece in pieces if piece.text in _COUNTS}
    days = {number for piece in pieces if piece.kind in _DAYS for number in piece.numbers}
    return bool(counts) and counts != {len(days)}


def _named_day(pieces: Sequence[Piece]) -> bool:
    """Tell whether "day" stands behind a word that no pattern has taken with it: "gold day"."""
    if pieces and _unknown_day(pieces[0]):
        return True
    for place, piece in enumerate(pieces[1:], start=1):
        introduces = place + 1 < len(pieces) and pieces[place + 1].kind == "punctuation"
        if _unknown_day(piece):
            return True
        if piece.text in ("day", "days") and pieces[place - 1].kind == "word" and not introduces:
            return True
    return False


def _lone_letter(pieces: Sequence[Piece]) -> bool:
    """Tell whether a letter that could be a day of a rotation stands alone: "Mon (A)", "A/B: Mon"."""
    for place, piece in enumerate(pieces):
        if piece.kind != "word" or len(piece.text) != 1 or piece.text not in "abcdefgh":
            continue
        beside = [pieces[at].kind == "word" for at in (place - 1, place + 1) if 0 <= at < len(pieces)]
        if not any(beside):
            return True
    return False


def _unknown_day(piece: Piece) -> bool:
    return (
        piece.kind == "word"
        and piece.text.isalpha()
        and len(piece.text) > 3
        and piece.text.endswith(("day", "days"))
    )
