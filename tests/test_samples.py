"""Eight workbooks whose figures were worked out independently, through the whole program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.cli.main import run_command_line

SAMPLES = sorted((Path(__file__).parent / "data" / "samples").glob("sample-*.xlsx"))


def configuration(options: dict[str, Any]) -> str:
    school = f"[school]\nreport_from = {options['report_from']}\n" if options["report_from"] else ""
    counting = {name: value for name, value in options.items() if name != "report_from"}
    return (
        school
        + "[counting]\n"
        + "".join(f"{name} = {json.dumps(value)}\n" for name, value in counting.items())
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sync_gives_the_expected_figures(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = json.loads(sample.with_suffix(".expected.json").read_text(encoding="utf-8"))
    workbook, config = tmp_path / sample.name, tmp_path / "c.toml"
    shutil.copyfile(sample, workbook)
    config.write_text(configuration(expected["options"]), encoding="utf-8")
    words = [
        "sync",
        "--workbook",
        str(workbook),
        "--config",
        str(config),
        "--today",
        expected["today"],
        "--json",
    ]
    assert run_command_line(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = {line["cell"]: line for line in json.loads(out)["lines"]}
    found = [{name: lines[line["cell"]][name] for name in line} for line in expected["lines"]]
    assert found == expected["lines"]
    assert len(lines) == len(found)
    assert all(
        line["required"] == sum(line[name] for name in ACCOUNTS)
        for line in lines.values()
        if line["required"] is not None
    )


ACCOUNTS = ("delivered", "made_up", "upcoming", "owed", "not_logged", "excused", "not_scheduled")
