"""Who the program is to Google: a key, or what the machine has; and what is asked for with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import responses

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import SCOPES, access
from sheets_sync.problems import WrongUse
from tests.sheets_server.accounts import ACCOUNT, ServiceAccount

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
TOKEN = "https://oauth2.googleapis.com/token"
SHEET = "https://sheets.googleapis.com/v4/spreadsheets/x"


@pytest.fixture(autouse=True)
def _no_credentials_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith(("GOOGLE_", "CLOUDSDK_", "GCE_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))


def key_file(folder: Path, token_uri: str = TOKEN) -> Path:
    return ServiceAccount(ACCOUNT, token_uri).write(folder / "key.json")


def default_file(folder: Path, content: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    path = folder / "default.json"
    path.write_text(json.dumps(content))
    path.chmod(0o600)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    return path


def test_a_key_says_with_whom_to_share_and_whose_quota_it_is(tmp_path: Path) -> None:
    who = access(GoogleConfig(credentials=key_file(tmp_path)))
    assert (who.shared_with, who.acting, who.project) == (ACCOUNT, False, "school-district")
    assert who.token_urls == (TOKEN,)
    assert who.plain_urls == ()


def test_one_scope_is_asked_for(tmp_path: Path) -> None:
    assert SCOPES == (SCOPE,)
    assert access(GoogleConfig(credentials=key_file(tmp_path))).credentials.scopes == SCOPES


def test_with_a_subject_the_workbook_is_shared_with_that_person(tmp_path: Path) -> None:
    who = access(GoogleConfig(credentials=key_file(tmp_path), subject="office@school.example"))
    assert (who.shared_with, who.acting) == ("office@school.example", True)
    assert who.credentials._subject == "office@school.example"


@pytest.mark.parametrize("wanted", [False, True])
def test_a_token_of_its_own_signing_is_for_who_asks_for_it(tmp_path: Path, wanted: bool) -> None:
    who = access(GoogleConfig(credentials=key_file(tmp_path), always_use_jwt_access=wanted))
    assert who.credentials._always_use_jwt_access is wanted


def test_a_private_key_that_cannot_be_read(tmp_path: Path) -> None:
    path = key_file(tmp_path)
    info = json.loads(path.read_text())
    path.write_text(json.dumps(info | {"private_key": info["private_key"][:200]}))
    with pytest.raises(WrongUse) as raised:
        access(GoogleConfig(credentials=path))
    assert raised.value.what.startswith(f"The private key in {path} cannot be read")
    assert raised.value.__cause__ is None


def test_the_repr_holds_no_secret(tmp_path: Path) -> None:
    shown = repr(access(GoogleConfig(credentials=key_file(tmp_path))))
    assert ACCOUNT in shown
    assert "credentials" not in shown
    assert "PRIVATE" not in shown


def test_the_home_folder_may_be_written_as_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    key_file(tmp_path)
    assert access(GoogleConfig(credentials=Path("~/key.json"))).shared_with == ACCOUNT


def test_the_key_of_the_environment_is_read_as_one_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = key_file(tmp_path)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    assert access(GoogleConfig(subject="office@school.example")).shared_with == "office@school.example"
    path.chmod(0o644)
    with pytest.raises(WrongUse, match="can be read by other users"):
        access(GoogleConfig())


def test_the_login_that_gcloud_left_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "gcloud"
    folder.mkdir()
    ServiceAccount(ACCOUNT, TOKEN).write(folder / "application_default_credentials.json")
    assert access(GoogleConfig()).shared_with == ACCOUNT


USER = {
    "type": "authorized_user",
    "client_id": "1.apps.googleusercontent.com",
    "client_secret": "GOCSPX-secret",
    "refresh_token": "1//secret",
    "account": "office@school.example",
}


@responses.activate
def test_a_persons_login_reads_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default_file(tmp_path, USER, monkeypatch)
    responses.post(TOKEN, json={"access_token": "ya29.user", "expires_in": 3599})
    responses.get(SHEET, json={"spreadsheetId": "x"})
    who = access(GoogleConfig())
    assert who.shared_with == "office@school.example"
    assert SheetsClient(who.credentials, who=who).spreadsheets_get("x") == {"spreadsheetId": "x"}
    asked, read = responses.calls
    assert parse_qs(asked.request.body.decode())["scope"] == [SCOPE]
    assert read.request.headers["Authorization"] == "Bearer ya29.user"


IMPERSONATED = (
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
    "reader@school-district.iam.gserviceaccount.com:generateAccessToken"
)


@responses.activate
def test_workload_identity_asks_the_places_that_its_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "oidc").write_text("the.machine.own")
    content = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "service_account_impersonation_url": IMPERSONATED,
        "credential_source": {"file": str(tmp_path / "oidc")},
    }
    default_file(tmp_path, content, monkeypatch)
    responses.post("https://sts.googleapis.com/v1/token", json={"access_token": "sts", "expires_in": 3599})
    responses.post(IMPERSONATED, json={"accessToken": "ya29.sa", "expireTime": "2099-01-01T00:00:00Z"})
    responses.get(SHEET, json={"spreadsheetId": "x"})
    who = access(GoogleConfig())
    assert who.shared_with == "reader@school-district.iam.gserviceaccount.com"
    assert SheetsClient(who.credentials, who=who).spreadsheets_get("x") == {"spreadsheetId": "x"}
    assert responses.calls[-1].request.headers["Authorization"] == "Bearer ya29.sa"


def test_a_default_file_that_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in ({"type": "teapot"}, {"type": "authorized_user"}, {"type": "external_account"}, {}):
        path = default_file(tmp_path, content, monkeypatch)
        with pytest.raises(WrongUse, match=f"{path}, cannot be used"):
            access(GoogleConfig())


def test_nobody_is_acted_for_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default_file(tmp_path, USER, monkeypatch)
    with pytest.raises(WrongUse, match=r"\[google\] subject is set") as raised:
        access(GoogleConfig(subject="office@school.example"))
    assert "[google] credentials" in raised.value.remedy


@contextmanager
def metadata_server() -> Iterator[str]:
    """What a machine in Google's cloud is told who it is by."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].rstrip("/")
            said: Any = ""
            if path.endswith("/project-id"):
                said = "school-district"
            elif path.endswith("/token"):
                said = {"access_token": "ya29.gce", "expires_in": 3599, "token_type": "Bearer"}
            elif path.endswith("/default"):
                said = {"email": "machine@school-district.iam.gserviceaccount.com", "scopes": [SCOPE]}
            elif path.startswith("/v4/spreadsheets"):
                said = {"spreadsheetId": self.headers["Authorization"]}
            self.send_response(200)
            self.send_header("Metadata-Flavor", "Google")
            kind = "text/plain" if isinstance(said, str) else "application/json"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(said.encode() if isinstance(said, str) else json.dumps(said).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


IN_THE_CLOUD = """
import sys
from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import open_client
from sheets_sync.problems import SheetsSyncError
try:
    client = open_client(GoogleConfig(endpoint=sys.argv[1]), 20)
    print(client.spreadsheets_get("x"), client.account)
except SheetsSyncError as error:
    print(type(error).__name__, error.what, error.remedy)
"""


def run_apart(host: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """google-auth looks at these variables when it is loaded, so in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", IN_THE_CLOUD, f"http://{host}"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_a_machine_in_googles_cloud_needs_no_key() -> None:
    with metadata_server() as host:
        done = run_apart(host, {"GCE_METADATA_HOST": host, "GCE_METADATA_IP": host})
    assert done.stdout.split("}")[0] == "{'spreadsheetId': 'Bearer ya29.gce'"
    assert done.stdout.strip().endswith("machine@school-district.iam.gserviceaccount.com")
    assert done.stderr == ""


def test_a_machine_without_any_credentials_is_told_what_to_do() -> None:
    done = run_apart("127.0.0.1:1", {"NO_GCE_CHECK": "true"})
    assert done.stdout.startswith("WrongUse There are no credentials for Google on this machine.")
    assert "[google] credentials" in done.stdout
    assert done.stderr == ""


def test_a_machine_whose_network_has_no_such_place_is_told_too() -> None:
    closed = {
        "GCE_METADATA_IP": "127.0.0.1:1",
        "GCE_METADATA_HOST": "127.0.0.1:1",
        "GCE_METADATA_TIMEOUT": "1",
    }
    done = run_apart("127.0.0.1:1", closed)
    assert done.stdout.startswith("WrongUse There are no credentials for Google on this machine.")
    assert done.stderr == ""


def test_of_a_default_file_only_googles_metadata_is_asked_in_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {
        "a": "http://169.254.169.254/latest",
        "b": ["http://metadata.google.internal/x"],
        "c": "http://169.254.169.254.evil.example/",
        "d": {"e": "http://evil.example/", "f": "https://sts.googleapis.com/v1/token"},
    }
    default_file(tmp_path, USER | asked, monkeypatch)
    who = access(GoogleConfig())
    assert who.plain_urls == ("http://169.254.169.254/latest", "http://metadata.google.internal/x")
    assert who.token_urls == ("https://sts.googleapis.com/v1/token", TOKEN)
