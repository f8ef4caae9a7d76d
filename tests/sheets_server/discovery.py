"""Google's discovery document: which requests there are, and whether one keeps to it.

The documents are those of google-api-python-client. A request that does not fit is answered as Google does;
what fits comes out canonical (messages.py).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import googleapiclient

from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.field_mask import Mask, MaskError, camel, parse
from tests.sheets_server.messages import Reader, Violations, parsed, snake
from tests.sheets_server.model import Json

_DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
_YES, _NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
_BODY_AT = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}
"""Where Google's errors place a body that is one field of its request."""


@dataclass(frozen=True)
class Method:
    """One method of the API, `id` as in the document: sheets.spreadsheets.values.get."""

    id: str
    verb: str
    path: re.Pattern[str]
    parameters: dict[str, Json]
    request: str | None
    response: str | None
    scopes: tuple[str, ...]

    @property
    def reads(self) -> bool:
        """True where it changes nothing, so that it counts among the reads of the quota."""
        return (
            self.verb == "GET" or "get" in self.id.rpartition(".")[2].lower() or self.id.endswith(".search")
        )


@dataclass(frozen=True)
class Call:
    """A request that keeps to the document. `query` has the path's parameters too, canonical and typed."""

    method: Method
    query: Json
    body: Json
    fields: Mask | None = None
    pretty: bool = True
    system: dict[str, str] = field(default_factory=dict)


class Document:
    """One discovery document. `lenient`: unknown parameters and fields are passed over, as Drive does."""

    def __init__(self, content: Json, *, lenient: bool = False) -> None:
        self.lenient = lenient
        self.schemas: dict[str, Json] = content["schemas"]
        self.system: dict[str, Json] = content["parameters"]
        self.methods = list(self._methods(content, "/" + content.get("servicePath", "")))

    def find(self, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """Return the method of a raw (still percent-encoded) path, with the path's parameters decoded."""
        for method in self.methods:
            match = method.path.fullmatch(path)
            if match and method.verb == verb:
                return method, {name: unquote(value) for name, value in match.groupdict().items()}
        return None

    def call(self, method: Method, of_path: dict[str, str], query: str, body: bytes) -> Call:
        """Return the request, checked. Raises ApiError (400) with every violation."""
        violations = Violations()
        system, own = self._split(parse_qsl(query, keep_blank_values=True))
        read = self._query(method, [*of_path.items(), *own], violations)
        fields = system.get("fields")
        mask = self.response_mask(fields, method.response) if fields else None
        if violations.found:
            raise violations.error()
        return Call(
            method,
            read,
            self.body(method, body),
            mask,
            system.get("prettyPrint", "true").lower() not in _NO,
            system,
        )

    def body(self, method: Method, body: bytes) -> Json:
        """Return the canonical body. Raises ApiError (400) with every violation."""
        if method.request is None:
            return {}
        violations = Violations()
        reader = Reader(self.schemas, violations, lenient=self.lenient)
        at = _BODY_AT.get(method.request, "")
        read = reader.message(parsed(body.decode("utf-8", "replace")), method.request, at)
        if violations.found:
            raise violations.error()
        return read

    def response_mask(self, text: str, schema: str | None) -> Mask:
        """Return the mask of an answer. Raises ApiError (400) for fields that the answer does not have."""
        try:
            mask = parse(text)
        except MaskError:
            raise _no_such_field(text, text) from None
        if schema is not None:
            wrong = self.strange_path(mask, schema)
            if wrong is not None:
                raise _no_such_field(text, wrong)
        return mask

    def strange_path(self, mask: Mask, schema: str) -> str | None:
        """Return the first path of the mask that the message does not have; None where it has them all."""
        for path in mask.paths():
            if path != "*" and not self._has(path.split("."), {"$ref": schema}):
                return path
        return None

    def _has(self, path: list[str], spec: Json) -> bool:
        while spec.get("type") == "array":
            spec = spec["items"]
        if not path:
            return True
        if "additionalProperties" in spec:
            return True
        properties = self.schemas.get(spec.get("$ref", ""), {}).get("properties", {})
        if path[0] == "*":
            return any(self._has(path[1:], below) for below in properties.values())
        return path[0] in properties and self._has(path[1:], properties[path[0]])

    def _methods(self, resource: Json, root: str) -> Any:
        for spec in resource.get("methods", {}).values():
            yield Method(
                spec["id"],
                spec["httpMethod"],
                _pattern(root + spec.get("flatPath", spec["path"])),
                spec.get("parameters", {}),
                spec.get("request", {}).get("$ref"),
                spec.get("response", {}).get("$ref"),
                tuple(spec.get("scopes", ())),
            )
        for below in resource.get("resources", {}).values():
            yield from self._methods(below, root)

    def _split(self, pairs: list[tuple[str, str]]) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Part the parameters that every method takes (the first of each counts) from the method's own."""
        system: dict[str, str] = {}
        own: list[tuple[str, str]] = []
        for name, value in pairs:
            known = name if name in self.system else name.removeprefix("$")
            if known in self.system or known == "pp":
                system.setdefault(known, value)
            else:
                own.append((name, value))
        return system, own

    def _query(self, method: Method, pairs: list[tuple[str, str]], violations: Violations) -> Json:
        reader = Reader(self.schemas, violations)
        read: Json = {}
        for name, text in pairs:
            known = name if name in method.parameters else camel(name)
            spec = method.parameters.get(known)
            if spec is None and self.lenient:
                continue
            if spec is None:
                why = f"Cannot bind query parameter. Field '{name}' could not be found in request message."
                violations.unknown_name(name, "", why)
                continue
            value = reader.value(_typed(text, spec), known, {**spec, "format": _format(spec)}, snake(known))
            if spec.get("repeated"):
                read.setdefault(known, []).append(value)
            else:
                read[known] = value
        return read


@cache
def sheets() -> Document:
    """Return the document of the Sheets API, version 4."""
    return Document(json.loads((_DOCUMENTS / "sheets.v4.json").read_text("utf-8")))


@cache
def drive() -> Document:
    """Return the document of the Drive API, version 3."""
    return Document(json.loads((_DOCUMENTS / "drive.v3.json").read_text("utf-8")), lenient=True)


def _pattern(path: str) -> re.Pattern[str]:
    steps = re.split(r"(\{\w+\})", path)
    return re.compile("".join(f"(?P<{s[1:-1]}>[^/]+?)" if s[:1] == "{" else re.escape(s) for s in steps))


def _typed(text: str, spec: Json) -> Any:
    """A boolean of a query may be written in several ways; the rest the reader understands as text."""
    if spec.get("type") != "boolean":
        return text
    return True if text.lower() in _YES else False if text.lower() in _NO else text


def _format(spec: Json) -> str:
    return str(spec.get("format", "int32" if spec.get("type") == "integer" else ""))


def _no_such_field(text: str, path: str) -> ApiError:
    said = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": text, "description": said}],
    }
    return bad_request("Request contains an invalid argument.", [detail])
