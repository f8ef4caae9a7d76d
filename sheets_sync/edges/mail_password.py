"""The mail server's password: from the environment or a private file, never from the configuration itself."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from sheets_sync.config import MailConfig
from sheets_sync.private_files import others_may_read
from sheets_sync.problems import WrongUse


def mail_password(config: MailConfig, environment: Mapping[str, str]) -> str:
    """Return the password, "" where no user is named. Raises WrongUse; the message never holds it."""
    if not config.user:
        return ""
    if config.password_env:
        password = environment.get(config.password_env, "")
        if not password:
            raise WrongUse(
                f"The environment has no {config.password_env}, which [mail] password_env names.",
                f"Set {config.password_env} to the mail password before the run.",
            )
        return password
    if config.password_file is None:
        raise WrongUse(
            "[mail] user is set, and no password.",
            "Name a variable under password_env or a file under password_file.",
        )
    return _from_file(config)


def _from_file(config: MailConfig) -> str:
    path = config.password_file
    assert path is not None
    try:
        with open(path, encoding="utf-8-sig") as file:
            mode = os.fstat(file.fileno()).st_mode
            if (os.name == "posix" and not stat.S_ISREG(mode)) or others_may_read(path, mode, os.environ):
                raise WrongUse(f"The password file {path} can be read by others.", f'Run: chmod 600 "{path}"')
            password = file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"The password file {path} cannot be read.", "Look at [mail] password_file.") from None
    if not password:
        raise WrongUse(f"The password file {path} is empty.", "Put the mail password in its first line.")
    return password
