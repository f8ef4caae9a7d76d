"""`sheets-sync template`: a new workbook to start with."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_sync.problems import RunFailed, WrongUse


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("sheets-sync-template.xlsx"))
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(file: Path, quiet: bool) -> None:
    """Write a new workbook with every tab, headers and dropdowns.

    One example row stands in each tab; write over it or delete it. FILE is sheets-sync-template.xlsx
    unless named; a file that is there is never overwritten.
    """
    if file.suffix.lower() != ".xlsx":
        raise WrongUse(
            f"{file.name} does not end in .xlsx", "give the new workbook a name that ends in .xlsx"
        )
    if file.exists():
        raise WrongUse(f"{file} is there already; it was left alone", "choose another name")
    from sheets_sync.template import write_template

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_template(file)
    except OSError as error:
        raise RunFailed(f"{file} cannot be written ({error.strerror})", "choose another folder") from None
    if not quiet:
        click.echo(f"Written: {file}")
        click.echo(f"Next: fill it in, then  sheets-sync sync --workbook {file}")
