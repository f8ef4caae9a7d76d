"""Eight workbooks in either house: read alike, counted alike, written alike (issue 3, point 1)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.ports import CellValue, Sheet
from tests.contract.houses import Book, House
from tests.contract.seen import differences
from tests.test_samples import SAMPLES, configuration

NIGHTS = (0, 2, 30)
"""Days after the sample's own on which it is run, one after another, with what was remembered."""

OURS = ("Compliance", "Data Problems")

samples = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def expected_of(sample: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return found


def kept_in(house: House, sample: Path) -> tuple[Book, date]:
    """Return the sample in a house, with the options it was counted by, and its day."""
    expected = expected_of(sample)
    book = house.load(sample)
    book.configure(configuration(expected["options"]))
    return book, date.fromisoformat(expected["today"])


def without_blanks(sheet: Sheet) -> list[list[tuple[type, CellValue]]]:
    """Return the rows with the type of each value, blank cells at the end of a row left out."""
    rows = [[(type(value), value) for value in row] for row in sheet.rows]
    for row in rows:
        while row and row[-1][1] is None:
            row.pop()
    return rows


def apart(result: dict[str, Any]) -> dict[str, Any]:
    """Return what is printed as JSON, but for what the house alone makes different."""
    return {name: value for name, value in result.items() if name not in ("workbook", "calls")}


def mails(book: Book) -> list[tuple[str, str, str]]:
    """Return receiver, subject and text of every mail, links to rows left out: a file has none."""
    found = []
    for file in sorted((book.folder / "mails").glob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        assert body is not None
        text = [line for line in body.get_content().splitlines() if "://" not in line]
        found.append((str(mail["To"]), str(mail["Subject"]), "\n".join(text)))
    return sorted(found)


@samples
def test_every_tab_is_read_alike(sample: Path, excel: House, google: House) -> None:
    file, sheet = (house.load(sample).open().read() for house in (excel, google))
    assert [tab.name for tab in sheet.sheets] == [tab.name for tab in file.sheets]
    for ours, theirs in zip(file.sheets, sheet.sheets, strict=True):
        assert without_blanks(theirs) == without_blanks(ours)
        assert (theirs.merged, theirs.hidden_rows) == (ours.merged, ours.hidden_rows)
        assert (theirs.mark, ours.mark) == (None, None)


@samples
def test_the_figures_are_those_that_were_worked_out_by_hand(sample: Path, house: House) -> None:
    book, today = kept_in(house, sample)
    wanted = expected_of(sample)["lines"]
    lines = {line["cell"]: line for line in book.sync(today)["lines"]}
    assert [{name: lines[line["cell"]][name] for name in line} for line in wanted] == wanted


@samples
def test_night_after_night_both_say_and_write_the_same(sample: Path, excel: House, google: House) -> None:
    (file, today), (sheet, _) = kept_in(excel, sample), kept_in(google, sample)
    for night in NIGHTS:
        day = today + timedelta(days=night)
        assert apart(sheet.sync(day)) == apart(file.sync(day)), day
        assert sheet.titles() == file.titles()
        for title in OURS:
            assert differences(file.see(title), sheet.see(title)) == [], day
    assert mails(sheet) == mails(file)
    assert mails(file)
