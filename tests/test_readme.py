"""The README says what the program does: commands, options, keys with their defaults, exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheets_sync import problems
from sheets_sync.cli.main import COMMANDS, app
from sheets_sync.config import Config
from sheets_sync.config_file import parse_config
from sheets_sync.config_keys import NAME_TABLES, SECTIONS, TOP
from sheets_sync.ledger.result import Status

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
VENV = "python3 -m venv .venv && .venv/bin/pip install -q"
ONE_LINERS = re.findall(r"^```sh\n(python3 -m venv .*)\n```$", README, re.MULTILINE)


def section(name: str) -> str:
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_two_commands_each_a_single_line_to_paste() -> None:
    demo, tests = ONE_LINERS
    assert (demo, tests) == (
        f"{VENV} . && .venv/bin/sheets-sync demo",
        f"{VENV} -e '.[test]' && .venv/bin/python -m pytest -n auto",
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_table(command: str) -> None:
    assert f"| `sheets-sync {command}" in section("Commands")


def test_every_command_that_it_names_exists() -> None:
    named = re.findall(r"sheets-sync ([a-z]+)", README)
    assert set(named) <= set(COMMANDS)


def test_every_option_that_it_names_exists() -> None:
    from click import Context

    known = {"--help", "--version"}
    for name in COMMANDS:
        command = app.get_command(Context(app), name)
        assert command is not None
        known |= {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", section("Commands") + section("Every day"))) <= known


EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_configuration_that_it_shows_is_one(example: str) -> None:
    assert parse_config(example, ROOT / "config" / "c.toml")


@pytest.mark.parametrize("status", Status)
def test_every_status_is_explained(status: Status) -> None:
    assert status.value in section("Every day")


def test_every_exit_code_is_in_the_table() -> None:
    raised = {error.exit_code for error in vars(problems).values() if hasattr(error, "exit_code")}
    told = {int(code) for code in re.findall(r"^\| (\d) \|", section("Commands"), re.MULTILINE)}
    assert told == raised | {0, 4}


@pytest.mark.parametrize(
    ("where", "key"),
    [("top", key) for key in TOP] + [(s, key) for s, keys in SECTIONS.items() for key in keys],
)
def test_every_key_is_in_the_table(where: str, key: str) -> None:
    if key == "sources":
        assert "| [[sources]] |" in section("Configuration")
        return
    (row,) = re.findall(rf"^\| \[?{where}\]? \|(.*)\|$", section("Configuration"), re.MULTILINE)
    assert f"`{key}`" in row


@pytest.mark.parametrize("name", [*NAME_TABLES, "workbooks"])
def test_every_other_section_is_in_the_table(name: str) -> None:
    assert f"[{name}" in section("Configuration")


@pytest.mark.parametrize("part", ["rules", "alerts", "guards", "compliance", "mail"])
def test_the_defaults_in_the_table_are_those_of_the_program(part: str) -> None:
    values = getattr(Config(), part)
    for key, told in re.findall(r"`([a-z_]+)` \(\"?([^\")`]+)\"?\)", section("Configuration")):
        if getattr(values, key, None) is not None and key != "students":
            assert str(getattr(values, key)) == told, key


PROMISES = re.findall(r"^\| (\d+) \| (.*) \|$", section("What it promises"), re.MULTILINE)


def test_every_promise_stands_in_the_table_once() -> None:
    assert [int(number) for number, _ in PROMISES] == list(range(1, 26))


@pytest.mark.parametrize(("number", "row"), PROMISES)
def test_every_promise_is_shown_by_a_test_that_is_there(number: str, row: str) -> None:
    promise, fault, shown, figures = row.split(" | ")
    assert promise
    assert fault
    assert figures
    named = re.findall(r"`([^`]+)`", shown)
    assert named or shown == "not shown yet", number
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_documents_name_no_command_and_no_key_that_is_not_there() -> None:
    for document in ("PRIVACY.md", "SECURITY.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        assert set(re.findall(r"`sheets-sync ([a-z]+)", text)) <= set(COMMANDS)
