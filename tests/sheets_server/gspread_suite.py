"""gspread's own test suite against the test server, over real HTTP and without its recordings.

    python -m tests.sheets_server.gspread_suite FOLDER

FOLDER is a checkout of gspread's sources: the suite is in neither of its packages (wheel and source), and no
copy of it is kept here. It runs as it is, with the credentials of the server's service account;
gspread_suite_plugin.py sends to the server what it sends to Google. Printed are the tests that fail, how many
pass, and how many of these spoke to the server.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.sheets_server import gspread_suite_plugin, new_books
from tests.sheets_server.server import OWNER, SheetsServer

ROOT = Path(__file__).parents[2]
PRIVATE = "1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc"
"""A spreadsheet that the suite knows to be somebody else's."""


def run(checkout: Path, words: list[str]) -> int:
    """Run the suite of a checkout of gspread; return pytest's exit code. `words` are passed on to pytest."""
    with SheetsServer() as server, tempfile.TemporaryDirectory() as folder:
        server.keep_new(new_books.blank(PRIVATE, "Somebody else's"), OWNER)
        server.create("Already there")
        here = {
            "GS_CREDS_FILENAME": str(server.key_file(Path(folder))),
            gspread_suite_plugin.SERVER: server.url,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        plugins = ["-p", "no:cacheprovider", "-p", "no:vcr", "-p", "no:recording"]
        command = [sys.executable, "-m", "pytest", "-p", gspread_suite_plugin.__name__, *plugins]
        asked = [*command, "-q", "--tb=short", "tests", *words]
        code = subprocess.run(asked, cwd=checkout, env={**os.environ, **here}, check=False).returncode
        for crash in server.crashes:
            print(f"the server crashed: {crash!r}")
    return code


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sheets_server.gspread_suite",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("checkout", type=Path, help="folder of gspread's sources, with tests/ in it")
    chosen, rest = parser.parse_known_args(words)
    if not (chosen.checkout / "tests" / "conftest.py").is_file():
        parser.error(f"{chosen.checkout} has no tests/conftest.py: it is no checkout of gspread")
    return run(chosen.checkout, rest)


if __name__ == "__main__":
    sys.exit(main())
