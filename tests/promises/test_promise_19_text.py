"""Promise 19: text from a sheet is only ever text: in a header, a mail, a log, JSON, a terminal, a browser.

Hostile texts in the columns of a school. What comes of them is parsed back by programs of other people (the
email and HTML parsers, a browser, a JSON reader): only our own structure is there.
Cells of our tabs, in both houses: tests/contract/test_text.py.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from sheets_sync.log import Log
from sheets_sync.run import Outcome
from sheets_sync.views import letter_html
from sheets_sync.views.mail import Mail
from sheets_sync.views.mime import message_bytes
from sheets_sync.views.page import page
from sheets_sync.views.result_json import sync_result
from sheets_sync.views.terminal import result_table
from tests.promises.full_school import Nights, Texts

HOSTILE = (
    "=?utf-8?q?x=0ABcc:_all=40evil.example?= Bea",
    "Bea\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>",
    "Bea\nSubject: owned\n.\nMAIL FROM:<x@evil.example>",
    "<script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    '"><svg onload=document.title="owned">',
    "' onmouseover='document.title=1' x='",
    "</p></div></body></html><h1>owned",
    "<!-- Bea",
    "<style>*{display:none}</style>",
    "]]><![CDATA[",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "https://evil.example/?q=Bea",
    "&lt;script&gt;&#60;b&#62;",
    "{{ 7*7 }}{% raw %}",
    "=1+1",
    '=HYPERLINK("http://evil.example","Bea")',
    "+A1",
    "-2+3",
    "@SUM(A1)",
    "\u202eelpmaxe.live\u202c Bea",
    "\u2066Bea\u2069\u200b\ufeff",
    "Bea \x1b[31mred\x1b[0m \x07\x00",
    "Bea \x1b]8;;http://evil.example\x07here",
    "[bold red]Bea[/] [link=http://evil.example]x[/link]",
    '{"a": "b"}\\u0041"',
    "\u2028\u2029\x85 Bea",
)
COLUMNS = [
    ("Caseload", "Student"),
    ("Caseload", "Case manager"),
    ("Service Grid", "Notes"),
    ("Service Log", "Notes"),
    ("Service Log", "Reason"),
    ("Service Log", "Status"),
    ("Schedule", "Location"),
    ("Staff", "Name"),
]
HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("Content-Type", "MIME-Version"),
]
MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029\x85]")


def everywhere(texts: Sequence[str]) -> list[Texts]:
    """Return students: one for each text, whose names and people's it is; one in whose row it stands once."""
    named = [
        (tab, who) for tab in ("Service Grid", "Schedule", "Service Log") for who in ("Student", "Provider")
    ]
    named += [("Caseload", "Student"), ("Staff", "Name")]
    once = [{COLUMNS[at % len(COLUMNS)]: text} for at, text in enumerate(texts)]
    return [*(dict.fromkeys(named, text) for text in texts), *once[::2], {}]


def night(folder: Path, texts: Sequence[str]) -> Outcome:
    return Nights(folder).until_everybody_is_told(*everywhere(texts))


class Structure(HTMLParser):
    """What an HTML reader makes of a page: its tags with their attributes, and where links lead."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[tuple[str, tuple[str, ...]]] = set()
        self.links: set[str] = set()
        self.others: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, tuple(name for name, _ in attrs)))
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action", "style")}

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


OUR_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "table", "tr", "td", "div", "h1", "h2", "h3", "span"),
    *("ul", "ol", "li", "p", "a", "strong", "em", "br", "thead", "tbody", "th"),
}


def foreign_in_html(text: str) -> list[str]:
    """Return what is not ours in a mail's HTML."""
    seen = Structure(text)
    tags = [f"<{tag} {' '.join(names)}>" for tag, names in seen.tags if tag not in OUR_TAGS]
    tags += [f"{tag} {name}" for tag, names in seen.tags for name in names if name.startswith("on")]
    links = [link for link in seen.links if "evil" in link or "javascript" in link.casefold()]
    return [*tags, *links, *seen.others, *text.split("<script")[1:]]


def foreign_in_mail(content: bytes) -> list[str]:
    """Return what is not ours in a mail: headers, parts, markup, marks that hide or turn."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    found = [name for name in mail if name not in HEADERS]
    found += [name for name in HEADERS if len(mail.get_all(name, [])) != 1]
    found += [str(mail[name]) for name in HEADERS if "Bea" in str(mail[name]) or "evil" in str(mail[name])]
    parts = [part.get_content_type() for part in mail.walk()]
    found += parts if parts != ["multipart/alternative", "text/plain", "text/html"] else []
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        text = body.get_content().replace("\r\n", "\n")
        found += MARKS.findall(text)
        found += [repr(letter) for letter in text if ord(letter) < 32 and letter not in "\n\t"]
        if kind == "html":
            found += foreign_in_html(text)
    return found


def sent(mail: Mail) -> bytes:
    return message_bytes(mail, "IEP services <sped@school.example>")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return night(tmp_path_factory.mktemp("night"), HOSTILE)


def test_mails_parsed_back_are_ours_alone(outcome: Outcome) -> None:
    mails = outcome.decided.mails
    assert len(mails) > len(HOSTILE)
    found = {mail.to: foreign_in_mail(sent(mail)) for mail in mails[::2]}
    assert {to: foreign for to, foreign in found.items() if foreign} == {}


ANY = st.lists(
    st.text(max_size=40) | st.text("<>&\"'/=?!-[](){}%\r\n\t\x1b\x00\u202e :@.abscript", max_size=40),
    min_size=6,
    max_size=10,
)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(texts=ANY)
def test_any_text_in_any_mail(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    for mail in night(tmp_path_factory.mktemp("any"), texts).decided.mails:
        assert [one for one in foreign_in_mail(sent(mail)) if "Bea" not in one] == []


def test_json_is_one_line_of_plain_letters_and_says_what_stands_there(outcome: Outcome) -> None:
    seen = outcome.decided.understood
    result = sync_result(
        seen.ledger,
        seen.keys,
        seen.what_to_do,
        seen.problems,
        outcome.decided.findings,
        outcome.decided.mails,
        workbook="small.xlsx",
        calls={},
    )
    text = json.dumps(result)
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == result
    assert set(result) == {"today", "workbook", "lines", "problems", "findings", "mails", "calls"}


def test_a_terminal_gets_no_orders(outcome: Outcome) -> None:
    seen = outcome.decided.understood
    out = io.StringIO()
    console = Console(file=out, width=120, highlight=False, force_terminal=False)
    console.print(result_table(seen.ledger, seen.what_to_do, seen.problems, outcome.decided.mails, width=120))
    shown = out.getvalue()
    assert [letter for letter in shown if ord(letter) < 32 and letter != "\n"] == []
    assert "\x9b" not in shown


@pytest.mark.parametrize("title", HOSTILE)
def test_a_log_line_is_one_line(title: str, capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (False, True):
        Log(lambda: datetime(2025, 11, 10, tzinfo=UTC), as_json).say("done", f"{title}: done", workbook=title)
    words, told = capsys.readouterr().err.splitlines()
    assert words.isprintable()
    assert told.isprintable()
    assert set(json.loads(told)) == {"time", "event", "message", "workbook"}


@pytest.mark.chromium
def test_a_browser_runs_nothing_of_a_sheet(tmp_path: Path, outcome: Outcome) -> None:
    """Mails and the page of the demo, in a real browser: no element is there that we did not write."""
    bodies = [mail.html.partition("<body")[2].partition(">")[2] for mail in outcome.decided.mails]
    mails = "".join(body.partition("</body>")[0] for body in bodies)
    pages = {"mails": f"<html><title>ours</title><body>{mails}</body></html>", "page": _page(outcome)}
    for name, text in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8", errors="replace")
        dom = _as_a_browser_has_it(file, tmp_path)
        assert "<title>owned" not in dom
        seen = Structure(dom)
        foreign = {"script", "img", "svg", "iframe", "object", "form", "base", "link"}
        assert not foreign & {tag for tag, _ in seen.tags}
        assert [name for _, names in seen.tags for name in names if name.startswith("on")] == []
        assert [link for link in seen.links if "evil" in link or "javascript" in link.casefold()] == []


def _page(outcome: Outcome) -> str:
    return page(outcome.decided.tabs, title="ours")


def _as_a_browser_has_it(file: Path, folder: Path) -> str:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run(
        [*words, "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def test_a_mail_without_escaping_fails_this_harness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrong variant: words of a sheet put into markup as they are."""
    for module in (html, letter_html):
        if hasattr(module, "escape"):
            monkeypatch.setattr(module, "escape", lambda text, quote=True: text)
    found = [
        one for mail in night(tmp_path, HOSTILE[3:8]).decided.mails for one in foreign_in_mail(sent(mail))
    ]
    assert found


def test_a_name_in_the_subject_fails_this_harness() -> None:
    """The wrong variant: a subject that names the student, as a reader would like it."""
    mail = EmailMessage(policy=policy.SMTP)
    for header in HEADERS[:-2]:
        mail[header] = "x@school.example" if header in ("From", "To") else "IEP services"
    mail.replace_header("Subject", "IEP services: Bea")
    mail.set_content("words")
    mail.add_alternative("<p>words</p>", subtype="html")
    assert "IEP services: Bea" in foreign_in_mail(mail.as_bytes())
