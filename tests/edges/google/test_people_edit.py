"""People edit while the program runs: whatever they do, at whatever moment, and whatever breaks on the way,
no note is lost or stands beside another line, no other tab changes, and the tab is one run's (promises 7 to
9).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sheets_sync.boxes import THIS_IS_MEANT
from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.failures import Refused
from sheets_sync.problems import Changed, Held, NotOurs, RunFailed
from sheets_sync.run import Outcome
from tests.edges.google import laid, watching
from tests.edges.google.a_school import STUDENTS, Killed, Line, Nights, School, a_workbook
from tests.edges.google.staff_edits import EDITS, PROBLEMS, Hands, make, ours, rename
from tests.sheets_server.faults import Fault
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.staff import Edit, When

NUMBERS = st.integers(0, 60)
AN_EDIT = st.tuples(st.sampled_from(sorted(EDITS)), NUMBERS, NUMBERS, NUMBERS)
EDITS_AT_ONCE = st.lists(AN_EDIT, min_size=1, max_size=3)
FAULTS = {
    "500": Fault(status=500),
    "503, but it was done": Fault(status=503, applied=True),
    "a page of a proxy's, but it was done": Fault(html=True, status=502, applied=True),
    "429": Fault(status=429, headers={"Retry-After": "7"}),
    "the token is not taken": Fault(status=401),
    "reset before": Fault(reset="before"),
    "reset after": Fault(reset="after"),
    "half of the answer": Fault(cut=40),
}

OURS = ("Compliance", "Data Problems")
AnEdit = tuple[str, int, int, int]
_SERVER: list[SheetsServer] = []


@pytest.fixture(scope="module", autouse=True)
def _server() -> Iterator[None]:
    with SheetsServer() as server:
        _SERVER.append(server)
        yield
        assert server.crashes == []
        _SERVER.clear()


class PeopleEdit(RuleBasedStateMachine):
    """A workbook, the people in it, and a program that runs there every night."""

    def __init__(self) -> None:
        super().__init__()
        self.server = _SERVER[0]
        self.server.requests.clear()
        self.server.faults.clear()
        self.server.staff.forget()
        self.school = School()
        self.hands = Hands(self.school)
        self.broken: list[BaseException] = []
        self.holds = True
        self.keys: dict[object, str] = {}

    @initialize(lines=st.integers(2, 4), twins=st.booleans())
    def begin(self, lines: int, twins: bool) -> None:
        self.school.lines += [Line(STUDENTS[at], missed=at % 2 == 1) for at in range(lines)]
        if twins:
            self.school.lines.insert(1, Line(STUDENTS[0], provider="K. Olsen"))
        folder = Path(tempfile.mkdtemp())
        who = access(GoogleConfig(self.server.key_file(folder), endpoint=self.server.url))
        self.nights = Nights(self.server, who, a_workbook(self.server, self.school).id)
        self.seen = self.nights.book
        self.notes = watching.scan(self.seen)
        self._run()

    @rule(edits=EDITS_AT_ONCE)
    def staff_edit(self, edits: list[AnEdit]) -> None:
        self.server.staff.do(self.nights.book_id, lambda book: self._edit(book, edits))
        self._nothing_broke()

    @rule(
        days=st.integers(0, 9),
        meanwhile=st.lists(st.tuples(st.sampled_from(["write", "read"]), EDITS_AT_ONCE), max_size=3),
        breaks=st.lists(
            st.tuples(st.sampled_from(["write", "read"]), st.sampled_from(sorted(FAULTS))), max_size=2
        ),
        killed_at=st.one_of(st.none(), st.integers(0, 12)),
    )
    def night(
        self,
        days: int,
        meanwhile: list[tuple[When, list[AnEdit]]],
        breaks: list[tuple[str, str]],
        killed_at: int | None,
    ) -> None:
        """Run, while staff edit and things break; where the program was killed or held, once more."""
        self.nights.clock.turn(days)
        for before, edits in meanwhile:
            self.server.staff.next(self._at(before, edits), before, self.nights.book_id)
        for kind, fault in breaks:
            self.server.faults.next(FAULTS[fault], kind)
        if not self._run(faulty=bool(breaks), killed_at=killed_at):
            self._run()

    def teardown(self) -> None:
        if hasattr(self, "nights"):
            if self.holds:
                self._run()
            self.server.remove(self.nights.book_id)

    def _run(self, *, faulty: bool = False, killed_at: int | None = None) -> bool:
        """Run once, and look at what came of it. Return False where the program was killed, or
        held the workbook: then staff say that it is meant."""
        since = len(self.server.requests)
        self.edited: list[str] = []
        self.holds = False
        outcome, again = None, False
        try:
            outcome = self.nights.run(killed_at)
        except Killed:
            again = True
        except Held:
            again = True
            self.server.staff.do(self.nights.book_id, self._say_that_it_is_meant)
        except Changed:
            assert self.edited.count("write") >= 3
        except Refused:  # the third of three writes, each of which met an edit, is refused for itself
            assert faulty or self.edited.count("write") == 3
        except NotOurs:
            self.server.staff.do(self.nights.book_id, self._free_our_names)
        except RunFailed:
            assert faulty
        finally:
            self.server.staff.forget()
            self.server.faults.clear()
        asked = [one.kind for one in self.server.requests[since:] if one.kind in ("read", "write")]
        self._nothing_broke()
        self._look(self.nights.book)
        if outcome is not None:
            self._finished(outcome)
        if outcome is not None and not faulty:
            self._few_requests(asked)
        self.holds = True
        return not again

    def _at(self, before: When, edits: list[AnEdit]) -> Edit:
        def edit(book: Spreadsheet) -> None:
            self.edited.append(before)
            self._edit(book, edits)

        return edit

    def _edit(self, book: Spreadsheet, edits: list[AnEdit]) -> None:
        """Look what the program did, then edit; what stands there now is what must stay."""
        try:
            self._look(book)
        except AssertionError as error:
            self.broken.append(error)
            return
        for name, a, b, c in edits:
            make(book, self.hands, name, a, b, c)
        self.seen, self.notes = book.copy(), watching.scan(book)

    def _say_that_it_is_meant(self, book: Spreadsheet) -> None:
        """Tick every box beside the banner; there is none where staff took it away at once."""
        self._look(book)
        sheet = ours(book)
        assert sheet is not None
        for (row, column), cell in list(sheet.cells.items()):
            if cell.get("userEnteredValue") == {"stringValue": THIS_IS_MEANT}:
                box = sheet.cells.get((row, column + 1), {})
                sheet.cells[row, column + 1] = {**box, "userEnteredValue": {"boolValue": True}}
        self.seen, self.notes = book.copy(), watching.scan(book)

    def _free_our_names(self, book: Spreadsheet) -> None:
        """Staff had given a tab of theirs the name of one of ours that they had deleted: they rename it."""
        taken = [sheet for name in OURS if (sheet := book.sheet_named(name)) is not None]
        theirs = [sheet for sheet in taken if sheet not in (ours(book), ours(book, PROBLEMS))]
        assert theirs
        self._look(book)
        for sheet in theirs:
            rename(book, sheet.id, f"Theirs {self.hands.next()}")
        self.seen = book.copy()

    def _look(self, book: Spreadsheet) -> None:
        watching.same_notes(self.notes, watching.scan(book))
        watching.others_same(self.seen, book)

    def _nothing_broke(self) -> None:
        if self.broken:
            raise self.broken[0]
        assert self.server.crashes == []

    def _finished(self, outcome: Outcome) -> None:
        self.notes, self.seen = watching.scan(self.nights.book), self.nights.book
        self._same_keys(outcome)
        if "write" in self.edited[-1:]:
            return
        for tab in outcome.decided.tabs:
            sheet = ours(self.nights.book, tab.mark)
            assert sheet is not None
            watching.shows(sheet, tab)
        watching.named(self.nights.book)
        assert not (again := self.nights.would_send()), again

    def _same_keys(self, outcome: Outcome) -> None:
        """A line that nobody changed has the key that it had."""
        now = keys_of(outcome)
        assert {line: key for line, key in now.items() if self.keys.get(line, key) != key} == {}
        self.keys = now

    def _few_requests(self, asked: list[str]) -> None:
        times = 1 + self.edited.count("write")
        assert asked.count("read") <= min(times, 3)
        assert asked.count("write") <= min(times, 3)


def keys_of(outcome: Outcome) -> dict[object, str]:
    """Return the key of each line as it stands in the grid."""
    seen = outcome.decided.understood
    names = ["student", "service", "group", "provider", "sessions", "minutes"]
    lines = zip(
        map(str, seen.ledger.lines[names].to_dict("records")),
        map(str, seen.ledger.tables.lines["start"]),
        strict=True,
    )
    return dict(zip(lines, seen.keys, strict=True))


def test_a_link_of_data_problems_leads_to_the_cell_as_it_stands_after_the_write(tmp_path: Path) -> None:
    """Staff typed no date under "Snooze until", and inserted a column left of it: the write moves it back."""
    server = _SERVER[0]
    who = access(GoogleConfig(server.key_file(tmp_path), endpoint=server.url))
    nights = Nights(server, who, a_workbook(server, School([Line(STUDENTS[0])])).id)
    nights.run()

    def edit(book: Spreadsheet) -> None:
        sheet = laid.on_server(book)
        sheet.cells[laid.FIRST_LINE, laid.SNOOZE] = {"userEnteredValue": {"stringValue": "soon"}}
        laid.insert(book, "COLUMNS", 2, 2)

    server.staff.do(nights.book_id, edit)
    nights.clock.turn(1)
    nights.run()
    shown = laid.our_tab(nights.book).cell(laid.FIRST_LINE, laid.SNOOZE).value
    (row,) = [cells for cells in laid.our_tab(nights.book, "problems").cells if cells[3].value == "soon"]
    link = f"#gid={laid.our_tab(nights.book).id}&range=X4"
    assert (shown, row[2].value, row[2].link) == ("soon", "X4", link)
    assert nights.would_send() == []


LIVELY = settings(deadline=None, suppress_health_check=list(HealthCheck))


def holds(weeks: settings) -> bool:
    """Tell whether the server was asked and never at a loss; raises where a week leaves what must not be."""
    run_state_machine_as_test(PeopleEdit, settings=weeks)
    return bool(_SERVER[0].requests) and _SERVER[0].crashes == []


def test_whatever_people_do_while_it_runs_no_note_is_lost_and_the_tab_is_one_run() -> None:
    assert holds(settings(LIVELY, max_examples=8, stateful_step_count=12))


@pytest.mark.slow
def test_100_weeks_of_whatever_people_do() -> None:
    assert holds(settings(LIVELY, max_examples=100, stateful_step_count=25))
