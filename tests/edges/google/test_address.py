"""What people paste as the address of a workbook: the workbook's id, or a sentence on what it is instead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.address import canonical, is_address, row_link, spreadsheet_id
from sheets_sync.problems import WrongUse

ID = "1aBcD-EfGhIjKlMnOpQrStUvWxYz_0123456789abcdEF"
HOME = f"https://docs.google.com/spreadsheets/d/{ID}"


@pytest.mark.parametrize(
    "pasted",
    [
        HOME,
        f"{HOME}/",
        f"{HOME}/edit",
        f"{HOME}/edit#gid=0",
        f"{HOME}/edit?gid=1795403#gid=1795403",
        f"{HOME}/edit?usp=sharing",
        f"{HOME}/edit?usp=sharing&ouid=10&rtpof=true&sd=true",
        f"{HOME}?resourcekey=0-abc",
        f"{HOME}/edit#gid=5&range=A7",
        f"{HOME}/view",
        f"{HOME}/htmlview",
        f"{HOME}/copy",
        f"{HOME}/export?format=xlsx",
        f"{HOME}/gviz/tq?tqx=out:csv",
        f"https://docs.google.com/spreadsheets/u/0/d/{ID}/edit",
        f"https://docs.google.com/u/1/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com/a/school.example.org/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/a/school.example.org/d/{ID}/edit",
        f"http://docs.google.com/spreadsheets/d/{ID}",
        f"HTTPS://DOCS.GOOGLE.COM/spreadsheets/d/{ID}",
        f"docs.google.com/spreadsheets/d/{ID}/edit",
        f"www.docs.google.com/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com//spreadsheets/d/{ID}//edit",
        f"  {HOME}/edit  ",
        f"<{HOME}/edit>",
        f'"{HOME}/edit"',
        f"{HOME}/edit.",
        f"{HOME}/edit#gid=0 (our log)",
        f"{HOME}\nServices 2025-26",
        f"Our log: {HOME}/edit",
        ID,
    ],
)
def test_an_address_of_a_workbook_in_any_form(pasted: str) -> None:
    assert spreadsheet_id(pasted) == ID
    assert canonical(pasted) == HOME


@pytest.mark.parametrize(
    ("pasted", "what", "remedy"),
    [
        (f"https://docs.google.com/document/d/{ID}/edit", "a Google Doc", "spreadsheets/d/"),
        (f"https://docs.google.com/presentation/d/{ID}/edit", "presentation", "spreadsheets/d/"),
        (f"https://docs.google.com/drawings/d/{ID}/edit", "drawing", "spreadsheets/d/"),
        (f"https://script.google.com/d/{ID}/edit", "script", "spreadsheets/d/"),
        (f"https://docs.google.com/forms/d/{ID}/edit", "a Google Form", "View in Sheets"),
        (f"https://docs.google.com/forms/d/e/{ID}/viewform", "a Google Form", "View in Sheets"),
        ("https://forms.gle/AbCdEf123", "a Google Form", "View in Sheets"),
        (f"https://drive.google.com/drive/folders/{ID}?usp=sharing", "a folder", "Open the workbook in it"),
        (f"https://drive.google.com/drive/u/0/folders/{ID}", "a folder", "Open the workbook in it"),
        ("https://drive.google.com/drive/my-drive", "a folder", "Open the workbook in it"),
        (f"https://drive.google.com/file/d/{ID}/view?usp=drive_link", "a file in Google Drive", "Open it"),
        (f"https://drive.google.com/open?id={ID}", "a file in Google Drive", "Open it"),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vQabcdefghijklmnopqrstuvwxyz/pubhtml",
            "a published copy",
            "for editing",
        ),
        (
            "https://docs.google.com/spreadsheets/u/1/d/e/2PACX-1vQabcdefghijklmnopqrstuvwxyz/pub?output=csv",
            "a published copy",
            "for editing",
        ),
        ("https://docs.google.com/spreadsheets/u/0/", "the list of Google workbooks", "in it"),
        ("https://sheets.google.com", "the list of Google workbooks", "in it"),
        ("https://docs.google.com/spreadsheets/d/", "not whole", "spreadsheets/d/"),
        ("https://docs.google.com/spreadsheets/d/1aBc", "not whole", "spreadsheets/d/"),
        (f"https://docs.google.com/spreadsheets/d/{ID}%0d%0aX/edit", "not whole", "spreadsheets/d/"),
        ("https://school.example.org/files/log.xlsx", "an Excel file on a web server", "Download"),
        ("https://school.example.org/files/log.XLSX?download=1", "an Excel file", "Download"),
        ("https://school-my.sharepoint.com/:x:/g/personal/abc", "OneDrive or SharePoint", "OneDrive keeps"),
        (
            f"https://docs.google.com.evil.example/spreadsheets/d/{ID}",
            "no address of a Google",
            "address bar",
        ),
        (
            f"https://docs.google.com@evil.example/spreadsheets/d/{ID}",
            "no address of a Google",
            "address bar",
        ),
        (f"ftp://docs.google.com/spreadsheets/d/{ID}", "does not begin with https", "address bar"),
        ("https://", "no address of a Google", "address bar"),
        ("https://[docs.google.com/spreadsheets", "no address that can be read", "address bar"),
        ("", "no address of a Google", "address bar"),
        ("https://docs.google.com/" + "x" * 5000, "no address of a Google", "address bar"),
    ],
)
def test_what_is_pasted_instead_is_named_and_what_would_do(pasted: str, what: str, remedy: str) -> None:
    with pytest.raises(WrongUse) as caught:
        spreadsheet_id(pasted)
    assert what in caught.value.what
    assert remedy in caught.value.remedy
    assert ID not in caught.value.what + caught.value.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HOME, True),
        (f"docs.google.com/spreadsheets/d/{ID}", True),
        ("https://school.example.org/log.xlsx", True),
        ("drive.google.com/drive/folders/x", True),
        (ID, True),
        ("log.xlsx", False),
        ("/home/me/docs.google.com/log.xlsx", False),
        (r"C:\school\log.xlsx", False),
        ("Services 2025-26.xlsx", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_file(text: str, expected: bool) -> None:
    assert is_address(text) is expected


def test_a_row_is_reached_by_putting_its_number_behind_the_link() -> None:
    assert row_link(ID, 17) + "12" == f"{HOME}/edit#gid=17&range=A12"


@given(st.one_of(st.text(max_size=200), st.text(max_size=60).map(lambda tail: f"{HOME[:-5]}{tail}")))
def test_nothing_that_is_typed_crashes_it(text: str) -> None:
    try:
        found = spreadsheet_id(text)
    except WrongUse:
        return
    assert re.fullmatch("[A-Za-z0-9_-]+", found)
    assert spreadsheet_id(canonical(text)) == found
