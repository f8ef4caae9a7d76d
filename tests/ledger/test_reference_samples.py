"""The reference itself: it must reproduce every line of the sample workbooks, or it judges nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.ledger import Rules
from tests.reference.count import FIGURES, reference_count
from tests.reference.sample_tables import read_sample

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.mark.parametrize("number", range(1, 9))
def test_reference_matches_the_sample(number: int) -> None:
    expected = json.loads((SAMPLES / f"sample-{number:02d}.expected.json").read_text())
    tables = read_sample(SAMPLES / f"sample-{number:02d}.xlsx")
    counted = reference_count(tables, Rules(**expected["options"]), date.fromisoformat(expected["today"]))
    assert len(counted) == len(expected["lines"])
    for line, wanted in zip(counted, expected["lines"], strict=True):
        figures = line.figures or dict.fromkeys(FIGURES)
        got = {"status": line.status, **{name: figures[name] for name in FIGURES}}
        assert got == {name: wanted[name] for name in got}, wanted["cell"]
