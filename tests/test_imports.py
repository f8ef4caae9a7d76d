"""Imports point inward, and the core knows no clock, file or network (spec: design.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sheets_sync

ROOT = Path(sheets_sync.__file__).parent
MODULES = {
    ".".join(("sheets_sync", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
CORE = ("intake", "ledger", "findings", "views")
INWARD = {
    "ledger": {"ledger"},
    "intake": {"intake"},
    "findings": {"findings", "ledger", "intake"},
    "views": {"views", "findings", "ledger", "intake"},
}
"""What each package of the core may import of the four."""

SHELL = {"cli", "run", "understand", "decide", "wiring", "wiring_mail", "checks", "edges", "__main__"}
WORLD = {"socket", "smtplib", "sqlite3", "subprocess", "urllib.request", "requests", "gspread", "shutil"}
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today")}
FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}


def package(module: str) -> str:
    """`sheets_sync.ledger.rules` -> `ledger`; `sheets_sync.run` -> `run`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[str]:
    """Yield every module that is imported, wherever in the file."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    return {package(name) for name in imports(path) if name.startswith("sheets_sync.")}


def of(*packages: str) -> list[tuple[str, Path]]:
    return [(name, path) for name, path in MODULES.items() if package(name) in packages]


@pytest.mark.parametrize(("name", "path"), of(*CORE))
def test_the_core_imports_nothing_of_the_shell(name: str, path: Path) -> None:
    assert not ours(path) & SHELL


@pytest.mark.parametrize(("name", "path"), of(*CORE))
def test_the_core_points_inward(name: str, path: Path) -> None:
    assert ours(path) & set(CORE) <= INWARD[package(name)]


PACKAGE_DATA = "sheets_sync.intake.vocabulary"
"""Reads what lies in the package itself, and nothing else."""


@pytest.mark.parametrize(("name", "path"), of(*CORE))
def test_the_core_knows_no_clock_no_file_and_no_network(name: str, path: Path) -> None:
    assert not {module for module in imports(path) if module in WORLD}
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"{path}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            assert (owner, node.func.attr) not in CLOCK, f"{path}:{node.lineno}"
            assert node.func.attr not in FILES or name == PACKAGE_DATA, f"{path}:{node.lineno}"


def test_only_wiring_imports_edges() -> None:
    outside = [name for name, path in MODULES.items() if package(name) != "edges" and "edges" in ours(path)]
    assert outside == ["sheets_sync.wiring", "sheets_sync.wiring_mail"]


@pytest.mark.parametrize(("name", "path"), of("edges"))
def test_edges_import_none_of_each_other(name: str, path: Path) -> None:
    edge = name.split(".")[2:3]
    others = {module.split(".")[2] for module in imports(path) if module.startswith("sheets_sync.edges.")}
    assert others <= set(edge)
    assert not ours(path) & {"cli", "run", "wiring", "wiring_mail", "checks"}


OPENING = ("sheets_sync.cli.sync", "sheets_sync.cli.running", "sheets_sync.cli.noticing")
"""What a run loads before it opens the workbook, which a copy of it reads from then on (read_ahead.py)."""


def loaded_with(modules: tuple[str, ...]) -> set[str]:
    """Return every module that is loaded with these, by imports that stand at the top of a file."""
    loaded: set[str] = set()
    waiting = list(modules)
    while waiting:
        if (module := waiting.pop()) not in loaded:
            loaded.add(module)
            statements = (
                ast.parse(MODULES[module].read_text(encoding="utf-8")).body if module in MODULES else ()
            )
            for node in statements:
                if isinstance(node, ast.ImportFrom):
                    waiting += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
                elif isinstance(node, ast.Import):
                    waiting += [alias.name for alias in node.names]
    return loaded


def test_the_workbook_is_being_read_before_what_is_slow_is_loaded() -> None:
    assert not loaded_with(OPENING) & {"pandas", "numpy", "rich", "openpyxl", "jinja2"}


def test_the_sentences_of_the_list_of_commands_are_those_of_the_commands() -> None:
    import click

    from sheets_sync.cli.main import COMMANDS, app

    context = click.Context(app)
    for name, sentence in COMMANDS.items():
        found = app.get_command(context, name)
        assert found is not None
        assert (found.help or "").split("\n")[0] == sentence
