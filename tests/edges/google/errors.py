"""Google's error bodies, as the test server and the recordings have them."""

from __future__ import annotations

import json
from typing import Any

from sheets_sync.edges.google.answer import Answer

INFO = "type.googleapis.com/google.rpc.ErrorInfo"
CELL = "Casey M. cried for 20 min"
"""What a message of Google's could quote; it must be seen nowhere."""


def body(code: int, status: str, message: str = CELL, details: Any = None) -> dict[str, Any]:
    error = {"code": code, "message": message, "status": status}
    return {"error": error if details is None else error | {"details": details}}


def reason(word: str, **metadata: str) -> list[dict[str, Any]]:
    return [{"@type": INFO, "reason": word, "domain": "googleapis.com", "metadata": metadata}]


def answer(code: int, status: str, message: str = CELL, details: Any = None) -> Answer:
    return Answer(code, {}, json.dumps(body(code, status, message, details)).encode())


def page(code: int) -> Answer:
    return Answer(code, {"content-type": "text/html"}, f"<!DOCTYPE html><title>{CELL}</title>".encode())
