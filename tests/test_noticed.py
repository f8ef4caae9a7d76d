"""Being noticed: what a run that fails leaves with the administrator, and what a dead-man's switch hears."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
import time_machine

from sheets_sync import run as run_module
from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore, default_state_path
from tests.edges.smtp_servers import free_port
from tests.ping_server import Switch, switch

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
TECHNICIAN = "technician@example.org"
CANARY = "Zebulon-Canary"
TUESDAY = datetime(2026, 4, 21, 10, tzinfo=UTC)


@dataclass
class School:
    """A workbook with a configuration, run at a moment of some day; `ran` is (exit code, out, err)."""

    workbook: Path
    capsys: pytest.CaptureFixture[str]
    ping: str = ""

    @property
    def state(self) -> SQLiteStore:
        return SQLiteStore(default_state_path(str(self.workbook)))

    def sync(self, *words: str, day: int = 21, hour: int = 10) -> tuple[int, str, str]:
        config = self.workbook.parent / "c.toml"
        config.write_text(
            f'workbook = "{self.workbook.name}"\nadministrator = "{TECHNICIAN}"\n'
            f'allowed_domains = ["example.org"]\n[daemon]\nping_url = "{self.ping}"\n'
        )
        with time_machine.travel(datetime(2026, 4, day, hour, tzinfo=UTC), tick=False):
            code = run_command_line(["sync", "--config", str(config), *words])
        return code, *self.capsys.readouterr()

    @property
    def notes(self) -> list[EmailMessage]:
        """The mails to the administrator about runs that failed."""
        found = []
        for file in sorted((self.workbook.parent / "mails").glob("*.eml")):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            if mail["Subject"] == "IEP services: the run failed":
                assert mail["To"] == TECHNICIAN
                found.append(mail)
        return found

    @property
    def texts(self) -> list[str]:
        """Their words, each in one line."""
        bodies = [mail.get_body(("plain",)) for mail in self.notes]
        return [" ".join(body.get_content().split()) for body in bodies if body is not None]


@pytest.fixture
def school(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> School:
    return School(Path(shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx")), capsys)


@pytest.fixture
def pinged(school: School) -> Iterator[Switch]:
    with switch() as asked:
        school.ping = asked.url
        yield asked


def open_in_excel(school: School) -> None:
    school.workbook.with_name("~$Services.xlsx").write_bytes(b"")


def without_schedule(school: School) -> None:
    book = openpyxl.load_workbook(school.workbook)
    del book["Schedule"]
    book.save(school.workbook)


def gone(school: School) -> None:
    school.workbook.unlink()


@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [(open_in_excel, 1, "open in Excel"), (gone, 2, "no file")],
)
def test_the_administrator_hears_of_a_run_that_fails_once_a_day(
    school: School, spoil: Callable[[School], None], code: int, says: str
) -> None:
    assert school.sync(day=20)[0] == 0
    spoil(school)
    assert school.sync(day=21)[0] == code
    assert len(school.notes) == 1
    assert says in school.texts[0]
    first = school.texts[0].partition("What would do: ")
    assert says in first[0], "what failed comes first, then what would do"
    assert first[2]
    assert ("The tab stays as it was" in school.texts[0]) == (spoil is open_in_excel)
    assert school.sync(day=21, hour=11)[0] == code
    assert len(school.notes) == 1
    assert school.sync(day=22)[0] == code
    assert len(school.notes) == 2
    assert [run.exit_code for run in school.state.runs()] == [code, code, code, 0]


def test_another_cause_of_the_same_day_is_another_note(school: School) -> None:
    school.sync(day=20)
    open_in_excel(school)
    school.sync()
    school.workbook.unlink()
    school.sync(hour=11)
    assert len(school.notes) == 2


def test_who_types_a_wrong_name_has_it_on_the_screen_and_nothing_is_left(school: School) -> None:
    gone(school)
    code, _, err = school.sync()
    assert (code, school.notes) == (2, [])
    assert "no file" in err
    assert not school.state.path.exists()


def test_a_state_that_cannot_be_used_is_told_all_the_same(school: School) -> None:
    state = school.state.path
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(b"no database at all" * 100)
    code, _, err = school.sync()
    assert code == 1
    assert "state file" in err
    assert "is damaged or not a state file" in school.texts[0]
    assert state.read_bytes() == b"no database at all" * 100


def test_and_once_a_day_where_nothing_can_be_remembered(school: School) -> None:
    """Each try of the night finds the same damaged file; who has read the first mail needs no second."""
    state = school.state.path
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(b"no database at all" * 100)
    told = []
    for day, hour in ((21, 5), (21, 5), (21, 6), (21, 10), (22, 5), (22, 6)):
        school.sync(day=day, hour=hour)
        told.append(len(school.notes))
        shutil.rmtree(school.workbook.parent / "mails", ignore_errors=True)
    assert told == [1, 0, 0, 0, 1, 0]


def test_one_that_did_not_arrive_is_tried_with_the_next_run(school: School) -> None:
    state = school.state.path
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(b"no database at all" * 100)
    mails = school.workbook.parent / "mails"
    mails.write_text("a file where the folder should be")
    school.sync(hour=5)
    mails.unlink()
    school.sync(hour=6)
    assert len(school.notes) == 1


def test_a_crash_of_the_program_is_told_without_what_it_says(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError(CANARY)

    monkeypatch.setattr(run_module, "decide_or_hold", breaks)
    code, _, err = school.sync("--log-json")
    assert code == 1
    assert "The program itself failed (KeyError)." in school.texts[0]
    assert "The details are in " in err
    (run,) = school.state.runs()
    everything = err + run.error + "".join(mail.as_string() for mail in school.notes)
    assert CANARY not in everything


def test_no_administrator_no_note(school: School) -> None:
    open_in_excel(school)
    config = school.workbook.parent / "c.toml"
    config.write_text(f'workbook = "{school.workbook.name}"\n')
    assert run_command_line(["sync", "--config", str(config)]) == 1
    assert not (school.workbook.parent / "mails").exists()


def test_a_mail_server_that_fails_too_keeps_the_note_waiting(school: School) -> None:
    (school.workbook.parent / "mails").write_text("a file where the folder should be")
    open_in_excel(school)
    assert school.sync()[0] == 1
    (waiting,) = school.state.waiting()
    assert (waiting.to, waiting.role) == (TECHNICIAN, "administrator")
    (school.workbook.parent / "mails").unlink()
    school.workbook.with_name("~$Services.xlsx").unlink()
    school.sync(day=22)
    assert len(school.notes) == 1
    assert school.state.waiting() == ()


def test_a_good_run_is_pinged_at_its_start_and_its_end(school: School, pinged: Switch) -> None:
    assert school.sync()[0] == 0
    assert pinged.pings == ["/start", ""]


@pytest.mark.parametrize(("spoil", "pings"), [(open_in_excel, ["/start", "/1"]), (gone, ["/start", "/2"])])
def test_a_run_that_fails_is_pinged_with_its_exit_code(
    school: School, pinged: Switch, spoil: Callable[[School], None], pings: list[str]
) -> None:
    spoil(school)
    school.sync()
    assert pinged.pings == pings


def test_mails_that_wait_are_pinged_as_they_are_noticed_by_no_mail(school: School, pinged: Switch) -> None:
    (school.workbook.parent / "mails").write_text("a file where the folder should be")
    assert school.sync()[0] == 4
    assert pinged.pings == ["/start", "/4"]


def test_trials_ping_nobody_and_a_second_run_neither(school: School, pinged: Switch) -> None:
    assert school.sync("--dry-run")[0] == 0
    assert school.sync("--today", "2026-03-02")[0] == 0
    with school.state.lock():
        assert school.sync()[0] == 5
    assert pinged.asked == []
    assert school.notes == []


@pytest.mark.parametrize("spoil", [lambda school: None, open_in_excel])
def test_a_run_of_the_same_day_does_not_hide_that_the_nights_is_missing(
    school: School, pinged: Switch, spoil: Callable[[School], None]
) -> None:
    school.sync(day=20)
    pinged.asked.clear()
    spoil(school)
    school.sync("--same-day")
    assert pinged.pings == []
    assert school.state.runs()[0].same_day


def test_a_ping_tells_nothing_of_the_workbook(school: School, pinged: Switch) -> None:
    school.sync()
    for request in pinged.whole:
        assert "Services" not in request
        assert request.count("\n") < 8


@pytest.mark.parametrize("words", [[], ["--log"]])
def test_a_failed_ping_never_fails_a_run(school: School, words: list[str]) -> None:
    school.ping = f"http://127.0.0.1:{free_port()}/ping/iep"
    code, _, err = school.sync(*words)
    assert code == 0
    assert "The ping to 127.0.0.1 did not arrive." in err
    assert "iep" not in err.replace("IEP", "")


def test_nothing_that_a_failing_run_says_names_a_student(
    school: School, pinged: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary stands in every cell below the headers of a tab; each run of it is then made to fail."""
    for tab in ("Caseload", "Service Grid", "Schedule", "Service Log"):
        shutil.copyfile(SAMPLE, school.workbook)
        book = openpyxl.load_workbook(school.workbook)
        for row in book[tab].iter_rows(min_row=2):
            for cell in row:
                cell.value = CANARY
        book.save(school.workbook)
        open_in_excel(school)
        for words in (["--log-json", "--verbose"], ["--log"], []):
            code, _, err = school.sync(*words)
            assert code != 0
            assert CANARY not in err
    assert school.texts
    assert CANARY not in "".join([*school.texts, *pinged.whole, *(run.error for run in school.state.runs())])
    logs = Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")
    assert all(CANARY not in log.read_text() for log in logs)
