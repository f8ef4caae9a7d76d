"""The test server on its own: python -m tests.sheets_server --port 8901 workbook.xlsx

Any gspread program can be pointed at it: --help shows the lines.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.sheets_server.server import SheetsServer

HELP = """\
Any program that uses gspread talks to it when its client is made like this:

    import gspread

    class Here(gspread.HTTPClient):
        def request(self, method, endpoint, *args, **options):
            path = endpoint.partition(".googleapis.com")[2]
            return super().request(method, "http://127.0.0.1:8901" + path, *args, **options)

    client = gspread.service_account("sheets-sync.json", http_client=Here)
    print(client.open_by_key("THE ID THAT THE SERVER PRINTED").sheet1.get_all_records())

sheets-sync itself is told in its configuration:

    workbook = "https://docs.google.com/spreadsheets/d/THE ID THAT THE SERVER PRINTED/edit"
    [google]
    endpoint = "http://127.0.0.1:8901"
    credentials = "sheets-sync.json"

With --open nobody has to say who asks, so that a browser or curl will do:

    curl http://127.0.0.1:8901/v4/spreadsheets/ID/values/Sheet1
"""


def main(words: list[str] | None = None) -> int:
    """Serve until Ctrl-C. Return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.sheets_server",
        description="Google Sheets on this machine, for tests: nothing is kept when it ends.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", type=Path, help=".xlsx, or JSON as spreadsheets.get answers"
    )
    parser.add_argument("--port", type=int, default=0, help="where to listen on 127.0.0.1 (0: any free port)")
    parser.add_argument("--open", action="store_true", help="answer without credentials too")
    parser.add_argument(
        "--key-folder", type=Path, default=Path(), metavar="FOLDER", help="where the key file goes"
    )
    chosen = parser.parse_args(words)
    try:
        server = SheetsServer(chosen.port, open=chosen.open)
    except OSError as error:
        parser.error(f"port {chosen.port} cannot be used: {error.strerror}")
    with server:
        print(f"address   {server.url}")
        print(f"account   {server.account}")
        chosen.key_folder.mkdir(parents=True, exist_ok=True)
        print(f"key file  {server.key_file(chosen.key_folder)}")
        for file in chosen.files:
            try:
                book = server.load(file)
            except (OSError, ValueError) as error:
                parser.error(f"{file} cannot be read: {error}")
            print(f"workbook  {book.id}  {book.title}")
        if not chosen.files:
            book = server.create(title="Services")
            print(f"workbook  {book.id}  {book.title} (empty)")
        print("Ctrl-C ends it; --help shows what a gspread program needs.", flush=True)
        try:
            server.stopped.wait()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
