"""Names in this workbook: [tabs], [columns.TAB], [layouts], [codes], [services], [aliases]."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sheets_sync import config_checks as check
from sheets_sync.config_checks import Wrong

LONGEST_CODE = 8
Report = Callable[[str, str], None]
"""Takes a place ("[codes] SNA") and what is wrong there."""


def tab_columns() -> Mapping[str, tuple[str, ...]]:
    """Return the tabs that staff keep and their columns, by their canonical names."""
    from sheets_sync.sample.staff_tabs import STAFF_TABS

    return {tab.name: tuple(column.header for column in tab.columns) for tab in STAFF_TABS}


def categories() -> tuple[str, ...]:
    """Return what a code can do, in words (counting.md, "What a code does")."""
    from sheets_sync.tables import CATEGORY_WORDS, Category

    return tuple(word for category, word in CATEGORY_WORDS.items() if category is not Category.UNKNOWN)


def read_tabs(entries: Mapping[str, object], report: Report) -> dict[str, tuple[str, ...]]:
    """[tabs]: canonical tab = its name in this workbook, or several where it is kept on several tabs."""
    from sheets_sync.intake.tab_finder import BELLS, NAMED_SEVERAL

    known = (*tab_columns(), BELLS)
    found: dict[str, tuple[str, ...]] = {}
    for key, value in entries.items():
        try:
            tab = check.known_word(key, known, "tab of this program")
            found[tab] = tuple(check.sheet_name(name) for name in _one_or_several(tab, value, NAMED_SEVERAL))
        except Wrong as wrong:
            report(f'[tabs] "{key}"', str(wrong))
    return found


def _one_or_several(tab: str, value: object, several: Sequence[str]) -> Sequence[object]:
    if not isinstance(value, list):
        return [value]
    if tab not in several:
        raise Wrong(f"is a list; only {', '.join(several)} can be read from several tabs")
    if not value or len({str(name).casefold() for name in value}) < len(value):
        raise Wrong("is a list of tabs; name at least one, and each once")
    return value


def read_columns(entries: Mapping[str, object], report: Report) -> dict[str, dict[str, str]]:
    """[columns.TAB]: canonical column = its header in this workbook."""
    tabs = tab_columns()
    found: dict[str, dict[str, str]] = {}
    for key, columns in entries.items():
        try:
            tab = check.known_word(key, tuple(tabs), "tab of this program")
        except Wrong as wrong:
            report(f'[columns."{key}"]', str(wrong))
            continue
        if not isinstance(columns, dict):
            report(
                "[columns]",
                f'"{key}" is no table; write [columns."{tab}"] and below it Column = "its header here"',
            )
            continue
        found[tab] = _read_headers(f'[columns."{tab}"]', tabs[tab], columns, report)
    return {tab: headers for tab, headers in found.items() if headers}


def _read_headers(
    place: str, known: tuple[str, ...], columns: Mapping[str, object], report: Report
) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in columns.items():
        try:
            found[check.known_word(key, known, "column of this tab")] = check.filled(value)
        except Wrong as wrong:
            report(f'{place} "{key}"', str(wrong))
    return found


def read_layouts(entries: Mapping[str, object], report: Report) -> dict[str, str]:
    """[layouts]: canonical tab, or what a tab is called in this workbook = how it is kept.

    A tab of the workbook may be called by a student: it is not repeated.
    """
    from sheets_sync.intake.layouts.reading import LAYOUTS

    found: dict[str, str] = {}
    canonical = {tab.lower(): tab for tab in LAYOUTS}
    every = tuple(dict.fromkeys(word for words in LAYOUTS.values() for word in words))
    for number, (key, value) in enumerate(entries.items(), start=1):
        tab = canonical.get(key.strip().lower(), "")
        known, what = (LAYOUTS[tab], f"layout that the {tab} can have") if tab else (every, "layout of a tab")
        try:
            check.sheet_name(key.rpartition(": ")[2])  # "OT log: Log" is a tab of one of [[sources]]
            found[tab or key.strip()] = check.known_word(value, known, what)
        except Wrong as wrong:
            report(f'[layouts] "{tab}"' if tab else f"[layouts] entry {number}", str(wrong))
    return found


def read_codes(entries: Mapping[str, object], report: Report) -> dict[str, str]:
    """[codes]: code = what it does, in the words of counting.md."""
    known = categories() if entries else ()
    found: dict[str, str] = {}
    for number, (key, value) in enumerate(entries.items(), start=1):
        try:
            found[check.filled(key)] = check.known_word(
                value, known, "thing that a code can do", repeat=len(key) <= LONGEST_CODE
            )
        except Wrong as wrong:
            report(_code_place(key, number), str(wrong))
    return found


def _code_place(key: str, number: int) -> str:
    """Name a code; a long one by its number: it may be an alias that strayed here, and name a child."""
    return f'[codes] "{key}"' if len(key) <= LONGEST_CODE and " " not in key else f"[codes] entry {number}"


def read_words(section: str, entries: Mapping[str, object], report: Report) -> dict[str, str]:
    """[services] and [aliases]: what is typed = what is meant. An alias is a name: it is not repeated."""
    found: dict[str, str] = {}
    for number, (key, value) in enumerate(entries.items(), start=1):
        if key.strip() and isinstance(value, str) and value.strip():
            found[key.strip()] = value.strip()
        else:
            report(f"[{section}]", f'entry {number} is not of the form "what is typed" = "what is meant"')
    return found
