"""Links lead where they say: from Data Problems to the cell, from a mail to the row of our tab."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape

import pytest

from tests.contract.houses import Book, House, Made
from tests.contract.in_google import GoogleBook
from tests.contract.school import FIRST, LINES, TODAY, TOMORROW, school
from tests.contract.seen import SeenTab, Value

UNREADABLE = {
    "Service Grid": ("C4", "now and then"),
    "Schedule": ("D3", "some day"),
    "Service Log": ("F5", "hm?"),
    "Calendar": ("B3", "a day"),
}
"""Tab -> the cell in which staff wrote what cannot be read."""


def with_problems(house: House) -> Book:
    book = house.make(school())
    for title, (cell, value) in UNREADABLE.items():
        book.type(title, cell, value)
    book.sync(TODAY)
    return book


def follow(book: Book, link: str) -> Value:
    """Return what stands in the cell to which a link of ours leads."""
    title, _, cell = link.rpartition("!")
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found, link
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return book.see(title).cell(int(found[2]), column).value


def links_of(tab: SeenTab) -> list[tuple[str, str, str, Value]]:
    """Return the rows of Data Problems: tab, cell, the link, and what stands there."""
    return [
        (
            str(tab.cell(row, 2).value),
            str(tab.cell(row, 3).value),
            tab.cell(row, 3).link,
            tab.cell(row, 4).value,
        )
        for row in range(4, tab.size[0] + 1)
    ]


def nothing(book: Book) -> None:
    """Staff leave everything where it is."""


def moved(book: Book) -> None:
    """Tabs are renamed and moved, so that no place of a tab is what it was."""
    book.rename("Service Grid", 'Grid \'25 - "new"')
    book.configure('[tabs]\n"Service Grid" = "Grid \'25 - \\"new\\""\n')
    book.move("Service Log", 0)


def rows_put_in(book: Book) -> None:
    """A row stands above what cannot be read, so that it is in another cell."""
    for title in UNREADABLE:
        book.insert_rows(title, 2)


@pytest.mark.parametrize("edit", [nothing, moved, rows_put_in], ids=lambda edit: edit.__name__)
def test_each_problem_has_a_link_to_its_cell(house: House, made: Made, edit: Callable[[Book], None]) -> None:
    book = made(with_problems, house)
    edit(book)
    book.sync(TOMORROW)
    rows = links_of(book.see("Data Problems"))
    assert {row[3] for row in rows} >= {value for _, value in UNREADABLE.values()}
    for title, cell, link, value in rows:
        assert link == f"{title}!{cell}"
        assert follow(book, link) == value
        assert title in book.titles()


def test_a_tab_renamed_after_the_run_is_still_led_to(google: House, made: Made) -> None:
    """The address names the tab's id, not what it is called."""
    book = made(with_problems, google)
    book.rename("Service Log", "Log of the year")
    found = [row for row in links_of(book.see("Data Problems")) if row[3] == "hm?"]
    assert [follow(book, link) for _, _, link, _ in found] == ["hm?"]


def mails(book: Book) -> list[EmailMessage]:
    found = []
    for file in sorted((book.folder / "mails").glob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        found.append(mail)
    return found


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def initials(student: str) -> str:
    return "".join(f"{word[0]}." for word in student.split())


def test_a_mail_leads_to_the_row_of_the_line(google: House) -> None:
    """Read as a browser reads the address: which workbook, which tab, which row."""
    book = google.make(school())
    assert isinstance(book, GoogleBook)
    book.sync(TODAY)
    book.rename("Compliance", "Minutes")
    book.sort("Minutes", "B", FIRST)
    book.type("Service Log", "F3", "Delivered")
    book.sync(date(2025, 10, 27))
    called = []
    for mail in mails(book):
        for words, address in re.findall(
            r"(?:Where:|\()\s*(\w+ row \d+)\)?\n\s+(https://\S+)", part(mail, "plain")
        ):
            where = re.fullmatch(
                r"https://docs\.google\.com/spreadsheets/d/([\w-]+)/edit#gid=(\d+)&range=A(\d+)", address
            )
            assert where, address
            assert where[1] == book.id
            sheet = book.now.sheet(int(where[2]))
            assert sheet is not None
            assert sheet.title == "Minutes"
            assert words.endswith(f" row {where[3]}")
            called.append(words.partition(" ")[0])
    assert called.count("Compliance") == 3
    assert called.count("Minutes") == len(called) - 3 > 0, "as the tab was called on that night"


def test_the_row_is_that_of_the_student_and_service_told(google: House) -> None:
    book = google.make(school())
    book.sync(TODAY)
    (mail,) = mails(book)
    html = part(mail, "html")
    tab = book.see("Compliance")
    told = []
    for student, card in re.findall(r"<h2>(.*?)</h2>(.*?)(?=<h2>|<div class=\"closing\">)", html, re.DOTALL):
        for service, row in re.findall(
            r"</span> ([^<]+?)(?: <span.*?)?</h3>.*?href=\"[^\"]*range=A(\d+)\"", card, re.DOTALL
        ):
            line = tab.cell(int(row), 1).value, tab.cell(int(row), 2).value
            assert (initials(str(line[0])), line[1]) == (unescape(student), unescape(service).strip())
            told.append(line)
    assert len(told) == 3
    assert set(told) <= {(line[0], line[1]) for line in LINES}


def test_a_mail_about_a_file_has_no_links(excel: House) -> None:
    book = excel.make(school())
    book.sync(TODAY)
    (mail,) = mails(book)
    assert "://" not in part(mail, "plain")
    assert "<a " not in part(mail, "html")
    assert "Compliance row 4" in part(mail, "plain")
