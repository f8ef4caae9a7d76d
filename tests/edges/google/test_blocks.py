"""Cells that are to be treated alike are put together in few rectangles, which cover them and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.blocks import Block, Place, blocks_of

PICTURES = [
    ("nothing", "", 0),
    ("one cell", "a", 1),
    ("a row", "aaaa", 1),
    ("a column", "a|a|a", 1),
    ("a rectangle", "aaa|aaa", 1),
    ("two kinds", "aab|aab", 2),
    ("columns of other lengths", "ab|ab|a", 2),
    ("rows of other lengths", "aaa|bb", 2),
    ("a hole", "aaa|a.a|aaa", 4),
    ("two rectangles", "aa..|aa..|..bb", 2),
    ("a gap of one row", "aa|..|aa", 2),
    ("stripes down", "abab|abab|abab", 4),
    ("fewer down the columns", "a..|aaa|a..", 2),
    ("fewer along the rows", "aaa|.a.|.a.", 2),
    ("stripes across", "aaaa|bbbb|aaaa", 3),
]


def places(picture: str) -> dict[Place, str]:
    return {
        (row, column): letter
        for row, line in enumerate(picture.split("|"))
        for column, letter in enumerate(line)
        if letter != "."
    }


@pytest.mark.parametrize(
    ("picture", "count"), [one[1:] for one in PICTURES], ids=[one[0] for one in PICTURES]
)
def test_as_few_rectangles_as_people_would_draw(picture: str, count: int) -> None:
    kinds = places(picture)
    found = blocks_of(kinds)
    assert covered(found) == sorted((place, kind) for place, kind in kinds.items())
    assert len(found) == count


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.sampled_from("ab")))
def test_every_cell_is_in_one_rectangle_of_its_kind(kinds: dict[Place, str]) -> None:
    assert covered(blocks_of(kinds)) == sorted((place, kind) for place, kind in kinds.items())


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.sampled_from("ab")))
def test_they_come_in_the_order_of_reading(kinds: dict[Place, str]) -> None:
    found = blocks_of(kinds)
    assert found == sorted(found, key=lambda one: (one.top, one.left))


def covered(blocks: list[Block[str]]) -> list[tuple[Place, str]]:
    """Return each cell as often as it is in a rectangle, with the kind."""
    return sorted(
        ((row, column), one.kind)
        for one in blocks
        for row in range(one.top, one.bottom)
        for column in range(one.left, one.right)
    )


def test_a_rectangle_as_google_writes_it() -> None:
    assert Block("a", 1, 3, 0, 2).grid_range(7) == {
        "sheetId": 7,
        "startRowIndex": 1,
        "endRowIndex": 3,
        "startColumnIndex": 0,
        "endColumnIndex": 2,
    }
