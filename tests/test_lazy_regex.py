"""Every regular expression of the program compiles, also one that no other test asks; see lazy_regex.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module

import pytest

from sheets_sync.lazy_regex import LazyRegex, lazy_regex
from tests.test_imports import MODULES


def expressions(value: object) -> Iterator[LazyRegex]:
    """Yield those in a constant of a module, also in the tables and tuples of it."""
    if isinstance(value, LazyRegex):
        yield value
    elif isinstance(value, Mapping):
        yield from expressions((*value, *value.values()))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from expressions(one)


def test_every_expression_compiles() -> None:
    modules = [import_module(name) for name in MODULES if not name.endswith("__main__")]
    found = {id(one): one for module in modules for one in expressions(list(vars(module).values()))}
    assert len(found) > 400
    for one in found.values():
        assert one.groups >= 0


def test_it_is_used_as_one_that_is_compiled() -> None:
    vowel = lazy_regex(r"(?P<which>[aeiou])", re.IGNORECASE)
    assert vowel.pattern == r"(?P<which>[aeiou])"
    found = vowel.search("xyzA")
    assert found is not None
    assert found["which"] == "A"
    assert vowel.sub("-", "Maple") == "M-pl-"
    assert list(vowel.split("Maple")) == ["M", "a", "pl", "e", ""]
    assert vowel.flags == re.compile(vowel.pattern, re.IGNORECASE).flags


def test_one_that_cannot_be_compiled_says_so_when_it_is_asked() -> None:
    broken = lazy_regex("(")
    with pytest.raises(re.error):
        broken.search("x")
