"""Whether a tab of ours that is not there yet can have the name that the configuration gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sheets_sync.problems import NotOurs, WrongUse
from sheets_sync.views.tab import Tab

_KEYS = {"compliance": "tab", "problems": "problems_tab"}


def check_names(new: Iterable[Tab], there: Collection[str]) -> None:
    """Compare the names of new tabs with each other and with those that are there, without regard to case.

    Raises WrongUse where two would be called alike, NotOurs where a tab that is not ours has the name.
    """
    names = {name.casefold() for name in there}
    taken: set[str] = set()
    for tab in new:
        wanted = tab.name.casefold()
        if wanted in taken:
            raise WrongUse(
                f'Two tabs would be called "{tab.name}".',
                f"Give {key_of(tab)} another name in the configuration.",
            )
        if wanted in names:
            raise NotOurs(
                f'The workbook has a tab "{tab.name}" that this program did not make; nothing was written.',
                f"Give {key_of(tab)} another name in the configuration, or rename that tab.",
            )
        taken.add(wanted)


def no_name(tab: Tab, allowed: str) -> WrongUse:
    """Return the error of a name that no tab can have; `allowed` says which it can."""
    return WrongUse(
        f'"{tab.name}" cannot be the name of a tab.',
        f"In the configuration, give {key_of(tab)} a name of {allowed}.",
    )


def key_of(tab: Tab) -> str:
    """Return the key of the configuration that names the tab."""
    return f"[compliance] {_KEYS.get(tab.mark, 'tab')}"
