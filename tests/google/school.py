"""A school whose workbook lies in the test server, kept by the program's own command line.

Its clock stands at five in the morning. Where the program waits, its clock and the server's are turned
instead: what would last five minutes takes no time, and what the network itself holds up lasts.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.google import client, pace
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.state import State
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.server import SheetsServer
from tests.small_school import Rows, small_school

STUDENT, PROVIDER, MANAGER = "Zebedee Quillfeather", "Perpetua Ingram", "Barnaby Oxenford"
NOTE = "Xanthippe asked on Friday"
NAMES = {
    "Ana R.": STUDENT,
    "J. Rivera": PROVIDER,
    "C. Manager": MANAGER,
    "manager@example.org": "oxenford@example.org",
    "rivera@example.org": "ingram@example.org",
}
CANARIES = ("Quillfeather", "Perpetua", "Barnaby", "oxenford@", "ingram@", "Xanthippe")
"""What stands in cells and may stand in no error; no other text has these words."""

OURS = ("Compliance", "Data Problems")
FRIDAY, MONDAY = date(2025, 10, 17), date(2025, 10, 20)
ZONE = "America/New_York"


def rows_of_a_school() -> dict[str, Rows]:
    """Return the rows of each of staff's tabs, as they stand on Friday."""
    return {
        tab: [[NAMES.get(value, value) if isinstance(value, str) else value for value in row] for row in rows]
        for tab, rows in small_school().items()
    }


@dataclass(frozen=True)
class Ran:
    """How a command ended, what it printed, and how long it took: `seconds` by the wall, `slept` besides."""

    code: int
    out: str = field(repr=False)
    err: str
    seconds: float
    slept: float


class Waits:
    """The program's clock and sleep: whoever sleeps turns this clock, and the server's."""

    def __init__(self, server: SheetsServer) -> None:
        self.server = server
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.server.clock.turn(seconds)

    def machine(self) -> Machine:
        """Return a machine that waits as long as it ever may."""
        return Machine(
            now=lambda: time.monotonic() + self.slept,
            wall=lambda: time.time() + self.slept,
            sleep=self.sleep,
            chance=lambda: 1.0,
        )


class School:
    """One workbook in a server, with a configuration, a key, a state and a folder of mails of its own."""

    def __init__(self, server: SheetsServer, folder: Path, book: Spreadsheet) -> None:
        self.server = server
        self.folder = folder
        self.id = book.id
        self.waits = Waits(server)
        self.key = server.key_file(folder)
        self.configure()

    @property
    def book(self) -> Spreadsheet:
        """The spreadsheet as it stands in the server."""
        return self.server.book(self.id)

    def configure(
        self,
        *,
        address: str = "",
        endpoint: str = "",
        credentials: Path | None = None,
        google: str = "",
        deadline: str = "20m",
    ) -> None:
        """Write the configuration anew: as it should be, but for what is named."""
        address = address or f"https://docs.google.com/spreadsheets/d/{self.id}/edit"
        self.config.write_text(
            f'workbook = "{address}"\nstate = "{self.state}"\ntimezone = "{ZONE}"\n'
            f'allowed_domains = ["example.org"]\n[mail]\nfolder = "{self.folder / "mails"}"\n'
            f'[daemon]\ndeadline = "{deadline}"\n'
            f'[google]\nendpoint = "{endpoint or self.server.url}"\n'
            f'credentials = "{credentials or self.key}"\n{google}'
        )

    @property
    def config(self) -> Path:
        return self.folder / "sheets-sync.toml"

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite"

    def run(self, *words: str, day: date = MONDAY) -> Ran:
        """Run a command on the morning of a day, on a clock that stands."""
        return command(self.waits, *words, "--config", str(self.config), day=day)

    def sync(self, day: date = MONDAY) -> Ran:
        return self.run("sync", "--json", day=day)

    def tabs(self) -> dict[str, Sheet]:
        """Return our two tabs, each with all that the server keeps of it."""
        return {sheet.title: picture(sheet) for sheet in self.book.snapshot().sheets if sheet.title in OURS}

    def staffs(self) -> dict[str, object]:
        """Return all other tabs, and what belongs to no tab."""
        whole = self.book.snapshot()
        others: dict[str, object] = {one.title: one for one in whole.sheets if one.title not in OURS}
        return {**others, "beside": (whole.properties, whole.named_ranges, whole.sharing)}

    def remembered(self) -> State:
        return SQLiteStore(self.state).load()

    def mails(self) -> dict[str, bytes]:
        """Return the mails that were written, whole, by the names of their files."""
        folder = self.folder / "mails"
        return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}

    def requests(self, kind: str) -> int:
        """Return how many requests of a kind the server has seen."""
        return sum(one.kind == kind for one in self.server.requests)


def picture(sheet: Sheet) -> Sheet:
    """Return a tab as the server keeps it, but for the ticket of the write that moved its rows last."""
    metadata = sheet.developer_metadata.values()
    anchors = sorted(one["metadataValue"] for one in metadata if one["metadataKey"] == "sheets_sync")
    return replace(sheet, developer_metadata={at: {"value": anchor} for at, anchor in enumerate(anchors)})


def command(waits: Waits, *words: str, day: date = MONDAY) -> Ran:
    """Run a command at five in the morning, as a process that knows of no quota that others have used."""
    said, complained = io.StringIO(), io.StringIO()
    morning = datetime(day.year, day.month, day.day, 5, tzinfo=ZoneInfo(ZONE))
    slept, begun = waits.slept, time.perf_counter()
    with (
        time_machine.travel(morning, tick=False),
        _machine(waits),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        code = run_command_line(words)
    seconds = time.perf_counter() - begun
    return Ran(code, said.getvalue(), complained.getvalue(), seconds, waits.slept - slept)


@contextmanager
def _machine(waits: Waits) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "Machine", waits.machine)
        patch.setattr(pace, "_SHARED", pace.Windows())
        yield


def add_rows(sheet: Sheet, rows: Sequence[Sequence[object]], before: int | None = None) -> None:
    """Type rows under what stands in a tab, or before a row (from 0)."""
    from tests.sheets_server.xlsx_values import cell_of

    at = 1 + max(row for row, _ in sheet.cells) if before is None else before
    moved = {(row + len(rows) * (row >= at), column): cell for (row, column), cell in sheet.cells.items()}
    sheet.cells.clear()
    sheet.cells.update(moved)
    for down, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.cells[at + down, column] = cell_of(value)  # type: ignore[arg-type]


def tab(book: Spreadsheet, title: str) -> Sheet:
    """Return a tab of a spreadsheet by its title."""
    return next(sheet for sheet in book.sheets if sheet.title == title)


def place_of(sheet: Sheet, text: str) -> tuple[int, int]:
    """Return the first place, row by row, in which a text stands."""
    return min(place for place, cell in sheet.cells.items() if text_at(cell) == text)


def text_at(cell: Mapping[str, Json]) -> object:
    return next(iter(cell.get("userEnteredValue", {}).values()), None)
