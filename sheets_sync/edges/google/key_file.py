"""A service account's key file: read, and refused with the sentence that helps."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheets_sync.edges.google.origins import checked
from sheets_sync.private_files import others_may_read
from sheets_sync.problems import WrongUse

SERVICE_ACCOUNT = "service_account"
NEEDED = ("client_email", "private_key", "token_uri")
LONGEST = 100_000
"""Bytes; a key file has about 2,400."""

_MAKE_ONE = (
    "In the Google Cloud console open IAM & Admin > Service Accounts, the account, Keys > Add key > JSON, and"
    " name that file under [google] credentials."
)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a credentials file says; `info` holds secrets and is in no repr."""

    path: Path
    info: Mapping[str, Any] = field(repr=False)

    @property
    def type(self) -> str:
        return str(self.info.get("type", ""))


def read_key_file(path: Path) -> KeyFile:
    """Return the service account's key. Raises WrongUse; no message holds what is in the file."""
    key = read_private_json(path)
    if key.type != SERVICE_ACCOUNT:
        raise _other_kind(key)
    missing = [name for name in NEEDED if not isinstance(key.info.get(name), str) or not key.info[name]]
    if missing:
        raise WrongUse(
            f"The key file {path} is not whole: {', '.join(missing)} {_are(missing)} missing.",
            f"Make a new key. {_MAKE_ONE}",
        )
    checked(key.info["token_uri"], f"token_uri in the key file {path}")
    return key


def read_private_json(path: Path) -> KeyFile:
    """Return a JSON object from a file; one with a secret in it must be its owner's alone. Raises WrongUse.

    A configuration of workload identity holds none, and is often laid where all can read it.
    """
    text, open_to_others = _read(path)
    try:
        info = json.loads(text)
    except (ValueError, RecursionError):
        info = None
    if open_to_others and (not isinstance(info, dict) or _SECRETS & info.keys()):
        raise _open_to_others(path)
    if not isinstance(info, dict):
        raise WrongUse(f"The key file {path} holds no JSON: it is no key, or only a part of one.", _MAKE_ONE)
    return KeyFile(path, info)


_SECRETS = frozenset({"private_key", "refresh_token", "client_secret", "source_credentials"})


def _read(path: Path) -> tuple[bytes, bool]:
    """Return what is in the file, and whether others than its owner can read it."""
    try:
        with open(path, "rb", opener=_at_once) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise WrongUse(f"{path} is no file.", _MAKE_ONE)
            text = file.read(LONGEST + 1)
    except FileNotFoundError:
        raise WrongUse(
            f"There is no key file {path}.", f"Look at [google] credentials. {_MAKE_ONE}"
        ) from None
    except IsADirectoryError:
        raise WrongUse(f"{path} is a folder, not a key file.", _MAKE_ONE) from None
    except PermissionError:
        raise WrongUse(
            f"The key file {path} belongs to another user and cannot be read.",
            "Give the file to the user that runs this program (chown), or run it as the file's owner.",
        ) from None
    except OSError as error:
        raise WrongUse(f"The key file {path} cannot be read ({error.strerror}).", _MAKE_ONE) from None
    if len(text) > LONGEST:
        raise WrongUse(f"{path} is too large for a key file.", _MAKE_ONE)
    return text, others_may_read(path, mode, os.environ)


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes to would hold the run for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _open_to_others(path: Path) -> WrongUse:
    """The link itself is open to all; what it leads to is what must be private."""
    return WrongUse(
        f"The key file {path} can be read by other users of this machine.",
        f'Run: chmod 600 "{path.resolve()}". If others could log in here, make a new key and delete'
        " this one.",
    )


def _other_kind(key: KeyFile) -> WrongUse:
    if "installed" in key.info or "web" in key.info:
        return WrongUse(
            f"{key.path} is the file of an OAuth client, not a service account's key.",
            f"It would ask a person to log in at each run. {_MAKE_ONE}",
        )
    kind = _KINDS.get(key.type)
    if kind:
        return WrongUse(
            f"{key.path} is {kind}, not a service account's key.",
            f"{_MAKE_ONE} Or leave [google] credentials out and name the file in the environment variable"
            " GOOGLE_APPLICATION_CREDENTIALS.",
        )
    return WrongUse(f"{key.path} is JSON, but no service account's key.", _MAKE_ONE)


_KINDS = {
    "authorized_user": "a person's own login (gcloud auth application-default login)",
    "external_account": "a configuration of workload identity",
    "external_account_authorized_user": "a configuration of workforce identity",
    "impersonated_service_account": "a configuration of an impersonated service account",
    "gdch_service_account": "a key for Google Distributed Cloud",
}


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
