"""Reads the configuration file: TOML -> one frozen Config, or everything that is wrong with it at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sheets_sync import config_checks as check
from sheets_sync.config import (
    AlertsConfig,
    ComplianceConfig,
    Config,
    DaemonConfig,
    GoogleConfig,
    GuardsConfig,
    MailConfig,
    Names,
)
from sheets_sync.config_access import refuse_access_of_others
from sheets_sync.config_checks import Wrong
from sheets_sync.config_keys import NAME_TABLES, PATHS, SECTIONS, TOP
from sheets_sync.config_names import read_codes, read_columns, read_layouts, read_tabs, read_words
from sheets_sync.config_policies import names_over_policies, refuse_open_files
from sheets_sync.config_together import contradictions
from sheets_sync.config_unknown import Keys, place_of_key, why_unknown
from sheets_sync.ledger.rules import Rules
from sheets_sync.problems import WrongUse
from sheets_sync.wiring import is_google

BUILDERS = {
    "compliance": ComplianceConfig,
    "alerts": AlertsConfig,
    "google": GoogleConfig,
    "daemon": DaemonConfig,
    "guards": GuardsConfig,
}

Values = dict[str, dict[str, Any]]
"""Section ("" for the top) -> key -> checked value."""


class ConfigProblems(WrongUse):
    """The configuration is wrong: every problem of it, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems), "mend the configuration; nothing was read or written")
        self.problems = tuple(problems)


def load_config(file: Path) -> Config:
    """Read and check the whole file. Raises ConfigProblems, or WrongUse if it cannot be opened.

    It holds no secret, but says where mail goes, and may name students: others must not write it, nor then
    read it. WrongUse tells which.
    """
    try:
        with open(file, "rb") as stream:
            found = os.fstat(stream.fileno())
            content = stream.read().decode("utf-8-sig")
    except FileNotFoundError:
        raise WrongUse(f"there is no file {file}", "name the configuration with --config") from None
    except UnicodeDecodeError:
        raise ConfigProblems([f"{file}: is not saved as UTF-8 text; save it again as UTF-8"]) from None
    except OSError as error:
        raise WrongUse(
            f"{file} cannot be read: {error.strerror}", "is it a file, and may you read it?"
        ) from None
    config = parse_config(content, file)
    for one in (config, *config.workbooks):
        refuse_open_files(one.policies)
    refuse_access_of_others(file, found, config)
    return config


def parse_config(content: str, file: Path) -> Config:
    """Check the text of a configuration file; relative paths in it start from the folder of `file`.

    Raises ConfigProblems with one line for each problem: the file, the section, the key, what is wrong with
    it and what would do, with the nearest right name.
    """
    try:
        raw = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigProblems([f"{file}: is not TOML: {error}"]) from None
    reader = _Reader(file)
    config = reader.read(raw)
    if reader.problems:
        raise ConfigProblems(reader.problems)
    return config


class _Reader:
    """Collects problems on the way, so that all are told at once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[str] = []
        self.within = ""

    def report(self, place: str, problem: str) -> None:
        where = " ".join(part for part in (self.within, place) if part)
        joined = " " if problem.startswith(("is ", "has ", "holds ", "names ")) else ": "
        line = f"{self.file}: {where}{joined}{problem}"
        if line not in self.problems:
            self.problems.append(line)

    def read(self, raw: dict[str, Any]) -> Config:
        entries = raw.pop("workbooks", [])
        common = self._values(raw)
        names = self._names(raw)
        config = self._build(common, names)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.report(
                "workbooks", "is no list of tables; write [[workbooks]] and the keys of one workbook below"
            )
            return config
        workbooks = []
        for number, entry in enumerate(entries, start=1):
            self.within = f"[[workbooks]] {number}:"
            workbooks.append(self._workbook(raw, entry))
        self._told_apart(workbooks, [config] if config.workbook else [])
        self.within = ""
        if workbooks and config.state and not config.workbook:
            self.report(
                "state",
                "is of no use above [[workbooks]]: each has a state of its own; write it below the workbook"
                " that it is of, or leave it out",
            )
        return self._build(common, names, tuple(workbooks))

    def _workbook(self, raw: Mapping[str, Any], entry: dict[str, Any]) -> Config:
        if "workbook" not in entry:
            self.report("workbook", "is missing; name the file or the address of this workbook")
        if "workbooks" in entry:
            self.report("workbooks", "is of no use within [[workbooks]]")
        own = {key: value for key, value in entry.items() if key != "workbooks"}
        before = len(self.problems)
        self._values(own)
        self._names(own)
        if len(self.problems) > before:
            return Config()
        inherited = {key: value for key, value in raw.items() if key not in ("workbook", "state")}
        merged = _merged(inherited, own)
        return self._build(self._values(merged, quiet=True), self._names(merged, quiet=True))

    def _told_apart(self, workbooks: Sequence[Config], above: Sequence[Config]) -> None:
        """Report two that are one, however they are written; `above` is the workbook at the top, if any."""
        for key in ("workbook", "state"):
            earlier = {_one_form(getattr(config, key)) for config in above}
            for number, config in enumerate(workbooks, start=1):
                name = _one_form(getattr(config, key))
                if name and name in earlier:
                    self.within = f"[[workbooks]] {number}:"
                    self.report(key, "is that of an earlier one; each needs its own")
                earlier.add(name)

    def _values(self, raw: Mapping[str, Any], quiet: bool = False) -> Values:
        kept = list(self.problems)
        values: Values = {"": self._keys("", raw, TOP)}
        for section, keys in SECTIONS.items():
            given = raw.get(section, {})
            if isinstance(given, dict):
                values[section] = self._keys(section, given, keys)
            else:
                values[section] = {}
                self.report(section, f"is a section; write [{section}] in a line of its own, its keys below")
        if quiet:
            self.problems = kept
        return values

    def _keys(self, section: str, given: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in given.items():
            if not section and (key in SECTIONS or key in NAME_TABLES):
                continue
            if key not in keys:
                self.report(place_of_key(section, key), why_unknown(section, key, keys))
                continue
            try:
                found[key] = keys[key](value)
            except Wrong as wrong:
                self.report(place_of_key(section, key), str(wrong))
        return found

    def _names(self, raw: Mapping[str, Any], quiet: bool = False) -> Names:
        kept = list(self.problems)
        tables: dict[str, dict[str, Any]] = {}
        for section in NAME_TABLES:
            given = raw.get(section, {})
            if not isinstance(given, dict):
                self.report(
                    section, f"is a section; write [{section}] in a line of its own, its entries below"
                )
            tables[section] = given if isinstance(given, dict) else {}
        tabs = read_tabs(tables["tabs"], self.report)
        names = Names(
            tabs={tab: first for tab, (first, *_) in tabs.items()},
            further_tabs={tab: tuple(others) for tab, (_, *others) in tabs.items() if others},
            columns=read_columns(tables["columns"], self.report),
            layouts=read_layouts(tables["layouts"], self.report),
            codes=read_codes(tables["codes"], self.report),
            services=read_words("services", tables["services"], self.report),
            aliases=read_words("aliases", tables["aliases"], self.report),
        )
        names = names_over_policies(names, self._policies(raw), self.file.parent, self.report)
        if quiet:
            self.problems = kept
        return names

    def _policies(self, raw: Mapping[str, Any]) -> tuple[Path, ...]:
        """Return the files that `policies` names; none where its value is wrong, which is told elsewhere."""
        try:
            named = check.files(raw.get("policies", []))
        except Wrong:
            return ()
        return tuple(self.file.parent / file for file in named)

    def _build(self, values: Values, names: Names, workbooks: tuple[Config, ...] = ()) -> Config:
        values = self._from_the_folder_of_the_file(values)
        top = values[""]
        mail = dict(values["mail"])
        ignore = values["ignore"]
        built = {section: make(**values[section]) for section, make in BUILDERS.items()}
        config = Config(
            **top,
            school_minutes=values["school"].get("school_minutes"),
            rules=_rules(values),
            names=replace(
                names,
                ignored_students=(*ignore.get("students", ()), *ignore.get("programs", ())),
                ignored_services=(*ignore.get("services", ()), *ignore.get("programs", ())),
                sources={one.name: one for one in top.get("sources", ())},
            ),
            mail=MailConfig(sender=mail.pop("from", ""), **mail),
            workbooks=workbooks,
            **built,
        )
        for key, problem in contradictions(config):
            self.report(key, problem)
        return config

    def _from_the_folder_of_the_file(self, values: Values) -> Values:
        """Return the values with every relative path taken from the folder of the configuration file."""
        placed = {section: dict(keys) for section, keys in values.items()}
        for section, key in PATHS:
            if key in placed[section]:
                placed[section][key] = self.file.parent / placed[section][key]
        if "policies" in placed[""]:
            placed[""]["policies"] = tuple(self.file.parent / file for file in placed[""]["policies"])
        if "sources" in placed[""]:
            placed[""]["sources"] = tuple(
                replace(one, workbook=self._from_here(one.workbook)) for one in placed[""]["sources"]
            )
        if placed[""].get("workbook"):
            placed[""]["workbook"] = self._from_here(placed[""]["workbook"])
        return placed

    def _from_here(self, workbook: str) -> str:
        return workbook if is_google(workbook) else str(self.file.parent / Path(workbook).expanduser())


def _one_form(named: str | Path | None) -> str:
    """Return the same text for the same file, an address as it is."""
    if not named or (isinstance(named, str) and is_google(named)):
        return str(named or "")
    return str(Path(named).expanduser().resolve())


def _rules(values: Values) -> Rules:
    school = values["school"]
    given = dict(values["counting"])
    if "report_from" in school:
        given["report_from"] = school["report_from"]
    if "days" in school:
        given["school_days"] = school["days"]
    return Rules(**given)


def _merged(above: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the keys of one [[workbooks]] over those above it, section by section."""
    merged = dict(above)
    for key, value in own.items():
        before = merged.get(key)
        merged[key] = (
            _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
        )
    return merged
