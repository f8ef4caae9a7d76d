"""Who may change and read a configuration file: it says where mail goes, and may name students."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sheets_sync.config import Config
from sheets_sync.problems import WrongUse


def refuse_access_of_others(file: Path, found: os.stat_result, config: Config) -> None:
    """Raise WrongUse where others may write a file, or read one that names students; it tells what to do."""
    mode = found.st_mode if os.name == "posix" else 0
    if mode & stat.S_IWGRP and not _is_private_group(found.st_gid, found.st_uid):
        raise _not_private(file, "can be changed by everybody in its group")
    if mode & stat.S_IWOTH:
        raise _not_private(file, "can be changed by every user of this machine")
    if mode & stat.S_IROTH and any(map(_names_students, (config, *config.workbooks))):
        raise _not_private(file, "names students, and can be read by every user of this machine")


def _is_private_group(group: int, owner: int) -> bool:
    """Tell whether the group is the owner's alone, as on machines where files are made with 0664."""
    import grp
    import pwd

    try:
        found, user = grp.getgrgid(group), pwd.getpwuid(owner).pw_name
    except KeyError:
        return False
    return found.gr_name == user and set(found.gr_mem) <= {user}


def _names_students(config: Config) -> bool:
    return bool(config.names.aliases or config.names.ignored_students)


def _not_private(file: Path, why: str) -> WrongUse:
    return WrongUse(f"the configuration {file} {why}", f'run: chmod 600 "{file}"')
