"""What the flags of `init` say, as answers of a configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheets_sync.cli.options import Options
from sheets_sync.config_text import Answers
from sheets_sync.problems import WrongUse
from sheets_sync.wiring import is_google


def given_answers(file: Path, workbook: str, options: Options, flags: Mapping[str, Any]) -> Answers:
    """Return what the flags say; `file` is the configuration that is written. Raises WrongUse for one that
    should be a pair and is none."""
    answers = Answers().with_key("", "workbook", as_configured(file, workbook))
    if options.state:
        answers = answers.with_key("", "state", _from(file, options.state))
    if flags["credentials"]:
        answers = answers.with_key("google", "credentials", _from(file, flags["credentials"]))
    if flags["allowed_domains"]:
        answers = answers.with_key("", "allowed_domains", list(flags["allowed_domains"]))
    for section, key in (("", "administrator"), ("", "timezone"), ("school", "days"), ("daemon", "run_at")):
        if flags[key] is not None:
            answers = answers.with_key(section, key, flags[key])
    for tab, names in _by_name("--tab", flags["tabs"]).items():
        answers = answers.with_entry("tabs", tab, names if len(names) > 1 else names[0])
    for option, section in (("--layout", "layouts"), ("--code", "codes")):
        for name, values in _by_name(option, flags[section]).items():
            answers = answers.with_entry(section, name, values[-1])
    return answers


def as_configured(file: Path, workbook: str) -> str:
    """Return what names a workbook in the configuration `file`."""
    return workbook if is_google(workbook) else _from(file, workbook)


def _by_name(option: str, pairs: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals and value):
            raise WrongUse(f"{option} is not of the form NAME=VALUE", f'write it as {option} "Schedule=..."')
        found.setdefault(name, []).append(value)
    return found


def _from(file: Path, path: str | Path) -> str:
    """Return a path as it is read in the configuration: from the folder of that file."""
    own = Path(path).expanduser()
    if own.is_absolute():
        return str(own)
    try:
        return Path(os.path.relpath(own, file.parent)).as_posix()
    except ValueError:  # two drives of Windows
        return str(own.absolute())
