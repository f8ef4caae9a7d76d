"""A key file: what is one, and the sentence for what is none."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.edges.google.key_file import LONGEST, read_key_file, read_private_json
from sheets_sync.problems import WrongUse
from tests.sheets_server.accounts import ACCOUNT, ServiceAccount

KEY: dict[str, Any] = dict(ServiceAccount(ACCOUNT, "https://oauth2.googleapis.com/token").info())
SECRET = "\\n".join(KEY["private_key"].splitlines())


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in KEY.items() if name not in names}


def written(folder: Path, content: Any, mode: int = 0o600) -> Path:
    path = folder / "key.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(mode)
    return path


def test_a_key_is_read(tmp_path: Path) -> None:
    key = read_key_file(written(tmp_path, KEY))
    assert key.info["client_email"] == ACCOUNT
    assert repr(key) == f"KeyFile(path={tmp_path / 'key.json'!r})"


CLIENT = {"client_id": "1.apps.googleusercontent.com", "client_secret": "GOCSPX-secret"}
USER = {"type": "authorized_user", "refresh_token": "1//secret"}

BAD = [
    # name, content, what is said of {path}, what of the remedy
    ("no JSON", KEY["private_key"], "The key file {path} holds no JSON", "Keys > Add key > JSON"),
    ("half of it", json.dumps(KEY)[:900], "The key file {path} holds no JSON", "Keys > Add key > JSON"),
    ("empty", "", "The key file {path} holds no JSON", "Keys > Add key > JSON"),
    ("a list", [KEY], "The key file {path} holds no JSON", "Keys > Add key > JSON"),
    ("nested without end", "[" * 50_000, "The key file {path} holds no JSON", "Keys > Add key > JSON"),
    (
        "an OAuth client",
        {"installed": CLIENT},
        "{path} is the file of an OAuth client",
        "ask a person to log in",
    ),
    ("an OAuth client for the web", {"web": CLIENT}, "{path} is the file of an OAuth client", "log in"),
    ("a person's login", USER, "{path} is a person's own login", "GOOGLE_APPLICATION_CREDENTIALS"),
    (
        "workload identity",
        {"type": "external_account"},
        "{path} is a configuration of workload",
        "GOOGLE_APPL",
    ),
    (
        "something else",
        {"type": "teapot"},
        "{path} is JSON, but no service account's key",
        "Service Accounts",
    ),
    ("no type", {"private_key": SECRET}, "{path} is JSON, but no service account's key", "Service Accounts"),
    ("type is a list", {"type": [1]}, "{path} is JSON, but no service account's key", "Service Accounts"),
    (
        "no key",
        without("private_key"),
        "The key file {path} is not whole: private_key is missing.",
        "new key",
    ),
    (
        "no address and no token_uri",
        without("client_email", "token_uri"),
        "The key file {path} is not whole: client_email, token_uri are missing.",
        "new key",
    ),
    (
        "an empty field",
        KEY | {"client_email": ""},
        "The key file {path} is not whole: client_email is",
        "new key",
    ),
    (
        "a field that is no text",
        KEY | {"token_uri": 7},
        "The key file {path} is not whole: token_uri is",
        "new",
    ),
    (
        "a token_uri without TLS",
        KEY | {"token_uri": "http://oauth2.evil.example/token"},
        "token_uri in the key file {path} is no address that begins with https://; nothing was sent.",
        "this machine alone",
    ),
    ("too large", "x" * (LONGEST + 1), "{path} is too large for a key file.", "Keys > Add key"),
]


@pytest.mark.parametrize(
    ("content", "what", "remedy"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: Any, what: str, remedy: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(WrongUse) as raised:
        read_key_file(path)
    assert raised.value.what.startswith(what.replace("{path}", str(path)))
    assert remedy in raised.value.remedy
    assert "secret" not in f"{raised.value.what} {raised.value.remedy}"
    assert "PRIVATE" not in f"{raised.value.what} {raised.value.remedy}"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601, 0o610, 0o777])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path, KEY, mode)
    with pytest.raises(WrongUse) as raised:
        read_key_file(path)
    assert raised.value.what == f"The key file {path} can be read by other users of this machine."
    assert raised.value.remedy.startswith(f'Run: chmod 600 "{path}".')


@pytest.mark.parametrize("secret", ["private_key", "refresh_token", "client_secret", "source_credentials"])
def test_of_what_holds_no_secret_others_may_know(tmp_path: Path, secret: str) -> None:
    """A configuration of workload identity is often laid where all can read it."""
    identity = {"type": "external_account", "token_url": "https://sts.googleapis.com/v1/token"}
    assert read_private_json(written(tmp_path, identity, 0o644)).info == identity
    with pytest.raises(WrongUse, match="can be read by other users"):
        read_private_json(written(tmp_path, identity | {secret: "x"}, 0o644))


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_key_that_its_owner_alone_can_read_is_taken(tmp_path: Path, mode: int) -> None:
    assert read_key_file(written(tmp_path, KEY, mode)).info == KEY


def test_of_a_link_the_file_it_leads_to_must_be_private(tmp_path: Path) -> None:
    path = written(tmp_path, KEY)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    assert read_key_file(link).info == KEY
    path.chmod(0o644)
    with pytest.raises(WrongUse) as raised:
        read_key_file(link)
    assert f'chmod 600 "{path}"' in raised.value.remedy


def test_the_chmod_that_is_named_helps(tmp_path: Path) -> None:
    path = written(tmp_path, KEY, 0o644)
    with pytest.raises(WrongUse) as raised:
        read_key_file(path)
    command = raised.value.remedy.removeprefix("Run: ").partition(". If")[0]
    assert os.system(command) == 0
    assert read_key_file(path).info == KEY


def test_a_key_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as raised:
        read_key_file(tmp_path / "key.json")
    assert raised.value.what == f"There is no key file {tmp_path / 'key.json'}."
    assert raised.value.remedy.startswith("Look at [google] credentials.")


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="is a folder, not a key file"):
        read_key_file(tmp_path)


def test_a_pipe_is_no_key_and_nothing_waits_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "key.json"
    os.mkfifo(pipe, 0o600)
    with pytest.raises(WrongUse, match="is no file"):
        read_key_file(pipe)


def test_a_key_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, KEY)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(WrongUse) as raised:
        read_key_file(path)
    assert raised.value.what == f"The key file {path} belongs to another user and cannot be read."
