"""Mails as .eml files in a folder: what would be sent, to be opened with any mail program.

A file is 0600. A folder that has to be made is 0700; one that was there stays as it is, it may be staff's.
A name is made of date, role and Message-ID, so it names nobody, and the same mail is never written twice.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery
from sheets_sync.problems import RunFailed, WrongUse
from sheets_sync.views.mime import message_bytes

OURS = lazy_regex(r"\.?(\d{4}-\d\d-\d\d|undated)-[a-z-]+-(?P<digest>[0-9a-f]{10})\.eml(\.part)?")


class EmlFolder:
    """Delivers mails into a folder."""

    def __init__(self, folder: Path, sender: str = "") -> None:
        self.folder = folder
        self.sender = sender

    def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
        """Write each mail; what cannot be written waits, and stops none of the others."""
        return map(self._deliver, mails)

    def _deliver(self, mail: Mail) -> Delivery:
        try:
            (path,) = write_eml([mail], self.folder, self.sender)
        except RunFailed as error:
            return Delivery(mail.message_id, "waiting", problem=error.what)
        except WrongUse as error:
            return Delivery(mail.message_id, "refused", problem=error.what)
        return Delivery(mail.message_id, "written", where=str(path))


def write_eml(mails: Sequence[Mail], folder: Path, sender: str = "") -> list[Path]:
    """Write the mails and return their files, those that were there already among them.

    Raises RunFailed where the folder or a file cannot be written.
    """
    try:
        _make(folder)
        return [_write(mail, folder, sender) for mail in mails]
    except OSError as error:
        raise RunFailed(
            f"The mails cannot be written to {folder}: {error.strerror}.",
            "Name another folder under [mail] folder.",
        ) from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        if os.name == "posix":
            folder.chmod(0o700)


def eml_name(mail: Mail) -> str:
    """Return the file name of a mail: "2025-11-21-case-manager-1f0c9a2b47.eml"."""
    day = mail.date.date().isoformat() if mail.date else "undated"
    return f"{day}-{(mail.role or 'mail').replace(' ', '-')}-{_digest(mail.message_id)}.eml"


def _digest(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:10]


def mails_in(folder: Path, *, before: date | None = None, naming: str | None = None) -> list[Path]:
    """Return the mails of ours in the folder: all, those of days before one, those whose words name somebody.

    Raises RunFailed where one cannot be read.
    """
    found = [path for path in _within(folder) if OURS.fullmatch(path.name) and not path.is_dir()]
    if before is not None:
        found = [path for path in found if (day := _day(path)) is not None and day < before]
    if naming is not None:
        name = re.compile(rf"(?<!\w){re.escape(naming)}(?!\w)", re.IGNORECASE)
        found = [path for path in found if name.search(_words(path))]
    return found


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RunFailed(
            f"The folder {folder} cannot be read ({error.strerror}).", "Look whether you may read it."
        ) from None


def of_these(paths: Iterable[Path], message_ids: Iterable[str]) -> list[Path]:
    """Return the files of the mails with these Message-IDs, a half-written one too."""
    digests = set(map(_digest, message_ids))
    return [path for path in paths if (found := OURS.fullmatch(path.name)) and found["digest"] in digests]


def _day(path: Path) -> date | None:
    found = OURS.fullmatch(path.name)
    return date.fromisoformat(found[1]) if found and found[1] != "undated" else None


def _words(path: Path) -> str:
    try:
        mail = message_from_bytes(path.read_bytes(), policy=default)
    except OSError as error:
        raise RunFailed(
            f"{path} cannot be read ({error.strerror}).", "Look whether you may read it."
        ) from None
    plain = mail.get_body(("plain",))
    return str(plain.get_content()) if plain is not None else ""


def _write(mail: Mail, folder: Path, sender: str) -> Path:
    """Write under another name first: a file of the final name is always whole."""
    path = folder / eml_name(mail)
    if path.is_file() and not path.is_symlink():
        return path
    unfinished = folder / f".{path.name}.part"
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if os.name == "posix":
            os.fchmod(descriptor, 0o600)
        file.write(message_bytes(mail, sender))
        file.flush()
        os.fsync(descriptor)
    os.replace(unfinished, path)
    return path
