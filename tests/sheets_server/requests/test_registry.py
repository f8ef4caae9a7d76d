"""Which requests of a batchUpdate the server knows, and that each of them is tried in a test."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.sheets_server.discovery import sheets
from tests.sheets_server.requests.registry import REQUESTS

HERE = Path(__file__).parent
NOT_KEPT = ("Chart", "Comment", "DataSource", "EmbeddedObject", "Slicer", "Table")
"""What the server does not keep, as it stands in the names of requests."""


def test_every_request_of_google_s_is_known_but_those_of_what_is_not_kept() -> None:
    of_google = set(sheets().schemas["Request"]["properties"])
    assert [name for name in of_google - set(REQUESTS) if not any(kind in name for kind in NOT_KEPT)] == []
    assert set(REQUESTS) <= of_google


def test_every_request_is_tried() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in HERE.glob("test_*.py") if path != Path(__file__)]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(REQUESTS) - texts == set()
