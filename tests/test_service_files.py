"""The systemd units in config/: systemd understands them, and thinks them well closed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CONFIG = Path(__file__).parents[1] / "config"
UNITS = ("sheets-sync.service", "sheets-sync-once.service", "sheets-sync.timer")
PROGRAM = "/opt/sheets-sync/bin/sheets-sync"

systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on the PATH")


def settings(unit: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", (CONFIG / unit).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that is there."""
    for unit in UNITS:
        text = (
            (CONFIG / unit).read_text(encoding="utf-8").replace(PROGRAM, shutil.which("true") or "/bin/true")
        )
        (tmp_path / unit).write_text(text, encoding="utf-8")
    return tmp_path


@systemd
def test_systemd_understands_them(units: Path) -> None:
    files = [str(units / unit) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@systemd
@pytest.mark.parametrize("unit", UNITS[:2])
def test_they_are_well_closed(units: Path, unit: str) -> None:
    """Exposure at most 2.0 of 10, where what systemd calls OK ends at 4."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(units / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-300:]


def test_the_two_services_are_closed_alike() -> None:
    alike = {"Type", "ExecStart", "Restart", "RestartSec", "RestartPreventExitStatus", "KillMode"}
    alike |= {"TimeoutStartSec", "SuccessExitStatus", "Description", "WantedBy"}
    alike |= {"StartLimitIntervalSec", "StartLimitBurst"}
    daemon, once = (settings(unit) for unit in UNITS[:2])
    assert {key: daemon[key] for key in daemon.keys() - alike} == {
        key: once[key] for key in once.keys() - alike
    }


def test_who_stops_it_waits_longer_than_a_run_may_take_to_stop() -> None:
    assert int(settings(UNITS[0])["TimeoutStopSec"][0]) > 30
    assert settings(UNITS[0])["KillMode"] == ["mixed"]
