"""What stands below one date beside one student: one entry, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.clock import read_time
from sheets_sync.intake.codes import LONGEST_SESSION
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.layouts.day_columns import IN, OUT, DayColumns
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

FEW = frozenset("1234")
"""Numbers that may be so many sessions, or the number of a code: no session is that short."""
_OF_A_NUMBER = {
    "Status": (
        "A number below 5 is no session's minutes: it is not read.",
        "Write the minutes, or a code: a key on the tab says what it means.",
    ),
    "Attendance": (
        "A number does not say whether the student was absent, tardy or dismissed: it is not read.",
        "Write it in words, or a letter: a key on the tab says what it means.",
    ),
}
_TICKS = frozenset(("x", "✓", "✔", "☑", "☒", "yes", "y"))
_UNTICKED = frozenset(("☐", "□", "no", "n", "-"))
_READ_AS_GIVEN = "A tick below a date is read as a session that was given, unless [codes] says otherwise."
_SAY_OTHERWISE = 'If it means something else, say so above the dates, like "✓ = planned".'
_ASIDE = frozenset(("Notes", "Reason", "Provider", "Group"))
"""Columns that make no entry where they alone are filled."""


@dataclass(frozen=True)
class DayReader:
    """Reads the cells below a date. `own` is the column of the status; `ticked` what a ticked box says where
    no header does, None where that cannot be told; `merged` are the cells that are merged over several days
    or rows."""

    doubts: Doubts
    own: str
    ticked: str | None
    merged: frozenset[tuple[int, int]] = frozenset()
    numbers: frozenset[str] = frozenset()
    """Those that are codes: the key says what they mean."""
    signs: frozenset[str] = frozenset()
    """The ticks that are typed ("✓") and noted: no key says what they mean."""

    def read(self, row: int, day: DayColumns) -> Mapping[str, Placed] | None:
        """Return what stands in a row (1-based) below a date, by canonical column; None where nothing does,
        or nothing that can be told."""
        if day.is_plain and (row, day.place) not in self.merged:
            cell = self._cell(row, day.place)
            status = None if _is_empty(cell) else self._of_cell((cell, row, day.place))
            return None if status is None else {self.own: status}
        cells = {name: (self._cell(row, place), row, place) for name, place in day.fields.items()}
        filled = {name: cell for name, cell in cells.items() if not _is_empty(cell[0])}
        boxes = {place: self._cell(row, place) for place in day.boxes}
        over = next((place for place in (*day.fields.values(), *boxes) if (row, place) in self.merged), None)
        if over is not None and not is_blank(self._cell(row, over)):
            self.doubts.at(
                row,
                over,
                "This cell is merged over several days or rows: it is not read.",
                "Unmerge it, and write it into each cell that it is meant for.",
            )
            return None
        if boxes:
            status = self._of_boxes(row, day, boxes)
        elif IN in day.fields and OUT in day.fields:
            return self._of_clock(row, day, filled)
        else:
            status = self._of_cell(filled.get(self.own))
        filled.pop(self.own, None)
        if status is None or (status[0] is None and not filled.keys() - _ASIDE):
            return None
        if status[0] is None:
            status = (None, row, min(day.boxes, default=day.fields.get(self.own, day.place)))
        return {**filled, self.own: status}

    def _cell(self, row: int, place: int) -> CellValue:
        cells = self.doubts.sheet.rows[row - 1]
        return cell_in(cells, place)

    def _of_cell(self, cell: Placed | None) -> Placed | None:
        """Return the status in a cell, one of None where it is blank; None where it cannot be told."""
        if cell is None:
            return (None, 0, 0)
        value, row, place = cell
        if value is True and self.ticked is None:
            problem = "It is not told whether a tick means that the student was there or not: it is not read."
            self.doubts.at(
                row, place, problem, "Write what happened, or a code that a key on the tab explains."
            )
            return None
        if value is not True and text_of(value) in FEW - self.numbers:
            self.doubts.at(row, place, *_OF_A_NUMBER[self.own])
            return None
        if text_of(value) in self.signs:
            self.doubts.at(row, place, _READ_AS_GIVEN, _SAY_OTHERWISE, Severity.NOTE)
        return (self.ticked, row, place) if value is True else cell

    def _of_boxes(self, row: int, day: DayColumns, boxes: Mapping[int, CellValue]) -> Placed | None:
        marks = {place: _mark(cell, day.boxes[place]) for place, cell in boxes.items()}
        for place, mark in marks.items():
            if mark is None:
                problem = "This is neither a tick nor a blank: what stands below this date is not read."
                self.doubts.at(
                    row, place, problem, "Tick one of the columns, and write minutes into their own."
                )
                return None
        ticked = [place for place, mark in marks.items() if mark]
        if len(ticked) > 1:
            problem = "Two of the columns of one day are ticked: neither is read."
            self.doubts.at(row, ticked[1], problem, "Leave the one that is meant.")
            return None
        return (day.boxes[ticked[0]], row, ticked[0]) if ticked else (None, 0, 0)

    def _of_clock(
        self, row: int, day: DayColumns, filled: Mapping[str, Placed]
    ) -> Mapping[str, Placed] | None:
        """Return the entry of a session of these times: given, where no code says more."""
        begin, end = (filled.get(name) for name in (IN, OUT))
        status = self._of_cell(filled.get(self.own))
        if status is None or (begin is None and end is None and status[0] is None):
            return None
        others = {name: cell for name, cell in filled.items() if name not in (IN, OUT, self.own)}
        if begin is None and end is None:
            return {**others, self.own: status}
        times = [read_time(cell[0]) if cell else None for cell in (begin, end)]
        starts, ends = (None if time is None or time.problem else time.value for time in times)
        told = starts is not None and ends is not None and 0 < ends - starts <= LONGEST_SESSION
        if begin is None or end is None or starts is None or ends is None or not told:
            problem = "These are not two times, the second after the first: the session is not read."
            remedy = 'Write when it began and when it ended, like "9:00" and "9:30".'
            self.doubts.at(row, (begin or end or (None, row, day.place))[2], problem, remedy)
            return None
        minutes = {"Minutes": (float(ends - starts), row, end[2]), **others}
        given = status if status[0] is not None else ("Delivered", row, begin[2])
        return {**minutes, "Start": begin, self.own: given}


def _is_empty(cell: CellValue) -> bool:
    return cell is False or is_blank(cell)


def _mark(cell: CellValue, header: str) -> bool | None:
    """Tell whether a box is ticked; None where what stands there is no mark. Its own header is a tick too."""
    if _is_empty(cell) or cell is True:
        return cell is True
    text = text_of(cell).casefold()
    if text in _TICKS or code_key(text) == code_key(header):
        return True
    return False if text in _UNTICKED else None
