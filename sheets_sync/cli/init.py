"""`sheets-sync init`: looks at a workbook, says what it understood, and writes a configuration for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import DEFAULT, Function, Options, workbook_options
from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from sheets_sync.config import Config
    from sheets_sync.config_text import Answers
    from sheets_sync.looked_at import LookedAt
    from sheets_sync.open_questions import OpenQuestions
    from sheets_sync.ports import Snapshot

ROWS = 500
"""So many rows of each tab are looked through for sample readings."""


def _pairs(name: str, metavar: str, help_text: str) -> Callable[[Function], Function]:
    return click.option(
        f"--{name}", f"{name}s".replace("-", "_"), multiple=True, metavar=metavar, help=help_text
    )


@click.command()
@_pairs(
    "tab", "TAB=NAME", 'What a tab is called here: "Service Log=SLP log". Several for one TAB, if need be.'
)
@_pairs("layout", "TAB=LAYOUT", 'How a tab is kept, if it is taken for something else: "Schedule=week grid".')
@_pairs("code", "CODE=MEANING", 'What a code of the log does: "CX=provider absent".')
@_pairs("allowed-domain", "DOMAIN", "Mail may go to addresses of this domain. (none)")
@click.option("--administrator", metavar="ADDRESS", help="Who is told when the program itself fails.")
@click.option("--timezone", metavar="ZONE", help="America/New_York. (the machine's)")
@click.option("--days", metavar="DAYS", help="School days. (Mon-Fri)")
@click.option("--run-at", metavar="TIME", help="When the daemon runs each night. (05:00)")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FILE-or-URL",
    help="Another workbook that is read beside it: a provider's own log, the district's calendar.",
)
@click.option("--credentials", metavar="FILE", help="A service account's key, for a Google workbook.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given stays open.")
@click.option("--force", is_flag=True, help="Write over a configuration that is there.")
@workbook_options
def command(yes: bool, force: bool, **given: Any) -> int:
    """Look at a workbook, and write a configuration for it.

    For each tab: what it is taken for, the columns that were understood with three readings each, and what
    could not be read. In a terminal it asks what is open; without one, or with --yes, flags say it. The
    configuration goes to --config (config/sheets-sync.toml); the workbook is not changed.
    """
    options = Options(**{name: given.pop(name) for name in Options.__slots__})
    file = options.config or DEFAULT
    asks = not yes and not options.as_json and not options.quiet and is_terminal()
    example = _example_to_write_over(file, force=force)
    workbook = options.workbook or (click.prompt("Which workbook? (file or address)") if asks else "")
    if not workbook:
        raise WrongUse("no workbook is named", "name it with --workbook FILE-or-URL")
    from sheets_sync.cli.init_flags import given_answers

    answers = given_answers(file, workbook, options, given)
    sources = given["sources"] or (ask_for_sources() if asks else ())
    return _Init(file, example, options, asks).run(answers, sources)


def ask_for_sources() -> tuple[str, ...]:
    """Ask for other workbooks, one after another."""
    found: list[str] = []
    while (typed := click.prompt("Another workbook beside it? (file or address, - for none)", "-")) != "-":
        found.append(typed)
    return tuple(found)


def is_terminal() -> bool:
    """Tell whether somebody is there to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _example_to_write_over(file: Path, *, force: bool) -> str:
    """Return the configuration to fill in. Raises WrongUse where one is there that says anything itself."""
    from sheets_sync.wiring import example_configuration

    example = example_configuration()
    if file.exists() and not force:
        try:
            is_example = file.read_text(encoding="utf-8") == example
        except (OSError, ValueError):
            is_example = False
        if not is_example:
            raise WrongUse(
                f"{file} is there already; it was left alone",
                "name another file with --config FILE, or write over it with --force",
            )
    return example


class _Init:
    """One look at one workbook, and what comes of it."""

    def __init__(self, file: Path, example: str, options: Options, asks: bool) -> None:
        self.file = file
        self.example = example
        self.options = options
        self.asks = asks

    def run(self, answers: Answers, sources: Sequence[str] = ()) -> int:
        """Look, ask, write; return 0, or raise CannotCount where a run could not count the workbook yet."""
        from sheets_sync.cli.moment import moment
        from sheets_sync.looked_at import look_at
        from sheets_sync.open_questions import open_questions, preset_that_fits
        from sheets_sync.views.first_look import preset_in_words
        from sheets_sync.wiring import open_workbook, presets, write_private

        config = self._config(answers)
        snapshot = open_workbook(config).read()
        today = moment(self.options, config).today
        if sources:
            answers = self._with_sources(answers, sources, config, snapshot, today)
            config = self._config(answers)
            snapshot = open_workbook(config).read()
        looked = look_at(snapshot, config, today, ROWS)
        questions = open_questions(looked, config.names)
        if self.asks and any(tab.could_be for tab in questions.tabs):
            from sheets_sync.cli.asking import ask_for_tabs

            answers = ask_for_tabs(answers, questions.tabs)
            config = self._config(answers)
            looked = look_at(snapshot, config, today, ROWS)
            questions = open_questions(looked, config.names)
        self._show(looked)
        if self.asks:
            from sheets_sync.cli.asking import ask_for_codes, ask_for_the_rest

            answers = ask_for_the_rest(ask_for_codes(answers, questions.codes), questions)
            config = self._config(answers)
            looked = look_at(snapshot, config, today, ROWS)
            questions = open_questions(looked, config.names)
        preset = preset_that_fits([code for code, _ in questions.codes], presets())
        if preset is not None:
            answers = replace(answers, comments={("", "policies"): preset_in_words(preset)})
        write_private(self.file, self._text(answers))
        self._say_what_is_next(looked, questions, answers)
        if looked.opened.stop is not None:
            raise looked.opened.stop
        return 0

    def _with_sources(
        self, answers: Answers, sources: Sequence[str], config: Config, own: Snapshot, today: date
    ) -> Answers:
        """Return the answers with what the tabs of these workbooks are. Raises what opening one does."""
        from sheets_sync.cli.init_flags import as_configured
        from sheets_sync.config_text import SourceAnswer
        from sheets_sync.looked_at import opened_in
        from sheets_sync.source_tabs import name_of_source, tabs_of_source
        from sheets_sync.wiring import open_workbook

        opened = opened_in(own, config, today)
        for workbook in sources:
            source = open_workbook(replace(config, workbook=workbook))
            found = tabs_of_source(source.read(), opened)
            name = name_of_source(source.name, [one.name for one in answers.sources])
            one = SourceAnswer(as_configured(self.file, workbook), name, found.tabs, found.several)
            answers = replace(answers, sources=(*answers.sources, one))
        return answers

    def _text(self, answers: Answers) -> str:
        from sheets_sync.config_text import configuration_text

        return configuration_text(self.example, answers)

    def _config(self, answers: Answers) -> Config:
        """Return the configuration that these answers come to, checked as that of a run is."""
        from sheets_sync.config_file import ConfigProblems, parse_config

        try:
            return parse_config(self._text(answers), self.file)
        except ConfigProblems as wrong:
            lines = "\n".join(line.removeprefix(f"{self.file}: ") for line in wrong.problems)
            raise WrongUse(lines, "mend what was given; nothing was written") from None

    def _show(self, looked: LookedAt) -> None:
        if not self.options.as_json and not self.options.quiet:
            from sheets_sync.views.first_look import first_look

            self._console().print(first_look(looked.seen, looked.left))

    def _console(self) -> Console:
        from rich.console import Console

        from sheets_sync.cli.previewing import PIPE_WIDTH

        return Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False, markup=False)

    def _say_what_is_next(self, looked: LookedAt, questions: OpenQuestions, answers: Answers) -> None:
        from sheets_sync.views.first_look import first_look_json, open_in_words, sources_in_words

        stop = looked.opened.stop
        if self.options.as_json:
            result = {
                "configuration": str(self.file),
                "tabs": first_look_json(looked.seen, looked.left),
                "sources": [{"name": one.name, "tabs": dict(one.tabs)} for one in answers.sources],
                "open": {
                    "tabs": {tab.tab: list(tab.could_be) for tab in questions.tabs},
                    "codes": dict(questions.codes),
                    "sources": {one.name: dict(one.several) for one in answers.sources if one.several},
                },
                "exit_code": stop.exit_code if stop else 0,
            }
            click.echo(json.dumps(result))
        if self.options.as_json or self.options.quiet:
            return
        named = f" --config {self.file}" if self.options.config else ""
        console = self._console()
        for line in (
            *open_in_words(questions.tabs, questions.codes),
            *sources_in_words(answers.sources),
            *answers.comments.values(),
            f"Written: {self.file}, which you alone can read. What was not answered is a comment in it.",
            "A run cannot count the workbook yet:"
            if stop
            else f"Next:  sheets-sync check{named}   and   sheets-sync check --preview{named}",
        ):
            console.print(line)
