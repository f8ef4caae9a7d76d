"""Where a row that cannot be read stands tonight: by the rows around it, never by its number alone."""

from __future__ import annotations

import pytest

from sheets_sync.findings.row_places import places


def placed(before: str, now: str) -> dict[int, int]:
    """Return where rows of `before` stand among those that are "?" now; rows are written as in the sheet.

    "A1": of A, about the 1st. Rows are numbered from 2.
    """
    rows = [
        {number: [row] for number, row in enumerate(text.split(), start=2) if row not in ("?", "-")}
        for text in (before, now)
    ]
    unread = [number for number, row in enumerate(now.split(), start=2) if row == "?"]
    return places(rows[0], rows[1], unread, lambda row: row[:2])


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("A1 B1 C1", "A1 ? C1", {3: 3}),
        ("A1 B1 C1", "A9 B9 A1 ? C1", {3: 5}),
        ("B1 A1 C1", "A9 B9 ? A1 C1", {2: 4}),
        ("A1 C1 B1", "A1 C1 ? A9 B9", {4: 4}),
        ("A1 B1 C1", "A2 ? C1", {3: 3}),
        ("A1 B1 D1 C1", "A1 X9 ? ? Y9 C1", {3: 4, 4: 5}),
        ("A1 B1 C1", "C1 ? A1", {3: 3}),
        ("A1", "?", {2: 2}),
    ],
    ids=[
        "in its place",
        "rows inserted at the top",
        "rows inserted right above the first row",
        "rows added below the last row",
        "another date above it",
        "rows inserted right above and right below two rows",
        "sorted the other way round",
        "the only row",
    ],
)
def test_a_row_is_known_again(before: str, now: str, found: dict[int, int]) -> None:
    assert placed(before, now) == found


@pytest.mark.parametrize(
    ("before", "now"),
    [("A1x B1 C1", "A1y ? B1 C1"), ("A1 B1x C1", "A1 B1y C1 ?"), ("A1 B1 C1 D1", "A1 C1 ? D1")],
    ids=[
        "edited above a new row that cannot be read",
        "edited, and a new one at the end",
        "removed elsewhere",
    ],
)
def test_a_row_that_was_edited_or_removed_is_none_of_those_that_cannot_be_read(before: str, now: str) -> None:
    assert placed(before, now) == {}
