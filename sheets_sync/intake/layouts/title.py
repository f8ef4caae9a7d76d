"""What a grid is about: its titles, or the name of the tab."""

from __future__ import annotations

from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.ports import Sheet


def service_of_the_tab(sheet: Sheet, header: int) -> Placed | None:
    """Return the one service of which the texts above the header (a 1-based row) speak, else the tab's name;
    None where they speak of several."""
    found: dict[str, Placed] = {}
    for number in range(1, header):
        for place, cell in enumerate(sheet.rows[number - 1]):
            if isinstance(cell, str):
                found |= {
                    name: (name, number, place) for name in services_spoken_of(cell) if name not in found
                }
    found = found or {name: (name, 1, 0) for name in services_spoken_of(sheet.name)}
    return next(iter(found.values())) if len(found) == 1 else None
