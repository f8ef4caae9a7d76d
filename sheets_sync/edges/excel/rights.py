"""Whose a file is: that nobody loses the right to open or save it when another takes its place.

A file that is renamed over another is a new one, and belongs to whoever made it. Where it cannot be given to
the old one's owner and group, those of them who could do more than everybody must still be able to.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from sheets_sync.problems import RunFailed

if sys.platform != "win32":
    import pwd

_ACL = "system.posix_acl_access"
_MAY = {0o4: "read", 0o2: "save"}


def keep_rights(descriptor: int, like: Path) -> None:
    """Give an open file of ours the owner, group and permissions of `like`.

    Raises RunFailed where somebody could do less with it than with `like`; OSError where it cannot be.
    """
    if sys.platform == "win32":
        return
    old = like.stat()
    if (os.fstat(descriptor).st_uid, os.fstat(descriptor).st_gid) != (old.st_uid, old.st_gid):
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with contextlib.suppress(OSError):  # looked at below
                os.fchown(descriptor, owner, group)
    new = os.fstat(descriptor)
    if lost := _lost_by_group(old, new):
        raise _refused(like, f"it belongs to a group that could no longer {lost} it afterwards")
    if lost := _lost_by_owner(old, new):
        raise _refused(like, f"it belongs to another user, who could no longer {lost} it afterwards")
    if not _took_attributes(descriptor, like):
        raise _refused(like, "its access control list (ACL) could not be kept")
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _lost_by_group(old: os.stat_result, new: os.stat_result) -> str:
    return "" if new.st_gid == old.st_gid else _lost(old.st_mode >> 3, old.st_mode)


def _lost_by_owner(old: os.stat_result, new: os.stat_result) -> str:
    if new.st_uid == old.st_uid:
        return ""
    member = new.st_gid == old.st_gid and _is_member(old.st_uid, old.st_gid)
    return _lost(old.st_mode >> 6, old.st_mode >> 3 if member else old.st_mode)


def _lost(before: int, after: int) -> str:
    """Say what three bits of permission let somebody do and three others do not; "" where nothing."""
    return " or ".join(word for bit, word in _MAY.items() if before & ~after & bit)


def _is_member(user: int, group: int) -> bool:
    """Tell whether the owner of a file is in its group.

    Who is unknown on this machine (on a share, in a container) is taken to be: one can give a file only to a
    group of one's own.
    """
    if sys.platform == "win32":
        return True
    try:
        known = pwd.getpwuid(user)
    except KeyError:
        return True
    return group in os.getgrouplist(known.pw_name, known.pw_gid)


def _took_attributes(descriptor: int, like: Path) -> bool:
    """Copy extended attributes as far as they can be; tell whether the list of who may do what was."""
    if sys.platform != "linux":
        return True
    took = True
    with contextlib.suppress(OSError):
        for name in os.listxattr(like):
            try:
                os.setxattr(descriptor, name, os.getxattr(like, name))
            except OSError:
                took = took and name != _ACL
    return took


def _refused(like: Path, why: str) -> RunFailed:
    return RunFailed(
        f"{like.name} stays as it was: {why}.",
        "Make a group of all who work in it and of the user that runs this program, say iep; then"
        f' "chgrp iep" and "chmod g+rws" for {like.parent}, "chgrp iep" and "chmod g+rw" for the file.',
    )
