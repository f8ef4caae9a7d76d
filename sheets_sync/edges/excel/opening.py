"""From a path to the bytes of an .xlsx, or one sentence on why this is none (issue 2, "Bad input")."""

from __future__ import annotations

import stat
from pathlib import Path

from sheets_sync.problems import RunFailed, WrongUse

LARGEST_FILE = 250_000_000
"""Bytes on disk. A school year of log for 40 students is below 2,000,000."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAMS = ("EncryptedPackage", "DataSpaces")
_OPENDOCUMENT = b"application/vnd.oasis.opendocument"
_SAVE_AS = "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and name that file instead."


def read_file(path: Path) -> bytes:
    """Read the whole file at once, so that what is counted is what stood there at one moment.

    Raises WrongUse if there is no such file or it cannot be a workbook, RunFailed if it may not be read.
    """
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(facts.st_mode):
            raise WrongUse(f"{path} is not a file.", "Name the workbook file itself.")
        if facts.st_size > LARGEST_FILE:
            raise WrongUse(
                f"{path} is larger than {LARGEST_FILE // 1_000_000} MB.",
                "Move the pictures and old years out of it, and save it again.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongUse(
            f"There is no file {path}.",
            "Check the folder and the spelling; the name ends in .xlsx (Windows may hide that).",
        ) from None
    except IsADirectoryError:
        raise WrongUse(f"{path} is a folder.", "Name the workbook file inside it.") from None
    except PermissionError:
        raise RunFailed(
            f"{path} may not be read.",
            "Close it where it is open, or ask for permission to read it, and run again.",
        ) from None
    except OSError as error:
        raise RunFailed(f"{path} could not be read: {error.strerror or error}.", "Run again.") from None


def refuse_what_is_no_xlsx(data: bytes, name: str) -> None:
    """Raise WrongUse, with the remedy, for what commonly bears the name of a workbook and is none."""
    if not data:
        raise WrongUse(
            f"{name} is empty (0 bytes).",
            "Get a copy from a backup, or wait until it has been downloaded, and run again.",
        )
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    if not data.startswith(b"PK"):
        _refuse_text(data, name)
    if _OPENDOCUMENT in data[:200]:
        raise WrongUse(
            f"{name} is an OpenDocument file (.ods), not an .xlsx.",
            "Open it in LibreOffice, choose File > Save As > Excel 2007-365 (.xlsx), and name that file.",
        )


def _refuse_ole(data: bytes, name: str) -> None:
    if any(stream.encode("utf-16-le") in data for stream in _ENCRYPTED_STREAMS):
        raise WrongUse(
            f"{name} is protected by a password, so it cannot be read.",
            "Take the password off (in Excel: File > Info > Protect Workbook > Encrypt with Password, clear "
            "it, save), or let the program read a copy without one in a folder that only you can open.",
        )
    raise WrongUse(f"{name} is an old Excel file (.xls), not an .xlsx.", _SAVE_AS)


def _refuse_text(data: bytes, name: str) -> None:
    head = data[:4096]
    if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongUse(f"{name} holds plain text (such as CSV), whatever its name says.", _SAVE_AS)
    raise WrongUse(
        f"{name} is not an Excel workbook, or it is damaged from its first byte on.",
        "Open it in Excel; if Excel cannot either, get a copy from a backup.",
    )


def damaged(name: str, where: str) -> WrongUse:
    """The error for a file that begins like a workbook and is broken further on."""
    return WrongUse(
        f"{name} is damaged ({where}).",
        "Open it in Excel, let Excel repair it and save it; if Excel cannot, get a copy from a backup.",
    )
