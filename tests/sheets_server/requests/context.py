"""What a request needs to know beside the spreadsheet."""

from __future__ import annotations

import random
from collections.abc import Container
from dataclasses import dataclass, field

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Context:
    """`user` is the address of whoever asks; "" may do everything (no sharing, no protection holds it)."""

    user: str = ""
    chance: random.Random = field(default_factory=random.Random)

    def new_id(self, taken: Container[int]) -> int:
        """Return an id that is not taken, as Google draws them."""
        while True:
            drawn = self.chance.randint(1, LARGEST_ID)
            if drawn not in taken:
                return drawn
