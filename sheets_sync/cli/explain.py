"""`sheets-sync explain`: where every minute of a line stands, and the cell that it comes from."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, one_configuration, workbook_options
from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from sheets_sync.understand import Understood


@click.command()
@click.argument("words", nargs=-1, metavar="[STUDENT [SERVICE]]")
@workbook_options
def command(words: tuple[str, ...], **given: Any) -> int:
    """Show how a figure came about: periods, sessions, cells.

    A name with a space stands in quotes; a Student ID will do, and a part of the service's name:
    sheets-sync explain "Ana R." speech. Without a student, you are asked for one.
    """
    if len(words) > 2:
        raise WrongUse(
            "explain takes a student and a service, no more",
            'put a name with a space in quotes: "Ana R." speech',
        )
    from sheets_sync.cli.moment import moment
    from sheets_sync.wiring import open_store, open_workbook

    options = Options(**given)
    config = one_configuration(options)
    today = moment(options, config).today
    workbook = open_workbook(config)

    from sheets_sync.understand import look
    from sheets_sync.views.explain import explain_result, find_service, find_student

    seen = look(workbook, open_store(config), config, today)
    student = service = None
    if words or not options.as_json:
        student = find_student(seen.ledger, words[0]) if words else _ask(seen, options)
    if student is not None and len(words) > 1:
        service = find_service(seen.ledger, student, words[1])
    if options.as_json:
        result = explain_result(
            seen.ledger,
            seen.keys,
            seen.what_to_do,
            workbook=config.workbook,
            student=student,
            service=service,
        )
        click.echo(json.dumps(result))
    elif student is not None and not options.quiet:
        _print(seen, student, service)
    return 0


def _print(seen: Understood, student: str, service: str | None) -> None:
    from rich.console import Console

    from sheets_sync.cli.showing import PIPE_WIDTH
    from sheets_sync.views.explain_text import explain_text

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
    console.print(explain_text(seen.ledger, seen.what_to_do, student=student, service=service))


def _ask(seen: Understood, options: Options) -> str:
    """Ask for the student by number or name; where nobody can answer, list them and stop."""
    from rich.console import Console

    from sheets_sync.views.explain import find_student
    from sheets_sync.views.explain_text import student_list

    asking = sys.stdin.isatty() and sys.stdout.isatty() and not options.quiet
    if not options.quiet:
        Console(highlight=False).print(student_list(seen.ledger))
    if not asking:
        raise WrongUse("no student is named", 'name one: sheets-sync explain "Ana R."')
    names = [str(name) for name in seen.ledger.tables.students["student"]]
    while True:
        given = click.prompt("Which student (name or Student ID)", type=str).strip()
        if given in names:
            return given
        try:
            return find_student(seen.ledger, given)
        except WrongUse as error:
            click.echo(f"{error.what}.")
