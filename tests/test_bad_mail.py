"""Mail that cannot go: through the command line, with its sentence and its exit code, and nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import time_machine

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore
from tests.edges.smtp_servers import Script, free_port, playing

SAMPLE = Path(__file__).parent / "data" / "samples" / "sample-05.xlsx"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on a workbook whose mails go to a port: (exit code, standard output, standard error)."""
    shutil.copyfile(SAMPLE, tmp_path / "Services.xlsx")

    def run(
        *words: str, port: int = 0, mail: str = "", domains: str = '"school.example", "example.org"'
    ) -> tuple[int, str, str]:
        config = tmp_path / "c.toml"
        server = f'host = "127.0.0.1"\nport = {port}\nfrom = "iep@example.org"\n{mail}\n' if port else mail
        config.write_text(
            'workbook = "Services.xlsx"\nstate = "s.sqlite"\n'
            f"allowed_domains = [{domains}]\n[mail]\n{server}\n"
        )
        with time_machine.travel(datetime(2026, 4, 21, 10, tzinfo=UTC)):
            return run_command_line([*words, "--config", str(config)]), *capsys.readouterr()

    return run


def waiting(folder: Path) -> int:
    return len(SQLiteStore(folder / "s.sqlite").waiting())


def test_user_and_password_that_the_server_does_not_take(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    script = Script(answers={"EHLO": "250-school.example\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 no"})
    with playing(script) as port:
        code, _, err = command(
            "sync", port=port, mail='security = "none"\nuser = "iep"\npassword_env = "MAIL_PASSWORD"'
        )
    assert code == 4
    assert f"127.0.0.1:{port} did not accept user and password (535); nothing was sent." in err
    assert "What would do: " in err
    assert "hunter2" not in err
    assert waiting(tmp_path) == 1


def test_a_server_without_tls(command: Command, tmp_path: Path) -> None:
    script = Script()
    with playing(script) as port:
        code, _, err = command("sync", port=port)
    assert code == 4
    assert "The mail server does not offer STARTTLS; nothing was sent." in err
    assert not any(line.upper().startswith(("MAIL", "RCPT", "DATA", "AUTH")) for line in script.heard)
    assert waiting(tmp_path) == 1


def test_a_server_that_is_not_there_and_then_is(command: Command, tmp_path: Path) -> None:
    plain = 'security = "none"'
    assert command("sync", port=free_port(), mail=plain)[0] == 4
    assert waiting(tmp_path) == 1
    script = Script()
    with playing(script) as port:
        assert command("sync", port=port, mail=plain)[0] == 0
    assert script.mails == 1
    assert waiting(tmp_path) == 0


HEARD_BY_CHECK = ["EHLO", "AUTH", "QUIT"]
LOGIN = 'security = "none"\nuser = "iep"\npassword_env = "MAIL_PASSWORD"'
OFFERS_LOGIN = {"EHLO": "250-school.example\r\n250 AUTH PLAIN"}


def verbs(script: Script) -> list[str]:
    return [line.split(" ")[0].upper() for line in script.heard]


def test_check_greets_the_server_logs_in_and_takes_leave(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    script = Script(answers={**OFFERS_LOGIN, "AUTH": "235 2.7.0 yes"})
    with playing(script) as port:
        code, out, err = command("check", port=port, mail=LOGIN)
    assert (code, err) == (0, "")
    said = "ok   mail: 127.0.0.1 answers and takes user and password; mails go to addresses of "
    assert f"{said}school.example, example.org alone" in out
    assert verbs(script) == HEARD_BY_CHECK
    assert not (tmp_path / "s.sqlite").exists()


@pytest.mark.parametrize(
    ("script", "mail", "said"),
    [
        (None, 'security = "none"', "failed while connecting."),
        (Script(greeting=None), 'security = "none"', "failed while connecting."),
        (Script(), "", "The mail server does not offer STARTTLS; nothing was sent."),
        (Script(answers={**OFFERS_LOGIN, "AUTH": "535 no"}), LOGIN, "did not accept user and password (535)"),
    ],
)
def test_check_ends_as_a_run_whose_mails_cannot_go(
    script: Script | None,
    mail: str,
    said: str,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    with playing(script or Script()) as playing_at:
        port = playing_at if script else free_port()
        code, out, err = command("check", port=port, mail=mail)
        assert command("sync", port=port, mail=mail)[0] == code == 4
    assert err == ""
    assert "NOT  mail: " in out
    assert said in out
    assert "What would do: " in out
    assert "A run would end with exit code 4." in out
    assert "hunter2" not in out


def test_check_says_what_was_given_up(command: Command) -> None:
    script = Script(after_dot="554 no")
    with playing(script) as port:
        assert command("sync", port=port, mail='security = "none"')[0] == 4
        code, out, _ = command("check", port=port, mail='security = "none"')
    assert code == 0, "what was given up stops no run"
    assert "Given up: 1 mail; sheets-sync outbox says why" in out


def staff_cells(folder: Path, header: str, values: list[str] | None) -> None:
    """Write these under a header of the Staff tab; None: blank all."""
    book = openpyxl.load_workbook(folder / "Services.xlsx")
    sheet = book["Staff"]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    for number, row in enumerate(range(2, sheet.max_row + 1)):
        if values is None:
            sheet.cell(row, column).value = None
        elif number < len(values):
            sheet.cell(row, column).value = values[number]
    book.save(folder / "Services.xlsx")


def data_problems(folder: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(folder / "Services.xlsx")["Data Problems"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]


def test_an_address_outside_the_domains_is_said_by_check_and_on_data_problems(
    command: Command, tmp_path: Path
) -> None:
    staff_cells(tmp_path, "Email", ["lee@elsewhere.example", "lee at school"])
    code, out, err = command("check")
    assert (code, err) == (0, "")
    assert "Staff!" in out
    assert "The address is outside allowed_domains: no mail goes there." in out
    assert "This is not one plain address: no mail goes there." in out
    assert command("sync")[0] == 0
    found = {row[3]: row for row in data_problems(tmp_path) if row[1] == "Staff"}
    assert found["lee@elsewhere.example"][0] == "question"
    assert "outside allowed_domains" in str(found["lee@elsewhere.example"][4])
    assert "not one plain address" in str(found["lee at school"][4])


def test_a_staff_tab_with_no_addresses_is_counted_and_said(command: Command, tmp_path: Path) -> None:
    staff_cells(tmp_path, "Email", None)
    code, _, err = command("sync")
    assert (code, err) == (0, "")
    (said,) = [row for row in data_problems(tmp_path) if row[1] == "Staff" and "Nobody" in str(row[4])]
    assert said[0] == "note"
    assert "Nobody on this tab has an address" in command("check")[1]
