"""Put new bytes where a file was, so that a crash at any moment leaves the old file or the new one, whole.

A temporary file in the same folder is written, synced and renamed over the old one. What a crash leaves
behind is removed by the next run. Between the last look at the old file and the rename lie some
microseconds in which a save by somebody else would be lost; no office program takes part in any lock.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sheets_sync.edges.excel.rights import keep_rights
from sheets_sync.problems import RunFailed

if sys.platform != "win32":
    import fcntl

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def refuse_if_open(path: Path) -> None:
    """Raise RunFailed if Excel or LibreOffice has put its lock file beside the workbook.

    Whether the program that put it there still runs cannot be known from here; the remedy says what to do
    with one that a crash left behind. Who has it open is in the lock file and is not read.
    """
    for program, lock in (("Excel", f"~${path.name}"), ("LibreOffice", f".~lock.{path.name}#")):
        if path.with_name(lock).exists():
            raise RunFailed(
                f"{path.name} is open in {program}, so it was not overwritten.",
                f'Close it and run again. If nobody has it open, delete the file "{lock}" beside it first.',
            )


def refuse_if_protected(path: Path) -> None:
    """Raise RunFailed if the file is there and write-protected for everybody."""
    with contextlib.suppress(FileNotFoundError):
        if not path.stat().st_mode & 0o222:
            raise RunFailed(
                f"{path.name} is write-protected.", "Take the write protection off and run again."
            )


def refuse_if_irreplaceable(path: Path) -> None:
    """Raise RunFailed if the file could not be replaced; a small one beside it is made and removed."""
    try:
        with _temporary(path) as (descriptor, _):
            keep_rights(descriptor, path)
    except OSError as error:
        raise _explained(path, error) from None


def replace_file(path: Path, data: bytes, *, like: Path, last_look: Callable[[], None]) -> None:
    """Make `data` the content of `path` (no link), with the owner and permissions of `like`.

    `last_look` is called when everything is on the disk, right before the rename; if it raises, nothing
    has happened. Raises RunFailed with a remedy: disk full, not permitted, open in another program, a right
    that somebody would lose.
    """
    try:
        with _temporary(path) as (descriptor, temporary):
            _write_all(descriptor, data)
            keep_rights(descriptor, like)
            os.fsync(descriptor)
            last_look()
            if sys.platform == "win32":
                os.close(descriptor)
            os.replace(temporary, path)
            _sync_folder(path.parent)
    except OSError as error:
        raise _explained(path, error) from None


@contextlib.contextmanager
def _temporary(path: Path) -> Iterator[tuple[int, str]]:
    descriptor, temporary = tempfile.mkstemp(prefix=_prefix(path), suffix=".tmp", dir=path.parent)
    try:
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # some network folders have no locks
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor, temporary
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _prefix(path: Path) -> str:
    return f".sheets-sync-{hashlib.sha256(path.name.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}-"


def remove_leftovers(path: Path) -> None:
    """Remove temporary files of this workbook whose process is gone: its lock on them went with it."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f"{_prefix(path)}*.tmp"):
            with contextlib.suppress(OSError), left.open("rb") as file:
                if sys.platform != "win32":
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # the file is in place; some network folders cannot be synced
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(path: Path, error: OSError) -> RunFailed:
    if error.errno in _FULL:
        return RunFailed(f"The disk is full, so {path.name} stays as it was.", "Make room and run again.")
    if error.errno in _FORBIDDEN and sys.platform == "win32":
        return RunFailed(f"{path.name} is open in another program.", "Close it and run again.")
    if error.errno in _FORBIDDEN:
        return RunFailed(
            f"The folder of {path.name} may not be written, so the file stays as it was.",
            f"Get permission to write in {path.parent}, or work on a copy in a folder of your own.",
        )
    why = error.strerror or str(error)
    return RunFailed(f"{path.name} could not be written ({why}); it stays as it was.", "Run again.")
