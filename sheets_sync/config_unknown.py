"""What is said of a key of the configuration that is not known: where it belongs, the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_sync import config_checks as check
from sheets_sync.config_keys import NAME_TABLES, SECTIONS, places_of
from sheets_sync.lazy_regex import lazy_regex

BARE_KEY = lazy_regex(r"[A-Za-z0-9_.-]+")
SECRET = lazy_regex(r"pass(word|wd|phrase)?|pwd|secret|token|(api|private|secret)?_?key", re.IGNORECASE)

Keys = Mapping[str, check.Check]


def place_of_key(section: str, key: str) -> str:
    """Say where a key stands. One that needs quotes in TOML may be a student's name that strayed here."""
    named = key if BARE_KEY.fullmatch(key) else "a key in quotes (not repeated: it may be a name)"
    return f"[{section}] {named}" if section else named


def why_unknown(section: str, key: str, keys: Keys) -> str:
    """Say why a key is not known in a section ("" for the top), and which may be meant."""
    if SECRET.fullmatch(key.rpartition(".")[2]):
        return (
            "is a secret, which never stands in this file; put it in a file that only you can read and name"
            " that (password_file), or in the environment (password_env)"
        )
    others = [other for other in places_of(key) if other != section]
    if others:
        right = f"in [{others[0]}]" if others[0] else "at the top, above every [section]"
        return f"is no key here; it belongs {right}"
    known = [*keys, *(() if section else (*SECTIONS, *NAME_TABLES, "workbooks"))]
    near = check.nearest(key, known)
    if near:
        return f"is unknown{near}"
    kind = f"[{section}] has" if section else "the keys and sections are"
    return f"is unknown; {kind} {', '.join(known)}"
