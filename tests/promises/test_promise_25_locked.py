"""Promise 25: it installs as it was tested, with no known hole.

`.ci/run` installs the lock file with its hashes, runs the tests with these versions, and asks pip-audit; here
stands what of it needs no network: the lock is what pyproject.toml asks for, and no answer of an advisory
service is taken for a good one.
"""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYTHONS = ("3.11.7", "3.12.3", "3.13.1")

Entry = tuple[Requirement, list[str], str]
"""A package with its version and marker, its hashes, and what asks for it."""


def entries(lock: str) -> list[Entry]:
    found = []
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        first = block.splitlines()[0].removesuffix("\\").strip()
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
        found.append((Requirement(first), hashes, block.partition("# via")[2]))
    return found


def pinned(lock: str, python: str) -> dict[str, str]:
    """Return name -> version of what is installed on Linux by this Python."""
    here = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return {
        canonicalize_name(one.name): next(iter(one.specifier)).version
        for one, _, _ in entries(lock)
        if (one.marker or Marker("python_version > '3'")).evaluate(here)
    }


def unmet(wanted: list[str], lock: str, python: str) -> list[str]:
    """Return which of the requirements the lock does not fulfil."""
    have = pinned(lock, python)
    requirements = map(Requirement, wanted)
    return [
        str(one)
        for one in requirements
        if not one.specifier.contains(have.get(canonicalize_name(one.name), "0"), prereleases=True)
        or canonicalize_name(one.name) not in have
    ]


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_fulfils_what_the_program_asks_for(python: str) -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    assert unmet(wanted, LOCK, python) == []
    spoilt = LOCK.replace("\npandas==3.", "\npandas==2.")
    assert unmet(wanted, spoilt, python) == ["pandas>=3.0"], "an older one is noticed"
    assert unmet(wanted, LOCK.replace("\nclick==", "\nklick=="), python) == ["click>=8.1"]


def test_the_lock_holds_nothing_that_the_program_no_longer_asks_for() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    names = {canonicalize_name(Requirement(one).name) for one in wanted}
    direct = {canonicalize_name(one.name) for one, _, why in entries(LOCK) if "pyproject.toml" in why}
    assert direct | {"hatchling"} == names


def test_every_package_has_one_version_and_hashes() -> None:
    assert len(entries(LOCK)) > 20
    for one, hashes, _ in entries(LOCK):
        assert [part.operator for part in one.specifier] == ["=="], one
        assert hashes, one


def test_readme_installs_the_lock_and_says_how_it_is_renewed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "install -q --require-hashes -r requirements.lock" in readme
    assert ".ci/lock" in readme
    assert "# " + " " * 3 + ".ci/lock" in LOCK
    assert (ROOT / ".ci" / "lock").is_file()


def audit() -> Any:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PACKAGES = [(canonicalize_name(one.name), next(iter(one.specifier)).version) for one, _, _ in entries(LOCK)]


def report(*, hole: str = "", skipped: bool = False) -> dict[str, Any]:
    """Return pip-audit's JSON about every package; `hole` is one in the first."""
    if skipped:
        return {"dependencies": [{"name": name, "skip_reason": "not found"} for name, _ in PACKAGES]}
    found = [{"name": name, "version": version, "vulns": []} for name, version in PACKAGES]
    found[0]["vulns"] = [{"id": hole, "fix_versions": ["9"]}] if hole else []  # type: ignore[assignment]
    return {"dependencies": found}


def newest(hole: str = "", *, version: str | None = None, withdrawn: str | None = None) -> Any:
    """Return what the index answers when it is asked by name."""
    versions = dict(reversed(PACKAGES))
    holes = [{"id": hole, "withdrawn": withdrawn}] if hole else []
    return lambda name: {"info": {"version": version or versions[name]}, "vulnerabilities": holes}


@pytest.mark.parametrize(
    ("of_pip_audit", "by_name", "code", "said"),
    [
        (report(), None, 0, f"{len(PACKAGES)} of {len(PACKAGES)} packages audited, 0 with a known hole."),
        (report(hole="PYSEC-2031-1"), None, 1, "PYSEC-2031-1"),
        (report(skipped=True), lambda name: None, 0, "NOT AUDITED"),
        (None, lambda name: None, 0, "NOT AUDITED"),
        (report(skipped=True), newest("PYSEC-2031-2"), 1, "PYSEC-2031-2"),
        (report(skipped=True), newest("PYSEC-2031-2", withdrawn="2031-01-01"), 0, ", 0 with a known hole."),
        (report(skipped=True), newest("PYSEC-2031-3", version="99"), 0, "NOT AUDITED"),
    ],
    ids=["clean", "a hole", "skipped", "no answer", "a hole by name", "withdrawn", "of another version"],
)
def test_a_hole_is_red_and_silence_is_said(
    of_pip_audit: dict[str, Any] | None, by_name: Any, code: int, said: str
) -> None:
    ended, lines = audit().audit(of_pip_audit, by_name)
    assert ended == code
    assert said in "\n".join(lines)
