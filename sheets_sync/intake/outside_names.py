"""What to call a sheet where no student may be named: standard error, `runs`, mail to who runs the program.

A tab may be called by a child, and tonight's Caseload need not know that child. Only words of the field, and
what the configuration says, are said there (promise 20).
"""

from __future__ import annotations

from sheets_sync.config import Names
from sheets_sync.intake.headers import tab_name
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.names import name_key
from sheets_sync.intake.sheet_names import calls_a_student, said_by
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet, source_name

_NOBODY = PeopleKnown()
_WORD = lazy_regex(r"[^\W\d_]+")
_WEEKS = frozenset(("week", "weeks", "wk", "wks", "plan", "plans", "planner", "planbook"))
_OF_WEEKS = _WEEKS | frozenset(
    (
        *(
            "of",
            "the",
            "to",
            "my",
            "book",
            "lesson",
            "lessons",
            "weekly",
            "daily",
            "sy",
            "st",
            "nd",
            "rd",
            "th",
        ),
        *(
            "a",
            "b",
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "sept",
            "oct",
            "nov",
            "dec",
        ),
        *("january", "february", "march", "april", "june", "july", "august", "september", "october"),
        *("november", "december", "mon", "monday", "fri", "friday"),
    )
)
"""Words of a plan book's tabs: a month alone may be a child, "May"; "Week of May 4" is none."""


def name_outside(sheet: Sheet, tab: str, names: Names, known: PeopleKnown) -> str:
    """Return what to call a sheet that was read as `tab`, "" where its own name may be said."""
    if sheet.as_tab:
        return of_source(sheet, tab)
    if calls_a_student(sheet.name, known):
        return f"the tab of a student ({tab})"
    return (
        "" if _is_of_the_field(sheet.name) or _is_configured(sheet, names) else f"the tab of somebody ({tab})"
    )


def quoted_outside(sheet: Sheet, tab: str) -> str:
    """Return what an error calls a sheet that cannot be read as `tab`, which its name or the configuration
    says it is: 'the tab "SLP log"', 'the Service Log of "OT log"'."""
    return of_source(sheet, tab) if sheet.as_tab else f'the tab "{sheet.name}"'


def columns_key(sheet: Sheet, tab: str, column: str = "", header: str = "") -> str:
    """Return the key of the configuration that names the columns of a sheet, and `column` by its `header`
    there: [columns."Service Log"], of another workbook's sheet the `columns` of its [[sources]]."""
    entry = f'"{column}" = "{header}"' if column else ""
    if not sheet.as_tab:
        return f'[columns."{tab}"] {entry}'.rstrip()
    inner = f"{{ {entry} }}" if entry else "{ ... }"
    return f'[[sources]] "{source_name(sheet)}", columns = {{ "{tab}" = {inner} }}'


def of_source(sheet: Sheet, tab: str) -> str:
    """Return what to call a sheet of another workbook: by the name that the configuration gives that."""
    return f'the {tab} of "{source_name(sheet)}"'


def _is_of_the_field(name: str) -> bool:
    return tab_name(name) is not None or said_by(name, _NOBODY) is not None or _is_a_week(name)


def _is_a_week(name: str) -> bool:
    """Tell whether a name is that of a plan book or of one of its weeks: "Week of Oct 6", "Wk 9-8"."""
    words = set(_WORD.findall(name.casefold()))
    return bool(words & _WEEKS) and words <= _OF_WEEKS


def _is_configured(sheet: Sheet, names: Names) -> bool:
    further = (name for others in names.further_tabs.values() for name in others)
    return name_key(sheet.name) in map(name_key, (*names.tabs.values(), *further))
