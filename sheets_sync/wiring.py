"""Builds the real edges; alone imports them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from sheets_sync.config import Config
from sheets_sync.edges import clock
from sheets_sync.ports import Mailer, Store, Workbook
from sheets_sync.problems import WrongUse


def machine_clock(config: Config) -> Callable[[], datetime]:
    """Return what tells the time in the configured time zone."""
    return partial(clock.now, config.timezone)


def open_workbook(config: Config) -> Workbook:
    """Return the workbook of this configuration; nothing is read yet. Raises WrongUse."""
    if "://" in config.workbook:
        raise WrongUse(
            "this version reads workbook files, not addresses",
            "in Google Sheets: File > Download > Microsoft Excel (.xlsx), then --workbook with that file",
        )
    from sheets_sync.edges.excel.workbook import ExcelWorkbook

    return ExcelWorkbook(Path(config.workbook).expanduser())


def state_path(config: Config) -> Path:
    """Return where the state of this workbook lies."""
    if config.state is not None:
        return config.state
    from sheets_sync.edges.store import default_state_path

    return default_state_path(config.workbook)


def open_store(config: Config) -> Store:
    """Return the state of this workbook; nothing is read or made yet."""
    from sheets_sync.edges.store import SQLiteStore

    return SQLiteStore(state_path(config))


def mail_folder(config: Config) -> Path:
    """Return where mails are written as .eml files: as configured, else beside the workbook."""
    return config.mail.folder or Path(config.workbook).expanduser().parent / "mails"


def mails_leave(config: Config) -> bool:
    """Tell whether mails go to a server: only if there is one, and addresses to which mail may go."""
    return bool(config.mail.host and config.allowed_domains)
