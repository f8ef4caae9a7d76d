"""Frozen dataclasses as rows of a table: a column a field, by name. Bytes are kept compressed."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)
else:
    Record = TypeVar("Record")


def insert(connection: sqlite3.Connection, table: str, records: Sequence[Record], **extra: object) -> None:
    """Add records of one kind, each with the `extra` columns."""
    if not records:
        return
    names = [name for name in _hints(type(records[0])) if name not in extra]
    columns = ", ".join(f'"{name}"' for name in [*names, *extra])
    holes = ", ".join("?" for _ in [*names, *extra])
    connection.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({holes})",
        [[*(_encoded(getattr(record, name)) for name in names), *extra.values()] for record in records],
    )


def update(connection: sqlite3.Connection, table: str, record: DataclassInstance, key: str) -> None:
    """Change the row of the same `key` to what the record holds."""
    names = list(_hints(type(record)))
    cells = ", ".join(f'"{name}" = ?' for name in names)
    values = [_encoded(getattr(record, name)) for name in [*names, key]]
    connection.execute(f'UPDATE {table} SET {cells} WHERE "{key}" = ?', values)


def select(
    connection: sqlite3.Connection, table: str, kind: type[Record], rest: str = "", *values: object
) -> Iterator[Record]:
    """Yield the rows as values of `kind`; `rest` is what follows FROM in the query.

    Raises ValueError or TypeError where a cell does not hold what its field can take.
    """
    hints = _hints(kind)
    columns = ", ".join(f'"{name}"' for name in hints)
    for row in connection.execute(f"SELECT {columns} FROM {table} {rest}", values):
        yield kind(
            **{name: _decoded(cell, hint) for (name, hint), cell in zip(hints.items(), row, strict=True)}
        )


@cache
def _hints(kind: type[DataclassInstance]) -> dict[str, Any]:
    """Return the fields that are cells, each with its type; those that hold other records have a table of
    their own."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    return {name: hints[name] for name in names if hints[name] in _CELLS or _is_enum(hints[name])}


def _encoded(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(value, bytes):
        return zlib.compress(value)
    return value


def _decoded(cell: object, hint: Any) -> object:
    if cell is None and type(None) in get_args(hint):
        return None
    if _is_enum(hint):
        return hint(cell)
    if not isinstance(cell, str | int | float | bytes):
        raise TypeError("a cell is blank")
    return _CELLS[hint](cell)


def _is_enum(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


_CELLS: dict[Any, Any] = {
    str: str,
    int: int,
    int | None: int,
    float: float,
    bool: bool,
    dt.date: dt.date.fromisoformat,
    dt.date | None: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    dt.datetime | None: dt.datetime.fromisoformat,
    tuple[str, ...]: lambda text: tuple(json.loads(text)),
    tuple[int, ...]: lambda text: tuple(json.loads(text)),
    bytes: zlib.decompress,
}
