"""Gathers the days of a schedule text with the times that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.schedule_piece import Piece

Times = tuple[int | None, int | None]
NO_TIMES: list[Times] = [(None, None)]


class CannotTell(Exception):
    """The text leaves open when the sessions are; the message says how."""


@dataclass
class Group:
    """Days that belong together, and the times that go with them."""

    weekdays: list[int] = field(default_factory=list)
    cycle: list[int] = field(default_factory=list)
    lettered: bool = False
    times: list[Times] = field(default_factory=list)


def days_with_times(pieces: Sequence[Piece]) -> list[Group]:
    """Gather days with the times that follow them or, where a text begins with a time, stand before them."""
    runs = _runs(pieces)
    if not runs:
        return []
    if runs[0][0] == "times" and any(kind == "days" for kind, _ in runs):
        runs = _days_first(runs)
    groups: list[Group] = []
    for kind, content in runs:
        if kind == "days" or not groups:
            groups.append(Group())
        if kind == "days":
            _put_days(groups[-1], content)
        else:
            groups[-1].times += _times(content)
    _share_last_times(groups)
    return groups


def _share_last_times(groups: Sequence[Group]) -> None:
    """Refuse a mixture of days with times and days without: which time goes with which is not told."""
    timed = [bool(group.times) for group in groups]
    if any(timed) and not all(timed):
        raise CannotTell("It does not say which days go with which times.")


def _days_first(runs: list[tuple[str, list[Piece]]]) -> list[tuple[str, list[Piece]]]:
    kinds = [kind for kind, _ in runs]
    if kinds == ["times", "days"] * (len(runs) // 2):
        return [run for first, second in zip(runs[::2], runs[1::2], strict=True) for run in (second, first)]
    raise CannotTell("It does not say which days go with which times.")


_DAY_KINDS = ("weekday", "letter_t", "all", "cycle", "letters")
_JOINS = ("comma", "slash", "and", "hyphen")


def _runs(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """Part the pieces into runs of days and runs of times, each with the joins between its pieces."""
    runs: list[tuple[str, list[Piece]]] = []
    joins: list[Piece] = []
    parted = False
    for piece in pieces:
        kind = "days" if piece.kind in _DAY_KINDS else "times" if piece.kind in ("time", "range") else ""
        if kind:
            if runs and runs[-1][0] == kind and not parted:
                runs[-1][1].extend([*joins, piece])
            else:
                runs.append((kind, [piece]))
            joins, parted = [], False
        elif piece.kind in _JOINS:
            joins.append(piece)
        elif piece.kind in ("semicolon", "boundary"):
            parted = True
    return runs


def _put_days(group: Group, content: Sequence[Piece]) -> None:
    """Put a list or range of days into a group: "Mon-Fri" is a range, "Mon-Wed-Fri" a list."""
    days = [piece for piece in content if piece.kind in _DAY_KINDS]
    hyphens = sum(piece.kind == "hyphen" for piece in content)
    if hyphens and hyphens == len(days) - 1 and len(days) > 2:
        hyphens = 0
    position = 0
    while position < len(content):
        piece = content[position]
        if hyphens and position + 2 < len(content) and content[position + 1].kind == "hyphen":
            group.weekdays += _between(piece, content[position + 2])
            position += 3
            continue
        if piece.kind in ("cycle", "letters"):
            group.cycle += piece.numbers
            group.lettered = piece.kind == "letters"
        elif piece.kind in _DAY_KINDS:
            group.weekdays += piece.numbers
        position += 1


def _between(first: Piece, last: Piece) -> range:
    ends = (*first.numbers, *last.numbers)
    if len(ends) != 2 or not {first.kind, last.kind} <= {"weekday", "letter_t"} or ends[0] >= ends[1]:
        raise CannotTell("This range of days cannot be read.")
    return range(ends[0], ends[1] + 1)


def _times(content: Sequence[Piece]) -> list[Times]:
    """Return starts and ends; two times side by side, or joined by "to", are a start and its end."""
    found: list[Times] = []
    joined = True
    for piece in content:
        if piece.kind == "range":
            found.append((piece.numbers[0], piece.numbers[1]))
            joined = False
        elif piece.kind == "time":
            last = found[-1] if found else None
            if last and joined and last[1] is None and (last[0] or 0) < piece.numbers[0]:
                found[-1] = (last[0], piece.numbers[0])
                joined = False
            else:
                found.append((piece.numbers[0], None))
                joined = True
        elif piece.kind == "slash":
            raise CannotTell("It does not say which times go with which days.")
        elif piece.kind == "hyphen" and found and found[-1][1] is not None and piece is not content[-1]:
            raise CannotTell("These are three times in a row.")
        elif piece.kind != "hyphen":
            joined = False
    return found
