"""The text of a configuration: that of config/sheets-sync.toml, in which what was answered is no comment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_sync.lazy_regex import lazy_regex

_SECTION = lazy_regex(r"#?\[\[?([a-z_]+)")
_KEY = lazy_regex(r"#([a-z_]+) = ")

Value = str | Sequence[str]
Key = tuple[str, str]
"""A section ("" for the top) and a key in it."""


@dataclass(frozen=True)
class SourceAnswer:
    """One of [[sources]]; `several` are names of tabs that could be more than one, with these."""

    workbook: str
    name: str
    tabs: Mapping[str, Sequence[str]]
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What is known of a workbook's configuration: `keys` by section and key, `entries` of [tabs], [layouts]
    and [codes], by section and what stands on the left, `sources`, and `comments` to stand below a key."""

    keys: Mapping[Key, Value] = field(default_factory=dict)
    entries: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    sources: tuple[SourceAnswer, ...] = ()
    comments: Mapping[Key, str] = field(default_factory=dict)

    def with_key(self, section: str, key: str, value: Value) -> Answers:
        """Return these answers and one more."""
        return replace(self, keys={**self.keys, (section, key): value})

    def with_entry(self, section: str, name: str, value: Value) -> Answers:
        """Return these answers and one more entry of a section."""
        entries = {**self.entries.get(section, {}), name: value}
        return replace(self, entries={**self.entries, section: entries})


def configuration_text(example: str, answers: Answers) -> str:
    """Return the example with the answered keys filled in, everything else as it is.

    An entry stands right below the head of its section. Raises KeyError for a key or a section that the
    example has not.
    """
    left, sections = dict(answers.keys), dict(answers.entries)
    lines: list[str] = []
    section = ""
    for line in example.splitlines():
        if head := _SECTION.match(line):
            section = head[1]
        key = _KEY.match(line)
        if key and (section, key[1]) in left:
            line = f"{key[1]} = {written(left.pop((section, key[1])))}"
        lines.append(line)
        if key and (section, key[1]) in answers.comments:
            lines.append(f"# {answers.comments[section, key[1]]}")
        if head and not line.startswith("#"):
            lines += [
                f"{written(name)} = {written(value)}" for name, value in sections.pop(section, {}).items()
            ]
    for missing in (*left, *sections):
        raise KeyError(missing)
    at = _end_of_example(lines)
    lines[at:at] = [line for source in answers.sources for line in ("", *_source_lines(source))]
    return "\n".join(lines) + "\n"


def _end_of_example(lines: Sequence[str]) -> int:
    """Return where the example of [[sources]] ends: at the first blank line behind its head."""
    head = lines.index("#[[sources]]")
    return next((at for at in range(head, len(lines)) if not lines[at].strip()), len(lines))


def _source_lines(source: SourceAnswer) -> list[str]:
    """Write one of [[sources]], with what is left open; as a comment where none of its tabs is known."""
    tabs = ", ".join(
        f"{written(tab)} = {written(names[0] if len(names) == 1 else names)}"
        for tab, names in source.tabs.items()
    )
    entry = [
        "[[sources]]",
        f"workbook = {written(source.workbook)}",
        f"name = {written(source.name)}",
        f"tabs = {{ {tabs} }}" if tabs else 'tabs = { "Service Log" = "..." }',
    ]
    still_open = [
        f"# {written(name)} could be the {' or the '.join(could_be)}: add it to tabs as what it is."
        for name, could_be in source.several.items()
    ]
    return [*(entry if tabs else [f"#{line}" for line in entry]), *still_open]


def written(value: Value) -> str:
    """Return a text or a list of texts as TOML."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(written, value))}]"
