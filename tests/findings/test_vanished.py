"""A student who is off the Caseload for a night is unknown, with sessions and entries (mail.md)."""

from __future__ import annotations

from sheets_sync.counted import Counted
from sheets_sync.findings.counting_again import counted
from sheets_sync.findings.known_tonight import renamed, with_unread
from sheets_sync.ledger import Ledger
from sheets_sync.problems import Problem
from sheets_sync.tables import Category
from tests.findings.a_school import entry, given, keys, line, school, slot, student
from tests.findings.test_unknown_tonight import nights, unreadable

BEN = "Ben T."
OUT = entry("10-08", Category.PROVIDER_ABSENT)
NOT_ON_CASELOAD = (unreadable("Schedule", "A2", "Ana R."), unreadable("Service Log", "B2", "Ana R."))


def both(today: str, **sheets: object) -> Ledger:
    """Ana and Ben; `sheets` say what else stands there."""
    usual = {
        "students": [student(), student(BEN)],
        "grid": [line(), line(BEN)],
        "schedule": [slot(), slot(BEN, start=600)],
        "log": [*given("10-06"), OUT, *_of_ben()],
    }
    return school(today, **(usual | sheets))


def _of_ben() -> list[dict]:
    return given("10-06", "10-08", name=BEN)


def without_ana(today: str, problems: tuple[Problem, ...] = NOT_ON_CASELOAD) -> Ledger:
    """Ana's row of the Caseload is gone: none of her rows can be read, and Ben's stand below them."""
    return both(
        today,
        students=[student(BEN)],
        grid=[line(reason="not on the Caseload"), line(BEN)],
        schedule=[slot(BEN, start=600, row=3)],
        log=[one | {"row": row} for row, one in enumerate(_of_ben(), start=4)],
        problems=problems,
    )


def test_who_is_off_the_caseload_for_two_nights_comes_back_without_a_word() -> None:
    _, *away, back = nights(both("10-09"), without_ana("10-10"), without_ana("10-14"), both("10-15"))
    assert away == [[], []]
    assert [one for one in back if "still open" not in one] == []


def test_what_was_changed_of_the_record_meanwhile_is_told_then() -> None:
    edited = both("10-14", log=[*given("10-06"), entry("10-08", Category.STUDENT_ABSENT), *_of_ben()])
    told = nights(both("10-09"), without_ana("10-10"), edited)
    assert told[1] == []
    assert "head new record-changed" in told[2]
    assert [one for one in told[2] if "schedule-changed" in one] == []


def test_a_session_of_another_student_that_is_dropped_meanwhile_is_told_at_once() -> None:
    dropped = both(
        "10-10",
        students=[student(BEN)],
        grid=[line(reason="not on the Caseload"), line(BEN)],
        schedule=[],
        log=[],
        problems=NOT_ON_CASELOAD,
    )
    assert "lee new schedule-changed" in nights(both("10-09"), dropped)[1]


def test_who_stands_nowhere_is_kept_while_the_line_left_the_grid_lately() -> None:
    before = counted(both("10-09"), keys(both("10-09")))
    alone = school("10-10", students=[student(BEN)], grid=[], schedule=[], log=[])
    now = counted(alone, ())
    kept = with_unread(before, now, alone.tables, {"Ana R."})
    assert [row.student for row in kept.schedule] == ["Ana R."]
    assert [one.student for one in kept.log] == ["Ana R."]
    assert [one.key for one in kept.lines] == ["line0"]
    assert with_unread(kept, now, alone.tables, {"Ana R."}) == kept
    assert with_unread(kept, now, alone.tables) == now


def test_who_is_renamed_on_the_caseload_first_and_elsewhere_the_next_night_is_the_same() -> None:
    """The lines keep their keys; what was kept goes by the new name."""
    vanished, back = without_ana("10-10"), _called("Anna R.", "10-14")
    before = counted(both("10-09"), keys(both("10-09")))
    last = with_unread(before, counted(vanished, keys(vanished)), vanished.tables)
    now = counted(back, keys(back))
    known = renamed(last, now)
    assert {row.student for row in known.schedule} == {row.student for row in now.schedule}
    assert _said(known) == _said(now)


def _called(name: str, today: str) -> Ledger:
    return both(
        today,
        students=[student(name), student(BEN)],
        grid=[line(name), line(BEN)],
        schedule=[slot(name), slot(BEN, start=600)],
        log=[*(one | {"student": name} for one in [*given("10-06"), OUT]), *_of_ben()],
    )


def _said(count: Counted) -> set[tuple[str, str]]:
    return {(one.student, one.entries) for one in count.log}
