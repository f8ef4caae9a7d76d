"""Builds the real edges; alone imports them, with `wiring_mail`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_sync.config import Config
from sheets_sync.edges import clock
from sheets_sync.edges.google import address
from sheets_sync.ports import Peeker, SentNotes, Store, Workbook
from sheets_sync.problems import RunFailed
from sheets_sync.read_ahead import ReadAhead

if TYPE_CHECKING:
    from sheets_sync.checks import Needs
    from sheets_sync.edges.google.client import SheetsClient
    from sheets_sync.edges.ping import Ping
    from sheets_sync.edges.store.purging import ForgettingStore
    from sheets_sync.template_plan import TemplatePlan
    from sheets_sync.whose import Whose


def machine_clock(config: Config) -> Callable[[], datetime]:
    """Return what tells the time in the configured time zone."""
    return partial(clock.now, config.timezone)


def is_google(workbook: str) -> bool:
    """Tell the address of a workbook from the path of a file."""
    return address.is_address(workbook)


def one_form(workbook: str) -> str:
    """Return what names a workbook in the form in which it is kept: an address as the same text for the same
    Google workbook, a path as it is. Raises WrongUse for the address of anything else."""
    return address.canonical(workbook) if is_google(workbook) else workbook


def open_workbook(config: Config) -> Workbook:
    """Return the workbook with its sources; reading begins at once. Raises WrongUse."""
    if config.sources:
        return with_sources(config, lambda: _open_workbook(config))
    return _open_workbook(config)


def with_sources(config: Config, workbook: Callable[[], Workbook]) -> Workbook:
    """Return a workbook with the sources of this configuration. Raises what opening the workbook does."""
    from sheets_sync.with_sources import Source, WithSources

    return WithSources(
        [
            Source(
                one.name,
                one.tabs,
                partial(_open_workbook, replace(config, workbook=one.workbook)),
                _address_from(config.workbook, one.workbook),
                None if is_google(one.workbook) else Path(one.workbook),
            )
            for one in config.sources
        ],
        workbook,
    )


def _address_from(workbook: str, other: str) -> str:
    """Return what a link in a workbook to another begins with; "" where none can lead there: from a Google
    workbook to a file."""
    if is_google(other):
        return address.whole(other)
    if is_google(workbook):
        return ""
    from sheets_sync.edges.files import address_beside

    return address_beside(Path(workbook).expanduser(), Path(other).expanduser())


def _open_workbook(config: Config) -> Workbook:
    if is_google(config.workbook):
        from sheets_sync.read_in_background import ReadInBackground

        return ReadInBackground(_google_workbook(config, _client(config)))
    from sheets_sync.edges.excel.workbook import ExcelWorkbook

    return ReadAhead(ExcelWorkbook(Path(config.workbook).expanduser()))


def open_peeker(config: Config) -> Peeker:
    """Return what looks at the workbook of this configuration every few minutes; nothing is read yet."""
    if is_google(config.workbook):
        from sheets_sync.edges.google.client import open_client
        from sheets_sync.edges.google.peeking import GooglePeeker

        return GooglePeeker(partial(open_client, config.google), address.spreadsheet_id(config.workbook))
    from sheets_sync.edges.excel.peeking import FilePeeker

    return FilePeeker(Path(config.workbook).expanduser())


def _client(config: Config) -> SheetsClient:
    """Return what speaks with Google for one command. Raises WrongUse where there are no credentials."""
    from sheets_sync.edges.google.client import open_client

    return open_client(config.google, config.daemon.deadline)


def _google_workbook(config: Config, client: SheetsClient) -> Workbook:
    from sheets_sync.edges.google.workbook import GoogleWorkbook

    return GoogleWorkbook(client, address.spreadsheet_id(config.workbook))


def add_template(config: Config, today: date | None) -> tuple[str, TemplatePlan]:
    """Add the tabs of the template that a Google workbook lacks; return its title and what was decided.

    Raises RunFailed, WrongUse; nothing was added then.
    """
    from sheets_sync.edges.google.template import add_tabs
    from sheets_sync.template_plan import plan_template

    added = add_tabs(
        _client(config),
        address.spreadsheet_id(config.workbook),
        lambda snapshot, titles: plan_template(snapshot, titles, config, today),
    )
    return added.title, added.plan


def needs_of(config: Config) -> Needs:
    """Return everything that a run needs, each to be tried by `check`."""
    from sheets_sync.checks import Needs
    from sheets_sync.wiring_mail import can_mail

    store, mail = open_store(config), partial(can_mail, config)
    if not is_google(config.workbook):
        return Needs(
            store, None, partial(open_workbook, config), partial(can_write, config), mail, whose(config)
        )
    from sheets_sync.edges.google.checking import credentials_in_words, editing_in_words

    client = cache(partial(_client, config))
    workbook_id = address.spreadsheet_id(config.workbook)
    return Needs(
        store,
        credentials=lambda: credentials_in_words(config.google, client().account),
        workbook=lambda: with_sources(config, lambda: _google_workbook(config, client())),
        can_write=lambda: editing_in_words(client(), workbook_id),
        can_mail=mail,
        whose=whose(config),
    )


def state_path(config: Config) -> Path:
    """Return where the state of this workbook lies."""
    if config.state is not None:
        return config.state
    from sheets_sync.edges.store import default_state_path

    return default_state_path(config.workbook)


def whose(config: Config) -> Whose:
    """Return which workbook this is, and where its state lies."""
    from sheets_sync.edges.store import identity
    from sheets_sync.whose import Whose

    return Whose(identity(config.workbook), str(state_path(config)))


def state_mark(config: Config) -> Hashable:
    """Return what changes when the state of this workbook does; None while there is none."""
    from sheets_sync.edges.files import mark_of

    return mark_of(state_path(config))


def file_mark(file: Path) -> Hashable:
    """Return what changes when a file does; None while there is none."""
    from sheets_sync.edges.files import mark_of

    return mark_of(file)


def zone_of(config: Config) -> tzinfo:
    """Return the configured time zone, else the machine's."""
    return clock.zone(config.timezone)


def open_store(config: Config) -> Store:
    """Return the state of this workbook; nothing is read or made yet."""
    from sheets_sync.edges.store import SQLiteStore

    return SQLiteStore(state_path(config))


def open_purging(config: Config) -> ForgettingStore:
    """Return the state of this workbook, of which something is to be deleted."""
    from sheets_sync.edges.store.purging import ForgettingStore

    return ForgettingStore(state_path(config))


def delete_files(config: Config, paths: Iterable[Path]) -> None:
    """Delete files, and folders that are empty then, but none that was named for mails. Raises RunFailed."""
    from sheets_sync.edges import files

    files.delete(paths, but=config.mail.folder)


def open_ping(config: Config) -> Ping | None:
    """Return what tells a dead-man's switch of a run; None where none is named."""
    if not config.daemon.ping_url:
        return None
    from sheets_sync.edges.ping import Ping

    return Ping(config.daemon.ping_url)


def open_sent_notes() -> SentNotes:
    """Return what remembers a note to the administrator where the state cannot: the user's state folder."""
    from platformdirs import user_state_path

    from sheets_sync.edges.store.sent_notes import SentNotesFolder

    return SentNotesFolder(user_state_path("sheets-sync", appauthor=False))


def write_private(file: Path, text: str) -> None:
    """Write a file that its owner alone can read. Raises RunFailed."""
    from sheets_sync.edges import files

    files.write_private(file, text)


def example_configuration() -> str:
    """Return config/sheets-sync.toml: of an installed program from its own folder, else of the clone."""
    package = Path(__file__).parent
    for file in (package / "sheets-sync.toml", package.parent / "config" / "sheets-sync.toml"):
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise RunFailed("the program's own sheets-sync.toml is missing", "install the program again")


def presets() -> dict[str, Mapping[str, str]]:
    """Return the codes of the policies that come with the program, by the name of the file."""
    from sheets_sync.config_policies import codes_of

    package = Path(__file__).parent
    folders = (package / "policies", package.parent / "config" / "policies")
    folder = next((one for one in folders if one.is_dir()), None)
    return {file.name: codes_of(file) for file in sorted(folder.glob("*.toml"))} if folder else {}


def can_write(config: Config) -> str:
    """Say that a workbook file can be written. Raises RunFailed where it cannot; it is not touched."""
    from sheets_sync.edges.excel.replace import refuse_if_irreplaceable, refuse_if_open, refuse_if_protected
    from sheets_sync.edges.files import may_write

    file = Path(config.workbook).expanduser().resolve()
    refuse_if_protected(file)
    refuse_if_open(file)
    if not may_write(file.parent):
        raise RunFailed(
            f"the folder of {file.name} may not be written",
            f"get permission to write in {file.parent}, or work on a copy in a folder of your own",
        )
    refuse_if_irreplaceable(file)
    return f"{file.name} is open nowhere else and can be written"
