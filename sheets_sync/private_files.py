"""Whether a file with a secret in it is its owner's alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

OTHERS = 0o077


def others_may_read(file: Path, mode: int, environment: Mapping[str, str]) -> bool:
    """Tell whether others than its owner can do anything with a file of this mode.

    A credential that systemd hands to one service (LoadCredential) is that service's alone, though it may
    belong to root: its access list shows as rights of a group. Windows has no such modes.
    """
    if os.name != "posix" or not stat.S_IMODE(mode) & OTHERS:
        return False
    handed_over = environment.get("CREDENTIALS_DIRECTORY", "")
    return not handed_over or Path(handed_over).resolve() != file.resolve().parent
