"""The questions that `init` asks in a terminal: each has a default, and Enter goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import click

from sheets_sync.config_checks import Check, Wrong
from sheets_sync.config_keys import SECTIONS, TOP
from sheets_sync.config_names import categories
from sheets_sync.config_text import Answers
from sheets_sync.findings.words import count
from sheets_sync.intake.tab_finder import NAMED_SEVERAL
from sheets_sync.open_questions import OpenQuestions, OpenTab

NONE = "-"


def ask_for_tabs(answers: Answers, tabs: Sequence[OpenTab]) -> Answers:
    """Ask which tab of the workbook each one is that is not found."""
    for tab in tabs:
        if tab.could_be:
            answers = _tab(answers, tab)
    return answers


def _tab(answers: Answers, tab: OpenTab) -> Answers:
    why = "several tabs could be it" if tab.fits else "no tab has this name"
    click.echo(f"\nWhich tab is the {tab.tab}? ({why})")
    for number, name in enumerate(tab.could_be, start=1):
        click.echo(f"  {number}  {name}")
    several = ", several as 1, 2" if tab.tab in NAMED_SEVERAL and len(tab.could_be) > 1 else ""
    chosen = click.prompt(
        f"Number{several}, or {NONE} to leave it open",
        default="1" if len(tab.could_be) == 1 else NONE,
        value_proc=_numbers(len(tab.could_be), only_one=not several),
    )
    names = [tab.could_be[number - 1] for number in chosen]
    if not names:
        return answers
    return answers.with_entry("tabs", tab.tab, names if len(names) > 1 else names[0])


def _numbers(most: int, *, only_one: bool) -> Callable[[str], tuple[int, ...]]:
    def read(typed: str) -> tuple[int, ...]:
        parts = [part for part in re.split(r"[\s,]+", typed.strip()) if part]
        if parts in ([], [NONE]):
            return ()
        numbers = tuple(dict.fromkeys(int(part) for part in parts if re.fullmatch(r"[0-9]{1,4}", part)))
        known = len(numbers) == len(set(parts)) and all(1 <= number <= most for number in numbers)
        if not known or (only_one and len(numbers) > 1):
            raise click.UsageError(f"Type a number from 1 to {most}, or {NONE}.")
        return numbers

    return read


def ask_for_codes(answers: Answers, codes: Sequence[tuple[str, int]]) -> Answers:
    """Ask what the codes do that mean nothing yet."""
    if not codes:
        return answers
    words = categories()
    click.echo("\nThese codes of the log mean nothing yet. What a code can do:")
    for number, word in enumerate(words, start=1):
        click.echo(f"  {number:2}  {word}")
    for code, number in codes:
        (chosen,) = click.prompt(
            f'"{code}" ({count(number, "entry", "entries")}): number, or {NONE} to leave it open',
            default=NONE,
            value_proc=lambda typed: _numbers(len(words), only_one=True)(typed) or (0,),
        )
        if chosen:
            answers = answers.with_entry("codes", code, words[chosen - 1])
    return answers


def ask_for_the_rest(answers: Answers, questions: OpenQuestions) -> Answers:
    """Ask for what no workbook says: where mail may go, who is told of failures, school days, when to run."""
    click.echo(f"\nWhat no workbook says. Enter takes what stands in [brackets], {NONE} leaves it out.")
    for section, key, asked, default in (
        ("", "allowed_domains", "Mail may go to addresses of", ", ".join(questions.domains[:1])),
        ("", "administrator", "Mail address of who is told when the program fails", ""),
        ("school", "days", "School days", "Mon-Fri"),
        ("daemon", "run_at", "When it runs each night", "05:00"),
    ):
        if (section, key) in answers.keys:
            continue
        value = click.prompt(asked, default=default or NONE, value_proc=_checked(section, key))
        if value and (value != default or key == "allowed_domains"):
            answers = answers.with_key(section, key, value)
    return answers


def _checked(section: str, key: str) -> Callable[[str], Any]:
    check: Check = SECTIONS[section][key] if section else TOP[key]
    several = key == "allowed_domains"

    def read(typed: str) -> str | list[str]:
        text = typed.strip()
        if text == NONE or not text:
            return ""
        value = [part for part in re.split(r"[\s,;]+", text) if part] if several else text
        try:
            check(value)
        except Wrong as wrong:
            raise click.UsageError(f"What you typed {wrong}.") from None
        return value

    return read
