"""Text as it stands in XML. That of the standard library loads a whole web client with it."""

from __future__ import annotations

IN_ATTRIBUTES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"}


def escape(text: str) -> str:
    """Return the text as it stands between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(text: str) -> str:
    """Return the text as an attribute's value, with its quotes."""
    written = escape(text)
    for letter, reference in IN_ATTRIBUTES.items():
        written = written.replace(letter, reference)
    return f'"{written}"'
