"""What a workbook leaves open that a person can answer once: which tab is which, codes, domains. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.config import Names
from sheets_sync.config_names import LONGEST_CODE
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.tabs_left import could_be
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.looked_at import LookedAt
from sheets_sync.tables import Category, Tables

MOST_CODES = 10
FEWEST = 2
"""So many codes, at least, tell a preset."""
_CODE = lazy_regex(r"[^\W\d_][^\s\d?]*")
"""What is typed for a code: one short word of letters and signs. What says more, says it in words."""


@dataclass(frozen=True, slots=True)
class OpenTab:
    """A tab that is not found: `could_be` are the tabs of the workbook that can be read as it; `fits` tells
    whether they do by their names."""

    tab: str
    could_be: tuple[str, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """`codes` are what stands in the log's status and means nothing yet, each with how often; `domains`
    those of the case managers' addresses, else of the staff's. Most used first."""

    tabs: tuple[OpenTab, ...]
    codes: tuple[tuple[str, int], ...]
    domains: tuple[str, ...]


def open_questions(looked: LookedAt, names: Names) -> OpenQuestions:
    """Return what is open in a workbook."""
    untold = looked.opened.found.untold
    tabs = tuple(
        OpenTab(tab, sheets, tab in untold) for tab, sheets in could_be(looked.opened, names).items()
    )
    if looked.read is None:
        return OpenQuestions(tabs, (), ())
    tables = looked.read.tables
    return OpenQuestions(tabs, _codes(tables), _domains(tables))


def _codes(tables: Tables) -> tuple[tuple[str, int], ...]:
    log = tables.log
    unread = log[(log["category"] == Category.UNKNOWN) & (log["typed"].astype(object) == log["reason"])]
    typed = Counter(str(text) for text in unread["typed"].dropna())
    codes = {text: number for text, number in typed.items() if _is_a_code(text)}
    return tuple(sorted(codes.items(), key=lambda one: (-one[1], one[0]))[:MOST_CODES])


def _is_a_code(text: str) -> bool:
    return len(text) <= LONGEST_CODE and _CODE.fullmatch(text) is not None


def _domains(tables: Tables) -> tuple[str, ...]:
    return _by_use(tables.students["case_manager_email"].tolist()) or _by_use(tables.staff["email"].tolist())


def _by_use(addresses: Sequence[str]) -> tuple[str, ...]:
    domains = Counter(text.rpartition("@")[2].strip().lower() for text in addresses if "@" in text)
    return tuple(domain for domain, _ in domains.most_common() if domain)


@dataclass(frozen=True, slots=True)
class Preset:
    """A district's small file of words (config/policies), with what the open codes mean by it."""

    name: str
    codes: tuple[tuple[str, str], ...]


def preset_that_fits(codes: Sequence[str], presets: Mapping[str, Mapping[str, str]]) -> Preset | None:
    """Return the only preset (name -> code -> what it does) that has all of these codes; None where several
    have, or for one code alone: a letter means one thing here and another there."""
    by_key = {name: {code_key(code): word for code, word in known.items()} for name, known in presets.items()}
    found = [name for name, known in by_key.items() if all(code_key(code) in known for code in codes)]
    if len(codes) < FEWEST or len(found) != 1:
        return None
    return Preset(found[0], tuple((code, by_key[found[0]][code_key(code)]) for code in codes))
