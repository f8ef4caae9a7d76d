"""The test server answers what gspread asked Google, and Google answered, as Google did."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.sheets_server.recordings import Pairs, Recorded, differences
from tests.sheets_server.replay import FOLDER, Replayed, main, replayed, shares


@pytest.fixture(scope="module")
def found() -> list[Replayed]:
    return list(replayed())


def test_every_recorded_exchange_is_answered_as_google_did(found: list[Replayed]) -> None:
    other = [
        f"{one.recorded.file} {one.recorded.number}: {where.path}: {where.theirs!r} is not {where.ours!r}"
        for one in found
        for where in one.differences
    ]
    assert other == []
    assert Counter(one.of_sheets for one in found) == {True: 660, False: 261}


def test_the_share_counts_each_kind_of_request(found: list[Replayed]) -> None:
    share = shares(found)
    assert len(share) == 28
    assert share["GET /v4/spreadsheets/ID"].asked == share["GET /v4/spreadsheets/ID"].alike == 303
    assert sum(one.asked for one in share.values()) == 921


def test_the_command_prints_the_share_and_says_by_its_code_whether_it_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = FOLDER / "CellTest.test_properties.json"
    whole, other = tmp_path / "whole", tmp_path / "other"
    for folder in (whole, other):
        folder.mkdir()
    (whole / file.name).write_text(file.read_text())
    (other / file.name).write_text(
        file.read_text().replace('test_properties 1\\"\\n', 'something else\\"\\n')
    )
    assert main([str(whole)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["20", "20", "all", "(100.0%)"]
    assert main([str(other), "--differences"]) == 1
    assert "'something else' / 'test_properties 1'" in capsys.readouterr().out


def recorded(answer: str, status: int = 200) -> Recorded:
    return Recorded("a", 1, "GET", "https://sheets.googleapis.com/v4/spreadsheets/theirs", "", status, answer)


# theirs, ours: what is told apart
OTHERWISE = [
    pytest.param('{"a": 1}', '{"a": 2}', ["a"], id="another value"),
    pytest.param('{"a": 1}', '{"a": true}', ["a"], id="true is not 1"),
    pytest.param('{"a": 1}', '{"a": "1"}', ["a"], id="a text is no number"),
    pytest.param('{"a": 1}', "{}", ["a"], id="missing"),
    pytest.param("{}", '{"a": null}', ["a"], id="too much"),
    pytest.param('{"a": [1]}', '{"a": [1, 2]}', ["a (length)"], id="a longer list"),
    pytest.param('{"a": [{"b": 1}]}', '{"a": [{"b": 2}]}', ["a[0].b"], id="deep down"),
    pytest.param('{"sheetId": 0}', '{"sheetId": "0"}', ["sheetId"], id="an id of another type"),
    pytest.param(
        '{"createdTime": "2023-07-20T08:48:14.243Z"}', '{"createdTime": "now"}', ["createdTime"], id="no time"
    ),
    pytest.param("{}", "no JSON", ["body"], id="no JSON"),
]


@pytest.mark.parametrize(("theirs", "ours", "paths"), OTHERWISE)
def test_what_is_not_googles_answer_is_told(theirs: str, ours: str, paths: list[str]) -> None:
    assert [one.path for one in differences(recorded(theirs), 200, ours, Pairs())] == paths


def test_another_status_is_told() -> None:
    assert [one.path for one in differences(recorded("{}", 404), 200, "{}", Pairs())] == ["status"]


def test_ids_are_paired_once_and_for_all() -> None:
    pairs = Pairs()
    assert differences(recorded('{"sheetId": 5}'), 200, '{"sheetId": 7}', pairs) == []
    assert differences(recorded('{"sheetId": 5}'), 200, '{"sheetId": 7}', pairs) == []
    assert differences(recorded('{"sheetId": 5}'), 200, '{"sheetId": 8}', pairs)
    assert differences(recorded('{"sheetId": 6}'), 200, '{"sheetId": 7}', pairs)
    assert pairs.to_ours("/v4/spreadsheets/5/values/A5") == "/v4/spreadsheets/7/values/A5"


def test_a_folder_without_recordings_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert "has no recordings" in capsys.readouterr().err
