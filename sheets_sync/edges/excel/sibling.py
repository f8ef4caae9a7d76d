"""Where our tabs go if nothing may be put into the workbook itself."""

from __future__ import annotations

from pathlib import Path


def sibling_of(file: Path) -> Path:
    """Return "NAME - compliance.xlsx" beside the file."""
    return file.with_name(f"{file.stem} - compliance.xlsx")
