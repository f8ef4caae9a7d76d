"""Promise 24: a wrong configuration stops at the start, in a sentence a teacher understands.

Every key x every mutation: of another kind, impossible, misspelt, in another section, twice. Each time the
exit code is 2, the key stands in the sentence, nothing was read or written. What kind of value a key takes
is read from config/sheets-sync.toml, which has them all: a new key is under this table by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheets_sync import wiring
from sheets_sync.cli import running
from sheets_sync.cli.main import run_command_line
from sheets_sync.config_keys import NAME_TABLES, SECTIONS, TOP, places_of
from tests.test_config_file import EXAMPLE, IMPOSSIBLE, KEYS, label

VALUES = {
    str: ('"x"', '""', '" "', '"\\u0000"', "'''a\nb'''"),
    int: ("7", "-1", "0", "99999999999999999999", "0x10"),
    float: ("1.5", "nan", "inf", "1e308"),
    bool: ("true", "false"),
    date: ("2025-09-02", "2025-09-02T05:00:00Z", "05:00:00"),
    list: ("[]", "[1]", '["x", 1]', "[[]]"),
    dict: ("{}", "{ a = 1 }"),
}
"""Kind of value -> what is typed."""

ALSO = {
    ("school", "days"): {str, list},
    ("school", "report_from"): {date, str},
    ("daemon", "run_at"): {str, date},
}
"""Keys that take more than one kind; the second of a date is one of these alone."""

IMPOSSIBLE_WHATEVER = {str: ('""', '"\\u0000"'), int: ("-1", "99999999999999999999"), list: ("[1]", "[[]]")}
"""What no key of this kind can be."""

MAY_BE_EMPTY = {
    ("", "administrator"),
    ("mail", "host"),
    ("mail", "user"),
    ("mail", "from"),
    ("google", "subject"),
    ("daemon", "ping_url"),
}
"""Keys for which "" says that there is none."""


def kinds() -> dict[tuple[str, str], set[type]]:
    """Return the kinds of value that each key takes, by the example."""
    found: dict[tuple[str, str], set[type]] = {}
    section = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"#?\[\[?([a-z]+)", line):
            section = head[1]
        elif (typed := re.match(r"#([a-z_]+) = (.*)", line)) and (section, typed[1]) in KEYS:
            value = tomllib.loads(f"x = {typed[2]}")["x"]
            found.setdefault((section, typed[1]), set()).add(date if isinstance(value, date) else type(value))
    found["", "sources"] = {list}
    return {key: kinds | ALSO.get(key, set()) for key, kinds in found.items()}


KINDS = kinds()
Mutation = tuple[str, str]
"""What is said must hold this; the configuration."""


def in_section(section: str, line: str) -> str:
    return f"[{section}]\n{line}\n" if section else f"{line}\n"


def other_kinds(section: str, key: str) -> Iterator[Mutation]:
    for kind, values in VALUES.items():
        if kind not in KINDS[section, key]:
            yield from ((label(section, key), in_section(section, f"{key} = {value}")) for value in values)


def impossible(section: str, key: str) -> Iterator[Mutation]:
    values = {IMPOSSIBLE.get((section, key), "-1")}
    for kind in KINDS[section, key] & set(IMPOSSIBLE_WHATEVER):
        values |= set(IMPOSSIBLE_WHATEVER[kind]) - ({'""'} if (section, key) in MAY_BE_EMPTY else set())
    yield from ((label(section, key), in_section(section, f"{key} = {value}")) for value in sorted(values))


def near_misses(section: str, key: str) -> Iterator[Mutation]:
    middle = len(key) // 2
    known = {*TOP, *SECTIONS, *NAME_TABLES, "workbooks"} if not section else set(SECTIONS[section])
    for misspelt in (
        key[:-1],
        key + key[-1],
        key[:middle] + key[middle + 1 :],
        key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :],
        key.upper(),
        key.replace("_", "-"),
        f"{key}s",
        f"my_{key}",
    ):
        if misspelt not in known:
            yield (label(section, misspelt), in_section(section, f"{misspelt} = 1"))
    yield (key, in_section(section, f'"{key} " = 1'))


def misplaced(section: str, key: str) -> Iterator[Mutation]:
    for other in ["", *SECTIONS]:
        if other not in places_of(key):
            yield (label(other, key), in_section(other, f"{key} = 1"))


def written_wrong(section: str, key: str) -> Iterator[Mutation]:
    """TOML tells the line where it cannot be read; the key is on it."""
    yield ("at line", in_section(section, f"{key} ="))
    yield ("line", in_section(section, f"{key} = 1\n{key} = 2"))
    yield ("at line", in_section(section, f"{key} : 1"))
    yield ("at line", in_section(section, f"{key} = “x”"))


WAYS = {
    "of another kind": other_kinds,
    "impossible": impossible,
    "misspelt": near_misses,
    "in another section": misplaced,
    "no TOML": written_wrong,
}
Ended = tuple[int, str, list[str]]
"""Exit code, what was said, and what was touched."""
Command = Callable[[str], Ended]


@pytest.fixture
def sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `sync` with a configuration; note everything that it reads, writes or asks for."""
    touched: list[str] = []
    for name in ("open_workbook", "open_store", "open_mailer", "state_path", "machine_clock"):
        for module in (wiring, running):
            monkeypatch.setattr(module, name, lambda *_, name=name: touched.append(name), raising=False)
    workbook = tmp_path / "Services.xlsx"
    workbook.write_bytes(b"nobody reads this")
    file = tmp_path / "c.toml"

    def run(content: str) -> Ended:
        touched.clear()
        file.write_text(content, encoding="utf-8")
        before = sorted(tmp_path.iterdir())
        code = run_command_line(["sync", "--config", str(file), "--workbook", str(workbook)])
        said = capsys.readouterr()
        assert said.out == ""
        if sorted(tmp_path.iterdir()) != before:
            touched.append("the folder")
        return code, said.err, list(touched)

    return run


def gone_through(run: Command, mutations: Iterator[Mutation]) -> list[str]:
    """Return the configurations that are not refused as they should be."""
    passed = []
    for says, content in mutations:
        code, said, touched = run(content)
        if code != 2 or says not in said or "What would do" not in said or "Traceback" in said or touched:
            passed.append(f"{content!r}: {code} {touched} {said}")
    return passed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("section", "key"), KEYS, ids=[label(*key) for key in KEYS])
def test_a_wrong_key_stops_at_the_start(sync: Command, section: str, key: str, way: str) -> None:
    assert gone_through(sync, WAYS[way](section, key)) == []


def test_every_key_is_under_this_table() -> None:
    assert set(KINDS) == set(KEYS)
    mutations = [one for key in KEYS for way in WAYS.values() for one in way(*key)]
    assert len(mutations) > 1_500


@pytest.mark.parametrize("command", ["check", "explain", "runs", "purge", "demo"])
def test_every_command_stops_so(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.toml").write_text("[mail]\nport = 70000\n")
    assert run_command_line([command, "--config", str(tmp_path / "c.toml"), "--workbook", "a.xlsx"]) == 2
    assert "[mail] port is 70000" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["c.toml"]


def lenient(content: str) -> Ended:
    """A reader that takes what it knows and passes over the rest, as a dict with defaults does."""
    try:
        found: dict[str, Any] = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        return 2, f"{error} What would do: mend it", []
    found.get("mail", {})
    return 0, "", ["the workbook"]


@pytest.mark.parametrize("way", [way for way in WAYS if way != "no TOML"])
def test_a_reader_that_passes_over_what_it_does_not_know_fails_this_table(way: str) -> None:
    for key in KEYS:
        mutations = list(WAYS[way](*key))
        assert len(gone_through(lenient, iter(mutations))) == len(mutations)
