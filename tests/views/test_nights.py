"""Night after night: no note is lost, and none stands beside another line (promise 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sheets_sync.config import Config
from sheets_sync.keys import LineIdentity, assign_keys
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.staff_columns import read_staff_columns
from sheets_sync.views.columns import LINE, NAMES, SERVICE, STAFF_NOTES
from sheets_sync.views.compliance import compliance_tab
from tests.ledgers import ledger, line

NOTES, KEY, WHAT = (NAMES.index(name) for name in (STAFF_NOTES, LINE, SERVICE))
CHECKED = datetime(2025, 11, 21, 5, 2)  # noqa: DTZ001
SERVICES = ("Speech therapy", "Reading", "Math")


@dataclass(frozen=True)
class Line:
    """A line of the grid; `own` is what it is to people, whatever its cells say."""

    own: int
    student: str
    service: str
    group: str = ""
    start: date | None = None
    provider: str = ""

    @property
    def identity(self) -> LineIdentity:
        return LineIdentity(self.student, "", self.service, self.group, self.start, self.provider)


class Nights(RuleBasedStateMachine):
    """One edit of the grid a night, any number of the tab: sorts, notes, inserted rows, lost keys."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0
        self.grid: list[Line] = []
        self.before: list[tuple[str, LineIdentity]] = []
        self.removed: dict[str, LineIdentity] = {}
        self.tab: list[list[CellValue]] = []
        self.line_of_key: dict[str, int] = {}
        self.notes: dict[str, int] = {}
        """Every note and the line that it was written for; -1 for one on a row without a key."""

    @initialize()
    def first_night(self) -> None:
        self.grid = [self.new(student, service) for student in ("Ana", "Ben") for service in SERVICES[:2]]
        self.sync()

    def new(self, student: str, service: str, provider: str = "") -> Line:
        self.made += 1
        return Line(self.made, student, service, provider=provider or f"P{self.made}")

    def sync(self) -> None:
        staff = read_staff_columns(Sheet("Compliance", self.tab) if self.tab else None)
        assigned = assign_keys([one.identity for one in self.grid], self.before, tuple(self.removed.items()))
        keys = assigned.keys
        self.removed |= {key: one for key, one in self.before if key in assigned.gone}
        self.removed = {key: one for key, one in self.removed.items() if key not in keys}
        rows = [line(one.student, one.service, start=one.start) for one in self.grid]
        tab = compliance_tab(
            ledger(rows, students=[{"student": "Ana"}, {"student": "Ben"}]),
            keys=keys,
            staff=staff,
            since={},
            checked_at=CHECKED,
            version="1",
            config=Config(),
        )
        self.before = [(key, one.identity) for key, one in zip(keys, self.grid, strict=True)]
        self.tab = [[cell.value for cell in row] for row in tab.rows]
        self.line_of_key |= {key: one.own for key, one in zip(keys, self.grid, strict=True)}

    def rows(self) -> list[list[CellValue]]:
        return [row for row in self.tab[3:] if len(row) == len(NAMES)]

    @rule(at=st.integers(0, 20))
    @precondition(lambda self: self.rows())
    def write_a_note(self, at: int) -> None:
        row = self.rows()[at % len(self.rows())]
        self.notes.pop(str(row[NOTES]), None)
        row[NOTES] = f"note {len(self.notes)} {at} {self.made}"
        self.notes[str(row[NOTES])] = self.line_of_key.get(str(row[KEY]), -1)

    @rule(
        student=st.sampled_from(("Ana", "Ben", "Cal")),
        service=st.sampled_from(SERVICES),
        at=st.integers(0, 9),
    )
    def add_a_line(self, student: str, service: str, at: int) -> None:
        self.grid.insert(min(at, len(self.grid)), self.new(student, service))
        self.sync()

    @rule(at=st.integers(0, 9))
    @precondition(lambda self: self.grid)
    def remove_a_line(self, at: int) -> None:
        del self.grid[at % len(self.grid)]
        self.sync()

    @rule(at=st.integers(0, 9), change=st.sampled_from(["student", "service", "group", "start", "provider"]))
    @precondition(lambda self: self.grid)
    def change_a_line(self, at: int, change: str) -> None:
        self.made += 1
        value = date(2025, 11, 1 + self.made % 28) if change == "start" else f"{change} {self.made}"
        at %= len(self.grid)
        self.grid[at] = replace(self.grid[at], **{change: value})  # type: ignore[arg-type]
        self.sync()

    @rule(old=st.sampled_from(("Ana", "Ben")), new=st.sampled_from(("Ana Ruiz", "Ben Todd")))
    def rename_a_student(self, old: str, new: str) -> None:
        self.grid = [replace(one, student=new) if one.student == old else one for one in self.grid]
        self.sync()

    @rule(random=st.randoms(use_true_random=False))
    def sort_the_grid(self, random: object) -> None:
        random.shuffle(self.grid)  # type: ignore[attr-defined]
        self.sync()

    @rule(random=st.randoms(use_true_random=False))
    def sort_the_tab(self, random: object) -> None:
        body = self.tab[3:]
        random.shuffle(body)  # type: ignore[attr-defined]
        self.tab[3:] = body
        self.sync()

    @rule(at=st.integers(0, 9))
    def insert_a_row_in_the_tab(self, at: int) -> None:
        self.tab.insert(min(at, len(self.tab)), [])
        self.sync()

    @rule(at=st.integers(0, 20))
    @precondition(lambda self: self.rows())
    def lose_a_key(self, at: int) -> None:
        self.rows()[at % len(self.rows())][KEY] = None
        self.sync()

    @rule(at=st.integers(0, 20), to=st.integers(0, 20))
    @precondition(lambda self: self.rows())
    def copy_a_key(self, at: int, to: int) -> None:
        rows = self.rows()
        one, other = rows[at % len(rows)], rows[to % len(rows)]
        if one[WHAT] != other[WHAT]:
            other[KEY] = one[KEY]
        self.sync()

    @invariant()
    def no_note_is_lost(self) -> None:
        assert {row[NOTES] for row in self.rows()} >= set(self.notes)

    @invariant()
    def none_stands_beside_another_line(self) -> None:
        here = {key: own.own for (key, _), own in zip(self.before, self.grid, strict=True)}
        for row in self.rows():
            if row[NOTES] in self.notes and row[KEY] in here:
                assert self.notes[str(row[NOTES])] == here[str(row[KEY])]


TestNights = Nights.TestCase
TestNights.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)
