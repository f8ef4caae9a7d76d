"""`init`: what it shows of a workbook, what it asks, what it writes, and how it ends."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sheets_sync import wiring
from sheets_sync.cli import init
from sheets_sync.cli.asking import ask_for_codes, ask_for_tabs, ask_for_the_rest
from sheets_sync.cli.init_flags import given_answers
from sheets_sync.cli.main import run_command_line
from sheets_sync.cli.options import Options
from sheets_sync.config import Config, Names
from sheets_sync.config_file import load_config, parse_config
from sheets_sync.config_text import Answers, configuration_text
from sheets_sync.looked_at import look_at
from sheets_sync.open_questions import OpenQuestions, OpenTab, open_questions, preset_that_fits
from sheets_sync.ports import Snapshot
from sheets_sync.views.first_look import samples
from tests.intake.small_workbook import SMALL, TODAY, row_added, workbook

Changes = Mapping[str, str | None]
LOG = "2025-10-08 | {} | Speech therapy | | 9:00 | 30 | {} | |"
CODES = row_added("Service Log", "\n".join(LOG.format("Ana R.", code) for code in ("CX", "CX", "PNA")))
TWO = {"Schedule": None, "Weekly schedule": SMALL["Schedule"], "Master schedule": SMALL["Schedule"]}
ELSEWHERE = {"Schedule": None, "Blocks": SMALL["Schedule"]}


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Run = Callable[..., Ended]
FILE = Path("config") / "sheets-sync.toml"


@pytest.fixture
def start(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run `init` on the small workbook with some tabs changed; with `typed` lines, in a terminal."""
    monkeypatch.chdir(tmp_path)

    @dataclass
    class House:
        snapshot: Snapshot

        def read(self) -> Snapshot:
            return self.snapshot

    def command(*words: str, changes: Changes | None = None, typed: tuple[str, ...] | None = None) -> Ended:
        monkeypatch.setattr(wiring, "open_workbook", lambda config: House(workbook(changes)))
        monkeypatch.setattr(init, "is_terminal", lambda: typed is not None)
        monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in typed or ())))
        code = run_command_line(["init", "--workbook", "a.xlsx", "--today", "2025-10-20", *words])
        return Ended(code, *capsys.readouterr())

    return command


def configured(answers: Answers) -> Config:
    return parse_config(configuration_text(wiring.example_configuration(), answers), FILE)


def test_it_shows_each_tab_with_three_readings_of_a_column_and_writes_a_configuration(start: Run) -> None:
    ended = start()
    assert (ended.code, ended.err) == (0, "")
    assert "Service Grid: a list, 1 row" in ended.out
    assert 'A2 "2025-10-06" -> Mon, Oct 6, 2025' in ended.out
    assert "blank: Group, Start date, End date, ESY" in ended.out
    assert "Next:  sheets-sync check" in ended.out
    assert load_config(FILE).workbook == "config/../a.xlsx"
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600


FLAGS = [
    (("--tab", "Schedule=Blocks"), lambda c: c.names.tabs == {"Schedule": "Blocks"}),
    (
        ("--tab", "Schedule=Blocks", "--tab", "Schedule=Kim"),
        lambda c: c.names.further_tabs == {"Schedule": ("Kim",)},
    ),
    (("--layout", "Schedule=list"), lambda c: c.names.layouts == {"Schedule": "list"}),
    (("--code", "CX=provider absent"), lambda c: c.names.codes == {"CX": "provider absent"}),
    (
        ("--allowed-domain", "b.org", "--allowed-domain", "A.org"),
        lambda c: c.allowed_domains == ("b.org", "a.org"),
    ),
    (("--administrator", "a@b.org"), lambda c: c.administrator == "a@b.org"),
    (("--timezone", "America/Denver"), lambda c: c.timezone == "America/Denver"),
    (("--days", "Mon-Thu"), lambda c: c.rules.school_days == (0, 1, 2, 3)),
    (("--run-at", "4:30"), lambda c: c.daemon.run_at.hour == 4),
    (("--credentials", "config/key.json"), lambda c: c.google.credentials == Path("config/key.json")),
]


def flags_of(*words: str) -> dict[str, Any]:
    return init.command.make_context("init", list(words)).params


@pytest.mark.parametrize(("flags", "holds"), FLAGS, ids=[" ".join(flags) for flags, _ in FLAGS])
def test_every_flag_stands_in_the_configuration(
    flags: tuple[str, ...], holds: Callable[[Config], bool]
) -> None:
    answers = given_answers(FILE, "a.xlsx", Options(), flags_of(*flags))
    assert holds(configured(answers))


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--run-at", "25:00"), '[daemon] run_at is "25:00"'),
        (("--tab", "Schedule"), "--tab is not of the form NAME=VALUE"),
        (("--tab", "Schdule=x"), 'did you mean "Schedule"?'),
        (("--code", "CX=ill"), '[codes] "CX": "ill" is no thing that a code can do'),
        (("--layout", "Schedule=grid"), 'did you mean "week grid"?'),
    ],
)
def test_a_wrong_flag_ends_with_2_and_nothing_is_written(
    start: Run, flags: tuple[str, ...], said: str
) -> None:
    ended = start(*flags)
    assert (ended.code, ended.out) == (2, "")
    assert said in " ".join(ended.err.split())
    assert not FILE.exists()


def test_a_configuration_that_is_there_is_left_alone_unless_forced(start: Run) -> None:
    FILE.parent.mkdir()
    FILE.write_text("# mine\n")
    ended = start()
    assert (ended.code, ended.out, FILE.read_text()) == (2, "", "# mine\n")
    assert "is there already; it was left alone" in ended.err
    assert start("--force").code == 0
    assert load_config(FILE).workbook


def test_the_example_as_it_came_is_filled_in(start: Run) -> None:
    FILE.parent.mkdir()
    FILE.write_text(wiring.example_configuration())
    assert start().code == 0
    assert load_config(FILE).workbook


def test_what_cannot_be_counted_is_shown_written_and_said_with_3(start: Run) -> None:
    ended = start(changes={**ELSEWHERE, "Service Log": None})
    assert ended.code == 3
    assert 'Open: which tab is the Schedule? It could be "Blocks": --tab "Schedule=Blocks"' in " ".join(
        ended.out.split()
    )
    assert "Open: no tab of the workbook can be read as the Service Log." in ended.out
    assert ended.err.startswith('There is no tab "Schedule"; there is no tab "Service Log".')
    assert FILE.exists()


def test_a_tab_called_by_a_child_is_named_on_standard_output_alone(start: Run) -> None:
    ended = start(changes={"Schedule": None, "Zed Quillfeather": SMALL["Schedule"]})
    assert ended.code == 3
    assert "Zed Quillfeather" in ended.out
    assert "Quill" not in ended.err


def test_machines_get_one_object(start: Run) -> None:
    result = json.loads(start("--json", changes={**CODES, **TWO}).out)
    assert result["open"] == {
        "tabs": {"Schedule": ["Weekly schedule", "Master schedule"]},
        "codes": {"CX": 2, "PNA": 1},
        "sources": {},
    }
    (frequency,) = [
        column
        for tab in result["tabs"]
        if tab["tab"] == "Service Grid"
        for column in tab["columns"]
        if column["name"] == "Frequency"
    ]
    assert frequency["samples"] == [
        {"cell": "C2", "stands": "2 x 30 min / week", "reading": "2 x 30 min / week"}
    ]


SCHEDULES = OpenTab("Schedule", ("Weekly", "Master"), True)
BLOCKS = OpenTab("Schedule", ("Blocks",), False)
CALENDARS = OpenTab("Calendar", ("Days", "Dates"), True)


def asked(monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], ask: Callable[[], Answers]) -> Config:
    """Return the configuration that comes of answers typed in a terminal; all of them are asked for."""
    lines = StringIO("".join(f"{line}\n" for line in typed))
    monkeypatch.setattr("sys.stdin", lines)
    config = configured(ask())
    assert lines.read() == ""
    return config


@pytest.mark.parametrize(
    ("tab", "typed", "tabs", "further"),
    [
        (SCHEDULES, ("2",), {"Schedule": "Master"}, {}),
        (SCHEDULES, ("1, 2",), {"Schedule": "Weekly"}, {"Schedule": ("Master",)}),
        (SCHEDULES, ("2 1",), {"Schedule": "Master"}, {"Schedule": ("Weekly",)}),
        (SCHEDULES, ("3", "x", "0", "1,x", "1"), {"Schedule": "Weekly"}, {}),
        (SCHEDULES, ("",), {}, {}),
        (CALENDARS, ("1, 2", "2"), {"Calendar": "Dates"}, {}),
        (BLOCKS, ("",), {"Schedule": "Blocks"}, {}),
        (BLOCKS, ("-",), {}, {}),
        (OpenTab("Schedule", (), False), (), {}, {}),
    ],
)
def test_it_asks_which_tab_is_which(
    monkeypatch: pytest.MonkeyPatch,
    tab: OpenTab,
    typed: tuple[str, ...],
    tabs: dict[str, str],
    further: dict[str, tuple[str, ...]],
) -> None:
    names = asked(monkeypatch, typed, lambda: ask_for_tabs(Answers(), [tab])).names
    assert (names.tabs, names.further_tabs) == (tabs, further)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (("9", "-"), {"CX": "provider absent"}),
        (("", "77", "4"), {"PNA": "student absent"}),
        (("", ""), {}),
    ],
)
def test_it_asks_what_codes_mean(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], codes: dict[str, str]
) -> None:
    ask = partial(ask_for_codes, Answers(), [("CX", 2), ("PNA", 1)])
    assert asked(monkeypatch, typed, ask).names.codes == codes


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("", "", "", ""), (("maple.example",), "", (0, 1, 2, 3, 4), 5)),
        (("-", "-", "-", "-"), ((), "", (0, 1, 2, 3, 4), 5)),
        (
            ("no domain", "b.org, c.org", "me", "me@b.org", "Tue-Fri", "25:00", "6:15"),
            (("b.org", "c.org"), "me@b.org", (1, 2, 3, 4), 6),
        ),
    ],
)
def test_it_asks_what_no_workbook_says(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], found: tuple[object, ...]
) -> None:
    ask = partial(ask_for_the_rest, Answers(), OpenQuestions((), (), ("maple.example", "b.org")))
    c = asked(monkeypatch, typed, ask)
    assert (c.allowed_domains, c.administrator, c.rules.school_days, c.daemon.run_at.hour) == found


def test_what_a_flag_says_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Answers({("", "administrator"): "a@b.org", ("school", "days"): "Mon-Thu"})
    ask = partial(ask_for_the_rest, given, OpenQuestions((), (), ()))
    assert asked(monkeypatch, ("", "6:15"), ask).administrator == "a@b.org"


def test_in_a_terminal_the_answers_are_what_is_looked_at_and_written(start: Run) -> None:
    ended = start(changes={**CODES, **TWO}, typed=("", "2", "9", "", "", "", "", ""))
    assert ended.code == 0
    assert "Master schedule (Schedule): a list, 1 row" in ended.out
    assert 'what do these codes of the log mean? "PNA" (1 entry)' in " ".join(ended.out.split())
    names = load_config(FILE).names
    assert (names.tabs, names.codes) == ({"Schedule": "Master schedule"}, {"CX": "provider absent"})


@pytest.mark.parametrize(
    ("changes", "domains"),
    [
        (
            {"Caseload": "Student | Case manager email\nAna R. | kim@Maple.example\nBen T. |"},
            ("maple.example",),
        ),
        ({"Staff": "Name | Email\nA | a@b.org\nB | b@c.org\nC | c@c.org\nD | none"}, ("c.org", "b.org")),
        ({}, ()),
    ],
)
def test_the_domains_are_the_case_managers_else_those_of_staff(
    changes: Changes, domains: tuple[str, ...]
) -> None:
    looked = look_at(workbook(changes), Config(), TODAY, 20)
    assert open_questions(looked, Names()).domains == domains


def test_whoever_stops_answering_has_nothing_written(start: Run) -> None:
    assert start(changes=TWO, typed=()).code == 1
    assert not FILE.exists()


@pytest.mark.parametrize(
    ("changes", "tabs", "codes"),
    [
        ({}, (), ()),
        (CODES, (), (("CX", 2), ("PNA", 1))),
        (row_added("Service Log", LOG.format("Ana R.", "see notes")), (), ()),
        (row_added("Service Log", LOG.format("Ana R.", "what?")), (), ()),
        (row_added("Service Log", LOG.format("Nobody", "CX")), (), ()),
        (TWO, (OpenTab("Schedule", ("Weekly schedule", "Master schedule"), True),), ()),
        (ELSEWHERE, (OpenTab("Schedule", ("Blocks",), False),), ()),
        ({"Caseload": None, "Page 1": SMALL["Caseload"]}, (OpenTab("Caseload", ("Page 1",), False),), ()),
        ({"Service Log": None}, (OpenTab("Service Log", (), False),), ()),
    ],
)
def test_what_is_open(
    changes: Changes, tabs: tuple[OpenTab, ...], codes: tuple[tuple[str, int], ...]
) -> None:
    looked = look_at(workbook(changes), Config(), TODAY, 20)
    found = open_questions(looked, Names())
    assert (found.tabs, found.codes) == (tabs, codes)


PRESETS = {"card.toml": {"P": "provider absent", "A": "student absent"}, "roll.toml": {"A": "student absent"}}


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        (["p.", "A"], "card.toml"),
        (["A"], None),
        (["P"], None),
        (["P", "A", "Z"], None),
        ([], None),
    ],
    ids=str,
)
def test_a_preset_fits_where_it_alone_has_all_codes(codes: list[str], name: str | None) -> None:
    found = preset_that_fits(codes, PRESETS)
    assert (found and found.name) == name
    assert found is None or found.codes == (("p.", "provider absent"), ("A", "student absent"))


def test_a_preset_that_fits_is_a_comment_and_never_taken(start: Run) -> None:
    codes = "\n".join(LOG.format("Ana R.", code) for code in ("Q", "B"))
    ended = start(changes=row_added("Service Log", codes))
    said = 'are all in policies/madera-attendance.toml: by it "B" is student absent, "Q" is student absent.'
    assert said in " ".join(ended.out.split())
    assert said in FILE.read_text()
    assert load_config(FILE).policies == ()


def test_samples_are_of_different_readings_first() -> None:
    rows = "\n".join(LOG.format("Ana R.", code) for code in ("held", "delivered", "SA", "CX", "PA"))
    looked = look_at(workbook(row_added("Service Log", rows)), Config(), TODAY, 20)
    (log,) = [one for one in looked.seen if one.tab == "Service Log"]
    found = [(cell.stands, cell.reading) for cell in samples(log, "Status")]
    assert [reading for _, reading in found] == ["delivered", "student absent", "provider absent"]
