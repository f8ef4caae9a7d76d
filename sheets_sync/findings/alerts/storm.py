"""held in a storm: a night tells nobody more new things than a person can see to (promises.md, 23).

At most `most_new` things a person; on a night on which more than half of all lines have something new, and
at least ten of them, at most `most_in_a_storm`. The gravest are told. The rest was not told, so it is new
again on the next night, and no note of it is needed in the state but since when something is held: the
administrator hears of a storm once.

Only what is new, worse or escalated counts: what is still open, or settled, was told before and is a line.
The first summary is one mail whatever is in it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from sheets_sync.findings.alerts.grouped import cause
from sheets_sync.findings.alerts.values import Circumstances, Item, Reason, Storm, Word
from sheets_sync.findings.finding import Finding, Kind

FRESH = frozenset({Reason.NEW, Reason.WORSE, Reason.ESCALATED})
LINES_OF_A_STORM = 10
RANK = {kind: rank for rank, kind in enumerate(Kind)}

Thing = tuple[Item, Finding, Word]


def hold_back(words: Sequence[Word], here: Circumstances) -> tuple[dict[str, list[Word]], Storm | None]:
    """Return by address what is held, and what there is to say of it: None if nothing is held."""
    fresh = [
        (word.item, word.item.finding, word)
        for word in words
        if word.item and word.item.finding and word.item.reason in FRESH
    ]
    lines = {finding.line for _, finding, _ in fresh if finding.line}
    is_storm = len(lines) >= LINES_OF_A_STORM and 2 * len(lines) > here.lines
    most = here.most_in_a_storm if is_storm else here.most_new
    held: dict[str, list[Word]] = {}
    told = waits = 0
    for to, own in _by_address(fresh).items():
        things = sorted(_things(own), key=_gravity)
        told, waits = told + len(things[:most]), waits + len(things[most:])
        if things[most:]:
            held[to] = [word for thing in things[most:] for _, _, word in thing]
    storm = Storm(told, waits, len(held), len(lines), here.lines) if held else None
    return held, storm


def things_in(words: Iterable[Word]) -> int:
    """Count the things that are told, those of one cause as one."""
    return len(
        {_thing(word.item.reason, word.item.finding) for word in words if word.item and word.item.finding}
    )


def _by_address(fresh: Iterable[Thing]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for one in fresh:
        found.setdefault(one[2].to, []).append(one)
    return found


def _things(own: Iterable[Thing]) -> Iterable[list[Thing]]:
    found: dict[Hashable, list[Thing]] = {}
    for one in own:
        found.setdefault(_thing(one[0].reason, one[1]), []).append(one)
    return found.values()


def _thing(reason: Reason, finding: Finding) -> Hashable:
    return reason, cause(finding)


def _gravity(thing: Sequence[Thing]) -> tuple[bool, int, int, str]:
    """Sort what is urgent first, then the gravest kind, the most minutes, and by name: never by chance."""
    findings = [finding for _, finding, _ in thing]
    return (
        not any(finding.urgent for finding in findings),
        min(RANK[finding.kind] for finding in findings),
        -sum(finding.minutes for finding in findings),
        min(finding.fingerprint for finding in findings),
    )
