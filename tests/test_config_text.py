"""The configuration that `init` writes: the example, in which what was answered is no comment."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config_file import parse_config
from sheets_sync.config_keys import SECTIONS, TOP
from sheets_sync.config_text import Answers, configuration_text, written
from sheets_sync.wiring import example_configuration
from tests.test_config_file import EXAMPLE

TEXT = EXAMPLE.read_text(encoding="utf-8")


def differing(answers: Answers) -> list[str]:
    """Return the lines that are not the example's."""
    known = set(TEXT.splitlines())
    return [line for line in configuration_text(TEXT, answers).splitlines() if line not in known]


def test_the_program_finds_the_example_that_stands_in_config() -> None:
    assert example_configuration() == TEXT


def test_without_answers_it_is_the_example() -> None:
    assert configuration_text(TEXT, Answers()) == TEXT


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        (Answers({("", "workbook"): "../a.xlsx"}), ['workbook = "../a.xlsx"']),
        (Answers({("", "allowed_domains"): ["a.org", "b.org"]}), ['allowed_domains = ["a.org", "b.org"]']),
        (Answers({("school", "days"): "Mon-Thu"}), ['days = "Mon-Thu"']),
        (Answers({("google", "credentials"): "key.json"}), ['credentials = "key.json"']),
        (Answers({}, {"tabs": {"Schedule": ["Kim", "Lee"]}}), ['"Schedule" = ["Kim", "Lee"]']),
        (Answers({}, {"codes": {"CX": "student absent"}}), ['"CX" = "student absent"']),
        (Answers({}, {"layouts": {'a "b" \\ c': "list"}}), ['"a \\"b\\" \\\\ c" = "list"']),
    ],
)
def test_an_answer_is_one_line_more(answers: Answers, lines: list[str]) -> None:
    assert differing(answers) == lines


def test_what_was_answered_is_what_a_run_reads() -> None:
    answers = Answers(
        {("", "workbook"): "a.xlsx", ("daemon", "run_at"): "4:30", ("school", "days"): "Mon-Thu"},
        {"tabs": {"Schedule": ["Kim", "Lee"]}, "layouts": {"Kim": "week grid"}, "codes": {"CX": "make-up"}},
    )
    config = parse_config(configuration_text(TEXT, answers), Path("conf/c.toml"))
    assert config.workbook == "conf/a.xlsx"
    assert config.rules.school_days == (0, 1, 2, 3)
    assert config.daemon.run_at.minute == 30
    assert (config.names.tabs, config.names.further_tabs) == ({"Schedule": "Kim"}, {"Schedule": ("Lee",)})
    assert (config.names.layouts, config.names.codes) == ({"Kim": "week grid"}, {"CX": "make-up"})


@pytest.mark.parametrize(
    ("section", "key"),
    [("", key) for key in TOP if key != "sources"]
    + [(s, key) for s, keys in SECTIONS.items() for key in keys],
)
def test_every_key_of_the_example_can_be_answered_in_its_own_section(section: str, key: str) -> None:
    found = tomllib.loads(configuration_text(TEXT, Answers({(section, key): "x"})))
    assert (found[section] if section else found)[key] == "x"


def test_a_key_that_the_example_lacks_is_not_lost_in_silence() -> None:
    with pytest.raises(KeyError):
        configuration_text(TEXT, Answers({("school", "no_such_key"): "x"}))


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_as_toml_that_says_the_same(text: str) -> None:
    assert tomllib.loads(f"{written(text)} = {written([text])}") == {text: [text]}
