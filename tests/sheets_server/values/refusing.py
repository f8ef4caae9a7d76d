"""Refusals of the values endpoints: 400, and in a batch with the place of what is refused before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.requests.refused import Refused


@contextmanager
def refusing(where: str = "") -> Iterator[None]:
    """Turn what is refused within into the 400 that Google answers: `Invalid data[0]: ...` for `data[0]`."""
    before = f"Invalid {where}: " if where else ""
    try:
        yield
    except Refused as refused:
        raise bad_request(f"{before}{refused}") from None
    except ApiError as error:
        raise bad_request(f"{before}{error.message}") from None
