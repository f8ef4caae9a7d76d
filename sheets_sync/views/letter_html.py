"""A letter as HTML that reads well at 360 px, in the dark, without images and by a screen reader.

Every text is escaped here and nowhere else; there are no scripts or images, and no links but to rows of our
own tab. Colours and layout stand
in one style sheet that mail programs keep; without it the page is still in order, from top to bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from sheets_sync.views.letter import PLACE, REMEDY, Entry, Letter, Place, Point, Section


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme as hex RGB; `tones` are (text, ground) of the labels."""

    page: str
    card: str
    line: str
    text: str
    quiet: str
    tones: Mapping[str, tuple[str, str]]


LIGHT = Scheme(
    page="#eef1f4",
    card="#ffffff",
    line="#d5dbe1",
    text="#1c2127",
    quiet="#4f5964",
    tones={
        "red": ("#8f1622", "#fde8ea"),
        "orange": ("#7d3f00", "#ffeeda"),
        "yellow": ("#5f4b00", "#fff4c4"),
        "blue": ("#0f4a8a", "#e4f0fd"),
        "purple": ("#5a2b87", "#f2e8fc"),
        "green": ("#17552f", "#e2f5e8"),
    },
)

DARK = Scheme(
    page="#121519",
    card="#1d2228",
    line="#39424c",
    text="#e9ecef",
    quiet="#b3bcc6",
    tones={
        "red": ("#ffb9be", "#4d1c23"),
        "orange": ("#ffcb94", "#482c0c"),
        "yellow": ("#f7df83", "#3f3510"),
        "blue": ("#a9d2ff", "#153556"),
        "purple": ("#dcc0fb", "#3a2354"),
        "green": ("#a6e5b9", "#153c25"),
    },
)

LAYOUT = """
body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; }
table { border-collapse: collapse; border-spacing: 0; width: 100%; }
td { padding: 0; }
.page { max-width: 640px; margin: 0 auto; padding: 20px 12px 28px; overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 20px; line-height: 1.35; font-weight: 650; margin: 0 4px 6px; }
p { margin: 0; }
.opening { margin: 8px 4px 0; }
.card { border: 1px solid; border-radius: 10px; margin-top: 16px; padding: 14px 16px 4px; }
h2 { font-size: 17px; line-height: 1.35; font-weight: 650; margin: 0 0 12px; }
.entry { border-top: 1px solid; padding: 12px 0; }
h3 { font-size: 16px; line-height: 1.45; font-weight: 600; margin: 0; }
.label { display: inline-block; font-size: 13px; line-height: 1.35; font-weight: 650; border-radius: 6px;
  padding: 3px 9px; margin: 0 8px 2px 0; }
.note { display: block; font-weight: 400; font-size: 14px; }
.entry p, .entry ul { margin: 6px 0 0; }
.entry ul { padding: 0 0 0 20px; }
.entry li { margin: 3px 0 0; }
.place { font-size: 14px; }
a { color: inherit; }
.closing { margin: 22px 4px 0; font-size: 14px; line-height: 1.5; }
.closing p { margin: 8px 0 0; }
"""


def as_html(letter: Letter, subject: str) -> str:
    """Return the letter as one HTML document."""
    opening = "".join(f'<p class="opening">{escape(text)}</p>\n' for text in letter.opening)
    sections = "".join(map(_section, letter.sections))
    closing = "".join(f"<p>{escape(text)}</p>\n" for text in letter.closing)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{escape(subject)}</title>
<style>
{_style()}</style>
</head>
<body>
<table role="presentation"><tr><td>
<div class="page" role="article" aria-roledescription="email" lang="en">
<h1>{escape(letter.lead)}</h1>
{opening}{sections}<div class="closing">
{closing}</div>
</div>
</td></tr></table>
</body>
</html>
"""


def _section(section: Section) -> str:
    entries = "".join(map(_entry, section.entries))
    return f'<div class="card">\n<h2>{escape(section.heading)}</h2>\n{entries}</div>\n'


def _entry(entry: Entry) -> str:
    return f'<div class="entry">\n{"".join(_parts(entry))}</div>\n'


def _parts(entry: Entry) -> Iterator[str]:
    label = f'<span class="label {entry.tone}">{escape(entry.label)}</span>'
    note = f' <span class="note">{escape(entry.note)}</span>' if entry.note else ""
    yield f"<h3>{label} {escape(entry.head)}{note}</h3>\n"
    if entry.text:
        yield f"<p>{escape(entry.text)}</p>\n"
    if entry.points:
        yield "<ul>\n" + "".join(f"<li>{_point(point)}</li>\n" for point in entry.points) + "</ul>\n"
    if entry.remedy:
        yield f"<p><strong>{REMEDY}</strong> {escape(entry.remedy)}</p>\n"
    if entry.place:
        yield f'<p class="place">{PLACE} {_place(entry.place)}</p>\n'


def _point(point: Point) -> str:
    return escape(point.text) + (f" ({_place(point.place)})" if point.place else "")


def _place(place: Place) -> str:
    words = escape(place.words)
    return f'<a href="{escape(place.link)}">{words}</a>' if place.link else words


def _style() -> str:
    dark = "".join(f"  {rule}\n" for rule in _colours(DARK))
    return (
        ":root { color-scheme: light dark; supported-color-schemes: light dark; }"
        + LAYOUT
        + "".join(f"{rule}\n" for rule in _colours(LIGHT))
        + f"@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    )


def _colours(scheme: Scheme) -> Iterator[str]:
    yield f"body, .page {{ background: {scheme.page}; color: {scheme.text}; }}"
    yield f".card {{ background: {scheme.card}; border-color: {scheme.line}; }}"
    yield f".entry {{ border-color: {scheme.line}; }}"
    yield f".note, .place, .closing {{ color: {scheme.quiet}; }}"
    for tone, (text, ground) in scheme.tones.items():
        yield f".{tone} {{ color: {text}; background: {ground}; }}"
