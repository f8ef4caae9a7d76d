"""JSON bodies read as Google's parser reads them: strict about names and types, lenient about spelling.

What comes out is canonical: camelCase names, numbers as numbers, enums by name, lists as lists, no nulls.
Every violation is collected, with the path as Google writes it: `requests[0].update_cells.range`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.field_mask import camel
from tests.sheets_server.model import Json
from tests.sheets_server.oneofs import ONE_OF

LIST_VALUE = "type.googleapis.com/google.protobuf.ListValue"
MESSAGE = "type.googleapis.com/google.apps.sheets.v4."
_NOTHING = object()
_LARGEST = {"int32": 2**31, "int64": 2**63, "uint32": 2**32}


@dataclass
class Violations:
    """What is wrong with a request: pairs of where it is ("" for the whole of it) and a sentence."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def unknown_name(self, name: str, where: str, why: str = "Cannot find field.") -> None:
        at = f" at '{where}'" if where else ""
        self.found.append((where, f'Invalid JSON payload received. Unknown name "{name}"{at}: {why}'))

    def invalid_value(self, where: str, kind: str, value: Any) -> None:
        shown = value if kind == "oneof" else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.found.append((where, f"Invalid value at '{where}' ({kind}), {shown}"))

    def error(self) -> ApiError:
        """Return the 400 that Google answers: all sentences, and each with its place in the details."""
        violations = [
            {"field": where, "description": said} if where else {"description": said}
            for where, said in self.found
        ]
        detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
        return bad_request("\n".join(said for _, said in self.found), [detail])


def parsed(text: str) -> Any:
    """Return the JSON of a body. Raises ApiError as Google for what is none."""
    if not text.strip():
        return {}
    try:
        return json.loads(text)
    except ValueError as error:
        at = getattr(error, "pos", 0)
        line = text[max(0, at - 20) : at + 20].split("\n")[0]
        said = f"Invalid JSON payload received. Unexpected token.\n{line}\n{' ' * min(at, 20)}^"
        detail = {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [{"description": said}],
        }
        raise bad_request(said, [detail]) from None


class Reader:
    """Reads one body by the schemas of a discovery document. Violations are collected in `violations`."""

    def __init__(self, schemas: Mapping[str, Json], violations: Violations, *, lenient: bool = False) -> None:
        self._schemas = schemas
        self._violations = violations
        self._lenient = lenient

    def message(self, value: Any, schema: str, where: str) -> Json:
        """Return the canonical form of `value`, a message of this schema."""
        if not isinstance(value, dict):
            self._not_a_message(value, schema, where)
            return {}
        properties: Json = self._schemas[schema].get("properties", {})
        read: Json = {}
        chosen: dict[str, str] = {}
        for name, item in value.items():
            known = name if name in properties else camel(name)
            if known not in properties:
                if not self._lenient:
                    self._violations.unknown_name(name, where)
                continue
            if item is None and not _takes_null(properties[known]):
                continue
            if not self._first_of_its_kind(schema, known, name, where, chosen):
                continue
            result = self.value(item, known, properties[known], joined(where, snake(known)))
            if result is not _NOTHING:
                read[known] = result
        return read

    def value(self, value: Any, name: str, spec: Json, where: str) -> Any:
        """Return the canonical form of the value of one field."""
        if spec.get("type") == "array":
            return self._list(value, name, spec["items"], where)
        if isinstance(value, list) and spec.get("type") != "any":
            parent, _, last = where.rpartition(".")
            self._violations.unknown_name(
                last or name, parent, "Proto field is not repeating, cannot start list."
            )
            return _NOTHING
        if "$ref" in spec:
            return self.message(value, spec["$ref"], where)
        if "additionalProperties" in spec:
            return self._map(value, name, spec["additionalProperties"], where)
        if spec.get("type") == "any":
            return value
        return self._scalar(value, name, spec, where)

    def _list(self, value: Any, name: str, items: Json, where: str) -> list[Any]:
        """A single value stands for a list of it; a list within a list of messages is taken apart."""
        inner = items.get("type") == "array"
        read = []
        for at, item in _items(value, where, keep_lists=inner):
            if item is None:
                continue
            if inner and not isinstance(item, list):
                self._violations.invalid_value(at, LIST_VALUE, item)
                continue
            result = item if inner else self.value(item, name, items, at)
            if result is not _NOTHING:
                read.append(result)
        return read

    def _map(self, value: Any, name: str, spec: Json, where: str) -> Any:
        if not isinstance(value, dict):
            self._violations.invalid_value(where, "Map", value)
            return _NOTHING
        return {key: self.value(item, name, spec, f"{where}[{key}]") for key, item in value.items()}

    def _scalar(self, value: Any, name: str, spec: Json, where: str) -> Any:
        if "enum" in spec:
            read, kind = _enum(value, spec["enum"]), f"{MESSAGE}{enum_name(name)}"
        elif spec.get("format") == "google-fieldmask":
            read, kind = (
                (value if isinstance(value, str) else None),
                "type.googleapis.com/google.protobuf.FieldMask",
            )
        else:
            read_with, kind = _SCALARS[spec.get("type", "string")]
            read = read_with(value, spec)
            kind = kind.format(spec.get("format", "").upper())
        if read is None:
            self._violations.invalid_value(where, kind, value)
            return _NOTHING
        return read

    def _not_a_message(self, value: Any, schema: str, where: str) -> None:
        if where:
            self._violations.invalid_value(where, MESSAGE + schema, value)
        else:
            self._violations.unknown_name("", "", "Root element must be a message.")

    def _first_of_its_kind(
        self, schema: str, known: str, written: str, where: str, chosen: dict[str, str]
    ) -> bool:
        oneof = ONE_OF.get(schema, {}).get(known) or ONE_OF.get(schema, {}).get("*")
        if oneof is None:
            return True
        if chosen.setdefault(oneof, known) == known:
            return True
        said = f"oneof field '{oneof}' is already set. Cannot set '{written}'"
        self._violations.invalid_value(where, "oneof", said)
        return False


def joined(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def snake(name: str) -> str:
    """Return the name of a field as protocol buffers have it: "updateCells" is "update_cells"."""
    return re.sub(r"[A-Z]", lambda letter: "_" + letter.group().lower(), name)


def enum_name(name: str) -> str:
    """Return Google's name of the enum that a field takes."""
    name = name.removeprefix("response")
    known = {"majorDimension": "Dimension", "shiftDimension": "Dimension", "type": "ConditionType"}
    return known.get(name, name[:1].upper() + name[1:])


def _items(value: Any, where: str, *, keep_lists: bool) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list with their places. Lists within it are taken apart unless they are kept."""
    if not isinstance(value, list):
        yield where, value
        return
    for index, item in enumerate(value):
        if isinstance(item, list) and not keep_lists:
            yield from _items(item, f"{where}[{index}]", keep_lists=False)
        else:
            yield f"{where}[{index}]", item


def _takes_null(spec: Json) -> bool:
    return spec.get("type") == "any"


def _enum(value: Any, names: list[str]) -> str | None:
    if isinstance(value, str) and value in names:
        return value
    number = _whole_number(value, {"format": "int32"})
    if number is None or not 0 <= number < len(names):
        return None
    return names[number]


def _number(value: Any, spec: Json) -> float | int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value == int(value) and abs(value) < 2**53 else float(value)


def _whole_number(value: Any, spec: Json) -> int | None:
    number = value if isinstance(value, int) and not isinstance(value, bool) else _number(value, spec)
    if isinstance(number, float):
        return None
    if number is None or not -_LARGEST[spec["format"]] <= number < _LARGEST[spec["format"]]:
        return None
    return number


def _boolean(value: Any, spec: Json) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value)
    return value if isinstance(value, bool) else None


def _text(value: Any, spec: Json) -> str | None:
    return value if isinstance(value, str) else None


_SCALARS: dict[str, tuple[Callable[[Any, Json], Any], str]] = {
    "integer": (_whole_number, "TYPE_{}"),
    "number": (_number, "TYPE_{}"),
    "boolean": (_boolean, "TYPE_BOOL"),
    "string": (_text, "TYPE_STRING"),
}
