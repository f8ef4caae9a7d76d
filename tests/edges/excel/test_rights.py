"""Nobody loses a workbook because the program wrote it: who could read or save it before can do so after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="who is not root cannot give a file to others"
)

PROGRAM, CASE_MANAGER, STAFF, OWN = 65534, 54321, 54322, 65534
"""The user that runs the program; the case manager; the group of all who work in the file; its own group."""
SOMEBODY = 54399
DAEMON = 1
"""A user whom every machine knows, and its group."""
MODES = (0o600, 0o640, 0o644, 0o660, 0o664, 0o666)

RUN = """
import json, os, sys
from pathlib import Path
from sheets_sync.config import Config
from sheets_sync.edges.excel.replace import replace_file
from sheets_sync.problems import RunFailed
from sheets_sync.wiring import can_write
def outcome(act):
    try:
        act()
    except RunFailed as error:
        return error.what + " " + error.remedy
    return ""
groups, files = json.loads(sys.argv[1])
outcome(lambda: can_write(Config(workbook="/nowhere/at/all.xlsx")))  # loads what nobody may not read later
os.setgroups(groups)
os.setgid(65534)
os.setuid(65534)
for file in map(Path, files):
    checked = outcome(lambda: can_write(Config(workbook=str(file))))
    written = outcome(lambda: replace_file(file, b"new", like=file, last_look=lambda: None))
    print(json.dumps([checked, written]))
"""


class Scene(NamedTuple):
    """A workbook: whose, of which group, with which permissions, in a folder of staff's group or not."""

    owner: int
    group: int
    mode: int
    shared_folder: bool = False

    def put(self, home: Path, number: int) -> Path:
        folder = home / str(number)
        folder.mkdir()
        file = folder / "Services.xlsx"
        file.write_bytes(b"old")
        os.chown(file, self.owner, self.group)
        file.chmod(self.mode)
        os.chown(folder, CASE_MANAGER, STAFF if self.shared_folder else CASE_MANAGER)
        folder.chmod(0o2777 if self.shared_folder else 0o777)
        return file


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that every user can enter, as pytest's own cannot."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def written(files: list[Path], *groups: int) -> list[tuple[str, str]]:
    """Check and write each file as the program's user; return what was said, "" where it went through."""
    asked = json.dumps([groups, list(map(str, files))])
    done = subprocess.run([sys.executable, "-c", RUN, asked], capture_output=True, text=True, check=True)
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def can(files: list[Path], user: int, *groups: int) -> dict[Path, set[str]]:
    """Return what a person can do with each file: "r", "w", both, nothing."""
    test = 'for file; do test -r "$file" && printf r; test -w "$file" && printf w; echo; done'
    said = subprocess.run(
        ["sh", "-c", test, "sh", *map(str, files)],
        user=user,
        group=groups[0],
        extra_groups=groups,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return dict(zip(files, map(set, said), strict=True))


def people(scene: Scene) -> dict[str, tuple[int, ...]]:
    """Return who works with the file: user and groups. Whoever is in the file's group may be its owner."""
    return {
        "its owner": (scene.owner, scene.owner if scene.owner == DAEMON else scene.group),
        "somebody of its group": (SOMEBODY, scene.group),
        "somebody else": (SOMEBODY, SOMEBODY),
    }


@pytest.mark.parametrize("groups", [(), (STAFF,), (DAEMON,), (STAFF, CASE_MANAGER, DAEMON)], ids=str)
def test_whoever_could_read_or_save_it_still_can(home: Path, groups: tuple[int, ...]) -> None:
    owners, of_groups = (PROGRAM, CASE_MANAGER, DAEMON), (OWN, CASE_MANAGER, STAFF, DAEMON)
    scenes = [Scene(*facts) for facts in product(owners, of_groups, MODES, (False, True))]
    files = [scene.put(home, number) for number, scene in enumerate(scenes)]
    everybody = {ids for scene in scenes for ids in people(scene).values()}
    before = {ids: can(files, *ids) for ids in everybody}
    outcomes = written(files, *groups)
    after = {ids: can(files, *ids) for ids in everybody}
    for scene, file, (checked, said) in zip(scenes, files, outcomes, strict=True):
        assert checked == said, "check says what the run will say"
        assert file.read_bytes() == (b"old" if said else b"new")
        for who, ids in people(scene).items():
            assert before[ids][file] <= after[ids][file], (scene, who, said)
    assert sum(not said for _, said in outcomes) > len(scenes) // 4


@pytest.mark.parametrize(
    ("scene", "groups"),
    [
        (Scene(CASE_MANAGER, STAFF, 0o664), (STAFF,)),
        (Scene(CASE_MANAGER, STAFF, 0o660), (STAFF,)),
        (Scene(CASE_MANAGER, STAFF, 0o660, shared_folder=True), ()),
        (Scene(CASE_MANAGER, CASE_MANAGER, 0o666), ()),
        (Scene(DAEMON, DAEMON, 0o660), (DAEMON,)),
        (Scene(PROGRAM, OWN, 0o600), ()),
    ],
    ids=str,
)
def test_a_group_of_all_who_work_in_it_is_enough(home: Path, scene: Scene, groups: tuple[int, ...]) -> None:
    file = scene.put(home, 0)
    assert written([file], *groups) == [("", "")]
    assert (file.stat().st_gid, file.stat().st_mode & 0o777) == (
        scene.group,
        scene.mode,
    ) or scene.mode == 0o666


@pytest.mark.parametrize(
    ("scene", "groups", "words"),
    [
        (Scene(CASE_MANAGER, CASE_MANAGER, 0o664), (), "a group that could no longer save it"),
        (Scene(CASE_MANAGER, CASE_MANAGER, 0o660), (), "a group that could no longer read or save it"),
        (Scene(CASE_MANAGER, STAFF, 0o644), (STAFF,), "another user, who could no longer save it"),
        (Scene(CASE_MANAGER, CASE_MANAGER, 0o644), (), "another user, who could no longer save it"),
        (Scene(DAEMON, STAFF, 0o664), (STAFF,), "another user, who could no longer save it"),
    ],
    ids=str,
)
def test_a_workbook_that_would_be_taken_from_somebody_stays_as_it_was(
    home: Path, scene: Scene, groups: tuple[int, ...], words: str
) -> None:
    file = scene.put(home, 0)
    ((checked, said),) = written([file], *groups)
    assert checked == said
    assert words in said
    assert "Services.xlsx stays as it was" in said
    assert "chmod g+rws" in said
    assert [path.name for path in file.parent.iterdir()] == [file.name]
