"""Headers of columns and names of tabs, whatever staff call them (workbook.md; vocabulary/headers.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from sheets_sync.intake.header_brackets import BRACKETS, said_in_brackets
from sheets_sync.intake.header_shapes import columns_of_shape, header_in_full
from sheets_sync.intake.plain import LONGEST, plain, without_accents
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import rows, words
from sheets_sync.intake.years_named import YEARS
from sheets_sync.lazy_regex import lazy_regex

_REMEDY = 'Name the column in the configuration: [columns.TAB] "Column" = "this header".'
_HUMP = lazy_regex(r"(?<=[a-z])(?=[A-Z])")
_FILLER = lazy_regex(r"\b(?:my|the|sped|special ed(?:ucation)?|current)\b", re.IGNORECASE)
_SPELT_OUT = str.maketrans({"&": "and", "#": "number"})
_COUNT_OF = lazy_regex(r"^#\s*(?:of\s)?(?=sess|times|visits|x\b|per\b)", re.IGNORECASE)
_IN_MINUTES = lazy_regex(r"[(\[][^)\]]*\bmin", re.IGNORECASE)
"""A unit in brackets: of a column of minutes alone it is help ("Time (min)" is no clock time)."""
_NUMBERED = lazy_regex(r"[_ ]\d+$")


def header_key(text: str) -> str:
    """Return what two spellings of a header share: letters and digits, lower case, without accents.

    "Student #" is "student number", and not "Student".
    """
    return "".join(c for c in without_accents(plain(text)).translate(_SPELT_OUT) if c.isalnum())


def read_header(
    text: str, *, tab: str | None = None, columns: Mapping[str, str] | None = None
) -> Reading[str]:
    """Return the canonical column that a header means on a tab, or on any if none is given.

    `columns` ([columns.TAB], canonical column -> header here) goes before the vocabulary. Without a tab a
    header that means different columns on different tabs is refused.
    """
    if len(text) > LONGEST:
        return Reading(None, "This is too long for a header.", _REMEDY)
    own = {header_key(here): name for name, here in (columns or {}).items()}
    for key in (key for keys in _forms(text) for key in keys) if own else ():
        if key in own:
            return Reading(own[key])
    return _known_header(text, tab)


@lru_cache(maxsize=4096)
def _known_header(text: str, tab: str | None) -> Reading[str]:
    """Read a header by the vocabulary. A run looks at the same few dozen headers again and again."""
    forms, bare = _forms(text)
    if not forms:
        return Reading(None, "There is no header here.", _REMEDY)
    reading = _look_up(forms, tab)
    if reading.value is None and bare and not _is_refused(forms, tab):
        reading = _without_brackets(text, tab, _look_up(bare, tab))
        forms = (*forms, *bare)
    return reading if reading.value is not None or _is_refused(forms, tab) else _of_shape(text, tab, reading)


def column_but_for_brackets(text: str, tab: str) -> str | None:
    """Return the column that a header would mean without what stands in its brackets, None without any."""
    bare = BRACKETS.sub(" ", plain(text)) if len(text) <= LONGEST else ""
    return read_header(bare, tab=tab).value if bare != plain(text) else None


def _look_up(forms: tuple[str, ...], tab: str | None) -> Reading[str]:
    return _on_tab(forms, tab) if tab in _tabs() else _on_any(forms)


def _without_brackets(text: str, tab: str | None, read: Reading[str]) -> Reading[str]:
    if read.value is None or _brackets_may_go(text, read.value, tab):
        return read
    return Reading(None, "What stands in its brackets makes it another column.", _REMEDY)


def _brackets_may_go(text: str, column: str, tab: str | None) -> bool:
    in_minutes = bool(_IN_MINUTES.search(plain(text))) and column not in ("Minutes", "Frequency")
    return not in_minutes and said_in_brackets(text, column, tab) != "other"


def _is_refused(forms: tuple[str, ...], tab: str | None) -> bool:
    return tab not in _tabs() and any(key in _refused() or _known_anywhere(key) for key in forms)


def _of_shape(text: str, tab: str | None, unknown: Reading[str]) -> Reading[str]:
    """Read a header that is not known as a whole by its words; `unknown` stays where they fit no column."""
    spaced = plain(text)
    if _NUMBERED.search(spaced):
        return unknown
    letters = _tabs().get(tab or "", "CGSL")
    for form in (spaced, _HUMP.sub(" ", spaced), bare := BRACKETS.sub(" ", spaced)):
        found = columns_of_shape(form, letters)
        if len(found) == 1 and (form != bare or _brackets_may_go(text, min(found), tab)):
            return Reading(next(iter(found)))
    return unknown


def _forms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys to look up: those of the whole header, and those of it without its brackets."""
    spaced = plain(text)
    if _NUMBERED.search(spaced) and not _known_anywhere(header_key(spaced)):
        return tuple(filter(None, (header_key(spaced),))), ()
    bare = BRACKETS.sub(" ", spaced)
    whole = _keys(spaced, _HUMP.sub(" ", spaced), _COUNT_OF.sub("", spaced))
    return whole, _keys(bare, _COUNT_OF.sub("", bare)) if bare != spaced else ()


def _keys(*forms: str) -> tuple[str, ...]:
    keys = [key(form) for key in (header_key, _key_in_full) for form in forms]
    return tuple(dict.fromkeys(key for key in keys if key))


def _key_in_full(text: str) -> str:
    return header_key("".join(header_in_full(text)))


def _on_tab(forms: tuple[str, ...], tab: str | None) -> Reading[str]:
    known = _columns_of(tab or "")
    for key in forms:
        if key in known:
            return Reading(known[key])
    return Reading(None, f"This is no column of the {tab} that is known.", _REMEDY)


def _on_any(forms: tuple[str, ...]) -> Reading[str]:
    for key in forms:
        if key in _refused():
            return Reading(None, _refused()[key], "Give the tab, or write the column's full name.")
        meant = _known_anywhere(key)
        if len(meant) == 1:
            return Reading(next(iter(meant)))
        if meant:
            several = " or ".join(f'"{name}"' for name in sorted(meant))
            return Reading(None, f"This is {several}: the tab decides.", "Give the tab.")
    return Reading(None, "This is no column that is known.", _REMEDY)


def tab_name(text: str, tabs: Mapping[str, str] | None = None) -> str | None:
    """Return the canonical tab that a sheet's name means, None for any other sheet.

    `tabs` ([tabs], canonical tab -> name here) goes before the vocabulary.
    """
    if len(text) > LONGEST:
        return None
    own = {header_key(here): name for name, here in (tabs or {}).items()}
    whole = plain(text)
    for form in (whole, YEARS.sub(" ", whole), _FILLER.sub(" ", YEARS.sub(" ", whole))):
        key = header_key(form)
        if key in own or key in _tab_names():
            return own.get(key) or _tab_names()[key]
    return None


@cache
def tab_words() -> tuple[str, ...]:
    """Return every word that stands in a tab's name or one of its other names."""
    names = (name for _, *names in rows("tabs") for name in names)
    own = (tab for tab, *_ in rows("tabs"))
    return tuple(dict.fromkeys(word.casefold() for name in (*own, *names) for word in name.split()))


@cache
def _tabs() -> dict[str, str]:
    return {tab: letter for tab, letter, *_ in rows("columns")}


@cache
def _columns_of(tab: str) -> dict[str, str]:
    """Return the headers of one tab; a canonical name goes before every alias."""
    known: dict[str, str] = {}
    for tabs, name, *aliases in rows("headers"):
        if _tabs()[tab] in tabs:
            for alias in (*aliases, name):
                known.setdefault(header_key(alias), name)
            for alias in (*aliases, name):
                known.setdefault(_key_in_full(alias), name)
    own = next(names for title, _, *names in rows("columns") if title == tab)
    return known | {header_key(name): name for name in own}


_PARTS_OF_NAMES = frozenset(("First name", "Last name", "Also called"))
"""Columns that name nobody alone: only with the rest of a tab do they mean one."""


@cache
def _everywhere() -> dict[str, frozenset[str]]:
    """Return what each header can mean: its own canonical name first, then as the four main tabs use it."""
    main: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    canonical: dict[str, set[str]] = {}
    for tab, letter in _tabs().items():
        for key, name in _columns_of(tab).items():
            if name in _PARTS_OF_NAMES:
                continue
            (main if letter in "CGSL" else others).setdefault(key, set()).add(name)
            if key == header_key(name):
                canonical.setdefault(key, set()).add(name)
    chosen = {
        header_key(alias): {name}
        for tabs, name, *aliases in rows("headers")
        if tabs == "-"
        for alias in aliases
    }
    return {key: frozenset(names) for key, names in (others | main | chosen | canonical).items()}


def _known_anywhere(key: str) -> frozenset[str]:
    return _everywhere().get(key, frozenset())


@cache
def _refused() -> dict[str, str]:
    return {header_key(header): ", ".join(why) for header, *why in rows("not_headers")}


@cache
def _tab_names() -> dict[str, str]:
    known = {header_key(word): tab for tab, spoken in words("tabs").items() for word in spoken}
    return known | {header_key(tab): tab for tab in words("tabs")}
