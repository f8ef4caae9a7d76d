"""`sheets-sync accept`: what a workbook is held for is meant; the next run takes it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, one_configuration, workbook_options

if TYPE_CHECKING:
    from sheets_sync.cli.moment import Moment
    from sheets_sync.guarded import Doubt


@click.command()
@workbook_options
def command(**given: Any) -> int:
    """Say that what a workbook is held for is meant.

    It shows what looks wrong, and the next run lets exactly that through: a new school year, a class that
    moved away. When the workbook has changed to something else by then, that is held again. What cannot be
    counted (a tab or a header is missing) cannot be meant.
    """
    from sheets_sync.cli.moment import moment
    from sheets_sync.wiring import open_store, open_workbook, whose

    options = Options(**given)
    config = one_configuration(options)
    when = moment(options, config)
    workbook, store = open_workbook(config), open_store(config)

    from sheets_sync.hold import everything_doubted
    from sheets_sync.whose import refuse_another

    with store.lock():
        state = store.load()
        snapshot = workbook.read()
        refuse_another(whose(config), state, snapshot)
        doubts = everything_doubted(snapshot, state, config, when.today, by_clock=when.by_clock)
        accepted = bool(doubts) and when.remember
        if accepted:
            store.accept(doubts)
    if options.as_json:
        click.echo(json.dumps(_result(config.workbook, when, doubts, accepted=accepted)))
    elif not options.quiet:
        for line in _in_words(when, doubts, accepted=accepted, compared=state.guarded.baseline is not None):
            click.echo(line)
    return 0


def _in_words(when: Moment, doubts: Sequence[Doubt], *, accepted: bool, compared: bool) -> Iterator[str]:
    from sheets_sync.findings.words import sentence

    yield from (sentence(doubt.seen) for doubt in doubts)
    if not compared:
        yield "No good run is remembered: the next one is the first, and has nothing to be compared with."
    elif not doubts:
        yield "Nothing looks wrong: there is nothing to accept."
    elif accepted:
        yield "Accepted: the next run counts it (sheets-sync sync), and later ones are compared with that."
    else:
        yield f"As of {when.today}, not today: nothing was accepted (see --state)."


def _result(workbook: str, when: Moment, doubts: Sequence[Doubt], *, accepted: bool) -> dict[str, Any]:
    return {
        "today": when.today.isoformat(),
        "workbook": workbook,
        "doubts": [
            {"kind": str(one.kind), "tab": one.tab or None, "seen": one.seen, "remedy": one.remedy}
            for one in doubts
        ],
        "accepted": accepted,
    }
