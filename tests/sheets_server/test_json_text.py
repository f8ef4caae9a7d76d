"""JSON for people is what Python's own encoder writes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.json_text import pretty

SHARED = {"a": [1, {"b": "x"}]}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just(SHARED),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_json_is_written_as_python_does(value: Any) -> None:
    assert pretty(value) == json.dumps(value, indent=2, ensure_ascii=False)


def test_a_piece_that_stands_at_several_depths_is_indented_for_each() -> None:
    value = [SHARED, [SHARED, [SHARED]], SHARED]
    assert pretty(value) == json.dumps(value, indent=2)
