"""`sheets-sync purge`: delete what is remembered of a workbook."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, called, one_configuration, workbook_options
from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config

WORDS = {
    "line": ("line", "lines"),
    "alert": ("alert", "alerts"),
    "telling": ("note of who was told", "notes of who was told"),
    "run": ("run", "runs"),
    "mail": ("mail", "mails"),
}
"""Table of the state -> what one row of it is, and several."""
THE_REST = ("note of what the last runs saw", "notes of what the last runs saw")
STILL_THERE = (
    "if the workbook still has the student, the next run tells what is open as new, and the sessions as"
    " added: take the rows out first"
)
DAYS = {"d": 1, "w": 7, "y": 365}


@dataclass(frozen=True)
class _Asked:
    """What is to be deleted; neither `before` nor `student`: everything."""

    before: date | None
    student: str | None


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--older-than", metavar="365d", help="Only runs, mails and ended alerts older than this.")
@click.option("--student", metavar="NAME", help="Only what names this student (or Student ID).")
@workbook_options
def command(yes: bool, older_than: str | None, student: str | None, **given: Any) -> int:
    """Delete what is remembered of a workbook.

    The state file, its mails in the folder of .eml files and, unless --state names a file, the log of errors
    of all workbooks; with --older-than or --student a part of the first two. A state file of ours that is
    damaged can only go whole. It says what, and asks. The workbook is not opened, and nothing in it changes:
    what stands there is remembered again by the next run. Mail that still waits is never sent, but --student
    deletes none that waits: it says something of other students too.
    """
    from sheets_sync.wiring import delete_files, machine_clock, open_purging
    from sheets_sync.wiring_mail import mails_left

    options = Options(**given)
    if older_than is not None and student is not None:
        raise WrongUse("--older-than and --student exclude each other", "purge twice, once with each")
    config = one_configuration(options)
    before = None if older_than is None else machine_clock(config)().date() - _length(older_than)
    store = open_purging(config)
    asked = _Asked(before, None if student is None else store.named(student))
    everything = asked == _Asked(None, None)
    with store.lock():
        if asked.student is not None:
            store.refuse_while_waiting(asked.student)
        log = _log() if everything and options.state is None else []
        damaged = store.damaged() if everything else []
        known = () if damaged else store.message_ids()
        files, others = mails_left(config, known, before=asked.before, naming=asked.student)
        contents = {} if damaged else store.contents()
        if not contents and not files and not log and not damaged:
            return _done(config, options, {}, [], others)
        plan = _plan(config, asked, contents, files, log)
        plan += [f"{path}: it is damaged and cannot be read; the file goes as it is" for path in damaged]
        _agree(yes, config, options, plan)
        if asked.student is not None:
            from sheets_sync.without_student import without_student

            today = machine_clock(config)().date()
            cleaned = partial(without_student, config=config, today=today)
            deleted = store.forget_student(asked.student, cleaned)
        elif asked.before is not None:
            deleted = store.forget_older(asked.before)
        else:
            deleted = {} if damaged else store.forget_all()
        delete_files(config, [*files, *log, *damaged])
    if asked.student is not None and not options.quiet and not options.as_json:
        _say_what_went_whole(deleted.get("kept_sheet", 0))
    if everything and not log and not options.quiet and not options.as_json:
        for path in _log():
            click.echo(f"{path} stays: it is the log of errors of all workbooks, and names no student.")
    return _done(config, options, deleted, [*files, *log, *damaged], others)


def _say_what_went_whole(sheets: int) -> None:
    """Say that a sheet from which one student could not be taken is not remembered any more."""
    from sheets_sync.findings.words import count

    if sheets:
        whole = count(sheets, "sheet of another workbook", "sheets of other workbooks")
        click.echo(f"{whole} went whole: while it cannot be read, no run goes through.")


def _length(text: str) -> timedelta:
    found = re.fullmatch(r"\s*(\d{1,4})\s*([dwy])\s*", text)
    if found is None:
        raise WrongUse(
            "--older-than is no length of time",
            'write it as "365d", "26w" or "2y"; months as weeks: "78w" for 18',
        )
    return timedelta(days=int(found[1]) * DAYS[found[2]])


def _log() -> list[Path]:
    from sheets_sync.cli.failures import errors_log

    return [errors_log()] if errors_log().exists() else []


def _plan(
    config: Config, asked: _Asked, contents: Mapping[str, int], files: list[Path], log: list[Path]
) -> list[str]:
    """Return what will be deleted, a line each."""
    from sheets_sync.findings.words import count
    from sheets_sync.wiring import state_path
    from sheets_sync.wiring_mail import mail_folder

    state = state_path(config)
    if asked.student is not None:
        plan = [f"in {state}: every line, alert and mail that names this student", STILL_THERE]
    elif asked.before is not None:
        plan = [f"in {state}: runs before {asked.before}, their mails that were sent, alerts that had ended"]
    else:
        plan = [f"{state}: {_in_words(contents)}"] if contents else []
    if files:
        plan.append(f"{count(len(files), 'mail')} in {mail_folder(config)}")
    return [*plan, *(f"{path}: the log of errors, of all workbooks, which names no student" for path in log)]


def _in_words(rows: Mapping[str, int]) -> str:
    from sheets_sync.findings.words import count

    said = [count(rows[table], *words) for table, words in WORDS.items() if rows.get(table)]
    rest = sum(number for table, number in rows.items() if table not in WORDS)
    if rest:
        said.append(count(rest, *THE_REST))
    return ", ".join(said) or "nothing in it"


def _agree(yes: bool, config: Config, options: Options, plan: list[str]) -> None:
    """Show what will be deleted, and ask. Raises WrongUse where nobody can answer, click.Abort for a no."""
    if not options.quiet and not options.as_json:
        click.echo(f"Of {called(config.workbook)} will be deleted:")
        for line in plan:
            click.echo(f"  {line}")
    if yes:
        return
    if options.quiet or options.as_json or not sys.stdin.isatty():
        raise WrongUse("nothing was deleted: nobody can be asked here", "say --yes to delete it")
    click.confirm("Delete it for good?", abort=True)


def _done(
    config: Config, options: Options, deleted: Mapping[str, int], files: list[Path], others: list[Path]
) -> int:
    """Say what is gone, and which mails of ours stay since the state does not know them."""
    from sheets_sync.findings.words import count
    from sheets_sync.wiring import state_path
    from sheets_sync.wiring_mail import mail_folder

    if options.as_json:
        result = {"workbook": config.workbook, "state": str(state_path(config)), "deleted": dict(deleted)}
        click.echo(json.dumps({**result, "files": len(files)}))
    elif not options.quiet:
        gone = f"Deleted: {_in_words(deleted)}; {count(len(files), 'file')}. The workbook is as it was."
        click.echo(gone if deleted or files else "Nothing of it is remembered here.")
        if others:
            stay = count(
                len(others), f"mail in {mail_folder(config)} stays", f"mails in {mail_folder(config)} stay"
            )
            click.echo(f"{stay}: of another workbook, or from before what was remembered here.")
    return 0
