"""A tab that is the key of codes of all logs of a workbook: "Codes", "Key", "Legend"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.intake.layouts.key_of_codes import NOT_KNOWN, Key, read_key, texts_at, together
from sheets_sync.intake.layouts.key_of_list import KEYED
from sheets_sync.intake.layouts.key_pairs import Means
from sheets_sync.intake.layouts.key_tables import KeyTable, whole_key
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity


def read_key_tabs(sheets: Sequence[Sheet]) -> tuple[Mapping[str, Mapping[str, str]], tuple[Problem, ...]]:
    """Return what these tabs say that codes mean, by the tab in which they are used (KEYED), and what they
    leave open. A code of two meanings means nothing; a tab in which no code is found is noted."""
    codes: dict[str, dict[str, str]] = {tab: {} for tab in KEYED}
    problems: list[Problem] = []
    for sheet in sheets:
        keys = {tab: _read(sheet, means) for tab, (_, means) in KEYED.items()}
        for tab, key in keys.items():
            other = [code for code, said in key.codes.items() if codes[tab].get(code, said) != said]
            codes[tab] = {**together(codes[tab], key.codes), **dict.fromkeys(other, NOT_KNOWN)}
            problems += key.problems
        if sheet.rows and not any(key.codes for key in keys.values()):
            problems.append(_no_code(sheet))
    return codes, tuple(dict.fromkeys(problems))


def _read(sheet: Sheet, means: Means) -> Key:
    entries = tuple(whole_key(sheet))
    told = {entry.place[0] for entry in entries}
    rows = [row for row in range(1, len(sheet.rows) + 1) if row not in told]
    return read_key(sheet, [KeyTable(entries, frozenset())], list(texts_at(sheet, rows)), means)


def _no_code(sheet: Sheet) -> Problem:
    problem = "This tab is called like a key of codes, and no code with a meaning is found on it."
    remedy = 'Write codes into one column and what they mean beside them, like "SNA" and "provider absent".'
    return Problem(Severity.NOTE, sheet.name, "", sheet.name, problem, remedy)
