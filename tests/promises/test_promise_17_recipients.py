"""Promise 17: mail goes only to allowed domains, whatever stands in whatever column.

A school in whose rows hostile texts stand, and a real mail server on loopback: in no envelope is a receiver
but the addresses that stand in a cell, whole and alone, and are of the allowed domain.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sheets_sync.edges.smtp import SmtpMailer
from tests.edges.smtp_servers import Inbox, serving
from tests.promises.full_school import COLUMNS, CONFIG, DOMAIN, Child, Nights, Texts

HOSTILE = (
    "a@b.example, c@evil.example",
    "lee@school.example, all@evil.example",
    "all@evil.example,lee@school.example",
    "lee@school.example;all@evil.example",
    "lee@school.example all@evil.example",
    "lee@school.example\nall@evil.example",
    "lee@school.example\r\nRCPT TO:<all@evil.example>",
    "lee@school.example>\r\nRCPT TO:<all@evil.example",
    "lee@school.example\r\nBcc: all@evil.example",
    "lee@school.example\x00@evil.example",
    "all@evil.example\t@school.example",
    "Ms. Lee <all@evil.example>",
    "lee@school.example <all@evil.example>",
    '"lee@school.example" <all@evil.example>',
    "<all@evil.example>",
    "all@evil.example (lee@school.example)",
    "(lee@school.example) all@evil.example",
    '"all@evil.example"@school.example',
    '"all@evil.example,x"@school.example',
    "lee%evil.example@school.example",
    "evil.example!lee@school.example",
    "@evil.example:lee@school.example",
    "=?utf-8?q?all=40evil.example=2C?=@school.example",
    "=?utf-8?q?x=0ABcc:_all=40evil.example?=@school.example",
    "all@evil.example@school.example",
    "lee@school.example@evil.example",
    "lee@school.example.evil.example",
    "lee@evil-school.example",
    "all@evil.example?@school.example",
    "lee@sch\u043e\u043el.example",
    "lee@school\uff0eexample",
    "lee\uff20school.example",
    "lee@xn--schl-7na.example",
    "lee@\u202eelpmaxe.live",
    "lee@school.example\u200b",
    "lee@[127.0.0.1]",
    "lee@school.example.",
    "group: all@evil.example, lee@school.example;",
    "mailto:all@evil.example",
    "$(all@evil.example)@school.example",
    "all+evil.example@evil.example",
    "@school.example",
    "lee@",
)
"""What people of bad will, and people in a hurry, put where an address belongs."""

ADDRESSES = [column for column in COLUMNS if column[1].endswith("mail")]
OTHERS = [column for column in COLUMNS if column[0] in ("Caseload", "Staff") and column not in ADDRESSES]
NONE: Texts = {}
CONTROLS = 2
"""Students in whose rows nothing is wrong: their people are told."""


def told(inbox: Inbox, folder: Path, texts: Sequence[Texts]) -> None:
    with serving(inbox) as port:
        Nights(folder, mailer=mailer(port)).until_everybody_is_told(*texts, *[NONE] * CONTROLS)


def mailer(port: int) -> SmtpMailer:
    return SmtpMailer(replace(CONFIG.mail, port=port), CONFIG.allowed_domains, timeout=10)


def strangers(inbox: Inbox, texts: Sequence[Texts]) -> list[str]:
    """Return the receivers, of envelopes and headers, whose address stands in no cell or is not allowed."""
    typed = {
        "".join(filter(str.isprintable, value)).strip(" ").casefold()  # a control is no part of what is typed
        for text in texts
        for value in text.values()
        if isinstance(value, str)
    }
    known = {
        Child(number).address(role)
        for number in range(len(texts) + CONTROLS)
        for role in ("manager", "provider", "visor")
    }
    known.add(CONFIG.administrator)
    found = list(inbox.receivers)
    for envelope in inbox.envelopes:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert [mail[header] for header in ("Cc", "Bcc", "Reply-To", "Resent-To")] == [None] * 4
        found += [address.addr_spec for address in mail["To"].addresses]
    return [
        receiver
        for receiver in found
        if receiver not in known and not (receiver in typed and receiver.partition("@")[2] == DOMAIN)
    ]


def check(folder: Path, texts: Sequence[Texts]) -> None:
    inbox = Inbox()
    told(inbox, folder, texts)
    assert strangers(inbox, texts) == []
    last = Child(len(texts) + CONTROLS - 1)
    for role in ("manager", "provider", "visor"):
        assert last.address(role) in inbox.receivers, "and whoever is to be told, is told"


def test_no_hostile_address_receives_anything(tmp_path: Path) -> None:
    check(tmp_path, [dict.fromkeys(ADDRESSES, text) for text in HOSTILE])


def test_nor_in_any_other_column_of_caseload_and_staff(tmp_path: Path) -> None:
    """Each text in each of the columns, in turn."""
    columns = [*ADDRESSES, *OTHERS]
    check(tmp_path, [{columns[at % len(columns)]: text} for at, text in enumerate(HOSTILE)])


@pytest.mark.slow
@pytest.mark.parametrize("column", [column for column in COLUMNS if column[0] in ("Caseload", "Staff")])
def test_every_text_in_every_column(tmp_path: Path, column: tuple[str, str]) -> None:
    check(tmp_path, [{column: text} for text in HOSTILE])


LOOKALIKES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.text("aA1.@,;:<>()[]\"\\ \t\r\n%!=?&+-_/'`\u0430\u200b\uff20", max_size=30),
).flatmap(
    lambda text: st.sampled_from(
        [
            text,
            f"{text}@school.example",
            f"lee@school.example{text}",
            f"lee@{text}.school.example",
            f"{text}@evil.example",
        ]
    )
)


def sweep(folder: Path, texts: list[str]) -> None:
    check(folder, [dict.fromkeys(ADDRESSES, text) for text in texts])


@settings(max_examples=1, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(LOOKALIKES, min_size=20, max_size=30))
@example(texts=["lee@school.example\x1f", "a@b.example, c@evil.example"])
def test_any_text_where_an_address_belongs(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    sweep(tmp_path_factory.mktemp("any"), texts)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(LOOKALIKES, min_size=20, max_size=30))
def test_any_text_where_an_address_belongs_at_length(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    sweep(tmp_path_factory.mktemp("any"), texts)


def ends_right(address: str, allowed_domains: Sequence[str] = (DOMAIN,)) -> bool:
    """The check that comes to mind first."""
    return address.strip().endswith(tuple(f"@{domain}" for domain in allowed_domains))


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the careless check in the place of ours, wherever it is used."""
    from sheets_sync.findings.addresses import is_address, is_allowed

    for module in [module for name, module in sys.modules.items() if name.startswith("sheets_sync.")]:
        for name, value in list(vars(module).items()):
            if value is is_address or value is is_allowed:
                monkeypatch.setattr(module, name, ends_right)


@pytest.mark.usefixtures("careless")
def test_a_careless_check_fails_this_harness(tmp_path: Path) -> None:
    inbox = Inbox()
    texts = [{("Caseload", "Case manager email"): "all@evil.example,lee@school.example"}]
    told(inbox, tmp_path, texts)
    assert "all@evil.example" in strangers(inbox, texts)
