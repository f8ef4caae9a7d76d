"""Which notes to the administrator went out though the state could not be written (mail.md, "run-failed").

An empty file for each, for its owner alone: on a full disk there is mostly room for one. Its name is made
from the note's Message-ID, and says nothing.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sheets_sync.edges.store.files import PRIVATE_FOLDER, create_private
from sheets_sync.mail import Mail

KEPT = timedelta(days=3)
"""A note is of one day, and has another Message-ID on the next: after this its file is no use to anybody."""


class SentNotesFolder:
    """The notes of all workbooks, in one folder. Nothing is raised: at worst a note comes again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, note: Mail) -> bool:
        return os.path.lexists(self._file(note))

    def add(self, note: Mail) -> None:
        with suppress(OSError):
            self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            create_private(self._file(note))
        if note.date is not None:
            self._forget_before(note.date - KEPT)

    def _file(self, note: Mail) -> Path:
        number = hashlib.sha256(note.message_id.encode()).hexdigest()[:32]
        return self._folder / f"told-{number}"

    def _forget_before(self, moment: datetime) -> None:
        for file in self._folder.glob("told-*"):
            with suppress(OSError):
                if file.lstat().st_mtime < moment.timestamp():
                    file.unlink()
