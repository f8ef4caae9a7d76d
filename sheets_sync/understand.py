"""What a workbook says: read into tables, counted, with what staff wrote on our tab. Pure, but for `look`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.config import Config
from sheets_sync.findings.address_cells import address_cells
from sheets_sync.frozen import Frozen, frozen_tonight, held_words, said_to_stand, with_last_good
from sheets_sync.keys import Assigned
from sheets_sync.last_good_sheets import read_with_last_good
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.line_keys import keys_of_tonight, names_of
from sheets_sync.ports import Sheet, Snapshot, Store, Workbook
from sheets_sync.problems import Problem
from sheets_sync.staff_columns import StaffColumns, read_staff_columns
from sheets_sync.state import State
from sheets_sync.views.line_rows import LineRows, line_rows
from sheets_sync.views.what_to_do import what_to_do
from sheets_sync.who_needs import earliest_away


@dataclass(frozen=True)
class Understood:
    """A workbook counted. `keys` and `what_to_do` stand in the order of `ledger.lines`; `frozen` is what is
    held of it, because a sheet of another workbook could not be read."""

    snapshot: Snapshot
    ledger: Ledger
    staff: StaffColumns
    assigned: Assigned
    rows: LineRows
    what_to_do: tuple[str, ...]
    problems: tuple[Problem, ...]
    frozen: Frozen | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return self.assigned.keys


def look(workbook: Workbook, store: Store, config: Config, today: date) -> Understood:
    """Read and count, and write nothing. Raises what the ports raise, and CannotCount."""
    return understand(workbook.read(), store.load(), config, today)


def understand(snapshot: Snapshot, state: State, config: Config, today: date) -> Understood:
    """Count what stands in the workbook. Raises CannotCount."""
    tables = read_with_last_good(snapshot, state.guarded.sheets, config, today)
    tables = replace(tables, earliest_away=earliest_away(tables, state))
    ledger = count(tables, config.rules, today)
    staff = read_staff_columns(our_tab(snapshot), names_of(state.lines))
    rows = line_rows(ledger)
    assigned = keys_of_tonight(ledger, state.lines, staff)
    to_do = tuple(what_to_do(ledger, config.rules, rows))
    courses = list(zip(ledger.lines["student"].tolist(), ledger.lines["service"].tolist(), strict=True))
    frozen = frozen_tonight(ledger, state, dict(zip(assigned.keys, courses, strict=True)))
    if frozen is not None:
        ledger = with_last_good(ledger, assigned.keys, frozen)
        whose = zip(to_do, assigned.keys, courses, strict=True)
        to_do = tuple(held_words(text, key, course, frozen) for text, key, course in whose)
    return Understood(
        snapshot=snapshot,
        ledger=ledger,
        staff=staff,
        assigned=assigned,
        rows=rows,
        what_to_do=to_do,
        problems=tuple(
            dict.fromkeys(
                (
                    *tables.problems,
                    *ledger.problems,
                    *address_cells(tables, config.allowed_domains),
                    *(said_to_stand(frozen) if frozen else ()),
                )
            )
        ),
        frozen=frozen,
    )


def our_tab(snapshot: Snapshot) -> Sheet | None:
    """Return our Compliance tab as it was read, None where there is none."""
    return next((sheet for sheet in snapshot.sheets if sheet.mark == "compliance"), None)
