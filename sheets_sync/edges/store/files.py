"""The state file on the disk: where it lies, that it is private, and that one run holds it at a time."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import filelock
import platformdirs

from sheets_sync.problems import AlreadyRunning, RunFailed

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def default_state_path(workbook: str) -> Path:
    """Return where the state of a workbook lies unless configured: one file a workbook, in the user's folder.

    `workbook` is a path or a URL; a link and the file that it points to are one workbook, and so are the many
    addresses of one Google spreadsheet.
    """
    known, name = _identity_and_name(workbook)
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "workbook"
    digest = hashlib.sha256(known.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return platformdirs.user_state_path("sheets-sync", appauthor=False) / f"{slug}-{digest}.sqlite"


def identity(workbook: str) -> str:
    """Return what tells a workbook from all others, however it is written: a path, or a spreadsheet's id."""
    return _identity_and_name(workbook)[0]


def _identity_and_name(workbook: str) -> tuple[str, str]:
    if "://" not in workbook:
        path = Path(workbook).expanduser().resolve()
        return str(path), path.stem
    found = re.search(r"/spreadsheets/d/([A-Za-z0-9_-]+)", urlsplit(workbook).path)
    return (f"google:{found[1]}", "google") if found else (workbook, "online")


def make_private_folder(folder: Path) -> None:
    """Make the folder, readable by its owner alone; one that exists is left as it is."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise RunFailed(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another with `state`."
        ) from None


def require_private(path: Path) -> None:
    """Tighten a file to 0600, or refuse it.

    Raises RunFailed where `path` is a link, no ordinary file, has a second name, or is somebody else's.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _refused(
            path, "it is a link" if path.is_symlink() else error.strerror or "it cannot be opened"
        ) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, "it is not an ordinary file")
        if os.name != "posix":
            return
        if found.st_nlink > 1:
            raise _refused(path, "it has a second name elsewhere (a hard link)")
        if found.st_uid != os.geteuid():
            raise _refused(path, "it belongs to another user")
        if stat.S_IMODE(found.st_mode) != PRIVATE_FILE:
            os.fchmod(descriptor, PRIVATE_FILE)
    finally:
        os.close(descriptor)


def create_private(path: Path) -> None:
    """Make an empty file with 0600, whatever the umask says; an older one of that name goes."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    try:
        if os.name == "posix":
            os.fchmod(descriptor, PRIVATE_FILE)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock beside `path` for as long as the block runs; a killed run lets go of it at once.

    Raises AlreadyRunning where another run holds it.
    """
    make_private_folder(path.parent)
    beside = path.with_name(path.name + ".lock")
    lock = filelock.FileLock(beside, timeout=0, mode=PRIVATE_FILE)
    try:
        if beside.is_symlink():
            raise _refused(beside, "it is a link")
        lock.acquire()
    except filelock.Timeout:
        if not beside.exists():
            raise _refused(beside, "it cannot be made") from None
        raise AlreadyRunning(
            "Another run of this workbook is under way; nothing was done.",
            "Wait for it to end, then try again.",
        ) from None
    except PermissionError:
        raise _refused(beside, "it cannot be written") from None
    except OSError as error:
        raise _refused(beside, error.strerror or "it cannot be written") from None
    try:
        yield
    finally:
        lock.release()


def _refused(path: Path, why: str) -> RunFailed:
    return RunFailed(
        f"The state file {path} is not used: {why}.",
        "It must be an ordinary file of yours; put one there or name another with `state`.",
    )
