"""Who the program is to Google: a service account's key, or what this machine is given anyway (ADC).

One scope, https://www.googleapis.com/auth/spreadsheets: Drive is never touched.

google-auth from 2.55 asks iamcredentials.googleapis.com by itself, in the background, in which regions an
account may work (for all service accounts at first, in 2.63 only where an environment variable says so).
That host is named nowhere here, so the request is refused before anything leaves (origins.py).
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import google.auth
from google.auth import environment_vars, exceptions
from google.oauth2 import service_account

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.key_file import SERVICE_ACCOUNT, KeyFile, read_key_file, read_private_json
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.origins import Origins
from sheets_sync.edges.google.token import TokenRequest
from sheets_sync.edges.google.wire import Limit, named_session
from sheets_sync.problems import WrongUse

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
TOKEN_URI = "https://oauth2.googleapis.com/token"
METADATA = ("http://169.254.169.254", "http://metadata.google.internal")
"""Where machines of Google's cloud learn who they are; the one place that plain http goes to outside."""

_LOOKING = 15.0
"""Seconds in which such a machine must have been recognised."""
_OF_AWS = "urn:ietf:params:aws:token-type:aws4_request"

_NO_CREDENTIALS = (
    "Name a service account's key file under [google] credentials (the README tells how to make one), or set"
    " up application default credentials on this machine."
)


@dataclass(frozen=True, slots=True)
class Access:
    """Credentials and what is known of them.

    `shared_with` is the address that workbooks are shared with ("" where it is not known): a person's where
    the service account is `acting` for one. `project` is the one whose quota is used. `token_urls` are the
    addresses that the key names and that may be asked, `plain_urls` those of them that are not https. The
    credentials hold secrets and are in no repr.
    """

    credentials: Any = field(repr=False)
    shared_with: str = ""
    acting: bool = False
    project: str = ""
    token_urls: tuple[str, ...] = ()
    plain_urls: tuple[str, ...] = ()


def access(config: GoogleConfig, environment: Mapping[str, str] = os.environ) -> Access:
    """Return the credentials that the configuration names, or the machine's own. Raises WrongUse."""
    if config.credentials is not None:
        return _of_key(read_key_file(config.credentials.expanduser()), config)
    file = _default_file(environment)
    if file is None:
        return _of_machine(config, environment)
    given = read_private_json(file)
    if given.type == SERVICE_ACCOUNT:
        return _of_key(read_key_file(file), config)
    return _of_default_file(given, config)


def _of_key(key: KeyFile, config: GoogleConfig) -> Access:
    credentials = _signing(key, config.subject)
    if credentials is None:
        raise WrongUse(
            f"The private key in {key.path} cannot be read: the file was changed, or only a part was copied.",
            "Make a new key in the Google Cloud console; never open and save a key file in an editor.",
        )
    if config.always_use_jwt_access:
        credentials = credentials.with_always_use_jwt_access(True)
    account = str(key.info["client_email"])
    project = key.info.get("project_id")
    return Access(
        credentials=credentials,
        shared_with=config.subject or account,
        acting=bool(config.subject),
        project=project if isinstance(project, str) else account.partition("@")[2],
        token_urls=(key.info["token_uri"],),
    )


def _signing(key: KeyFile, subject: str) -> Any:
    """Return the credentials; None where the private key is none. (What is raised then can hold it.)"""
    try:
        return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            dict(key.info), scopes=SCOPES, subject=subject or None
        )
    except (ValueError, TypeError, KeyError, exceptions.GoogleAuthError):
        return None


def _default_file(environment: Mapping[str, str]) -> Path | None:
    """Return the file of the application default credentials, as google-auth finds it."""
    named = environment.get(environment_vars.CREDENTIALS)
    if named:
        return Path(named)
    folder = environment.get(environment_vars.CLOUD_SDK_CONFIG_DIR)
    if folder is None and os.name == "nt":
        folder = str(Path(environment.get("APPDATA", "")) / "gcloud")
    home = Path(folder) if folder else Path.home() / ".config" / "gcloud"
    file = home / "application_default_credentials.json"
    return file if file.is_file() else None


def _of_default_file(given: KeyFile, config: GoogleConfig) -> Access:
    """Credentials of any other kind: a person's login, workload identity, an impersonated account."""
    _refuse_subject(config)
    credentials = _loaded(given)
    if credentials is None:
        raise WrongUse(
            f"The file of the application default credentials, {given.path}, cannot be used.", _NO_CREDENTIALS
        )
    named = tuple(dict.fromkeys([*_urls(given.info), TOKEN_URI]))
    metadata = Origins((), METADATA)
    account = given.info.get("account") or getattr(credentials, "service_account_email", None)
    return Access(
        credentials=credentials,
        shared_with=account if isinstance(account, str) else "",
        token_urls=tuple(url for url in named if url.startswith("https:")),
        plain_urls=tuple(url for url in named if metadata.allows(url)),
    )


def _loaded(given: KeyFile) -> Any:
    """Return the credentials; None where they cannot be made of what the file says."""
    info = dict(given.info)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if given.type == "external_account":
                return import_module(_module(info)).Credentials.from_info(info, scopes=SCOPES)
            return google.auth.load_credentials_from_dict(info, scopes=SCOPES)[0]  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError, AttributeError, exceptions.GoogleAuthError):
        return None


def _module(info: Mapping[str, Any]) -> str:
    """Return where google-auth has the workload identity of this kind. Its own loading asks Google which
    project it is, at a host that nothing here names."""
    if info.get("subject_token_type") == _OF_AWS:
        return "google.auth.aws"
    source = info.get("credential_source")
    executable = isinstance(source, dict) and "executable" in source
    return "google.auth.pluggable" if executable else "google.auth.identity_pool"


def _of_machine(config: GoogleConfig, environment: Mapping[str, str]) -> Access:
    """The account that a machine in Google's cloud runs as; machines elsewhere have none."""
    _refuse_subject(config)
    host = environment.get(environment_vars.GCE_METADATA_HOST)
    plain = (f"http://{host}", *METADATA) if host else METADATA
    machine = Machine()
    session = named_session(Origins((), plain), Limit(machine, machine.now() + _LOOKING))
    try:
        credentials, project = google.auth.default(scopes=SCOPES, request=TokenRequest(session))
    except exceptions.GoogleAuthError:
        raise WrongUse("There are no credentials for Google on this machine.", _NO_CREDENTIALS) from None
    return Access(credentials=credentials, project=project or "", plain_urls=plain)


def _refuse_subject(config: GoogleConfig) -> None:
    if config.subject:
        raise WrongUse(
            "[google] subject is set, and there is no service account's key to act for somebody with.",
            "Name the key file of the service account that has delegation under [google] credentials.",
        )


def _urls(value: object) -> Iterator[str]:
    """Yield every address that a credentials file names."""
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _urls(one)
