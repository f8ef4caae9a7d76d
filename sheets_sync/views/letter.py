"""A mail's content, before it is text or HTML: both are made from this, so they say the same words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands ("Compliance row 12"), and the address that leads there, "" for none."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One of several things in a list, and where it stands."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is told. All but `label`, `tone` and `head` may be blank.

    `tone` is a colour of `letter_html`; `label` says the same in words ("To make up"). `head` is the service;
    `points` are a list; `remedy` is what would settle it.
    """

    label: str
    tone: str
    head: str
    note: str = ""
    text: str = ""
    points: tuple[Point, ...] = ()
    remedy: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What is told of one student, or of one cause."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole mail: `lead` is the first line, what to do; `closing` are the paragraphs at the end."""

    lead: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]


REMEDY = "To settle it:"
PLACE = "Where:"
