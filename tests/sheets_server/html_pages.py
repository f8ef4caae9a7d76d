"""The pages that Google's front end answers where no API is."""

from __future__ import annotations

from html import escape

from tests.sheets_server.exchange import Answer


def not_found(path: str) -> Answer:
    """Return the 404 of a path that leads nowhere."""
    page = f"""<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">
  <title>Error 404 (Not Found)!!1</title>
  <a href=//www.google.com/><span id=logo aria-label=Google></span></a>
  <p><b>404.</b> <ins>That's an error.</ins>
  <p>The requested URL <code>{escape(path)}</code> was not found on this server.
  <ins>That's all we know.</ins>
"""
    return Answer(404, page.encode(), (("Content-Type", "text/html; charset=UTF-8"),))
