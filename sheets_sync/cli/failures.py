"""How a command ends when it fails: one line of what and one of what would do, and an exit code.

Standard error and the log never hold a student's name: of an unexpected error only its kind and the places
in the program are kept, not its message, which can quote a cell.
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from sheets_sync.problems import SheetsSyncError, whole_sentence

CRASHED = 1


def report_error(error: SheetsSyncError) -> int:
    """Print what went wrong and what would do; return the exit code."""
    say_failure(error.what, error.remedy)
    return error.exit_code


def say_failure(what: str, remedy: str) -> None:
    """Print what went wrong and what would do."""
    click.echo(whole_sentence(what), err=True)
    if remedy:
        click.echo(f"What would do: {remedy}", err=True)


def report_crash(error: Exception) -> int:
    """Say that the program itself failed and where its details are; return the exit code."""
    kind, where = type(error).__name__, keep_details(error)
    click.echo(f"The program itself failed ({kind}); the run was not finished.", err=True)
    click.echo(f"What would do: try again; if it happens twice, tell who maintains it. {where}", err=True)
    return CRASHED


def keep_details(error: Exception) -> str:
    """Write down where in the program it failed; return a sentence that tells where that is."""
    try:
        return f"The details are in {_write_details(error)}; they name no student."
    except OSError:
        return "; ".join(_frames(error)[-3:])


def errors_log() -> Path:
    """Return where the program's own errors are noted, of all workbooks."""
    from platformdirs import user_state_path

    return user_state_path("sheets-sync", appauthor=False) / "errors.log"


def _write_details(error: Exception) -> Path:
    log = errors_log()
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(log, flags, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
        if os.name == "posix":
            os.fchmod(descriptor, 0o600)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        stream.write(f"{when} {type(error).__name__}\n")
        stream.writelines(f"    {frame}\n" for frame in _frames(error))
    return log


def _frames(error: BaseException) -> list[str]:
    """Return the places of the error and of what caused it, without messages and without source text."""
    frames: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames.append(type(seen).__name__)
        for frame in traceback.extract_tb(seen.__traceback__, limit=-12):
            frames.append(f"{frame.filename}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return frames[:60]
