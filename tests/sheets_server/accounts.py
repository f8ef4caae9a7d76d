"""Service accounts of the test server: their keys, and the key files that programs are given."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ACCOUNT = "sheets-sync@school-district.iam.gserviceaccount.com"
STRANGER = "somebody-else@another-project.iam.gserviceaccount.com"


@cache
def private_key(account: str) -> rsa.RSAPrivateKey:
    """Return the account's key; it is made once a process, for making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


@dataclass(frozen=True)
class ServiceAccount:
    """A service account. `token_uri` is where its key file sends programs for a token."""

    email: str
    token_uri: str

    @property
    def key_id(self) -> str:
        number = private_key(self.email).public_key().public_numbers().n
        return f"{number:x}"[:40]

    def info(self) -> dict[str, str]:
        """Return the content of the key file."""
        pem = private_key(self.email).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.email.partition("@")[2].partition(".")[0],
            "private_key_id": self.key_id,
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": "100000000000000000001",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": self.token_uri,
            "universe_domain": "googleapis.com",
        }

    def write(self, path: Path) -> Path:
        """Write the key file, for its owner's eyes alone."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(self.info(), file, indent=2)
        return path
