"""The HTML page: the tab as a browser shows it, inert whatever stands in a cell."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sheets_sync.views.page import page
from sheets_sync.views.tab import OutCell, Style, Tab

HOSTILE = [
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    '=HYPERLINK("http://evil.example")',
    "</style><script>document.title='owned'</script>",
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
    'O\'Neil & "Sons"',
]


def tab(student: str = "Ana R.", *, note: str = "20 + 10", calm: bool = False) -> Tab:
    """Return a small Compliance tab: title, summary, header, two lines, one hidden column."""
    header = [
        OutCell(name, Style.HEADER) for name in ("Student", "Service", "Status", "Delivered", "Last", "Line")
    ]
    red = OutCell("MAKE-UP OWED", Style.RED)
    green = OutCell("ON TRACK", Style.GREEN)

    def line(name: str, status: OutCell) -> tuple[OutCell, ...]:
        return (
            OutCell(name),
            OutCell("Speech therapy", Style.WRAP),
            status,
            OutCell(1230, Style.NUMBER, note=note),
            OutCell(date(2025, 11, 4), Style.DATE),
            OutCell("secret-key"),
        )

    return Tab(
        "Compliance",
        "compliance",
        (
            (OutCell("Compliance: 1 to make up", Style.TITLE),),
            (OutCell("Read Nov 5", Style.SUMMARY), OutCell(None)),
            tuple(header),
            line(student, green if calm else red),
            line("Ben T.", green),
        ),
        widths=(17, 22, 19, 9, 12, 5),
        frozen=(3, 2),
        filter_row=3,
        hidden=(5,),
    )


def parsed(*tabs: Tab) -> html.HtmlElement:
    return html.document_fromstring(page(tabs, title="Maple Hill"))


def test_the_tab_stands_there_row_by_row() -> None:
    document = parsed(tab())
    assert [cell.text_content() for cell in document.xpath("//thead//th")] == [
        "Student",
        "Service",
        "Status",
        "Delivered",
        "Last",
    ]
    (first, second) = document.xpath("//tbody/tr")
    assert first.xpath("th")[0].text_content() == "Ana R."
    assert [cell.text_content() for cell in second.xpath("td")][:2] == ["Speech therapy", "ON TRACK"]


def test_title_and_summary_stand_above_the_table() -> None:
    texts = [p.text_content() for p in parsed(tab()).xpath("//div[@class='head']/p")]
    assert texts == ["Compliance: 1 to make up", "Read Nov 5"]


def test_numbers_and_dates_are_written_as_people_write_them() -> None:
    text = page([tab()], title="x")
    assert "1,230" in text
    assert "Nov 4, 2025" in text


def test_hidden_columns_stay_hidden() -> None:
    assert "secret-key" not in page([tab()], title="x")


def test_a_note_opens_from_its_figure_without_a_script() -> None:
    document = parsed(tab(note="20 delivered + 10 owed"))
    button = document.xpath("//tbody//button")[0]
    (note,) = document.xpath(f"//*[@id='{button.get('popovertarget')}']")
    assert (button.text_content(), note.text_content()) == ("1,230", "20 delivered + 10 owed")


def test_ids_are_unique_over_several_tabs() -> None:
    ids = parsed(tab(), tab()).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_lines_that_ask_for_nothing_can_be_left_out() -> None:
    document = parsed(tab())
    assert [row.get("class") for row in document.xpath("//tbody/tr")] == [None, "calm"]
    assert document.xpath("//input[@class='todo']")
    assert not parsed(tab(calm=True)).xpath("//input")


def test_it_loads_nothing_and_runs_nothing() -> None:
    text = page([tab()], title="x")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")
    assert not re.search(
        r"<(script|link|img|iframe|object|embed|form)\b|\bsrc=|https?://|@import|url\(", text
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_what_stands_in_a_cell_is_text(name: str) -> None:
    document = html.document_fromstring(page([tab(name, note=name)], title=name))
    assert document.xpath("//tbody/tr/th")[0].text_content() == name
    assert document.xpath("//*[@popover]")[0].text_content() == name
    assert document.xpath("//title")[0].text_content() == name
    assert not document.xpath("//script | //img")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_comes_back_as_it_was(name: str) -> None:
    document = html.document_fromstring(page([tab(name, note=name)], title="x"))
    assert document.xpath("//tbody/tr/th")[0].text_content() == name


@pytest.mark.chromium
@pytest.mark.parametrize("name", HOSTILE[:4])
def test_a_browser_runs_none_of_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page([tab(name, note=name)], title="Maple Hill"), encoding="utf-8")
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(path for name in names if (path := shutil.which(name)))
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()],
        capture_output=True,
        timeout=60,
        check=True,
    )
    document = html.document_fromstring(done.stdout)
    assert document.xpath("//title")[0].text_content() == "Maple Hill"
    assert document.xpath("//tbody/tr/th")[0].text_content() == name
