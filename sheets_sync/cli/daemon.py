"""`sheets-sync daemon`: a run each night, and whenever somebody ticks "Sync now"."""

from __future__ import annotations

import gc
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.options import DEFAULT, Options, called, configurations
from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.daemon.child import Child
    from sheets_sync.daemon.loop import Daemon
    from sheets_sync.daemon.world import Place


@click.command()
@click.option("--log-json", is_flag=True, help="Write the log as JSON, one object a line.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where runs are remembered. (the user's state folder)",
)
@click.option("--workbook", metavar="FILE-or-URL", help="The workbook to read. (all of the configuration)")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The configuration. ({DEFAULT}, if it is there)",
)
def command(config: Path | None, workbook: str | None, state: Path | None, log_json: bool) -> int:
    """Run each night by itself, and whenever somebody ticks "Sync now".

    Stays until it is stopped (SIGTERM, Ctrl-C); its log goes to standard error. A missed night is made up
    once. SIGHUP reads the configuration again, as a change of its file does.
    """
    if os.name != "posix":
        raise WrongUse(
            "the daemon runs on Linux and macOS",
            "on Windows let the Task Scheduler start `sheets-sync sync --log` each night (see the README)",
        )
    from sheets_sync.daemon.loop import Daemon
    from sheets_sync.daemon.world import World
    from sheets_sync.log import Log, hush
    from sheets_sync.wiring import file_mark, machine_clock

    hush()
    options = Options(config=config, workbook=workbook, state=state)
    first = configurations(options)[0]
    log = Log(machine_clock(first), log_json)
    world = World(
        places=lambda: tuple(_place(one) for one in configurations(options)),
        settings=lambda: file_mark(options.config or DEFAULT),
        start=_starter(options, log_json),
        now=lambda: datetime.now(UTC),
        seconds=time.monotonic,
    )
    daemon = Daemon(world, log)
    gc.enable()  # __main__ needs none for a command of a second; this one stays for years
    gc.collect()
    gc.freeze()
    _run(daemon)
    return 0


def _run(daemon: Daemon) -> None:
    """Turn until a signal says stop, then until what is under way has ended."""
    from sheets_sync.daemon.ticker import Ticker

    stop: list[int] = []
    awake, sleeper = os.pipe()
    for end in (awake, sleeper):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(sleeper)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: stop.append(number))
    signal.signal(signal.SIGHUP, lambda *_: daemon.reread())
    ticker = Ticker(daemon.turn, daemon.pause)
    daemon.turn()
    while not stop:
        _sleep(awake, ticker.tick())
    daemon.ask_to_stop()
    while not daemon.stopped():
        _sleep(awake, 0.2)


def _sleep(awake: int, seconds: float) -> None:
    """Sleep until a signal comes, at most so long."""
    select.select([awake], [], [], seconds)
    with suppress(BlockingIOError):
        os.read(awake, 512)


def _place(config: Config) -> Place:
    from sheets_sync.daemon.memory import StateFile
    from sheets_sync.daemon.watched_tabs import LookAtThose, watched_tabs
    from sheets_sync.daemon.world import Place
    from sheets_sync.wiring import open_peeker, zone_of

    return Place(
        name=called(config.workbook),
        config=config,
        zone=zone_of(config),
        memory=StateFile(config),
        look=LookAtThose(open_peeker(config), watched_tabs(config)),
    )


def _starter(options: Options, log_json: bool) -> Callable[[Place, Sequence[str], float], Child]:
    """Return what starts a command for one workbook, with what this one was given."""
    from sheets_sync.daemon.child import Child, Patience, our_command

    given = ["--config", str(options.config)] if options.config is not None else []
    if options.state is not None:
        given += ["--state", str(options.state)]
    logged = ["--log-json" if log_json else "--log"]

    def start(place: Place, words: Sequence[str], now: float) -> Child:
        command = our_command([*words, *given, "--workbook", place.config.workbook, "--quiet", *logged])
        return Child(command, now, place.config.daemon.deadline, Patience())

    return start
