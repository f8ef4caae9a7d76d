"""The password comes from the environment or a private file, and stands in no message."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.config import MailConfig
from sheets_sync.edges.mail_password import mail_password
from sheets_sync.problems import WrongUse


def test_without_a_user_there_is_none() -> None:
    assert mail_password(MailConfig(), {}) == ""


def test_from_the_environment() -> None:
    config = MailConfig(user="sped", password_env="SHEETS_SYNC_MAIL")
    assert mail_password(config, {"SHEETS_SYNC_MAIL": "secret"}) == "secret"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"], ids=["plain", "as Notepad saves it"])
def test_from_a_private_file(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n", encoding=encoding)
    file.chmod(0o600)
    assert mail_password(MailConfig(user="sped", password_file=file), {}) == "secret"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n")
    file.chmod(mode)
    with pytest.raises(WrongUse, match="can be read by others") as caught:
        mail_password(MailConfig(user="sped", password_file=file), {})
    assert "secret" not in caught.value.what + caught.value.remedy


@pytest.mark.parametrize(
    "config",
    [
        MailConfig(user="sped"),
        MailConfig(user="sped", password_env="NOT_SET"),
        MailConfig(user="sped", password_file=Path("/nowhere/password")),
    ],
)
def test_what_is_missing_is_told(config: MailConfig) -> None:
    with pytest.raises(WrongUse) as caught:
        mail_password(config, {})
    assert caught.value.remedy
