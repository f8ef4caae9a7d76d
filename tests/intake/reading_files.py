"""Reads a workbook file into a Snapshot for tests of intake, without the Excel edge."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from sheets_sync.ports import Sheet, Snapshot

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def read_file(path: Path) -> Snapshot:
    """Read every tab of a file; a blank cell is None."""
    workbook = CalamineWorkbook.from_path(str(path))
    return Snapshot(
        tuple(
            Sheet(
                name,
                [
                    [None if cell == "" else cell for cell in row]
                    for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            )
            for name in workbook.sheet_names
        )
    )
