"""Builds the edges of mail: where mails go, and what is left of them; as `wiring` it imports edges."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_sync.config import Config
from sheets_sync.ports import Mailer
from sheets_sync.problems import RunFailed
from sheets_sync.wiring import is_google, state_path

if TYPE_CHECKING:
    from sheets_sync.edges.smtp import SmtpMailer

CHECK_SECONDS = 10.0
"""How long `check` waits for an answer of the mail server."""


def mail_folder(config: Config) -> Path:
    """Return where mails are written as .eml files: as configured, else beside the workbook.

    A Google workbook lies in no folder: its mails are beside its state, which is private and the same
    wherever the program is started.
    """
    if config.mail.folder is not None:
        return config.mail.folder
    if is_google(config.workbook):
        return state_path(config).parent / "mails"
    return Path(config.workbook).expanduser().parent / "mails"


def mails_leave(config: Config) -> bool:
    """Tell whether mails go to a server: only if there is one, and addresses to which mail may go."""
    return bool(config.mail.host and config.allowed_domains)


def open_mailer(config: Config) -> Mailer:
    """Return what takes the mails: the mail server where mail may leave, else a folder. Raises WrongUse."""
    if mails_leave(config):
        return _smtp_mailer(config)
    from sheets_sync.edges.eml import EmlFolder

    return EmlFolder(mail_folder(config), config.mail.sender)


def _smtp_mailer(config: Config, timeout: float | None = None) -> SmtpMailer:
    from sheets_sync.edges.mail_password import mail_password
    from sheets_sync.edges.smtp import SmtpMailer
    from sheets_sync.edges.smtp.mailer import AFTER_DOT_TIMEOUT, TIMEOUT

    password = mail_password(config.mail, os.environ)
    return SmtpMailer(
        config.mail,
        config.allowed_domains,
        password,
        timeout=timeout or TIMEOUT,
        # A receiver for whom the server falls silent is noted as tried before the run's own time is up.
        after_dot_timeout=min(AFTER_DOT_TIMEOUT, config.daemon.deadline / 2),
    )


def can_mail(config: Config) -> str:
    """Say where mails go; a server is logged in to. Raises RunFailed or WrongUse where they cannot."""
    if mails_leave(config):
        _smtp_mailer(config, timeout=CHECK_SECONDS).log_in()
        domains = ", ".join(config.allowed_domains)
        taken = " and takes user and password" if config.mail.user else ""
        untold = (
            "" if config.administrator else "; no administrator is named: a run that fails is told to nobody"
        )
        return f"{config.mail.host} answers{taken}; mails go to addresses of {domains} alone{untold}"
    from sheets_sync.edges.files import may_write

    folder = mail_folder(config)
    if not may_write(folder):
        raise RunFailed(f"the folder {folder} may not be written", "name another: [mail] folder")
    if config.mail.host:
        return f"allowed_domains names no domain, so no mail is sent; mails are written to {folder}"
    return f"no mail server is configured; mails are written to {folder}"


def mails_left(
    config: Config, known: Collection[str], *, before: date | None = None, naming: str | None = None
) -> tuple[list[Path], list[Path]]:
    """Return the .eml files of this workbook, those with `known` Message-IDs, and all others of ours.

    All there, those of days before one, or those naming somebody. Raises RunFailed.
    """
    from sheets_sync.edges.eml import mails_in, of_these

    found = mails_in(mail_folder(config), before=before, naming=naming)
    own = of_these(found, known)
    return own, [path for path in found if path not in own]
