"""Cuts a schedule text into days, times and what stands between them (phrases/README.md, 15)."""

from __future__ import annotations

import re

from sheets_sync.intake.schedule_patterns import scanners
from sheets_sync.intake.schedule_piece import Piece
from sheets_sync.lazy_regex import lazy_regex

_GLUED = lazy_regex(r"\b((?:m|tu|th|t|w|r|f|sa|su)+)(?=\d{1,2}[:.]?\d\d)")
_HALF_OF_DAY = lazy_regex(r"(?<=[\d ])([ap])\.\s?m\b\.?")


def cut(text: str) -> list[Piece]:
    """Cut a text in plain form into its pieces."""
    lowered = _HALF_OF_DAY.sub(r"\1m", _GLUED.sub(r"\1 ", text.lower()))
    if re.fullmatch(r"[a-h](?:\s?[,/&]\s?[a-h])+", lowered):
        return [Piece("letters", tuple(ord(c) - 96 for c in re.findall("[a-h]", lowered)), lowered)]
    pieces: list[Piece] = []
    position = 0
    while position < len(lowered):
        if lowered[position] == " ":
            position += 1
            continue
        for pattern, make in scanners():
            found = pattern.match(lowered, position)
            piece = make(found) if found and found.end() > position else None
            if found and piece:
                pieces.append(piece)
                position = found.end()
                break
    return pieces
