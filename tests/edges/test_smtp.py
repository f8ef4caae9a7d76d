"""Mail leaves over checked TLS alone, to allowed domains alone; a fault stops nobody else's mail."""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from sheets_sync.config import MailConfig
from sheets_sync.edges.smtp import SmtpMailer
from sheets_sync.mail import Mail
from sheets_sync.problems import WrongUse
from tests.edges.smtp_servers import (
    SCHOOL,
    STRANGER,
    Inbox,
    Script,
    certificate,
    playing,
    serving,
    trusting,
)

DOMAINS = ("school.example",)


def mail(to: str = "lee@school.example", number: int = 1, text: str = "To do: log 1 session.\n") -> Mail:
    when = datetime(2025, 11, 21, 5, 2, tzinfo=UTC)
    html = f"<html><body><p>{text}</p></body></html>"
    return Mail(to, "IEP services: 1 not logged", text, html, f"<{number}@school.example>", when, ("new",))


def mailer(port: int, security: Any = "starttls", **more: Any) -> SmtpMailer:
    config = MailConfig(
        host=more.pop("host", "localhost"),
        port=port,
        security=security,
        user=more.pop("user", ""),
        sender="IEP services <sped@school.example>",
    )
    domains: Sequence[str] = more.pop("domains", DOMAINS)
    context = more.pop("context", trusting(SCHOOL))
    return SmtpMailer(config, domains, more.pop("password", ""), context=context, timeout=2, **more)


def outcomes(deliveries: Sequence[Any]) -> list[str]:
    return [delivery.outcome for delivery in deliveries]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_over_checked_tls(security: str) -> None:
    inbox, good = Inbox(), certificate(SCHOOL, "localhost")
    with serving(inbox, **{security: good}) as port:
        deliveries = list(mailer(port, security).deliver([mail(), mail("cm@school.example", 2)]))
    assert outcomes(deliveries) == ["accepted", "accepted"]
    assert inbox.receivers == ["lee@school.example", "cm@school.example"]
    assert inbox.secured == [True, True]


def test_what_arrives_is_the_mail() -> None:
    inbox = Inbox()
    text = "To do: log 1 session.\n.a line with a dot\n. \nÀ l'école – 李\n" + "long " * 400 + "\n"
    with serving(inbox, starttls=certificate(SCHOOL, "localhost")) as port:
        list(mailer(port).deliver([mail(text=text)]))
    (envelope,) = inbox.envelopes
    got = message_from_bytes(envelope.content, policy=policy.default)
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == text.splitlines()
    assert "with a dot" in html.get_content()
    assert got["Message-ID"] == "<1@school.example>"
    assert got["From"] == "IEP services <sped@school.example>"
    assert got["To"] == "lee@school.example"
    assert got["Date"].datetime == datetime(2025, 11, 21, 5, 2, tzinfo=UTC)
    assert got["Auto-Submitted"] == "auto-generated"
    assert envelope.mail_from == "sped@school.example"


@pytest.mark.parametrize(
    ("authority", "name"),
    [(STRANGER, "localhost"), (SCHOOL, "mail.elsewhere.example")],
    ids=["unknown authority", "another name"],
)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_does_not_fit_ends_it(authority: Any, name: str, security: str) -> None:
    inbox = Inbox()
    with serving(inbox, **{security: certificate(authority, name)}) as port:
        (delivery,) = mailer(port, security).deliver([mail()])
    assert delivery.outcome == "waiting"
    assert "certificate" in delivery.problem
    assert inbox.envelopes == []


def old(context: ssl.SSLContext) -> ssl.SSLContext:
    """Make a context speak TLS 1.1 at best."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def test_old_tls_ends_it() -> None:
    script, lenient = Script(), trusting(SCHOOL)
    lenient.set_ciphers("ALL:@SECLEVEL=0")
    lenient.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with playing(script, old(certificate(SCHOOL, "localhost"))) as port:
        with (
            socket.create_connection(("localhost", port)) as plain,
            lenient.wrap_socket(plain, server_hostname="localhost") as secured,
        ):
            assert secured.version() == "TLSv1.1", "the server does speak it, to those who do"
        (delivery,) = mailer(port, "tls", context=lenient).deliver([mail()])
    assert delivery.outcome == "waiting"
    assert "No secure connection" in delivery.problem
    assert script.heard == []


@pytest.mark.parametrize(
    "answers",
    [
        {"EHLO": "250 school.example"},
        {"EHLO": "502 unknown", "HELO": "250 school.example"},
        {"EHLO": "250 STARTTLS", "STARTTLS": "454 not now"},
        {"EHLO": "250-school.example\r\n250 STARTTLS", "STARTTLS": "454 not now"},
        {"EHLO": "250-school.example\r\n250 STARTTLS", "STARTTLS": "220 go on"},
        {"EHLO": "250-school.example\r\n250 STARTTLS", "STARTTLS": None},
    ],
    ids=["stripped", "only HELO", "not offered", "refused", "no handshake", "hangs up"],
)
def test_without_starttls_not_a_word_leaves(answers: dict[str, str | None]) -> None:
    script = Script(answers=answers)
    with playing(script) as port:
        (delivery,) = mailer(port).deliver([mail()])
    assert delivery.outcome == "waiting"
    assert delivery.problem
    assert not [
        line for line in script.heard if line.upper().startswith(("MAIL", "RCPT", "DATA", "AUTH", "HELO"))
    ]


def test_plain_mail_goes_to_this_machine_alone() -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        deliveries = list(mailer(port, "none", host="127.0.0.1").deliver([mail()]))
    assert outcomes(deliveries) == ["accepted"]
    assert inbox.secured == [False]


def test_plain_mail_goes_nowhere_else() -> None:
    with socket.create_server(("0.0.0.0", 0)) as listener:
        own_address = socket.gethostbyname(socket.gethostname())
        remote = "192.0.2.1" if own_address.startswith("127.") else own_address
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        (delivery,) = mailer(port, "none", host=remote).deliver([mail()])
        with pytest.raises(TimeoutError):
            listener.accept()
    assert delivery.outcome == "waiting"
    assert "without TLS" in delivery.problem


@pytest.mark.parametrize(
    "address",
    [
        "lee@elsewhere.example",
        "lee@school.example.evil.example",
        "lee@mail.school.example",
        "lee@school.example, all@evil.example",
        "lee@school.example\r\nRCPT TO:<all@evil.example>",
        "<lee@school.example>",
        "@evil.example:lee@school.example",
        "lee%evil.example@",
        "lee@schооl.example",
        "",
    ],
)
def test_no_other_receiver_stands_in_any_envelope(address: str) -> None:
    inbox = Inbox()
    with serving(inbox, starttls=certificate(SCHOOL, "localhost")) as port:
        deliveries = list(mailer(port).deliver([mail(address), mail("cm@school.example", 2)]))
    assert outcomes(deliveries) == ["refused", "accepted"]
    assert inbox.receivers == ["cm@school.example"]


def test_without_allowed_domains_nothing_leaves() -> None:
    inbox = Inbox()
    with serving(inbox, starttls=certificate(SCHOOL, "localhost")) as port:
        deliveries = list(mailer(port, domains=()).deliver([mail()]))
    assert outcomes(deliveries) == ["refused"]
    assert inbox.envelopes == []


@pytest.mark.parametrize(
    ("answer", "outcome"), [("550 5.1.1 no such user", "refused"), ("450 later", "waiting")]
)
def test_one_refused_receiver_blocks_nobody(answer: str, outcome: str) -> None:
    inbox = Inbox(refused={"b@school.example": answer})
    names = ["a", "b", "c"]
    with serving(inbox, starttls=certificate(SCHOOL, "localhost")) as port:
        mails = [mail(f"{name}@school.example", at) for at, name in enumerate(names)]
        deliveries = list(mailer(port).deliver(mails))
    assert outcomes(deliveries) == ["accepted", outcome, "accepted"]
    assert inbox.receivers == ["a@school.example", "c@school.example"]


@pytest.mark.parametrize("farewell", ["421 busy", "451 error", "550 no", None])
def test_after_250_a_mail_is_accepted_whatever_quit_answers(farewell: str | None) -> None:
    script = Script(answers={"QUIT": farewell})
    with playing(script) as port:
        deliveries = list(mailer(port, "none").deliver([mail()]))
    assert outcomes(deliveries) == ["accepted"]
    assert script.mails == 1


@pytest.mark.parametrize(
    ("script", "outcome", "words"),
    [
        (Script(greeting=None), "waiting", "connecting"),
        (Script(greeting="421 busy"), "waiting", "connecting"),
        (Script(greeting=""), "waiting", "did not answer while connecting"),
        (Script(answers={"MAIL": None}), "waiting", "naming the sender"),
        (Script(answers={"MAIL": "421 closing"}), "waiting", "(421)"),
        (Script(answers={"MAIL": "550 5.7.1 not you"}), "waiting", "(550 5.7.1) while naming the sender"),
        (Script(answers={"RCPT": None}), "waiting", "naming the receiver"),
        (Script(answers={"RCPT": "550 no"}), "refused", "naming the receiver"),
        (Script(answers={"DATA": "451 no room"}), "waiting", "(451) while sending the mail"),
        (Script(answers={"DATA": "554 no"}), "refused", "(554) while sending the mail"),
        (Script(cut_content=True), "waiting", "failed while"),
        (Script(after_dot=None), "waiting", "waiting for its word"),
        (Script(after_dot="452 full"), "waiting", "(452) while waiting for its word"),
        (Script(after_dot="554 spam"), "refused", "(554) while waiting for its word"),
    ],
)
def test_the_stage_of_a_fault_is_told(script: Script, outcome: str, words: str) -> None:
    with playing(script) as port:
        (delivery,) = mailer(port, "none").deliver([mail()])
    assert delivery.outcome == outcome
    assert words in delivery.problem


def test_a_server_that_never_answers_after_the_dot_is_left() -> None:
    with playing(Script(after_dot="")) as port:
        (delivery,) = mailer(port, "none", after_dot_timeout=0.3).deliver([mail()])
    assert delivery.outcome == "waiting"
    assert "did not answer while waiting for its word" in delivery.problem


def test_a_connection_that_breaks_is_made_anew_for_the_next_mail() -> None:
    script = Script(after_dot=None)
    with playing(script) as port:
        deliveries = list(mailer(port, "none").deliver([mail(number=1), mail(number=2)]))
    assert outcomes(deliveries) == ["waiting", "waiting"]
    assert script.mails == 2


def test_a_server_that_is_not_there_is_asked_once() -> None:
    script = Script(greeting="554 no service")
    with playing(script) as port:
        deliveries = list(mailer(port, "none").deliver([mail(number=at) for at in range(5)]))
    assert outcomes(deliveries) == ["waiting"] * 5
    assert script.heard == []


@pytest.mark.parametrize(("password", "outcome"), [("right password", "accepted"), ("wrong one", "waiting")])
def test_logging_in(password: str, outcome: str) -> None:
    inbox = Inbox()
    with serving(inbox, starttls=certificate(SCHOOL, "localhost"), login=True) as port:
        ours = mailer(port, user="sped", password=password)
        (delivery,) = ours.deliver([mail()])
    assert delivery.outcome == outcome
    assert set(inbox.users) == {"sped"}
    assert password not in repr(ours) + repr(vars(delivery) if hasattr(delivery, "__dict__") else delivery)


def test_a_password_of_other_letters_logs_in() -> None:
    inbox = Inbox(password="pässwort")
    with serving(inbox, starttls=certificate(SCHOOL, "localhost"), login=True) as port:
        right = mailer(port, user="sped", password="pässwort").deliver([mail()])
        wrong = mailer(port, user="sped", password="pösswort").deliver([mail(number=2)])
        assert outcomes([*right, *wrong]) == ["accepted", "waiting"]


@pytest.mark.parametrize(
    ("offered", "password", "said"),
    [
        ("250 school.example", "secret", "offers no log-in"),
        ("250-school.example\r\n250 AUTH CRAM-MD5", "pässwort", "no password with other letters"),
    ],
)
def test_a_log_in_that_cannot_be_is_said_in_its_own_words(offered: str, password: str, said: str) -> None:
    script = Script(answers={"EHLO": offered})
    with playing(script) as port:
        (delivery,) = mailer(port, "none", user="sped", password=password).deliver([mail()])
    assert delivery.outcome == "waiting"
    assert said in delivery.problem
    assert not any(line.startswith("AUTH") for line in script.heard)


def test_a_context_that_checks_nothing_is_refused() -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    with pytest.raises(WrongUse, match="certificate"):
        mailer(25, context=careless)


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(WrongUse, match="from"):
        SmtpMailer(MailConfig(host="localhost", sender="the office"), DOMAINS)
