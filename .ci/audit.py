#!/usr/bin/env python3
"""Looks for known holes in the locked packages: pip-audit, and what its answer means.

    .ci/audit.py [OPTION OF PIP-AUDIT ...]     0: no known hole in what could be asked about; 1: a known hole

pip-audit says "no known vulnerabilities found" also where it could ask about nothing at all, as on a machine
that sees only a mirror of the index. Such packages are looked up on the index by name, which knows the holes
of their newest version, and what nobody could be asked about is said, one line each.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
SECONDS = 10

Package = tuple[str, str]
Holes = list[str]


def locked() -> list[Package]:
    return re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def told(report: Mapping[str, Any] | None) -> dict[Package, Holes]:
    """Return the holes of each package that pip-audit could ask about; `report` is its JSON, if any."""
    return {
        (package["name"], package["version"]): [hole["id"] for hole in package["vulns"]]
        for package in (report or {}).get("dependencies", ())
        if "skip_reason" not in package
    }


def told_by_name(answer: Mapping[str, Any] | None, version: str) -> Holes | None:
    """Return the holes of this version, None where the index speaks of another; `answer` is its JSON."""
    if answer is None or answer["info"]["version"] != version or "vulnerabilities" not in answer:
        return None
    return [hole["id"] for hole in answer["vulnerabilities"] if not hole.get("withdrawn")]


def verdict(found: Mapping[Package, Holes | None]) -> tuple[int, list[str]]:
    """Return the exit code and what to say."""
    holes = [f"{name} {version}: {', '.join(ids)}" for (name, version), ids in found.items() if ids]
    unknown = [f"not audited: {name} {version}" for (name, version), ids in found.items() if ids is None]
    if len(unknown) == len(found):
        return 0, ["NOT AUDITED: nobody who knows of holes could be asked from here."]
    said = f"{len(found) - len(unknown)} of {len(found)} packages audited, {len(holes)} with a known hole."
    return int(bool(holes)), [*holes, *unknown, said]


def audit(report: Mapping[str, Any] | None, by_name: Callable[[str], Any]) -> tuple[int, list[str]]:
    asked = told(report)
    found: dict[Package, Holes | None] = {}
    for name, version in locked():
        package = (name, version)
        found[package] = asked[package] if package in asked else told_by_name(by_name(name), version)
    return verdict(found)


def _pip_audit(options: list[str]) -> Any:
    command = "-m pip_audit --disable-pip --require-hashes --format json --progress-spinner off"
    run = subprocess.run(
        [sys.executable, *command.split(), "--requirement", str(LOCK), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return json.loads(run.stdout)
    except ValueError:
        print(run.stderr.strip()[-500:], file=sys.stderr)
        return None


def _by_name(name: str) -> Any:
    try:
        from pip._internal.models.index import PyPI  # where pip itself asks

        with urllib.request.urlopen(f"{PyPI.pypi_url}/{name}/json", timeout=SECONDS) as answer:
            return json.load(answer)
    except (ImportError, OSError, ValueError):
        return None


if __name__ == "__main__":
    code, said = audit(_pip_audit(sys.argv[1:]), _by_name)
    print("\n".join(said))
    raise SystemExit(code)
