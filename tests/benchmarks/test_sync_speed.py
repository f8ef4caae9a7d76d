"""One sync of 40 students, 160 lines and a school year of log, from command to exit: time and memory.

Run it on a quiet machine:  python -m pytest -m benchmarks -s tests/benchmarks/test_sync_speed.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time as clock
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path

import pytest

from sheets_sync.sample.staff_tabs import TypedRow
from sheets_sync.sample.writer import write_staff_workbook

FIRST, LAST = date(2025, 8, 25), date(2026, 6, 11)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
SERVICES = {
    "Speech therapy": ("Mon", "Wed"),
    "Occupational therapy": ("Tue", "Thu"),
    "Reading": DAYS,
    "Math": DAYS,
}
STUDENTS = [f"Student {number:02d}" for number in range(40)]
ROWS = 20_000
SECONDS = 1.0
MEGABYTES = 200


def log() -> Iterator[TypedRow]:
    """Yield the entries of a year, one in 17 of them a missed session."""
    number = 0
    for after in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=after)
        name = DAYS[day.weekday()] if day.weekday() < len(DAYS) else ""
        for student in STUDENTS:
            for hour, (service, days) in enumerate(SERVICES.items(), start=8):
                if name in days:
                    number += 1
                    status = (
                        ("Provider absent", "Student absent")[number % 2] if number % 17 == 0 else "Delivered"
                    )
                    typed = {"Date": day, "Start": time(hour), "Minutes": 30, "Status": status}
                    yield {"Student": student, "Service": service, "Provider": f"P. {service}"} | typed


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("big") / "big.xlsx"
    lines = [(student, service) for student in STUDENTS for service in SERVICES]
    whole = {service: ", ".join(days) for service, days in SERVICES.items()}
    hours = {service: hour for hour, service in enumerate(SERVICES, start=8)}
    who = {service: f"P. {service}" for service in SERVICES}
    write_staff_workbook(
        file,
        {
            "Caseload": [
                {"Student": student, "Case manager email": "cm@example.org"} for student in STUDENTS
            ],
            "Service Grid": [
                {
                    "Student": student,
                    "Service": service,
                    "Provider": who[service],
                    "Frequency": f"{len(SERVICES[service])} x 30 min / week",
                    "Start date": FIRST,
                }
                for student, service in lines
            ],
            "Schedule": [
                {
                    "Student": student,
                    "Service": service,
                    "Provider": who[service],
                    "Days": whole[service],
                    "Start": time(hours[service]),
                    "End": time(hours[service], 30),
                }
                for student, service in lines
            ],
            "Service Log": list(islice(log(), ROWS)),
            "Calendar": [{"Date": FIRST, "Kind": "First day"}, {"Date": LAST, "Kind": "Last day"}],
            "Staff": [{"Name": name, "Email": "p@example.org"} for name in who.values()],
        },
    )
    return file


MEMORY = """
import sys
from sheets_sync.cli.main import run_command_line
assert run_command_line(sys.argv[1:]) == 0
(peak,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(peak.split()[1])
"""


@pytest.fixture
def words(workbook: Path, tmp_path: Path) -> list[str]:
    file = shutil.copyfile(workbook, tmp_path / "big.xlsx")
    return ["sync", "--workbook", str(file), "--today", "2026-05-01"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The program compiled, as pip leaves it."""
    return os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}


@pytest.mark.benchmarks
def test_from_command_to_exit(words: list[str], environment: dict[str, str]) -> None:
    seconds = []
    for _ in range(7):
        begun = clock.perf_counter()
        program = [sys.executable, "-m", "sheets_sync", *words]
        subprocess.run(program, check=True, capture_output=True, env=environment)
        seconds.append(clock.perf_counter() - begun)
    print(f"\n{ROWS} rows: {min(seconds):.2f} s at best, {max(seconds[1:]):.2f} s at worst")
    assert min(seconds) <= SECONDS


@pytest.mark.benchmarks
def test_memory(words: list[str], environment: dict[str, str]) -> None:
    program = [sys.executable, "-c", MEMORY, *words, "--quiet"]
    done = subprocess.run(program, check=True, capture_output=True, text=True, env=environment)
    megabytes = int(done.stdout) / 1024
    print(f"\n{ROWS} rows: {megabytes:.0f} MB")
    assert megabytes <= MEGABYTES
