"""The words that readers know, as data: CSV files beside this module, "#" begins a comment."""

from __future__ import annotations

from functools import cache


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a file ("codes" for codes.csv), trimmed, without comments and blank rows."""
    from importlib.resources import files

    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(
        tuple(field.strip() for field in line.split(","))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    )


@cache
def words(name: str) -> dict[str, tuple[str, ...]]:
    """Return rows "meaning,word,word ..." as meaning -> words; rows of one meaning are joined."""
    found: dict[str, tuple[str, ...]] = {}
    for meaning, *spoken in rows(name):
        found[meaning] = found.get(meaning, ()) + tuple(word for word in spoken if word)
    return found


@cache
def meanings(name: str) -> dict[str, str]:
    """Return a vocabulary of rows "meaning,word,word ..." as word -> meaning."""
    return {word: meaning for meaning, spoken in words(name).items() for word in spoken}
