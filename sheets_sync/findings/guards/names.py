"""More than half of the names are unknown (promises.md, "Guards")."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.config import GuardsConfig
from sheets_sync.findings.guards.sheets import pairs
from sheets_sync.guarded import Baseline, Doubt, Doubts, SeenTab
from sheets_sync.tables import Tables


def unknown_names(tables: Tables, baseline: Baseline, guards: GuardsConfig) -> Iterator[Doubt]:
    """Doubt each tab of whose students more than half are not on the Caseload, if that is new.

    It takes as many names as make a loss of students (`fewer_at_least`): one misspelt name of two is a data
    problem. A tab in which most names always were strange (the whole school's attendance) is not doubted.
    """
    for tab, was in pairs(tables.seen, baseline.tabs):
        if tab is None or was is None or len(tab.unknown) < guards.fewer_at_least:
            continue
        if _mostly_unknown(tab, guards) and not _mostly_unknown(was, guards):
            yield Doubt(
                Doubts.UNKNOWN_NAMES,
                tab.tab,
                f"{len(tab.unknown)} of the {tab.known + len(tab.unknown)} names in "
                f"{tables.called(tab.tab, tab.source)} are not on the Caseload.",
                "Write the students as on the Caseload, or the Caseload as it was.",
                items=tab.unknown,
                source=tab.source,
            )


def _mostly_unknown(tab: SeenTab, guards: GuardsConfig) -> bool:
    return 100 * len(tab.unknown) > guards.unknown_names_percent * (tab.known + len(tab.unknown))
