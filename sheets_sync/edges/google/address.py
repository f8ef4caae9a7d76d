"""The address of a Google workbook, in every form that people paste, and what else they paste instead."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import WrongUse

LONGEST = 2000
HOST = "docs.google.com"
_ID = lazy_regex(r"[A-Za-z0-9_-]{15,120}")
_BARE_ID = lazy_regex(r"[A-Za-z0-9_-]{40,120}")
_ACCOUNT = r"(?:/u/\d+|/a/[^/]+)*"
_WORKBOOK = lazy_regex(f"^{_ACCOUNT}/spreadsheets{_ACCOUNT}/d/([^/]+)(?:/|$)")
_LOOKS_LIKE_AN_ADDRESS = lazy_regex(
    r"^\s*<?(?:[a-z][a-z0-9+.-]*://|(?:www\.)?(?:docs|drive|sheets|script|forms)\.google\.)", re.I
)
_SCHEME = lazy_regex(r"^[a-z][a-z0-9+.-]*:/+", re.IGNORECASE)
_ENDS = "<>\"'`,;()[]{}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}."

_COPY = "Open the workbook in Google Sheets and copy the address from the address bar: it begins with https://docs.google.com/spreadsheets/d/"


def is_address(text: str) -> bool:
    """Tell an address from the path of a file: it has a scheme ("https://") or begins with a host of Google.

    The id of a workbook alone is an address too.
    """
    return _LOOKS_LIKE_AN_ADDRESS.match(text) is not None or _BARE_ID.fullmatch(text.strip()) is not None


def spreadsheet_id(address: str) -> str:
    """Return the id of the Google workbook that an address leads to.

    Raises WrongUse, with what would do, for the address of anything else. The address itself is not
    repeated there: what stands behind "?" can be a key to the document.
    """
    if _BARE_ID.fullmatch(address.strip()):
        return address.strip()
    text = _first_word(address)
    if len(address) > LONGEST or not text:
        raise WrongUse("This is no address of a Google workbook.", _COPY)
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"https://{text}")
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        raise WrongUse("This is no address that can be read.", _COPY) from None
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    if parts.scheme not in ("http", "https"):
        raise WrongUse("This address does not begin with https://.", _COPY)
    found = _WORKBOOK.match(path) if host == HOST else None
    if found and _ID.fullmatch(found[1]):
        return found[1]
    raise _refusal(host, path)


def canonical(address: str) -> str:
    """Return the one form of an address: the same text for the same workbook. Raises WrongUse."""
    return f"https://{HOST}/spreadsheets/d/{spreadsheet_id(address)}"


def whole(address: str) -> str:
    """Return the address with which a workbook is opened. Raises WrongUse."""
    return f"{canonical(address)}/edit"


def row_link(workbook_id: str, gid: int) -> str:
    """Return the address of a row of a tab, but for the row's number, which is put behind it."""
    return f"https://{HOST}/spreadsheets/d/{workbook_id}/edit{tab_link(gid)}A"


def tab_link(gid: int) -> str:
    """Return what leads within a workbook to a cell of a tab, which is put behind it."""
    return f"#gid={gid}&range="


def _first_word(address: str) -> str:
    """Return the address without what was pasted round it."""
    words = address.split()
    found = next((word for word in words if is_address(word.strip(_ENDS))), words[0] if words else "")
    return found.strip(_ENDS)


def _refusal(host: str, path: str) -> WrongUse:
    if host in (HOST, "drive.google.com", "forms.gle", "sheets.google.com", "script.google.com"):
        for pattern, what, remedy in _OTHER_THINGS:
            if re.search(pattern, f"{host}{path}"):
                return WrongUse(what, remedy)
    if host == HOST and "/spreadsheets" in path:
        return WrongUse(
            "The address of the Google workbook is not whole: the long name behind /spreadsheets/d/ is cut"
            " or missing.",
            _COPY,
        )
    if re.search(r"\.xls[xmb]?$", path, re.IGNORECASE):
        return WrongUse(
            "This is the address of an Excel file on a web server; it cannot be read or written there.",
            "Download the file and name it (--workbook FILE), or upload it to Google Drive and choose"
            " File > Save as Google Sheets.",
        )
    if host.endswith(("sharepoint.com", "onedrive.live.com", "1drv.ms", "office.com", "live.com")):
        return WrongUse(
            "This is a workbook in OneDrive or SharePoint, which this program does not reach.",
            "Name the file where OneDrive keeps it on this computer, or move it to Google Sheets.",
        )
    return WrongUse("This is no address of a Google workbook.", _COPY)


_OPEN = "Open it there; if it is a workbook, copy the address from the address bar once it is open."
_OTHER_THINGS = (
    (
        r"/spreadsheets/(?:u/\d+/)?d/e/",
        "This is the address of a published copy of a workbook (/d/e/2PACX-...): it can only be looked at.",
        "Open the workbook itself in Google Sheets, for editing, and copy the address from the address bar.",
    ),
    (
        r"/spreadsheets(?:/u/\d+)?(?:/(?:create)?)?$|^sheets\.google\.com",
        "This is the list of Google workbooks, not one of them.",
        "Open the workbook in it and copy the address from the address bar.",
    ),
    (r"/document/", "This is the address of a Google Doc, not of a workbook.", _COPY),
    (r"/presentation/", "This is the address of a presentation in Google Slides, not of a workbook.", _COPY),
    (
        r"/forms/|^forms\.gle",
        "This is the address of a Google Form, not of a workbook.",
        "Open the form, choose Responses > View in Sheets, and copy the address of that workbook.",
    ),
    (
        r"/drawings/|/drawing/|^script\.google\.com|/macros/",
        "This is the address of a drawing or a script, not of a workbook.",
        _COPY,
    ),
    (
        r"/folders/|^drive\.google\.com/(?:drive|$)",
        "This is the address of a folder in Google Drive, not of a workbook.",
        "Open the workbook in it and copy the address from the address bar.",
    ),
    (
        r"^drive\.google\.com/",
        "This is the address of a file in Google Drive; it does not tell what it is.",
        _OPEN,
    ),
    (r"/open$|/uc$", "This address leads to a file in Google Drive; it does not tell what it is.", _OPEN),
)
"""Patterns of host and path, in the order in which they are tried; what it is; what would do."""
