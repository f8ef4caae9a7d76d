"""The rows of a grid with dates across: whose each is, and of what service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.another_table import begins_another, counts_columns
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.layouts.key_tables import calls_itself_a_key
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.row_kinds import Kind, kind_columns, kind_of_row
from sheets_sync.intake.layouts.section_headings import may_be_a_student, read_heading
from sheets_sync.intake.name_parts import whole_names
from sheets_sync.intake.services import known_service
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_ID = lazy_regex(r"\d{3,}")


@dataclass(frozen=True)
class StudentRow:
    """`beside` is what stands left of the dates, by canonical column; `carried` tells that the student is
    the one above."""

    row: int
    beside: Mapping[str, Placed]
    carried: bool = False


@dataclass
class StudentRows:
    """`nobodys` are the cells (1-based row, 0-based column) in which entries of nobody begin, `other` is the
    row (1-based) in which a table of something else begins, `untold` are the headings and titles that leave
    open of what service the entries below them are: these are not among `rows`. `maybe` are texts that are
    taken for students without entries. `of_a_kind` are the rows that are none of entries: the row, what it is
    and the column that says so. `last` is the last row about a student."""

    rows: list[StudentRow] = field(default_factory=list)
    nobodys: list[tuple[int, int]] = field(default_factory=list)
    other: int | None = None
    untold: list[tuple[int, int]] = field(default_factory=list)
    maybe: list[tuple[int, int]] = field(default_factory=list)
    of_a_kind: list[tuple[int, Kind, int]] = field(default_factory=list)
    last: int = 0


@dataclass(frozen=True)
class Of:
    """Of what service the rows are that follow: `service`, unless `untold` is the cell that leaves it open.
    `needed` tells whether the entries of the grid have a service."""

    service: Placed | None = None
    untold: tuple[int, int] | None = None
    needed: bool = True


def find_student_rows(sheet: Sheet, block: Block, of: Of, known: PeopleKnown) -> StudentRows:
    """Return the rows of a block that are about a student, each with what stands beside the dates.

    The service is that of its column, else of the heading above ("OT"), else what the title says (`of`). A
    heading that is not understood ends a service. A second service stands below the first without the
    student's name once more, directly below; where one of those stands there twice they are totals, of
    nobody.
    """
    found = StudentRows(last=block.body - 1)
    if _has_services(sheet, block):
        of = replace(of, service=None, untold=None)
    above: list[StudentRow] = []  # the rows of the student above, the named one first
    headed = False
    kinds = kind_columns(sheet, block)
    for number in range(block.body, block.last + 1):
        cells = sheet.rows[number - 1]
        if all(map(is_blank, cells)):
            above = []
            continue
        beside = _beside(sheet, block, number)
        filled = _is_filled(cells, block)
        name = beside.get("Student")
        service = known_service(str(name[0])) if name else None
        if begins_another(sheet, block, number, known, headed=headed):
            found.other = number
            break
        if service and not filled:
            of, above, headed = (
                replace(of, service=(service, number, block.beside["Student"]), untold=None),
                [],
                False,
            )
        elif _is_of_nobody(cells[: block.dates.first], name):
            above = []
        elif name and not service:
            is_heading = not filled and len(beside) == 1 and not _may_be_a_student(name, of, found, known)
            if is_heading:
                of, headed = _below_heading(of, name, headed, known)
            row = StudentRow(number, {**({"Service": of.service} if of.service else {}), **beside})
            above = [row]
            if not is_heading:
                _keep(found, row, of, kind_of_row(sheet, number, kinds, beside) if filled else None)
        elif above and (carried := _carried(number, beside, above, service)):
            above.append(carried)
            _keep(found, carried, of, None)
        elif filled and (place := _first_entry(cells, block)) is not None:
            found.nobodys.append((number, place))
    return _without_totals(found, block)


def _may_be_a_student(name: Placed, of: Of, found: StudentRows, known: PeopleKnown) -> bool:
    """Tell whether a text beside which nothing stands is a student's name; one that is not known is noted."""
    text = text_of(name[0])
    if known.students.find(name_words(text)) or _ID.fullmatch(text):
        return True
    if read_heading(text, known).understood or not may_be_a_student(text):
        return False
    if of.service and of.needed:
        found.maybe.append(name[1:])
    return True


def _below_heading(of: Of, name: Placed, headed: bool, known: PeopleKnown) -> tuple[Of, bool]:
    """Return of what the rows are below a heading, and whether one that is not understood stands above."""
    text, place = str(name[0]), name[1:]
    heading = read_heading(text, known)
    if heading.service:
        return replace(of, service=(heading.service, *place), untold=None), False
    if heading.understood or calls_itself_a_key(text) or says_what_a_code_means(text):
        return of, headed
    return replace(of, service=None, untold=place), True


def _keep(found: StudentRows, row: StudentRow, of: Of, kind: tuple[Kind, int] | None) -> None:
    """Keep a row, unless it is one of no entries, or it is not told of what service it is."""
    found.last = row.row
    if kind is not None:
        found.of_a_kind.append((row.row, *kind))
    elif of.needed and of.untold and "Service" not in row.beside:
        if of.untold not in found.untold:
            found.untold.append(of.untold)
    else:
        found.rows.append(row)


def _beside(sheet: Sheet, block: Block, row: int) -> dict[str, Placed]:
    cells = {name: cell_at(sheet, row, place) for name, place in block.beside.items()}
    if NAME_PARTS[0] in cells:
        (cells["Student"],) = whole_names(*([cells.pop(part)] for part in NAME_PARTS))
    return {name: (cell, row, block.beside[name]) for name, cell in cells.items() if not is_blank(cell)}


def _is_filled(cells: Sequence[CellValue], block: Block) -> bool:
    below = cells[block.dates.first : block.dates.last + 1]
    return any(cell is not None and cell is not False and not is_blank(cell) for cell in below)


def _first_entry(cells: Sequence[CellValue], block: Block) -> int | None:
    """Return the first column below a date in which something stands; None where it is a key of codes."""
    places = range(block.dates.first, min(block.dates.last + 1, len(cells)))
    filled = [place for place in places if cells[place] is not False and not is_blank(cells[place])]
    return None if all(_is_key(cells[place]) for place in filled) else filled[0]


def _is_of_nobody(left: Sequence[CellValue], name: Placed | None) -> bool:
    """Tell whether a row says a total, or the headers once more (as at the head of a new page)."""
    if any(isinstance(cell, str) and counts_columns(cell) for cell in left):
        return True
    said = {read_header(cell, tab="Service Log").value for cell in left if isinstance(cell, str)}
    if said.issuperset(NAME_PARTS):
        return True
    cell = name[0] if name else None
    return isinstance(cell, str) and read_header(cell, tab="Service Log").value in (
        "Student",
        "Student ID",
        "Service",
    )


def _carried(
    row: int, beside: Mapping[str, Placed], above: Sequence[StudentRow], heading: str | None
) -> StudentRow | None:
    """Return a row of the student above: its service stands in the column of services, or in the place of the
    name below a name that has no entries of its own service."""
    named = above[0].beside
    if heading and "Service" not in named:
        service: Placed = beside["Student"]
    elif not heading and "Service" in beside and known_service(str(beside["Service"][0])):
        service = beside["Service"]
    else:
        return None
    return StudentRow(row, {**beside, "Student": named["Student"], "Service": service}, carried=True)


def _has_services(sheet: Sheet, block: Block) -> bool:
    """Tell whether a column beside the dates holds services, known as one or not: then no title does."""
    if "Service" in block.beside:
        return True
    rows = range(block.body, block.last + 1)
    places = [place for place in range(block.dates.first) if place != block.beside["Student"]]
    return any(known_service(str(cell_at(sheet, row, place))) for row in rows for place in places)


def _is_key(cell: CellValue) -> bool:
    return isinstance(cell, str) and says_what_a_code_means(cell)


def _without_totals(found: StudentRows, block: Block) -> StudentRows:
    """Take out the carried rows of a student of whom a service stands there twice."""
    kept: list[StudentRow] = []
    for rows in _by_student(found.rows):
        services = [known_service(str(row.beside["Service"][0])) for row in rows if "Service" in row.beside]
        if len(set(services)) < len(services) and any(row.carried for row in rows):
            found.nobodys += [(row.row, block.dates.first) for row in rows if row.carried]
            rows = rows[:1]
        kept += rows
    return replace(found, rows=kept)


def _by_student(rows: Sequence[StudentRow]) -> Iterator[list[StudentRow]]:
    one: list[StudentRow] = []
    for row in rows:
        if not row.carried and one:
            yield one
            one = []
        one.append(row)
    if one:
        yield one
