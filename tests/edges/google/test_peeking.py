"""The small look at a Google workbook: how many requests, and what when something is missing or breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync.boxes import Boxes
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.peeking import GooglePeeker
from sheets_sync.problems import RunFailed
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN
from tests.edges.google.talking import client_of
from tests.edges.google.turned import Turned
from tests.sheets_server.faults import Fault
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do, tab
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.staff import Edit

SYNC_NOW = (0, 6)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server
    assert server.crashes == []


class Scene:
    """A workbook with our tab on the server, somebody who looks, and a clock that turns."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        made = laid.empty_workbook()
        made.sheets.append(tab(7, "Schedule", [["Student", "Days"], ["Ana R.", "Mon"]]))
        self.book_id = made.id = server.new_id()
        made.sharing[server.account] = "writer"
        server.keep(laid.night(made, laid.lines(ANA, BEN)))
        self.server, self.folder, self.turned = server, folder, Turned()
        self.opened = 0
        self.peeker = GooglePeeker(self._open, self.book_id)

    def _open(self, deadline: float) -> SheetsClient:
        self.opened += 1
        return client_of(self.server, self.folder, self.turned, deadline=deadline)

    def asked(self) -> list[str]:
        """Return what was asked for since the last time, tokens too."""
        kinds = [one.kind for one in self.server.requests]
        self.server.requests.clear()
        return kinds

    def edit(self, what: Edit) -> None:
        self.server.staff.do(self.book_id, what)


@pytest.fixture
def scene(server: SheetsServer, tmp_path: Path) -> Scene:
    return Scene(server, tmp_path)


def tick(workbook: Spreadsheet) -> None:
    laid.type_in(workbook, {SYNC_NOW: True})


def rename(sheet_id: int, title: str) -> Edit:
    def edit(workbook: Spreadsheet) -> None:
        properties = {"sheetId": sheet_id, "title": title}
        do(workbook, "updateSheetProperties", properties=properties, fields="title")

    return edit


def test_a_look_is_one_request(scene: Scene) -> None:
    first = scene.peeker.peek(["Schedule"])
    assert scene.asked() == ["token", "read", "read"]  # the first asks which tab is ours
    for _ in range(5):
        assert scene.peeker.peek(["Schedule"]) == first
    assert scene.asked() == ["read"] * 5
    assert first.boxes == Boxes()
    assert first.digest


def test_looks_go_on_for_longer_than_any_run_and_any_token(scene: Scene) -> None:
    for _ in range(30):
        scene.peeker.peek()
        scene.turned.time += 3 * 60
    asked = scene.asked()
    assert asked.count("read") == 31
    assert 1 <= asked.count("token") <= 3
    assert scene.opened == 1


def test_a_tab_that_is_missing_costs_a_second_request_and_no_failure(scene: Scene) -> None:
    scene.peeker.peek(["Schedule", "Staff"])
    scene.asked()
    assert scene.peeker.peek(["Schedule", "Staff"]).digest == ""
    assert scene.asked() == ["read", "read"]
    scene.edit(lambda book: book.sheets.append(tab(8, "Staff", [["Name"], ["J. Rivera"]])))
    assert scene.peeker.peek(["Schedule", "Staff"]).digest


def test_a_tab_that_was_renamed_meanwhile_is_no_failure(scene: Scene) -> None:
    before = scene.peeker.peek(["Schedule"])
    scene.edit(rename(7, "Old schedule"))
    assert scene.peeker.peek(["Schedule"]).digest == ""
    scene.edit(rename(7, "Schedule"))
    assert scene.peeker.peek(["Schedule"]) == before


def test_ours_is_found_where_another_tab_took_its_name(scene: Scene) -> None:
    scene.peeker.peek()

    def swap(workbook: Spreadsheet) -> None:
        rename(laid.on_server(workbook).id, "Minutes")(workbook)
        rename(7, "Compliance")(workbook)
        tick(workbook)

    scene.edit(swap)
    scene.peeker.peek()
    assert scene.peeker.peek().boxes == Boxes(sync_now=True)


def test_a_failure_is_told_and_the_next_look_begins_anew(scene: Scene) -> None:
    scene.peeker.peek()
    scene.server.faults.next(Fault(status=403), "read")
    with pytest.raises(RunFailed):
        scene.peeker.peek()
    scene.edit(tick)
    assert scene.peeker.peek().boxes == Boxes(sync_now=True)
    assert scene.opened == 2


def test_a_server_that_is_down_is_given_up_within_a_minute(scene: Scene) -> None:
    scene.peeker.peek()
    began = scene.turned.time
    scene.server.faults.next(Fault(status=503), "read", times=100)
    with pytest.raises(RunFailed):
        scene.peeker.peek()
    assert scene.turned.time - began <= 60
