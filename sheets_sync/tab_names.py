"""Whether a tab of ours that is not there yet can have the name that the configuration gives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sheets_sync.ports import Snapshot
from sheets_sync.problems import NotOurs, WrongUse

_KEYS = {"compliance": "tab", "problems": "problems_tab"}


def new_names(names: Mapping[str, str], snapshot: Snapshot) -> dict[str, str]:
    """Return, of our tabs' names by their mark, those of the tabs that are not there yet."""
    there = {sheet.mark for sheet in snapshot.sheets}
    return {mark: name for mark, name in names.items() if mark not in there}


def check_names(new: Mapping[str, str], there: Collection[str]) -> None:
    """Compare the names of new tabs, by their mark, with each other and with those that are there.

    Upper and lower case are alike. Raises WrongUse where two would be called alike, NotOurs where a tab that
    is not ours has the name.
    """
    names = {name.casefold() for name in there}
    taken: set[str] = set()
    for mark, name in new.items():
        wanted = name.casefold()
        if wanted in taken:
            raise WrongUse(
                f'Two tabs would be called "{name}".',
                f"Give {key_of(mark)} another name in the configuration.",
            )
        if wanted in names:
            raise NotOurs(
                f'The workbook has a tab "{name}" that this program did not make; it is never touched.',
                f"Give {key_of(mark)} another name in the configuration, or rename that tab.",
            )
        taken.add(wanted)


def no_name(mark: str, name: str, allowed: str) -> WrongUse:
    """Return the error of a name that no tab can have; `allowed` says which it can."""
    return WrongUse(
        f'"{name}" cannot be the name of a tab.',
        f"In the configuration, give {key_of(mark)} a name of {allowed}.",
    )


def key_of(mark: str) -> str:
    """Return the key of the configuration that names the tab."""
    return f"[compliance] {_KEYS.get(mark, 'tab')}"
