"""Whose each table of a week grid is, by its titles and the tab's name; what does not say it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.cells import shown
from sheets_sync.intake.layouts.alternate_weeks import ALTERNATING
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_titles import Title, Titles, service_spoken_of
from sheets_sync.intake.layouts.header_words import week_in_name
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.session_cell import read_session_line
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.layouts.title_text import (
    CONSULTATION,
    FROM_WHEN,
    NOT_HELD,
    OTHER_WORK,
    TitleText,
    read_title,
)
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

_MINUTES = lazy_regex(
    r"\b(?P<minutes>[1-9]\d{0,2})[\s-]*min(?:ute)?s?\b\.?(?!\s*(?:/|a\b|per\b|each\b|every\b)\s*\w|\s*weekly)",
    re.IGNORECASE,
)
NAMES_A_DATE = "This names a date: is it the plan of that week alone? It is counted as that of every week."
SAY_WHICH_WEEKS = (
    "If it holds every week, take the date away. If not, keep each week as a table with its own dates, or"
    ' call the tab a "plan book" in the configuration, under [layouts].'
)
_SOME_DAYS = lazy_regex(r"\b(?:only|except)\b", re.IGNORECASE)
_NAME_IT = "Write above its days whose it is, with a name as on Staff or on the Caseload, and nothing else."


@dataclass(frozen=True)
class Whose:
    """What all sessions of a table share, where their cells say nothing else; `week` is "A", "B" or "".

    `minutes` is how long a title says that each lasts.
    """

    student: Placed | None = None
    provider: Placed | None = None
    service: Placed | None = None
    week: str = ""
    week_cell: tuple[int, int] = (1, 0)
    minutes: Placed | None = None

    @property
    def values(self) -> tuple[object, ...]:
        named = (one and one[0] for one in (self.student, self.provider, self.service))
        return (*named, self.week)


def whose_tables(
    sheet: Sheet,
    tables: Sequence[DaysAcross],
    titles: Sequence[Titles],
    known: PeopleKnown,
    problems: GridProblems,
) -> list[Whose | None] | None:
    """Return of each table whose it is, None for one that is reported and not read; None for all where tables
    stand side by side and nothing tells them apart.

    A table that stands alone, or first, need not say it. One below another has to, unless its times go on
    where those of the table above end, or it is of other days.
    """
    beside = [titles[n] for n, table in enumerate(tables) if table.row == tables[0].row]
    weeks = _weeks(tables, titles)
    if len(beside) > 1 and not any(title.names for title in beside) and not weeks:
        return None
    tab = read_title(sheet.name, known)
    owners: list[Whose | None] = []
    dated = [title for title in titles if title.dated]
    for number, (table, title) in enumerate(zip(tables, titles, strict=True)):
        why, remedy = _why_not_read(table, title, weeks, len(dated))
        whose = None if why else _whose(title, tab, problems)
        if whose and table.below and not title.names:
            whose = _continued(sheet, tables[:number], owners, table, title)
            why = "" if whose else "Another table begins here, and whose it is is not told: it is not read."
            remedy = _NAME_IT
        if (
            whose
            and title.names
            and _only_weeks(title)
            and (above := _above(tables[:number], table)) is not None
        ):
            whose = _of_same(whose, owners[above])
        days = [day.header for day in table.days]
        alike = (
            (
                owner is not None
                and owner.values == whose.values
                and [day.header for day in other.days] == days
                for owner, other in zip(owners, tables[:number], strict=True)
            )
            if whose and title.names
            else ()
        )
        if any(alike):
            why, whose = "A table above is of the same: this one is not read.", None
            remedy = "Remove the one that does not hold, or write above each whose it is."
        if why:
            row, place = _cell(table, title)
            problems.report(Severity.ERROR, row, place, why, remedy)
        elif whose:
            _ask(title, known, problems)
        owners.append(whose)
    if week_in_name(sheet.name) and not dated:
        problems.report(Severity.QUESTION, 1, 0, NAMES_A_DATE, SAY_WHICH_WEEKS, sheet.name)
    _ask_of_other_work(tab, 1, 0, problems)
    return owners


def _weeks(tables: Sequence[DaysAcross], titles: Sequence[Titles]) -> set[str]:
    """Return the weeks that any table is said to be for, by a title or by the headers of its days."""
    of_titles = {week for title in titles for text in _for_weeks(title) for week in text.read.weeks}
    return of_titles | {day.header.week for table in tables for day in table.days if day.header.week}


def _for_weeks(title: Titles) -> list[Title]:
    """Return the titles that say for which weeks a table is: "Week A begins 9/8/2025" where no other does."""
    naming = [text for text in title.texts if text.read.weeks]
    return [text for text in naming if not text.read.begins] or naming


def _why_not_read(table: DaysAcross, title: Titles, weeks: set[str], dated: int) -> tuple[str, str]:
    """Return why a table is not read and what would do, "" where nothing stands against it."""
    of_days = {day.header.week for day in table.days}
    own = {week for text in _for_weeks(title) for week in text.read.weeks} if of_days == {""} else set()
    if any(text.read.left_over and NOT_HELD.search(text.read.text) for text in title.texts):
        problem = "By its title this table is not held each week of this school year: it is not read."
        return problem, "Put it on another tab, or mend its title."
    if any(text.partly for text in title.texts):
        problem = (
            "A title stands over some of the days, and for which of them it is is not told: none is read."
        )
        return problem, "Write it on the left above the days, or merge it over all for which it is."
    if weeks - set(ALTERNATING):
        problem = "Which weeks these are cannot be told: only weeks A and B, which alternate, are read."
        return problem, "Keep these sessions as a list, with From and To."
    if len(own) > 1 or (weeks and not own and of_days == {""}):
        problem = "Weeks A and B are named here, and for which of them this table is is not: it is not read."
        return problem, 'Write "Week A" or "Week B" above its days.'
    if table.beside and not title.names and of_days == {""}:
        return "A table stands beside this one, and whose this is is not told: it is not read.", _NAME_IT
    if dated > 1 and title.dated:
        problem = "These are tables of several weeks, each with its dates: they are not read."
        return problem, "Keep one table that holds in every week, or a list with From and To."
    return "", ""


def _whose(title: Titles, tab: TitleText, problems: GridProblems) -> Whose:
    students, providers = _named(title.understood, "students"), _named(title.understood, "provider")
    services = _named(title.understood, "service")
    service = next(iter(services.values())) if len(services) == 1 else title.spoken
    week = next(((text.read.weeks, text.row, text.place) for text in _for_weeks(title)), None)
    if not providers:
        left = [(text.read.one_provider, text) for text in title.texts if text.read.one_provider]
        providers = {name: (name, text.row, text.place) for name, text in left}
    for text in title.understood:
        problems.called(text.read.said.short, text.row, text.place)
    if tab.names and not tab.left_over:
        problems.called(tab.said.short, 1, 0)
        students = students | {name: (name, 1, 0) for name in tab.said.students if name not in students}
        if tab.said.provider not in ("", *providers):
            providers = providers | {tab.said.provider: (tab.said.provider, 1, 0)}
    return Whose(
        _one(students, "student", problems),
        _one(providers, "provider", problems),
        service or service_spoken_of([(tab.text, 1, 0)]),
        next(iter(week[0])) if week else "",
        week[1:] if week else (1, 0),
        _minutes(title),
    )


def _minutes(title: Titles) -> Placed | None:
    """Return how long each session is by the titles ("20 minute sessions"); minutes a week are no such."""
    found = [
        (int(said["minutes"]), text.row, text.place)
        for text in title.texts
        for said in _MINUTES.finditer(text.read.text)
    ]
    return found[0] if len({minutes for minutes, _, _ in found}) == 1 else None


def _named(titles: Iterable[Title], part: str) -> dict[str, Placed]:
    found: dict[str, Placed] = {}
    for title in titles:
        said = getattr(title.read.said, part)
        for name in said if isinstance(said, tuple) else (said,):
            if name:
                found.setdefault(name, (name, title.row, title.place))
    return found


def _one(found: dict[str, Placed], what: str, problems: GridProblems) -> Placed | None:
    """Return the one that titles name; where they name several it is asked about, and none taken."""
    if len(found) > 1:
        _, row, place = list(found.values())[1]
        problem = f"The titles name more than one {what} ({', '.join(found)}): none is taken."
        problems.report(Severity.QUESTION, row, place, problem, _NAME_IT)
    return next(iter(found.values())) if len(found) == 1 else None


def _only_weeks(title: Titles) -> bool:
    said = [text.read.said for text in title.texts]
    return not any(one.students or one.provider or one.service for one in said)


def _above(tables: Sequence[DaysAcross], table: DaysAcross) -> int | None:
    """Return which table is the nearest above one, in its columns."""
    found = [
        n for n, one in enumerate(tables) if one.row < table.row and one.overlaps(table.left, table.end - 1)
    ]
    return found[-1] if found else None


def _of_same(whose: Whose, above: Whose | None) -> Whose:
    """Return whose a table is whose title names its weeks alone: that of the one above, for other weeks."""
    if above is None or not above.week or above.week == whose.week:
        return whose
    return replace(whose, student=above.student, provider=above.provider, service=above.service)


def _continued(
    sheet: Sheet,
    tables: Sequence[DaysAcross],
    owners: Sequence[Whose | None],
    table: DaysAcross,
    title: Titles,
) -> Whose | None:
    """Return whose the table above is where this one has no title, and the same days with times after it, or
    none of the days that tables of the same have above."""
    above = _above(tables, table)
    if title.texts or above is None:
        return None
    before, whose = tables[above], owners[above]
    of_same = (
        one
        for one, owner in zip(tables, owners, strict=True)
        if owner is not None and whose is not None and owner.values == whose.values
    )
    if before.days != table.days:
        return whose if not any(_keys(one) & _keys(table) for one in of_same) else None
    ends = [time[1] or time[0] for time in _times(sheet, before)]
    starts = [time[0] for time in _times(sheet, table)]
    goes_on = bool(ends and starts) and max(ends) <= min(starts)
    return whose if goes_on else None


def _keys(table: DaysAcross) -> frozenset[str]:
    return frozenset(key for day in table.days for key in day.header.keys)


def _times(sheet: Sheet, table: DaysAcross) -> list[tuple[int, int | None]]:
    rows = range(table.row + 1, table.last_row + 1)
    cells = (cell_at(sheet, row, place) for row in rows for place in range(table.left, table.first))
    return [time for cell in cells if (time := clock_of(cell)) is not None]


def _cell(table: DaysAcross, title: Titles) -> tuple[int, int]:
    """Return the title that is not understood, else the first of all, else the header of the first day."""
    texts = title.texts
    wrong = [text for text in texts if text.partly or text.read.left_over or text.read.weeks] or texts
    return (wrong[0].row, wrong[0].place) if wrong else (table.row, table.first)


def _ask(title: Titles, known: PeopleKnown, problems: GridProblems) -> None:
    if title.dated:
        problems.report(Severity.QUESTION, *title.dated, NAMES_A_DATE, SAY_WHICH_WEEKS)
    for text in title.texts:
        if text.read.left_over and FROM_WHEN.search(text.read.text):
            problem = "This may say from or until when the grid holds: it is counted without such a date."
            remedy = "Keep sessions that begin or end within the year as a list with From and To."
            problems.report(Severity.QUESTION, text.row, text.place, problem, remedy)
        _ask_of_other_work(text.read, text.row, text.place, problems)
        several = _several_providers(text, known)
        if len(several) > 1:
            problem = f"This names more than one provider ({', '.join(several)}): none is taken."
            problems.report(Severity.QUESTION, text.row, text.place, problem, _NAME_IT)
        elif text.read.providers and not text.read.one_provider:
            problem = (
                f"Whether the sessions are those of {text.read.providers[0]} is not told: none is taken."
            )
            problems.report(Severity.QUESTION, text.row, text.place, problem, _NAME_IT)
        if text.read.left_over and _SOME_DAYS.search(text.read.text):
            problem = "This may say that the grid holds on some days alone: it is counted on all."
            remedy = "Write it into the cells of these days, or mend the title."
            problems.report(Severity.QUESTION, text.row, text.place, problem, remedy)


def _ask_of_other_work(title: TitleText, row: int, place: int, problems: GridProblems) -> None:
    if title.left_over and any(work.search(title.text) for work in (OTHER_WORK, CONSULTATION)):
        problem = (
            f"By its title ({shown(title.text)}) the grid may be of other work than services: it is counted."
        )
        remedy = "Keep evaluations, screenings and planning on another tab, or mend the title."
        problems.report(Severity.QUESTION, row, place, problem, remedy, title.text)


def _several_providers(title: Title, known: PeopleKnown) -> tuple[str, ...]:
    if not title.read.left_over or len(title.read.text) > LONGEST:
        return ()
    if len(title.read.providers) > 1:
        return title.read.providers
    said = read_session_line(plain(title.read.text), known).several
    return said if any(known.providers.find(name_words(name)) for name in said) else ()
