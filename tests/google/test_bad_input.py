"""Everything about a workbook, its sharing and its key that can be wrong: a sentence with what would do, an
exit code, nothing written; and once it is mended, the next run arrives where an undisturbed one would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.google.mornings import Morning
from tests.google.outcomes import arrived, failed, recovers
from tests.google.school import NOTE, OURS, School, picture, tab, text_at
from tests.sheets_server.accounts import ACCOUNT
from tests.sheets_server.faults import Fault
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import MOST_CELLS
from tests.sheets_server.requests.registry import REQUESTS

At = Callable[[str], School]
Act = Callable[[School], object]
DOCS = "https://docs.google.com"


def shared_as(role: str | None) -> Act:
    return lambda school: school.server.share(school.id, ACCOUNT, role)


def api(*, enabled: bool) -> Act:
    return lambda school: setattr(school.server, "api_enabled", enabled)


def tokens(**properties: object) -> Act:
    return lambda school: [setattr(school.server.tokens, *one) for one in properties.items()]


def kind(name: str) -> Act:
    return lambda school: school.server.keep(replace(school.book, kind=name))


def configured(**changes: str) -> Act:
    return lambda school: school.configure(**changes)  # type: ignore[arg-type]


def key_mode(mode: int) -> Act:
    return lambda school: school.key.chmod(mode)


def key_text(school: School) -> None:
    school.key.write_text(school.key.read_text()[:900])


def new_key(school: School) -> None:
    school.server.key_file(school.folder)


def asks(name: str, request: Callable[[Spreadsheet], Json]) -> Act:
    """Let staff do what the menu does for a request of batchUpdate, in a browser of their own."""
    return lambda school: school.server.staff.do(
        school.id, lambda book: REQUESTS[name](book, request(book), Context())
    )


def protect(book: Spreadsheet) -> Json:
    where = {"sheetId": tab(book, "Compliance").id, "startRowIndex": 2, "endRowIndex": 4}
    only = {"users": ["principal@school.example"]}
    return {"protectedRange": {"protectedRangeId": 77, "range": where, "editors": only}}


def sized(rows: int, columns: int) -> Act:
    """Give the tab Staff another size."""
    grid = {"rowCount": rows, "columnCount": columns}
    return asks(
        "updateSheetProperties",
        lambda book: {
            "properties": {"sheetId": tab(book, "Staff").id, "gridProperties": grid},
            "fields": "gridProperties(rowCount,columnCount)",
        },
    )


def full(school: School) -> None:
    """Leave no room for one more row of our tab."""
    others = sum(one.row_count * one.column_count for one in school.book.sheets if one.title != "Staff")
    rows = next(rows for rows in range(1000, 5000) if (MOST_CELLS - others) % rows < 20)
    sized(rows, (MOST_CELLS - others) // rows)(school)


def renamed(old: str, new: str) -> Act:
    def request(book: Spreadsheet) -> Json:
        return {"properties": {"sheetId": tab(book, old).id, "title": new}, "fields": "title"}

    return asks("updateSheetProperties", request)


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
    spoiled = school.book
    assert failed(school.sync(), school, *says, code=code)
    assert school.book == spoiled
    mend(school)
    assert recovers(school, all_mornings["rows"])


def test_a_tab_of_staffs_that_is_deleted_is_named_and_can_be_had_back(
    at: At, all_mornings: dict[str, Morning]
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    asks("deleteSheet", lambda book: {"sheetId": tab(book, "Service Log").id})(school)
    spoiled = school.book
    assert failed(school.sync(), school, "Service Log", "[tabs]", code=3)
    assert school.book == spoiled
    school.server.keep(morning.book.copy())
    assert recovers(school, morning)


@pytest.mark.parametrize("title", OURS)
def test_a_tab_of_ours_that_is_deleted_is_made_anew(
    at: At, all_mornings: dict[str, Morning], title: str
) -> None:
    """The note that stood there went with it; everything else is as it would be."""
    school, morning = at("rows"), all_mornings["rows"]
    asks("deleteSheet", lambda book: {"sheetId": tab(book, title).id})(school)
    ran = school.sync()
    assert (ran.code, ran.err, school.requests("write")) == (0, "", 1)
    assert {name: texts(school, name) for name in OURS} == {
        name: texts_of(morning.after_tabs[name]) - ({NOTE} if name == title else set()) for name in OURS
    }
    assert school.staffs() == morning.staffs
    assert school.remembered() == morning.after_state


def test_a_tab_of_staffs_that_has_our_name_is_left_alone(at: At, all_mornings: dict[str, Morning]) -> None:
    school = at("first")
    renamed("Staff", "compliance")(school)
    spoiled = school.book
    assert failed(
        school.sync(), school, 'a tab "Compliance" that this program did not make', "[compliance] tab", code=2
    )
    assert school.book == spoiled
    renamed("compliance", "Staff")(school)
    assert recovers(school, all_mornings["first"])


def test_a_copy_of_our_tab_in_its_place_is_left_alone(at: At) -> None:
    """Staff keep a copy, delete the tab, and give the copy its name: it is theirs."""
    school = at("rows")
    ours = tab(school.book, "Compliance").id
    asks("duplicateSheet", lambda book: {"sourceSheetId": ours})(school)
    asks("deleteSheet", lambda book: {"sheetId": ours})(school)
    renamed("Copy of Compliance", "Compliance")(school)
    spoiled = school.book
    assert failed(school.sync(), school, 'a tab "Compliance" that this program did not make', code=2)
    assert school.book == spoiled


def test_a_token_that_expires_meanwhile_is_renewed(at: At, all_mornings: dict[str, Morning]) -> None:
    school = at("rows")
    school.server.staff.next(lambda book: school.server.clock.turn(3600), "read")
    ran = school.sync()
    assert (ran.code, ran.err, school.requests("token")) == (0, "", 2)
    assert [one.status for one in school.server.requests] == [200, 200, 401, 200, 200]
    assert arrived(school, all_mornings["rows"])


def test_a_token_that_is_not_taken_is_renewed_once(at: At, all_mornings: dict[str, Morning]) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    school.server.faults.always(Fault(status=401), "read")
    assert failed(school.sync(), school, "did not accept the token", "a new key")
    assert (school.requests("token"), school.requests("read")) == (2, 2)
    assert recovers(school, morning)


def test_a_key_that_is_revoked_between_read_and_write_is_told(
    at: At, all_mornings: dict[str, Morning]
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    school.server.staff.next(lambda book: tokens(revoked=True)(school), "read")
    assert failed(school.sync(), school, "key", "deleted or disabled", "a new key")
    assert school.tabs() == morning.tabs
    tokens(revoked=False)(school)
    assert recovers(school, morning)


def test_the_longest_text_that_google_takes_does_no_harm(at: At) -> None:
    """50,000 characters in a cell that cannot be read: the problem is told, and fits into a cell."""
    school = at("rows")

    def paste(book: Spreadsheet) -> None:
        sheet = tab(book, "Service Grid")
        sheet.cells[1, 2] = {"userEnteredValue": {"stringValue": "word " * 10_000}}

    school.server.staff.do(school.id, paste)
    ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    assert any("word word" in text for text in texts(school, "Data Problems"))


def texts(school: School, title: str) -> set[str]:
    return texts_of(picture(tab(school.book, title)))


def texts_of(kept: Json) -> set[str]:
    """Return every text that stands in a tab."""
    return {text for cell in kept["cells"].values() if isinstance(text := text_at(cell), str)}
