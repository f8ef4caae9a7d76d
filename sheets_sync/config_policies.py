"""Presets of a district's words: `policies` names files that are laid below the configuration's own names."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sheets_sync.config import Names
from sheets_sync.config_checks import nearest
from sheets_sync.config_names import Report, read_codes, read_columns, read_tabs, read_words
from sheets_sync.problems import WrongUse

SECTIONS = ("codes", "services", "columns", "tabs")
"""What a policy may hold: words of a district, never a student, an address or a secret."""

Words = Mapping[str, str]
_FOLDER = "policies"


def names_over_policies(own: Names, files: Sequence[Path], folder: Path, report: Report) -> Names:
    """Return the configuration's own names with those of its policies below them: its own go first. `folder`
    is that of the configuration.

    Reports a file that cannot be read, what is wrong in it, and a word that two files use in two meanings
    and the configuration in none.
    """
    found = [(file, names) for file in files if (names := _read_policy(file, report, folder)) is not None]
    below = _Below(found, report)
    tabs = {tab for _, names in found for tab in names.columns} | set(own.columns)
    return replace(
        own,
        tabs=below.joined("[tabs]", own.tabs, str, lambda names: names.tabs),
        columns={
            tab: below.joined(
                f'[columns."{tab}"]',
                own.columns.get(tab, {}),
                str,
                lambda names, tab=tab: names.columns.get(tab, {}),  # type: ignore[misc]
            )
            for tab in sorted(tabs)
        },
        codes=below.joined("[codes]", own.codes, _code_key, lambda names: names.codes),
        services=below.joined("[services]", own.services, _service_key, lambda names: names.services),
    )


def codes_of(file: Path) -> Words:
    """Return the codes of a policy, none where it cannot be read."""
    names = _read_policy(file, lambda place, problem: None)
    return names.codes if names else {}


def refuse_open_files(files: Sequence[Path]) -> None:
    """Raise WrongUse for a policy that every user of the machine can change: it decides what counts."""
    for file in files:
        if os.name == "posix" and file.stat().st_mode & stat.S_IWOTH:
            raise WrongUse(
                f"the policy {file} can be changed by every user of this machine",
                f'run: chmod o-w "{file}"',
            )


def _read_policy(file: Path, report: Report, folder: Path | None = None) -> Names | None:
    place = f'policies: "{file.name}":'
    try:
        raw = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        what = f'names "{file.name}", which cannot be read: {error.strerror}'
        report("policies", f"{what}{'' if folder is None else _which_there_are(file, folder)}")
        return None
    except UnicodeDecodeError:
        report(place, "is not saved as UTF-8 text; save it again as UTF-8")
        return None
    except tomllib.TOMLDecodeError as error:
        report(place, f"is not TOML: {error}")
        return None

    def within(where: str, problem: str) -> None:
        report(f"{place} {where}", problem)

    _refuse_other_keys(raw, within)
    tables = {section: raw.get(section, {}) for section in SECTIONS}
    for section, given in tables.items():
        if not isinstance(given, dict):
            within(section, f"is a section; write [{section}] in a line of its own, its entries below")
            tables[section] = {}
    return Names(
        tabs={tab: first for tab, (first, *_) in read_tabs(tables["tabs"], within).items()},
        columns=read_columns(tables["columns"], within),
        codes=read_codes(tables["codes"], within),
        services=read_words("services", tables["services"], within),
    )


def _which_there_are(file: Path, folder: Path) -> str:
    """Say which policies stand where they are looked for, and where one's own goes."""
    there = sorted(one.name for one in folder.glob(f"{_FOLDER}/*.toml"))
    near = nearest(f"{file.name.removesuffix('.toml')}.toml", there)
    named = ", ".join(f'"{_FOLDER}/{name}"' for name in there)
    stand = f'; in "{_FOLDER}" beside the configuration are {named}' if there else ""
    own = f'"{_FOLDER}/our-district.toml"'
    return f"{near}{stand}; one of your own goes there as {own}, named by its path from the configuration"


def _refuse_other_keys(raw: Mapping[str, Any], within: Report) -> None:
    for key in raw:
        if key not in SECTIONS:
            known = ", ".join(SECTIONS)
            within(
                key if key.isidentifier() else "a key in quotes",
                f"is unknown in a policy{nearest(key, SECTIONS)}; it has {known}, and the rest belongs into"
                " the configuration",
            )


class _Below:
    """Lays the words of several policies below those of the configuration."""

    def __init__(self, policies: Sequence[tuple[Path, Names]], report: Report) -> None:
        self._policies = policies
        self._report = report

    def joined(
        self, section: str, own: Words, key_of: Callable[[str], str], words_of: Callable[[Names], Words]
    ) -> dict[str, str]:
        """Return the words of one section. `key_of`: what two spellings of one word share."""
        decided = {key_of(word) for word in own}
        first: dict[str, tuple[str, str]] = {}
        joined: dict[str, str] = {}
        for file, names in self._policies:
            for word, meaning in words_of(names).items():
                key = key_of(word)
                if key in decided:
                    continue
                other, by = first.setdefault(key, (meaning, file.name))
                if other != meaning:
                    self._report(
                        f'policies: {section} "{word}"',
                        f'is "{other}" in "{by}" and "{meaning}" in "{file.name}"; say which under {section},'
                        " or leave one of the two out",
                    )
                joined[word] = other
        return {**joined, **own}


def _code_key(code: str) -> str:
    from sheets_sync.intake.known_codes import code_key

    return code_key(code)


def _service_key(typed: str) -> str:
    from sheets_sync.intake.services import service_key

    return service_key(typed)
