"""Why a request is not carried out."""

from __future__ import annotations


class Refused(Exception):
    """The sentence that Google answers, without the `Invalid requests[3].updateCells: ` before it."""
