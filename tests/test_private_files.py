"""A file with a secret: its owner's alone, or handed to this service by systemd."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.private_files import others_may_read


@pytest.mark.parametrize(
    ("mode", "environment", "open_to_others"),
    [
        (0o100600, {}, False),
        (0o100400, {}, False),
        (0o100640, {}, True),
        (0o100604, {}, True),
        (0o100440, {"CREDENTIALS_DIRECTORY": "/run/credentials/sheets-sync.service"}, False),
        (0o100440, {"CREDENTIALS_DIRECTORY": "/run/credentials/another.service"}, True),
        (0o100440, {"CREDENTIALS_DIRECTORY": ""}, True),
    ],
)
def test_whose_it_is(mode: int, environment: dict[str, str], open_to_others: bool) -> None:
    key = Path("/run/credentials/sheets-sync.service/google-key.json")
    assert others_may_read(key, mode, environment) is open_to_others
