"""The command `sheets-sync`: its list of commands, each loaded only when it is asked for, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from sheets_sync import __version__
from sheets_sync.cli.failures import report_crash, report_error
from sheets_sync.problems import SheetsSyncError, Stopped

COMMANDS = {
    "demo": "Make a sample workbook and sync it: nothing to set up.",
    "template": "Make every tab that staff keep, with headers and dropdowns.",
    "init": "Look at a workbook, and write a configuration for it.",
    "check": "Try everything that a run needs, one by one.",
    "sync": "Read the workbook, count, write the Compliance tab, tell people.",
    "daemon": 'Run each night by itself, and whenever somebody ticks "Sync now".',
    "explain": "Show how a figure came about: periods, sessions, cells.",
    "runs": "List the last runs.",
    "outbox": "List the mails that wait and those that were given up.",
    "purge": "Delete what is remembered of a workbook.",
    "accept": "Say that what a workbook is held for is meant.",
    "read": "Show how a text would be read, and why not.",
}
"""Command -> the sentence that `--help` lists. The file of the same name in this folder has the command."""


class LazyCommands(click.Group):
    """A group whose commands are imported when they are used: `--help` takes a tenth of a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"sheets_sync.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            meant = f' Did you mean "{near[0]}"?' if near else ""
            ctx.fail(f'There is no command "{name}".{meant} The commands are: {", ".join(COMMANDS)}.')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sheets-sync")
def app() -> None:
    """Tells a special-education case manager which promised sessions were given, missed or never scheduled.

    Begin with:  sheets-sync demo
    """


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever happens, no stack trace reaches the person."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app.main(args=list(arguments), prog_name="sheets-sync", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except SheetsSyncError as error:
        return report_error(error)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as error:
        stopped = error.__cause__  # click raises Abort from what it caught
        click.echo(stopped.what if isinstance(stopped, Stopped) else "Stopped.", err=True)
        return 1
    except BrokenPipeError:
        sys.stdout = None  # the reader went away; nothing is left to flush
        return 1
    except Exception as error:
        return report_crash(error)
