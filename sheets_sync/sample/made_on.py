"""The day on which a sample workbook was made: the demo, run again, counts it as of that day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import BadZipFile, ZipFile

MADE_ON = re.compile(rb'name="sheets_sync_made_on"[^>]*>\s*<[^>]*>(\d{4}-\d\d-\d\d)<')


def made_on(path: Path) -> date | None:
    """Return the day on which `write_sample_school` made this file, None if it did not make it.

    Never raises for what the file holds; raises OSError if it cannot be opened.
    """
    try:
        with ZipFile(path) as archive:
            properties = archive.read("docProps/custom.xml")
    except (BadZipFile, KeyError):
        return None
    found = MADE_ON.search(properties)
    return date.fromisoformat(found[1].decode()) if found else None
