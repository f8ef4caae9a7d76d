"""The day on which a sample workbook was made: the demo, run again, counts it as of that day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from sheets_sync.zip_errors import DAMAGED_ZIP

MADE_ON = re.compile(rb'name="sheets_sync_made_on"[^>]*>\s*<[^>]*>(\d{4}-\d\d-\d\d)<')


def made_on(path: Path) -> date | None:
    """Return the day on which `write_sample_school` made this file, None if it did not make it.

    Whatever the file holds, it is an answer; raises OSError if it cannot be opened.
    """
    try:
        with ZipFile(path) as archive:
            properties = archive.read("docProps/custom.xml")
        found = MADE_ON.search(properties)
        return date.fromisoformat(found[1].decode()) if found else None
    except (KeyError, *DAMAGED_ZIP):
        return None
