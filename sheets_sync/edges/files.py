"""Files that the program leaves for people to look at: whole or not at all, and for their owner alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from sheets_sync.problems import RunFailed


def write_private(file: Path, text: str) -> None:
    """Put the text where the file is, with 0600 whatever the umask says. Raises RunFailed."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".tmp", dir=file.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(text)
            os.replace(unfinished, file)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
    except OSError as error:
        raise RunFailed(
            f"{file} could not be written ({error.strerror}).",
            "Look whether the disk is full and whether you may write there.",
        ) from None


def nearest_folder(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    found = folder.absolute()
    while not os.path.exists(found) and found != found.parent:
        found = found.parent
    return found


def may_write(folder: Path) -> bool:
    """Tell whether something can be put into the folder, or the folder be made."""
    near = nearest_folder(folder)
    return near.is_dir() and os.access(near, os.W_OK | os.X_OK)


def delete(files: Iterable[Path], *, but: Path | None = None) -> None:
    """Delete the files, and each folder `but` one in which nothing is left then. Raises RunFailed."""
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise RunFailed(
                f"{path} could not be deleted ({error.strerror}).", "Look whether you may write there."
            ) from None
        with suppress(OSError):
            if path.parent != but:
                path.parent.rmdir()


def address_beside(workbook: Path, other: Path) -> str:
    """Return the address of a file as a link in a workbook has it: from the workbook's own folder, so that it
    leads there too where both lie on a share that is called otherwise elsewhere; of another drive, whole."""
    there = os.path.realpath(other)
    try:
        beside = os.path.relpath(there, os.path.dirname(os.path.realpath(workbook)))
    except ValueError:  # two drives of Windows
        return Path(there).as_uri()
    return quote(os.fsencode(beside.replace(os.sep, "/")))


def mark_of(file: Path) -> tuple[int, int, int] | None:
    """Return what changes when the file is written or replaced; None where there is none. Opens nothing."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
