"""The tabs as one HTML page: opened from disk in any browser, with nothing to load and nothing that runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sheets_sync.views.palette import PALETTE, Look
from sheets_sync.views.tab import Box, OutCell, StaleNotice, Style, Tab

PADDING = 1.2
DATE_WIDTH = 8.8
EM_PER_CHARACTER = 0.6
"""A tab's widths are in characters; the page's are in em, which a bold header does not change."""

STATUS_STYLES = (Style.PURPLE, Style.RED, Style.ORANGE, Style.YELLOW, Style.BLUE, Style.GREEN, Style.GREY)
CALM = (Style.GREEN, Style.GREY)
FIGURES = (Style.NUMBER, Style.BEHIND, Style.PERCENT)
BOXES = (Style.LABEL, Style.BANNER_LABEL, Style.BOX)
"""Nobody can tick a box on a page, so none is shown."""

NARROW = 17
"""Columns of fewer characters stand side by side on a small screen."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """`look` is the class of its style; `header` the name of its column, which a small screen shows over it.

    `beside`: on a small screen it stands side by side with others.
    """

    text: str
    look: str
    note: str
    header: str
    sticky: bool = False
    figure: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """`calm`: nothing is to be done in this row."""

    cells: tuple[PageCell, ...]
    calm: bool


@dataclass(frozen=True, slots=True)
class PageTab:
    """`offsets` are where the sticky columns stand, `widths` those of all columns, both in em."""

    name: str
    head: tuple[PageCell, ...]
    headers: tuple[PageCell, ...]
    rows: tuple[PageRow, ...]
    widths: tuple[float, ...]
    offsets: tuple[float, ...]
    can_choose: bool


def page(tabs: Sequence[Tab], *, title: str) -> str:
    """Return one self-contained page that shows the tabs, one below the other.

    It holds no script and may load nothing (its content security policy says so); what stands in a cell is
    text. A cell's note opens from its value, by mouse, touch or keyboard.
    """
    return _template().render(
        title=title,
        tabs=[_page_tab(tab) for tab in tabs],
        looks={_class(style): _css(look) for style, look in PALETTE.items()},
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("sheets_sync.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


def _page_tab(tab: Tab) -> PageTab:
    header_row = tab.filter_row or tab.frozen[0] or 1
    shown = [at for at in range(len(tab.widths)) if at not in tab.hidden]
    names = [_text(cell) for cell in tab.rows[header_row - 1]]
    frozen = sum(1 for at in shown if at < tab.frozen[1])

    def cells(row: Sequence[OutCell]) -> tuple[PageCell, ...]:
        return tuple(
            _cell(row[at], names[at] if at < len(names) else "", tab.widths[at], sticky=place < frozen)
            for place, at in enumerate(shown)
            if at < len(row)
        )

    widths = [_width(tab, at) for at in shown]
    said = ("", tab.name)
    rows = tuple(PageRow(cells(row), _calm(row)) for row in tab.rows[header_row:])
    return PageTab(
        name=tab.name,
        head=tuple(
            _cell(cell)
            for row in tab.rows[: header_row - 1]
            for cell in row
            if cell.style not in BOXES and _text(cell) not in said
        ),
        headers=cells(tab.rows[header_row - 1]),
        rows=rows,
        widths=tuple(widths),
        offsets=tuple(round(sum(widths[:place]), 2) for place in range(frozen)),
        can_choose=any(row.calm for row in rows) and not all(row.calm for row in rows),
    )


def _width(tab: Tab, column: int) -> float:
    """Return the width of a column in em; a date is never broken in two lines."""
    dated = any(isinstance(row[column].value, date) for row in tab.rows if column < len(row))
    width = tab.widths[column] * EM_PER_CHARACTER + PADDING
    return round(max(width, DATE_WIDTH) if dated else width, 2)


def _cell(cell: OutCell, header: str = "", width: float = 0, *, sticky: bool = False) -> PageCell:
    return PageCell(
        text=_text(cell),
        look=_class(cell.style),
        note=cell.note,
        header=header,
        sticky=sticky,
        figure=cell.style in FIGURES,
        beside=width < NARROW and not sticky and cell.style not in STATUS_STYLES,
    )


def _calm(row: Sequence[OutCell]) -> bool:
    styles = [cell.style for cell in row if cell.style in STATUS_STYLES]
    return bool(styles) and all(style in CALM for style in styles)


def _text(cell: OutCell) -> str:
    value = cell.value
    if value is None or isinstance(value, StaleNotice | Box):
        return ""
    if isinstance(value, date):
        return f"{value:%b} {value.day}, {value.year}"
    if cell.style is Style.PERCENT and isinstance(value, int | float):
        return f"{value:.1f}"
    if isinstance(value, int | float):
        return f"{value:,g}" if isinstance(value, float) else f"{value:,}"
    return value


def _class(style: Style) -> str:
    return style.value.replace(" ", "-")


def _css(look: Look) -> Mapping[str, str]:
    """Return a look as declarations; what leaves ground and ink alone follows the reader's light or dark."""
    css: dict[str, str] = {"text-align": look.align}
    if look.fill:
        css |= {"background-color": f"#{look.fill}", "color": f"#{look.ink}"}
    if look.bold:
        css["font-weight"] = "700"
    if look.italic:
        css["font-style"] = "italic"
    return css
