"""`sheets-sync read`: how a text would be read, and why not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click

KINDS = ("frequency", "schedule", "code", "service", "header", "date", "name")


@click.command()
@click.argument("kind", type=click.Choice(KINDS, case_sensitive=False))
@click.argument("texts", nargs=-1, metavar="[TEXT ...]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a text, one a line.")
def command(kind: str, texts: tuple[str, ...], as_json: bool) -> None:
    """Show how a text would be read, and why not.

    Put each text in quotes:  sheets-sync read frequency "2 x 30 min weekly"
    Without any, texts are read from standard input, one a line.
    """
    from sheets_sync.intake.read import read

    for text in texts or _lines():
        result = read(kind, text)
        click.echo(json.dumps(result) if as_json else _in_words(result))


def _lines() -> Iterable[str]:
    if sys.stdin.isatty():
        click.echo("Type a text and press Enter; end with Ctrl-D.", err=True)
    return (line.rstrip("\r\n") for line in sys.stdin)


def _in_words(result: Mapping[str, Any]) -> str:
    reading = result["reading"]
    found = "not read" if reading is None else _reading(reading)
    problem = f"\n    {result['problem']}" if result["problem"] else ""
    return f"{result['text']}  ->  {found}{problem}"


def _reading(reading: Any) -> str:
    if isinstance(reading, Mapping):
        filled = {key: value for key, value in reading.items() if value not in (None, "", [])}
        return ", ".join(f"{key} {_reading(value)}" for key, value in filled.items())
    if isinstance(reading, list):
        return (
            "; ".join(_reading(one) for one in reading)
            if reading and isinstance(reading[0], dict)
            else ", ".join(map(str, reading))
        )
    return str(reading)
