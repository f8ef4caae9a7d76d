"""The configuration is checked whole before anything is touched: one clear line for each thing wrong."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.config import Config, Names
from sheets_sync.config_checks import Wrong
from sheets_sync.config_file import ConfigProblems, load_config, parse_config
from sheets_sync.config_keys import NAME_TABLES, SECTIONS, TOP

EXAMPLE = Path(__file__).parents[1] / "config" / "sheets-sync.toml"
WORKBOOK = "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFg"
KEYS = [("", key) for key in TOP] + [(section, key) for section, keys in SECTIONS.items() for key in keys]

RIGHT = [
    # section     key                          as typed                      what comes of it
    ("", "workbook", '"a.xlsx"', lambda c: c.workbook == "conf/a.xlsx"),
    ("", "workbook", f'"{WORKBOOK}/edit?gid=0#gid=0"', lambda c: c.workbook == WORKBOOK),
    ("", "workbook", f'"{WORKBOOK[-44:]}"', lambda c: c.workbook == WORKBOOK),
    ("", "timezone", '"America/New_York"', lambda c: c.timezone == "America/New_York"),
    ("", "administrator", '"a@example.org"', lambda c: c.administrator == "a@example.org"),
    (
        "",
        "allowed_domains",
        '["Example.org", "@b.edu"]',
        lambda c: c.allowed_domains == ("example.org", "b.edu"),
    ),
    ("", "allowed_domains", "[]", lambda c: c.allowed_domains == ()),
    ("school", "days", '"Mon-Thu"', lambda c: c.rules.school_days == (0, 1, 2, 3)),
    ("school", "days", '["Tue", "friday"]', lambda c: c.rules.school_days == (1, 4)),
    ("school", "school_minutes", "390", lambda c: c.school_minutes == 390),
    ("school", "report_from", "2025-09-02", lambda c: c.rules.report_from == date(2025, 9, 2)),
    ("school", "report_from", '"2025-09-02"', lambda c: c.rules.report_from == date(2025, 9, 2)),
    ("counting", "closures", '"prorate"', lambda c: c.rules.closures == "prorate"),
    ("counting", "short_days", '"excuse"', lambda c: c.rules.short_days == "excuse"),
    ("counting", "min_behind", "5", lambda c: c.rules.min_behind == 5),
    ("counting", "log_grace_days", "0", lambda c: c.rules.log_grace_days == 0),
    ("ignore", "students", '["LUNCH_1"]', lambda c: c.names.ignored_students == ("LUNCH_1",)),
    ("ignore", "services", '["Bus"]', lambda c: c.names.ignored_services == ("Bus",)),
    ("ignore", "programs", '["Title I"]', lambda c: c.names.ignored_services == ("Title I",)),
    ("compliance", "tab", '"IEP check"', lambda c: c.compliance.tab == "IEP check"),
    ("compliance", "protection", '"strict"', lambda c: c.compliance.protection == "strict"),
    ("mail", "from", '"IEP <a@example.org>"', lambda c: c.mail.sender == "IEP <a@example.org>"),
    ("mail", "port", "465", lambda c: c.mail.port == 465),
    ("mail", "students", '"rows"', lambda c: c.mail.students == "rows"),
    ("mail", "folder", '"out"', lambda c: c.mail.folder == Path("conf/out")),
    ("mail", "folder", '"/srv/out"', lambda c: c.mail.folder == Path("/srv/out")),
    ("alerts", "repeat_days", "14", lambda c: c.alerts.repeat_days == 14),
    ("google", "always_use_jwt_access", "true", lambda c: c.google.always_use_jwt_access is True),
    ("google", "endpoint", '"http://127.0.0.1:8080"', lambda c: c.google.endpoint == "http://127.0.0.1:8080"),
    ("google", "endpoint", '"https://sheets.example.org/"', lambda c: c.google.endpoint.endswith(".org")),
    ("google", "credentials", '"key.json"', lambda c: c.google.credentials == Path("conf/key.json")),
    ("daemon", "run_at", '"5:30"', lambda c: c.daemon.run_at == time(5, 30)),
    ("daemon", "deadline", '"2h"', lambda c: c.daemon.deadline == 7200),
    ("daemon", "same_day", "true", lambda c: c.daemon.same_day is True),
    ("guards", "status_percent", "40", lambda c: c.guards.status_percent == 40),
]

IMPOSSIBLE = {
    ("", "workbook"): '""',
    ("", "state"): '""',
    ("", "timezone"): '"America/New_Yrok"',
    ("", "administrator"): '"not an address"',
    ("", "allowed_domains"): '["no domain"]',
    ("", "policies"): '["no-such-file.toml"]',
    ("", "sources"): '[{ workbook = "OT.xlsx" }]',
    ("school", "days"): '"Fri-Mon"',
    ("school", "school_minutes"): "5000",
    ("school", "report_from"): "0001-01-01",
    ("counting", "closures"): '"excused"',
    ("counting", "short_days"): '"prorate"',
    ("counting", "min_behind"): "0",
    ("counting", "log_grace_days"): "-1",
    ("ignore", "students"): '[""]',
    ("ignore", "services"): "[1]",
    ("ignore", "programs"): "[[]]",
    ("compliance", "tab"): '"a/b"',
    ("compliance", "problems_tab"): '"Compliance"',
    ("compliance", "protection"): '"lock"',
    ("compliance", "students"): '"nobody"',
    ("mail", "host"): '"https://smtp.example.org"',
    ("mail", "port"): "70000",
    ("mail", "security"): '"ssl"',
    ("mail", "user"): '"without a password"',
    ("mail", "password_env"): '"hunter 2"',
    ("mail", "password_file"): '""',
    ("mail", "from"): '"IEP <nobody>"',
    ("mail", "students"): '"full"',
    ("mail", "folder"): '""',
    ("google", "credentials"): """'{"private_key": "-----BEGIN"}'""",
    ("google", "subject"): '"nobody"',
    ("google", "endpoint"): '"http://sheets.example.org"',
    ("google", "always_use_jwt_access"): '"yes"',
    ("daemon", "run_at"): '"25:00"',
    ("daemon", "deadline"): '"0m"',
    ("daemon", "sync_now"): '"often"',
    ("daemon", "ping_url"): '"https://user:secret@hc.example.org"',
}
"""For each key a value of the right type that cannot be; every other key is a number, and -1 will do."""


def toml(section: str, key: str, value: str) -> str:
    line = f"{key} = {value}\n"
    return f"[{section}]\n{line}" if section else line


def problems(content: str) -> tuple[str, ...]:
    with pytest.raises(ConfigProblems) as caught:
        parse_config(content, Path("conf/c.toml"))
    assert caught.value.exit_code == 2
    return caught.value.problems


def label(section: str, key: str) -> str:
    return f"[{section}] {key}" if section else key


@pytest.mark.parametrize(("section", "key", "typed", "fits"), RIGHT)
def test_what_can_be_said(section: str, key: str, typed: str, fits: Any) -> None:
    assert fits(parse_config(toml(section, key, typed), Path("conf/c.toml")))


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_a_wrong_type_is_one_line(section: str, key: str) -> None:
    (line,) = problems(toml(section, key, "{ a = 1.5 }"))
    assert line.startswith(f"conf/c.toml: {label(section, key)} ")


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_an_impossible_value_is_one_line(section: str, key: str) -> None:
    (line,) = problems(toml(section, key, IMPOSSIBLE.get((section, key), "-1")))
    assert line.startswith((f"conf/c.toml: {label(section, key)} ", f"conf/c.toml: {label(section, key)}: "))


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_a_misspelt_key_is_one_line_with_the_right_name(section: str, key: str) -> None:
    misspelt = key[:-1] + ("q" if key[-1] != "q" else "x")
    (line,) = problems(toml(section, misspelt, "1"))
    assert line.startswith(f"conf/c.toml: {label(section, misspelt)} is unknown; did you mean ")
    assert f'"{key}"?' in line or len(key) < 5


@pytest.mark.parametrize("section", [*SECTIONS, *NAME_TABLES])
def test_a_misspelt_section_is_one_line_with_the_right_name(section: str) -> None:
    (line,) = problems(f"[{section}s_]\n")
    assert f'did you mean "{section}"?' in line


@pytest.mark.parametrize("section", [*SECTIONS, *NAME_TABLES])
def test_a_section_that_is_a_value_is_one_line(section: str) -> None:
    (line,) = problems(f"{section} = 3\n")
    assert line.startswith(f"conf/c.toml: {section} is a section")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("min_behind = 5\n", "min_behind is no key here; it belongs in [counting]"),
        (
            '[mail]\ntimezone = "x"\n',
            "[mail] timezone is no key here; it belongs at the top, above every [section]",
        ),
        ('[mail]\nhost = "smtp.example.org"\n', "[mail] from is missing"),
        (
            '[mail]\nhost = "smtp.example.org"\nfrom = "a@b.org"\nsecurity = "none"\n',
            '[mail] security is "none", which is for a mail server on this machine alone',
        ),
        ('[mail]\npassword_env = "A"\npassword_file = "b"\n', "[mail] password_file is one too many"),
        ('[tabs]\n"Servce Log" = "x"\n', 'is no tab of this program; did you mean "Service Log"?'),
        ('[columns."Service Log"]\nStats = "x"\n', 'is no column of this tab; did you mean "Status"?'),
        ('[columns]\nStatus = "x"\n', '"Status" is no tab of this program'),
        ('[columns]\n"Service Log" = "x"\n', "is no table"),
        ('[codes]\nSNA = "provider abscent"\n', 'did you mean "provider absent"?'),
        ('[layouts]\n"Schedule" = "weekgrid"\n', 'did you mean "week grid"?'),
        ('[layouts]\n"caseload" = "week grid"\n', '[layouts] "Caseload": "week grid" is no layout that'),
        ('[layouts]\n"Canary log" = "grid"\n', '[layouts] entry 1: "grid" is no layout of a tab'),
        ('[layouts]\n"a/b" = "list"\n', '[layouts] entry 1 is "a/b"; a tab\'s name has at most'),
        ("[layouts]\nSchedule = 1\n", '[layouts] "Schedule" is 1, which is no text'),
        ("[services]\nSLP = 3\n", "[services]: entry 1 is not of the form"),
        ('workbooks = "a.xlsx"\n', "workbooks is no list of tables"),
        ("[[workbooks]]\n", "[[workbooks]] 1: workbook is missing"),
        ('[[workbooks]]\nworkbook = "a"\n[workbooks.mail]\nport = 0\n', "[[workbooks]] 1: [mail] port is 0"),
        (
            '[[workbooks]]\nworkbook = "a"\n[[workbooks]]\nworkbook = "a"\n',
            "2: workbook is that of an earlier one",
        ),
        (
            f'[[workbooks]]\nworkbook = "{WORKBOOK}/edit"\n[[workbooks]]\nworkbook = "{WORKBOOK}?rtpof=1"\n',
            "2: workbook is that of an earlier one",
        ),
        (
            'workbook = "https://docs.google.com/document/d/1aBcD"\n',
            "workbook: This is the address of a Google Doc, not of a workbook. Open the workbook",
        ),
        ('[google]\nendpoint = ""\n', "[google] endpoint is empty"),
        ('[google]\nendpoint = "sheets.googleapis.com"\n', 'is no address that begins with "https://"'),
        ('[google]\nendpoint = "http://sheets.example.org"\n', "is plain http to another machine"),
        ('[google]\nendpoint = "https://example.org/v4"\n', "has something behind the name of the server"),
        ('[google]\nendpoint = "https://a:b@example.org"\n', "holds a user or a password"),
        ('[google]\nendpoint = "https://example.org:port"\n', 'is no address that begins with "https://"'),
        ('[compliance]\ntab = "service grid"\n', '[compliance] tab is "service grid", a tab that staff keep'),
        (
            '[tabs]\n"Service Log" = "SLP log"\n[compliance]\nproblems_tab = "SLP log"\n',
            '[compliance] problems_tab is "SLP log", a tab that staff keep',
        ),
        ("a = \n", "is not TOML: Invalid value (at line 1, column 5)"),
        ('[mail]\nhost = "a"\nhost = "b"\n', "is not TOML: Cannot overwrite a value (at line 3"),
    ],
)
def test_what_is_said(content: str, said: str) -> None:
    (line,) = problems(content)
    assert said in line


def test_everything_is_said_at_once() -> None:
    told = problems('workbok = "x"\n[counting]\nclosures = 1\nmin_behind = "x"\n[mail]\nform = "a@b.org"\n')
    assert [line.split(": ")[1].split(" is ")[0] for line in told] == [
        "workbok",
        "[counting] closures",
        "[counting] min_behind",
        "[mail] form",
    ]


@pytest.mark.parametrize("key", ["password", "secret", "token", "api_key", "passwd", "private_key"])
def test_secrets_are_refused_and_not_repeated(key: str) -> None:
    (line,) = problems(f'[mail]\n{key} = "hunter2"\n')
    assert "is a secret, which never stands in this file" in line
    assert "hunter2" not in line


def test_a_students_name_is_not_repeated() -> None:
    (line,) = problems('[aliases]\n"Ana R." = 3\n')
    assert "Ana" not in line


def test_a_workbook_of_its_own_has_what_stands_above_it_unless_it_says_otherwise() -> None:
    config = parse_config(
        'workbook = "all.xlsx"\nstate = "s.sqlite"\nadministrator = "a@example.org"\n'
        '[counting]\nclosures = "owe"\nmin_behind = 20\n[codes]\nSNA = "provider absent"\n'
        '[[workbooks]]\nworkbook = "maple.xlsx"\n[workbooks.counting]\nmin_behind = 5\n'
        '[[workbooks]]\nworkbook = "oak.xlsx"\nstate = "oak.sqlite"\nadministrator = "o@example.org"\n',
        Path("conf/c.toml"),
    )
    maple, oak = config.workbooks
    assert (maple.workbook, maple.state, maple.administrator) == ("conf/maple.xlsx", None, "a@example.org")
    assert (maple.rules.closures, maple.rules.min_behind) == ("owe", 5)
    assert maple.names.codes == {"SNA": "provider absent"}
    assert (oak.state, oak.administrator, oak.rules.min_behind) == (
        Path("conf/oak.sqlite"),
        "o@example.org",
        20,
    )


def test_nothing_said_is_the_default() -> None:
    assert parse_config("", EXAMPLE) == Config()


def test_the_example_changes_nothing_as_it_stands() -> None:
    assert load_config(EXAMPLE) == Config()


def test_the_example_has_every_key_and_each_can_be_uncommented() -> None:
    content = re.sub(r"^#(?! )", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    content = content.replace("password_env", "#password_env")
    config = load_or_show(content)
    assert len(config.workbooks) == 1
    section = ""
    found = set()
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"#?\[\[?([a-z]+)", line):
            section = head[1]
            found.add(("", section))
        elif key := re.match(r"#([a-z_]+) =", line):
            found.add((section, key[1]))
    assert set(KEYS) <= found


def load_or_show(content: str) -> Config:
    try:
        return parse_config(content, EXAMPLE)
    except ConfigProblems as error:
        pytest.fail(error.what)


def test_the_defaults_of_the_example_are_those_of_the_program() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name, value in (("min_behind", 10), ("log_grace_days", 3), ("port", 587), ("repeat_days", 7)):
        assert f"#{name} = {value}\n" in text
    guards = Config().guards
    for field in fields(guards):
        assert f"#{field.name} = {getattr(guards, field.name)}\n" in text


def test_every_field_of_the_configuration_can_be_reached_by_a_key() -> None:
    renamed = {"sender": "from", "school_days": "days"}
    reached = (
        {key for _, key in KEYS}
        | set(NAME_TABLES)
        | {"ignored_students", "ignored_services", "workbooks"}
        | {"further_tabs"}
    )
    for part in (Config(), Names(), *(value for value in map(Config().__getattribute__, names_of(Config())))):
        if is_dataclass(part):
            assert {renamed.get(name, name) for name in names_of(part)} - set(SECTIONS) - {
                "rules",
                "names",
            } <= reached


def names_of(part: Any) -> list[str]:
    return [field.name for field in fields(part)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not saved as UTF-8 text"),
        (b"\xef\xbb\xbf[counting]\nmin_behind = 0\n", "min_behind is 0"),
    ],
)
def test_files_that_editors_leave(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigProblems, match=said):
        load_config(file)


VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from(KEYS), VALUES)
def test_no_value_crashes_a_check(where: tuple[str, str], value: object) -> None:
    section, key = where
    check = (SECTIONS[section] if section else TOP)[key]
    said = ""
    try:
        check(value)
    except Wrong as wrong:
        said = str(wrong)
    assert "\n" not in said


@given(st.text())
def test_no_text_crashes_the_reader(content: str) -> None:
    with suppress(ConfigProblems):
        assert isinstance(parse_config(content, EXAMPLE), Config)


STRAYED = [
    ('"Canary Q." = "Canary Quill"\n', "above its section"),
    ('[codes]\n"Canary Q." = "Canary Quill"\n', "among the codes"),
    ('[mail]\n"Canary Q." = "Canary Quill"\n', "among the keys of a section"),
]


@pytest.mark.parametrize("content", [content for content, _ in STRAYED], ids=[where for _, where in STRAYED])
def test_an_alias_that_strayed_is_said_without_the_name(content: str) -> None:
    (line,) = problems(content)
    assert "Canary" not in line


@pytest.mark.parametrize("office", ["tech@it.example", "müller@maplehill.example"])
def test_an_administrator_to_whom_no_mail_can_go_is_one_line(office: str) -> None:
    right = 'allowed_domains = ["maplehill.example"]\n[mail]\nhost = "smtp.x.example"\nfrom = "a@b.example"\n'
    assert parse_config('administrator = "it@maplehill.example"\n' + right, EXAMPLE).mail.host
    (line,) = problems(f'administrator = "{office}"\n{right}')
    assert line.startswith("conf/c.toml: administrator is ")


def test_a_sender_that_no_mail_can_come_from_is_one_line() -> None:
    (line,) = problems('[mail]\nfrom = "IEP <müller@b.example>"\n')
    assert line.startswith("conf/c.toml: [mail] from is ")
