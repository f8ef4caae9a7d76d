"""The command line on a workbook of the test server: fixtures and small helpers of the tests that need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sheets_sync.cli.main import run_command_line
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.server import SheetsServer

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server
        assert server.crashes == []


@dataclass(frozen=True)
class Settings:
    """A configuration file for the server; `write` writes it anew."""

    server: SheetsServer
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "sheets-sync.toml"

    def write(self, top: str = "", *, google: str | None = None, rest: str = "") -> Path:
        """Write the lines of the top, of [google] (default: endpoint and key) and the rest."""
        lines = (
            f'endpoint = "{self.server.url}"\ncredentials = "{self.key.name}"' if google is None else google
        )
        self.file.write_text(f"{top}\n[google]\n{lines}\n{rest}\n")
        return self.file

    @property
    def key(self) -> Path:
        return self.server.key_file(self.folder)


@pytest.fixture
def settings(server: SheetsServer, tmp_path: Path) -> Settings:
    made = Settings(server, tmp_path)
    made.write()
    return made


@pytest.fixture
def run(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with the configuration: (exit code, standard output, standard error)."""

    def command(*words: object) -> tuple[int, str, str]:
        given = [*map(str, words), "--config", str(settings.file)]
        return run_command_line(given), *capsys.readouterr()

    return command


def address_of(book: Spreadsheet) -> str:
    return f"https://docs.google.com/spreadsheets/d/{book.id}"


def asked(server: SheetsServer, since: int = 0) -> list[str]:
    """Return what was asked of the sheets: "read", "write"."""
    return [one.kind for one in server.requests[since:] if one.kind in ("read", "write")]
