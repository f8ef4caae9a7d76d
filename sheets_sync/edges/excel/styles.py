"""Our looks, appended to the workbook's styles.xml; what stands there keeps its number and its bytes.

A look that an earlier run appended is found again by its bytes, so that styles do not grow night by night.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sheets_sync.edges.excel.names import MAIN, XML_HEAD
from sheets_sync.edges.excel.outline import Edit, Element, Outline
from sheets_sync.edges.excel.quoting import quoteattr
from sheets_sync.views.palette import PALETTE, Look
from sheets_sync.views.tab import Style

MOST_FORMATS = 64_000
"""Excel refuses more formats in one workbook."""

Use = tuple[Style, bool]
"""A style, and whether its text is marked as text ("quotePrefix") so that editing keeps it text."""

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49}
_LINE = '<{p}{side} style="thin"><{p}color rgb="FFBFBFBF"/></{p}{side}>'
_FIRST = {
    "fonts": ('<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',),
    "fills": (
        '<{p}fill><{p}patternFill patternType="none"/></{p}fill>',
        '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    ),
    "borders": ("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",),
    "cellXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
"""What number 0 (and 1) of each list mean in every workbook; put in where a list is empty."""

EMPTY_STYLES = (
    XML_HEAD
    + (
        f'<styleSheet xmlns="{MAIN}"><cellStyleXfs count="1">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ).encode()
)


class _Group:
    """One list of styles.xml (fonts, fills ...): what stands in it, and what is to be appended."""

    def __init__(self, outline: Outline, name: str) -> None:
        self.name = name
        self.element: Element | None = outline.root.first(name)
        self.added: list[bytes] = []
        self._numbers: dict[bytes, int] = {}
        self.children = self.element.children if self.element else []
        for number, child in enumerate(self.children):
            self._numbers.setdefault(outline.raw(child), number)

    def number(self, xml: str) -> int:
        """Return the number of this piece, the one that stands there already or a new one at the end."""
        raw = xml.encode()
        if raw not in self._numbers:
            self._numbers[raw] = len(self.children) + len(self.added)
            self.added.append(raw)
        return self._numbers[raw]


class StyleSheet:
    """The styles of a workbook, to which looks can be appended."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._p = outline.prefix
        self._groups = {name: _Group(outline, name) for name in _ORDER}
        for name, pieces in _FIRST.items():
            if not self._groups[name].children:
                for piece in pieces:
                    self._groups[name].number(piece.format(p=self._p))
        self._number_formats = {
            child.attributes.get("formatCode", ""): int(child.attributes.get("numFmtId", "0"))
            for child in self._groups["numFmts"].children
        }
        self._font_name = self._first_font_name()

    @property
    def full(self) -> bool:
        return len(self._groups["cellXfs"].children) > MOST_FORMATS

    def numbers(self, uses: Iterable[Use]) -> Mapping[Use, int]:
        """Return the number of the cell format for each use, appending what is missing."""
        return {use: self._format(PALETTE[use[0]], quoted=use[1]) for use in sorted(uses)}

    def edited(self) -> bytes:
        """Return styles.xml with what was appended."""
        edits: list[Edit] = []
        for name in _ORDER:
            group = self._groups[name]
            if not group.added:
                continue
            if group.element is None:
                text = b"".join(group.added)
                tag = f"{self._p}{name}".encode()
                at = self._place_of(name)
                new = b'<%b count="%d">%b</%b>' % (tag, len(group.added), text, tag)
                edits.append(Edit(at, at, new))
            else:
                edits += self._appended(group, group.element)
        return self._outline.edit(edits)

    def _appended(self, group: _Group, element: Element) -> list[Edit]:
        tag = self._outline.data[element.start : element.inner]
        count = len(group.children) + len(group.added)
        counted = re.sub(rb"(\scount\s*=\s*)([\"'])\d*[\"']", rb"\g<1>\g<2>%d\g<2>" % count, tag)
        text = b"".join(group.added)
        if element.inner == element.end:  # <numFmts count="0"/>
            name = tag[1:].split(None, 1)[0].rstrip(b"/>")
            whole = counted[:-2].rstrip() + b">" + text + b"</" + name + b">"
            return [Edit(element.start, element.end, whole)]
        return [
            Edit(element.start, element.inner, counted),
            Edit(element.inner_end, element.inner_end, text),
        ]

    def _place_of(self, name: str) -> int:
        before = _ORDER[: _ORDER.index(name)]
        ends = [child.end for child in self._outline.root.children if child.name in before]
        return max(ends, default=self._outline.root.inner)

    def _format(self, look: Look, *, quoted: bool) -> int:
        p = self._p
        font = self._groups["fonts"].number(self._font(look))
        fill = self._groups["fills"].number(self._fill(look.fill)) if look.fill else 0
        border = self._groups["borders"].number(self._border()) if look.border else 0
        number = self._number_format(look.number_format)
        base = ' xfId="0"' if self._groups["cellStyleXfs"].children else ""
        quote = ' quotePrefix="1"' if quoted else ""
        wrap = ' wrapText="1"' if look.wrap else ""
        return self._groups["cellXfs"].number(
            f'<{p}xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}"{base}{quote} '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<{p}alignment horizontal="{look.align}" vertical="{look.valign}"{wrap}/></{p}xf>'
        )

    def _font(self, look: Look) -> str:
        p = self._p
        bold = f"<{p}b/>" if look.bold else ""
        italic = f"<{p}i/>" if look.italic else ""
        underline = f"<{p}u/>" if look.underline else ""
        return (
            f'<{p}font>{bold}{italic}{underline}<{p}sz val="{look.size}"/><{p}color rgb="FF{look.ink}"/>'
            f"<{p}name val={quoteattr(self._font_name)}/></{p}font>"
        )

    def _fill(self, colour: str) -> str:
        p = self._p
        return (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )

    def _border(self) -> str:
        p = self._p
        sides = "".join(_LINE.format(p=p, side=side) for side in ("left", "right", "top", "bottom"))
        return f"<{p}border>{sides}<{p}diagonal/></{p}border>"

    def _number_format(self, code: str) -> int:
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        if code not in self._number_formats:
            number = max([163, *self._number_formats.values()]) + 1
            self._number_formats[code] = number
            p = self._p
            self._groups["numFmts"].number(f'<{p}numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>')
        return self._number_formats[code]

    def _first_font_name(self) -> str:
        fonts = self._groups["fonts"].children
        raw = self._outline.raw(fonts[0]) if fonts else b""
        found = re.search(rb"<(?:\w+:)?name\s[^>]*?val=\"([^\"<&]+)\"", raw)
        return found[1].decode() if found else "Calibri"
