"""Provider cells that say that there is none: a vacant position (mail.md, "uncovered")."""

from __future__ import annotations

VACANT = frozenset(
    {"vacant", "vacancy", "vacant position", "position vacant", "open position", "unfilled", "unassigned"}
    | {"none", "nobody", "no provider", "tbd", "tba", "to be determined", "to be hired", "n/a"}
    | {"-", "?"}
)
"""What stands under Provider where there is none."""


def is_named(provider: str) -> bool:
    """Tell whether a Provider cell names somebody.

    >>> is_named("K. Lee"), is_named("Vacant."), is_named("")
    (True, False, False)
    """
    return bool(provider.strip()) and provider.strip(" .").casefold() not in VACANT


def given_by(provider: str) -> str:
    """Return who gives it, as it stands in a sentence; "" of a blank cell.

    >>> given_by("K. Lee"), given_by("vacant")
    ('with K. Lee', 'without a provider (vacant)')
    """
    if not provider.strip():
        return ""
    return f"with {provider}" if is_named(provider) else f"without a provider ({provider})"
