"""The script that runs gspread's own suite, tried with a suite of the same form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sheets_server import gspread_suite

CONFTEST = """
import os
import pytest
import vcr
from google.oauth2.service_account import Credentials
from gspread.client import Client
from gspread.http_client import BackOffHTTPClient

assert vcr.VCR.ensure_suffix(".json") is None

@pytest.fixture(scope="module")
def client():
    scopes = ["https://spreadsheets.google.com/feeds", "https://www.googleapis.com/auth/drive.file"]
    credentials = Credentials.from_service_account_file(os.environ["GS_CREDS_FILENAME"], scopes=scopes)
    return Client(auth=credentials, http_client=BackOffHTTPClient)
"""
SUITE = f'''
import pytest

@pytest.fixture
def book(client, vcr):
    with vcr.use_cassette("made"):
        made = client.create("Services")
        yield made
        client.del_spreadsheet(made.id)

@pytest.mark.vcr()
def test_values(book):
    book.sheet1.update([["Ana"]], "A1")
    assert book.sheet1.acell("A1").value == "Ana"

@pytest.mark.vcr()
def test_a_private_one(client):
    with pytest.raises(PermissionError):
        client.open_by_key("{gspread_suite.PRIVATE}")

@pytest.mark.vcr()
def test_others_are_listed(client, book):
    assert len(client.openall("Services")) < len(client.openall())

def test_offline():
    assert 1 + 1 == 2

def test_wrong(book):
    assert book.sheet1.acell("A1").value == "Ben"
'''


def test_the_figures_tell_what_passes_and_what_spoke_to_the_server(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text(CONFTEST)
    (tmp_path / "tests" / "test_words.py").write_text(SUITE)
    assert gspread_suite.main([str(tmp_path)]) == 1
    printed = capfd.readouterr().out
    assert "gspread's suite: 4 of 5 tests pass; of the 4 that speak to the server 3" in printed


def test_a_folder_without_tests_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        gspread_suite.main([str(tmp_path)])
    assert "no checkout of gspread" in capfd.readouterr().err
