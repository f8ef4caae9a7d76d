"""Everything about a workbook, its sharing and its key that can be wrong: a sentence with what would do, an
exit code, nothing written; and once it is mended, the next run arrives where an undisturbed one would."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.google.acts import (
    Act,
    api,
    asks,
    configured,
    full,
    key_mode,
    key_text,
    kind,
    new_key,
    protect,
    renamed,
    shared_as,
    sized,
    tokens,
)
from tests.google.mornings import Morning
from tests.google.outcomes import HELD, failed, only_a_banner, recovers
from tests.google.school import School
from tests.sheets_server.accounts import ACCOUNT

At = Callable[[str], School]
DOCS = "https://docs.google.com"


as_it_should_be = configured()
NOWHERE = f"{DOCS}/spreadsheets/d/1{'x' * 43}/edit"
ELSEWHERE = [
    # an address                                                    what it is said to be
    (NOWHERE, "no Google workbook at this address"),
    (f"{DOCS}/spreadsheets/d/1xY", "not whole"),
    (f"{DOCS}/spreadsheets/u/0/", "list of Google workbooks"),
    (f"{DOCS}/spreadsheets/d/e/2PACX-1vT{'x' * 60}/pubhtml", "published copy"),
    (f"{DOCS}/document/d/1{'x' * 43}/edit", "Google Doc"),
    (f"{DOCS}/forms/d/e/1{'x' * 43}/viewform", "Google Form"),
    ("https://drive.google.com/drive/folders/1abc", "folder in Google Drive"),
    ("https://example.org/grid.xlsx", "Excel file on a web server"),
    ("https://example.org/", "no address of a Google workbook"),
]
WRONG = [
    # what is wrong, who does it, exit code, what is said, who mends it
    (
        "not shared",
        shared_as(None),
        1,
        (f"not shared with {ACCOUNT}", "choose Share", "as Editor", "delegation"),
        shared_as("writer"),
    ),
    (
        "shared as viewer only",
        shared_as("reader"),
        1,
        ("viewer only", f"type {ACCOUNT}, as Editor"),
        shared_as("writer"),
    ),
    (
        "shared as commenter",
        shared_as("commenter"),
        1,
        ("viewer only", f"type {ACCOUNT}, as Editor"),
        shared_as("writer"),
    ),
    (
        "API off",
        api(enabled=False),
        1,
        ("API is not enabled", "https://console.developers.google.com/apis/api/sheets.googleapis.com"),
        api(enabled=True),
    ),
    (
        "an .xlsx in Drive",
        kind("xlsx"),
        2,
        ("Excel file (.xlsx)", "File > Save as Google Sheets"),
        kind("spreadsheet"),
    ),
    (
        "a required tab renamed",
        renamed("Schedule", "Old stuff"),
        3,
        ("Schedule", "[tabs]"),
        renamed("Old stuff", "Schedule"),
    ),
    (
        "cells of our tab protected by somebody else",
        asks("addProtectedRange", protect),
        1,
        ("protected", "Data > Protect sheets and ranges", ACCOUNT),
        asks("deleteProtectedRange", lambda book: {"protectedRangeId": 77}),
    ),
    (
        "a full workbook",
        full,
        1,
        ("10,000,000 cells", "Delete the empty rows and columns"),
        sized(1000, 26),
    ),
    (
        "key revoked",
        tokens(revoked=True),
        1,
        ("does not accept the key", "make a new key"),
        tokens(revoked=False),
    ),
    (
        "clock ten minutes behind",
        tokens(skew=600),
        1,
        ("10 minutes behind", "Set the clock right"),
        tokens(skew=0),
    ),
    (
        "clock ten minutes ahead",
        tokens(skew=-600),
        1,
        ("10 minutes ahead", "Set the clock right"),
        tokens(skew=0),
    ),
    (
        "no delegation",
        configured(google='subject = "principal@school.example"\n'),
        1,
        ("delegation is missing", "admin.google.com"),
        as_it_should_be,
    ),
    (
        "a key that others can read",
        key_mode(0o640),
        2,
        ("can be read by other users", "chmod 600"),
        key_mode(0o600),
    ),
    ("half a key", key_text, 2, ("holds no JSON", "Keys > Add key"), new_key),
    ("no key", lambda school: school.key.unlink(), 2, ("no key file", "[google] credentials"), new_key),
    *[
        (f"address {number}", configured(address=address), 2, (said,), as_it_should_be)
        for number, (address, said) in enumerate(ELSEWHERE)
    ],
]


@pytest.mark.parametrize(
    ("spoil", "code", "says", "mend"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_is_wrong_is_said_with_what_would_do(
    at: At, all_mornings: dict[str, Morning], spoil: Act, code: int, says: tuple[str, ...], mend: Act
) -> None:
    school = at("rows")
    spoil(school)
    spoiled, staffs = school.book, school.staffs()
    assert failed(school.sync(), school, *says, code=code)
    assert school.staffs() == staffs
    assert only_a_banner(spoiled, school) if code == HELD else school.book == spoiled
    mend(school)
    assert recovers(school, all_mornings["rows"])
