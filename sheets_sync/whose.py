"""Whether a state is of the workbook that is read. Pure.

A state holds what one school's tab says; on a night that is held its last good tabs are written again. So
what another workbook left is never used.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.ports import Snapshot
from sheets_sync.problems import RunFailed
from sheets_sync.staff_columns import read_staff_columns
from sheets_sync.state import State
from sheets_sync.understand import our_tab


@dataclass(frozen=True, slots=True)
class Whose:
    """`workbook` tells a workbook from all others (its path, its id); `state` is the file that remembers it.

    Both "" where nobody asks.
    """

    workbook: str = ""
    state: str = ""


def refuse_another(whose: Whose, state: State, snapshot: Snapshot) -> None:
    """Raise RunFailed where the state is of another workbook than the one that was read.

    A workbook that was moved, renamed or copied is known by its Compliance tab: most of the Line keys there
    are the state's. A state that does not say whose it is (version 2), or remembers no line, fits any.
    """
    if not whose.workbook or state.workbook in ("", whose.workbook) or not state.lines:
        return
    there = set(read_staff_columns(our_tab(snapshot)).rows)
    if there and 2 * len(there & {line.key for line in state.lines}) >= len(there):
        return
    raise RunFailed(
        f"the state file {whose.state} is of another workbook; nothing was written",
        "give this workbook a state of its own: name another file with `state`, or leave `state` out. If it"
        " is the same workbook, moved or renamed, put back its Compliance tab: by that it is known",
    )
