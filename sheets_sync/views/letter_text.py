"""A letter as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sheets_sync.views.letter import PLACE, REMEDY, Entry, Letter, Place, Point

WIDTH = 72


def as_text(letter: Letter) -> str:
    """Return the letter in lines of at most 72 characters, where its words allow it."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield from _wrapped(letter.lead)
    for paragraph in letter.opening:
        yield ""
        yield from _wrapped(paragraph)
    for section in letter.sections:
        yield ""
        yield section.heading
        yield "-" * min(max(len(section.heading), 3), WIDTH)
        for number, entry in enumerate(section.entries):
            yield from [""] * (number > 0)
            yield from _entry(entry)
    yield ""
    yield "=" * WIDTH
    for paragraph in letter.closing:
        yield from _wrapped(paragraph)


def _entry(entry: Entry) -> Iterator[str]:
    note = f" ({entry.note})" if entry.note else ""
    yield from _wrapped(f"[{entry.label}] {entry.head}{note}".rstrip())
    if entry.text:
        yield from _wrapped(entry.text, "  ")
    for point in entry.points:
        yield from _point(point)
    if entry.remedy:
        yield from _wrapped(f"{REMEDY} {entry.remedy}", "  ")
    if entry.place:
        yield from _wrapped(f"{PLACE} {entry.place.words}", "  ")
        yield from _link(entry.place, "  ")


def _point(point: Point) -> Iterator[str]:
    where = f" ({point.place.words})" if point.place else ""
    yield from _wrapped(f"{point.text}{where}", "  - ", "    ")
    if point.place:
        yield from _link(point.place, "    ")


def _link(place: Place, indent: str) -> Iterator[str]:
    """Yield the address on a line of its own, whole: so mail programs make a link of it."""
    if place.link:
        yield f"{indent}{place.link}"


def _wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
