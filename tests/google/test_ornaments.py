"""Whatever Google should refuse of what adorns our tabs: the tabs come without it, and the mails too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.school import FRIDAY, MONDAY, School, rows_of_a_school
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.registry import REQUESTS
from tests.sheets_server.server import SheetsServer

ORNAMENTS = [
    "setBasicFilter",
    "addFilterView",
    "addProtectedRange",
    "mergeCells",
    "updateDimensionProperties",
]


@pytest.fixture
def school(server: SheetsServer, tmp_path: Any) -> School:
    return School(server, tmp_path, server.create(sheets=rows_of_a_school()))


def refuse(monkeypatch: pytest.MonkeyPatch, kind: str, *, about: str = "") -> None:
    """Let the server refuse every request of a kind; `about`: those that have this text in them alone."""
    as_ever = REQUESTS[kind]

    def refused(book: Spreadsheet, request: dict[str, Any], context: Context) -> dict[str, Any]:
        if about in str(request):
            raise Refused("This cannot be done any more.")
        return as_ever(book, request, context)

    monkeypatch.setitem(REQUESTS, kind, refused)


def figures(school: School) -> list[Any]:
    sheet = school.book.sheet_named("Compliance")
    assert sheet is not None
    return [cell.get("userEnteredValue") for _, cell in sorted(sheet.cells.items())]


@pytest.mark.parametrize("kind", ORNAMENTS)
def test_the_first_night(school: School, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    refuse(monkeypatch, kind)
    ran = school.run("sync", day=FRIDAY)
    assert (ran.code, ran.err) == (0, "")
    assert "Note: Google did not take all that belongs to our tabs" in ran.out
    assert figures(school)
    assert school.mails()


def test_anchors_that_google_refuses(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "createDeveloperMetadata", about="anchor")
    for day in (FRIDAY, MONDAY):
        ran = school.run("sync", day=day)
        assert (ran.code, ran.err) == (0, "")
        assert "Note: Google did not take" in ran.out


def test_links_that_google_refuses(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "updateCells", about="#gid=")
    ran = school.run("sync", day=FRIDAY)
    assert (ran.code, ran.err) == (0, "")
    assert figures(school)


def test_the_next_night_on_which_google_takes_it_all_puts_it_right(
    school: School, server: SheetsServer, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as tonight:
        refuse(tonight, "setBasicFilter")
        assert school.run("sync", day=FRIDAY).code == 0
    ran = school.run("sync", day=MONDAY)
    assert (ran.code, ran.err) == (0, "")
    assert "Note:" not in ran.out
    sheet = school.book.sheet_named("Compliance")
    assert sheet is not None
    assert (bool(sheet.basic_filter), len(sheet.protected_ranges)) == (True, 1)
    assert sheet.filter_views


def test_figures_that_google_refuses_are_a_run_that_failed(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "updateCells")
    ran = school.sync(FRIDAY)
    assert (ran.code, ran.out) == (1, "")
    assert school.tabs() == {}
    assert school.mails() == {}


def test_a_text_that_google_keeps_otherwise_stops_no_run(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which characters Google changes is known to Google alone."""
    as_ever = REQUESTS["updateCells"]

    def changed(book: Spreadsheet, request: dict[str, Any], context: Context) -> dict[str, Any]:
        return as_ever(book, _without(request, "."), context)

    monkeypatch.setitem(REQUESTS, "updateCells", changed)
    for day in (FRIDAY, MONDAY):
        ran = school.sync(day)
        assert (ran.code, ran.err) == (0, "")


def _without(value: Any, sign: str) -> Any:
    """Return JSON in which no text of a cell has this sign."""
    if isinstance(value, dict):
        return {
            name: one.replace(sign, "") if name == "stringValue" else _without(one, sign)
            for name, one in value.items()
        }
    return [_without(one, sign) for one in value] if isinstance(value, list) else value
