"""The Data Problems tab (workbook.md, "The second tab that it writes")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from sheets_sync.findings.words import count
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Problem, Severity, a1
from sheets_sync.views.row_heights import row_height, text_height
from sheets_sync.views.stale_notice import stale_notice
from sheets_sync.views.tab import OutCell, Protection, Style, Tab
from sheets_sync.views.wording import long_day

HEADERS = ("Severity", "Tab", "Cell", "What stands there", "What is wrong", "What would do")
WIDTHS = (12.0, 18.0, 9.0, 34.0, 56.0, 56.0)
SEVERITY_STYLE = {Severity.ERROR: Style.RED, Severity.QUESTION: Style.YELLOW, Severity.NOTE: Style.GREY}
ABOUT_SEVERITY = "error: something is not counted\nquestion: counted, but ask\nnote: for information"
ORDER = tuple(Severity)
SUMMARY_FROM = 3
HEADER_ROW = 3
TITLE_HEIGHT = 28.0
ROW_HEIGHT = 17.0
LONGEST_VALUE = 300
RED_TONGUE, GREEN_TONGUE = "B3261E", "2E7D32"
LETTERS = lazy_regex("[A-Z]*")
NO_LINKS: Mapping[str, str] = MappingProxyType({})

NOTHING = "Nothing to mend: every cell could be read"
HOW_TO_MEND = "Mend a cell where it stands: with the next run it leaves this list."


def problems_tab(
    problems: Sequence[Problem],
    *,
    name: str,
    checked_at: datetime,
    tabs: Collection[str] | None = None,
    links: Mapping[str, str] = NO_LINKS,
    protection: Protection = "warn",
) -> Tab:
    """Make the tab: errors first, then questions, then notes, each in the order in which they were found.

    One row a cell, with a link to it; the same in many rows is one (`one_a_cause`). Empty and green when
    there is none. `tabs` are the names of the workbook's tabs: only to these can a link lead (None: to all),
    and to sheets of other workbooks by their `links`, behind which the cell is put.
    """
    causes = one_a_cause(problems)
    body = [
        _cells(problem, tabs is None or problem.tab in tabs, links.get(problem.tab, "")) for problem in causes
    ]
    top = _top(causes, name, checked_at)
    rows = (*top, tuple(OutCell(text, Style.HEADER, _about(text)) for text in HEADERS), *body)
    wide = sum(WIDTHS[SUMMARY_FROM:])
    summary, read = (text_height(str(row[SUMMARY_FROM].value), wide, 10) for row in top)
    heights = [max(TITLE_HEIGHT, summary), max(ROW_HEIGHT, read), 24.0]
    heights += [row_height(cells, WIDTHS, ROW_HEIGHT) for cells in body]
    last = len(HEADERS) - 1
    return Tab(
        name=name,
        mark="problems",
        rows=rows,
        widths=WIDTHS,
        frozen=(HEADER_ROW, 0),
        filter_row=HEADER_ROW if body else 0,
        heights=tuple(enumerate(heights, 1)),
        spans=tuple(
            f"{a1(row, first)}:{a1(row, to)}"
            for row in (1, 2)
            for first, to in ((0, SUMMARY_FROM - 1), (SUMMARY_FROM, last))
        ),
        colour=RED_TONGUE if causes else GREEN_TONGUE,
        protection=protection,
    )


def one_a_cause(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put the same text with the same problem in one column into one: the first, "and 11 more rows".

    Errors come first, then questions, then notes; within these the order stays.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for one in problems:
        column = LETTERS.match(one.cell)
        where = column[0] if column else ""
        alike.setdefault((one.severity, one.tab, where, one.value, one.problem, one.remedy), []).append(one)
    found = [_together(those) for those in alike.values()]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.severity)))


def _together(problems: Sequence[Problem]) -> Problem:
    first = problems[0]
    more = len({one.cell for one in problems}) - 1
    if not more:
        return first
    ending = "." if first.problem.endswith(".") else ""
    text = f"{first.problem.removesuffix('.')} (and {count(more, 'more row')}){ending}"
    return replace(first, problem=text)


def _cells(problem: Problem, is_there: bool, elsewhere: str) -> tuple[OutCell, ...]:
    target = problem.cell or "A1"
    link = (problem.tab, target) if problem.tab and is_there else None
    address = f"{elsewhere}{target}" if elsewhere else ""
    value = problem.value if len(problem.value) <= LONGEST_VALUE else problem.value[:LONGEST_VALUE] + " ..."
    return (
        OutCell(str(problem.severity), SEVERITY_STYLE[problem.severity]),
        OutCell(problem.tab, Style.TEXT),
        OutCell(
            problem.cell or None, Style.LINK if link or address else Style.TEXT, link=link, address=address
        ),
        OutCell(value or None, Style.WRAP),
        OutCell(problem.problem, Style.WRAP),
        OutCell(problem.remedy or None, Style.WRAP),
    )


def _top(causes: Sequence[Problem], name: str, checked_at: datetime) -> tuple[tuple[OutCell, ...], ...]:
    counts = Counter(problem.severity for problem in causes)
    words = {
        Severity.ERROR: (count(counts[Severity.ERROR], "error"), "not counted until mended"),
        Severity.QUESTION: (count(counts[Severity.QUESTION], "question"), "counted, but ask"),
        Severity.NOTE: (count(counts[Severity.NOTE], "note"), "for information"),
    }
    told = ", ".join(f"{number} ({meaning})" for kind, (number, meaning) in words.items() if counts[kind])
    summary = OutCell(told, Style.SUMMARY) if causes else OutCell(NOTHING, Style.GREEN)
    read = f"Read {long_day(checked_at.date())} at {checked_at:%H:%M}. {HOW_TO_MEND}"
    gap = (OutCell(style=Style.SUMMARY),) * (SUMMARY_FROM - 1)
    notice = OutCell(stale_notice(checked_at.date()), Style.STALE)
    return (OutCell(name, Style.TITLE), *gap, summary), (notice, *gap, OutCell(read, Style.SUMMARY))


def _about(header: str) -> str:
    return ABOUT_SEVERITY if header == "Severity" else ""
