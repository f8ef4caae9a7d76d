"""`python -m tests.sheets_server`: started alone, by somebody who has never seen it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gspread
import pytest
import requests
from openpyxl import Workbook

from tests.sheets_server import __main__ as command
from tests.sheets_server.gspread_client import to

ROOT = Path(__file__).parents[2]


def _hear_ctrl_c() -> None:
    """What runs in the background of a shell is started deaf to Ctrl-C, and so is what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def started(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run the command in a folder; give what it printed, by the first word of each line."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.sheets_server", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_ctrl_c,
    )
    printed: dict[str, str] = {}
    assert run.stdout is not None
    try:
        for line in run.stdout:
            printed[line[:10].strip()] = line[10:].strip()
            if line.startswith("Ctrl-C"):
                break
        yield run, printed
    finally:
        run.kill()
        run.communicate()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    book.active.append(["Student", "Grade"])
    book.active.append(["Ana", 3])
    book.save(tmp_path / "Services.xlsx")
    return tmp_path / "Services.xlsx"


def test_a_gspread_program_reads_the_workbook_that_was_named(tmp_path: Path, workbook: Path) -> None:
    with started(tmp_path, workbook.name) as (run, printed):
        book_id, title = printed["workbook"].split()
        key = str(tmp_path / printed["key file"])
        client = gspread.service_account(key, http_client=to(printed["address"]))
        assert client.open_by_key(book_id).sheet1.get_all_records() == [{"Student": "Ana", "Grade": 3}]
        assert (title, printed["account"]) == ("Services", json.loads(Path(key).read_text())["client_email"])
        run.send_signal(signal.SIGINT)
        assert run.wait(90) == 0
        assert run.stderr is not None
        assert run.stderr.read() == ""


def test_the_key_file_is_for_its_owner_alone_and_leads_to_the_server(tmp_path: Path) -> None:
    with started(tmp_path) as (_, printed):
        key = tmp_path / printed["key file"]
        assert key.stat().st_mode & 0o777 == 0o600
        assert json.loads(key.read_text())["token_uri"] == printed["address"] + "/token"
        assert printed["workbook"].endswith("(empty)")


def test_an_open_server_answers_a_browser(tmp_path: Path, workbook: Path) -> None:
    with started(tmp_path, "--open", "--port", "0", workbook.name) as (_, printed):
        path = f"/v4/spreadsheets/{printed['workbook'].split()[0]}/values/Sheet"
        answer = requests.get(printed["address"] + path, timeout=10)
        assert answer.json()["values"] == [["Student", "Grade"], ["Ana", "3"]]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.csv").write_text("a")
    for name, said in (("x.csv", "expected an .xlsx or .json file"), ("none.xlsx", "No such file")):
        with pytest.raises(SystemExit) as ended:
            command.main(["--key-folder", str(tmp_path), str(tmp_path / name)])
        assert ended.value.code == 2
        assert re.search(rf"{name} cannot be read: .*{said}", capsys.readouterr().err)


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with started(tmp_path) as (_, printed):
        port = printed["address"].rpartition(":")[2]
        with pytest.raises(SystemExit):
            command.main(["--port", port])
    assert f"port {port} cannot be used: Address already in use" in capsys.readouterr().err


def test_the_program_in_the_help_is_one_that_runs(tmp_path: Path, workbook: Path) -> None:
    lines = command.HELP.partition("\n\n")[2].partition("\n\nsheets-sync itself")[0]
    program = re.sub("^    ", "", lines, flags=re.MULTILINE)
    with started(tmp_path, workbook.name) as (_, printed):
        program = program.replace("http://127.0.0.1:8901", printed["address"])
        program = program.replace("THE ID THAT THE SERVER PRINTED", printed["workbook"].split()[0])
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert (ran.stdout, ran.stderr) == ("[{'Student': 'Ana', 'Grade': 3}]\n", "")
