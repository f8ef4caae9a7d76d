"""A mail: what to do first, the same words twice, no names where none may stand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Config, MailConfig
from sheets_sync.mail import Mail
from sheets_sync.problems import Problem, Severity, WrongUse
from sheets_sync.state import Told
from sheets_sync.tables import Category
from sheets_sync.views.letter_html import DARK, LIGHT, Scheme
from sheets_sync.views.mime import message_bytes
from sheets_sync.views.plain import plain
from tests.findings.a_school import CRUZ, DIAZ, LEE, day, entry, line, person, school, slot, student
from tests.findings.a_school import given as delivered
from tests.views.mail_scenes import CHECKED_AT, CONFIG, SUMMARISED, Night, busy_night, night

NAMES = re.compile(r"Ana|Ben|Cora|Dev|Elif|Farah")


class Page(HTMLParser):
    """The words of a page as a reader gets them, its tags and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += re.findall(r"\w+", data)


@pytest.fixture(scope="module")
def busy() -> Night:
    return night(busy_night())


@pytest.fixture(scope="module")
def first() -> Night:
    return night(busy_night(), Told())


def all_mails(busy: Night, first: Night) -> list[Mail]:
    later = night(busy_night("11-03"), busy.decision.told)
    made_up = [entry("10-23", Category.MAKE_UP, makeup_for=day("10-20"))]
    settled = night(busy_night("10-27", more_log=made_up), busy.decision.told)
    return [mail for one in (busy, first, later, settled) for mail in one.mails]


def test_the_subject_counts_and_names_nobody(busy: Night) -> None:
    assert busy.mail(CRUZ).subject == "IEP services: 4 to make up, 2 not scheduled, and more"
    assert busy.mail(LEE).subject == "IEP services: 3 to make up, 1 scheduled too little"


def test_a_subject_is_never_folded(busy: Night, first: Night) -> None:
    for mail in all_mails(busy, first):
        head = message_bytes(mail, "").partition(b"\r\n\r\n")[0]
        assert f"\r\nSubject: {mail.subject}\r\n".encode() in head


def test_the_first_line_is_what_to_do(busy: Night) -> None:
    assert busy.mail(LEE).text.splitlines()[:2] == [
        "To do: make up 3 sessions (90 min) and schedule more of 1 service.",
        "",
    ]


def test_what_one_provider_missed_with_two_students_is_one_paragraph(busy: Night) -> None:
    text = busy.mail(CRUZ).text
    assert text.count("provider absent") == 1
    paragraph = text.partition("Ms. Lee: provider absent")[2].partition("E.K.")[0]
    assert "[To make up] 3 sessions, 90 min" in paragraph
    assert "A.R., Speech therapy: Oct 20 and Oct 22, 60 min (Compliance row 4)" in paragraph
    assert "B.T., Speech therapy: Oct 20, 30 min (Compliance row 5)" in paragraph


def test_the_worst_comes_first(busy: Night) -> None:
    text = busy.mail(CRUZ).text
    labels = re.findall(r"\[(.*?)\]", text)
    first_of_block = list(dict.fromkeys(labels))
    assert first_of_block == [
        "To make up",
        "Not scheduled",
        "Not in the grid",
        "Scheduled too little",
        "To look at",
        "Data problem",
    ]


def test_a_provider_without_an_address_is_told_through_the_case_manager(busy: Night) -> None:
    assert "Please tell Ms. Paz: no mail can go there (Staff tab)." in " ".join(busy.mail(CRUZ).text.split())


def test_what_would_settle_it_is_what_the_tab_says(busy: Night) -> None:
    assert "To settle it: What the tab says of row 9." in busy.mail(CRUZ).text


def test_the_end_says_why_how_to_quiet_it_and_when_it_was_read(busy: Night) -> None:
    end = " ".join(busy.mail(CRUZ).text.rpartition("====")[2].split())
    assert "Why you get this: the Caseload of “Caseload 25-26.xlsx” names you as case manager." in end
    assert "How to quiet it: edit the sheet." in end
    assert end.endswith("The sheet was read on Fri, Oct 24, 2025 at 5:02 AM.")


def test_students_stand_by_their_initials(busy: Night, first: Night) -> None:
    for mail in all_mails(busy, first):
        assert not NAMES.search(mail.text + mail.html + mail.subject)


@pytest.mark.parametrize(
    ("mode", "shown"), [("initials", "A.R."), ("names", "Ana R."), ("rows", "Student in Caseload row 2")]
)
def test_students_are_called_as_configured(mode: str, shown: str) -> None:
    config = replace(CONFIG, mail=MailConfig(students=mode))  # type: ignore[arg-type]
    assert shown in night(busy_night(), config=config).mail(CRUZ).text


def test_text_and_html_say_the_same_words(busy: Night, first: Night) -> None:
    for mail in all_mails(busy, first):
        assert Page(mail.html).words == re.findall(r"\w+", mail.text)


ROW_LINK = "https://docs.google.com/spreadsheets/d/1abc/edit#gid=7&range=A"


@pytest.mark.parametrize("told", [SUMMARISED, Told()], ids=["later", "first"])
def test_where_something_stands_is_a_link_where_the_workbook_has_addresses(told: Told) -> None:
    """The same words as without; in plain text the address has a line of its own, in HTML it lies behind."""
    for mail, without in zip(
        night(busy_night(), told, row_link=ROW_LINK).mails, night(busy_night(), told).mails, strict=True
    ):
        lines = mail.text.splitlines()
        links = [line.strip() for line in lines if "://" in line]
        assert "\n".join(line for line in lines if "://" not in line) + "\n" == without.text
        before = " ".join(" ".join(line for line in lines if "://" not in line).split())
        rows = [link.removeprefix(ROW_LINK) for link in links]
        assert re.findall(r"Compliance row (\d+)", before) == rows
        page = Page(mail.html)
        assert [value for name, value in page.attributes if name == "href"] == links
        assert page.words == Page(without.html).words
    assert any("://" in mail.text for mail in night(busy_night(), told, row_link=ROW_LINK).mails)


def test_the_first_summary_is_for_the_case_manager_and_says_so(first: Night) -> None:
    assert {mail.to for mail in first.mails} == {CRUZ, DIAZ}
    mail = first.mail(CRUZ)
    assert mail.reasons == ("first summary",)
    assert mail.subject.startswith("IEP services: first check, 4 to make up")
    assert "[MAKE-UP OWED] Speech therapy (60 min behind)" in mail.text
    assert "Nobody else was told anything." in mail.text


def test_each_case_manager_is_summarised_her_own_students(first: Night) -> None:
    assert "F.N." in first.mail(DIAZ).text
    assert "A.R." not in first.mail(DIAZ).text
    assert "F.N." not in first.mail(CRUZ).text


def test_a_workbook_in_order_is_summarised_in_two_sentences() -> None:
    weeks = delivered("10-06", "10-08", "10-15", "10-20", "10-22")
    mail = night(school("10-24", log=weeks), Told()).mail(CRUZ)
    assert mail.subject == "IEP services: first check, nothing to do"
    assert mail.text.startswith("Nothing to do.")
    assert "1 student, 1 line of the grid, as it should be." in " ".join(mail.text.split())


def test_the_end_of_an_alert_is_told_as_settled(busy: Night) -> None:
    made_up = [entry("10-23", Category.MAKE_UP, makeup_for=day("10-20"))]
    mail = night(busy_night("10-27", more_log=made_up), busy.decision.told).mail(LEE)
    assert mail.subject == "IEP services: 1 settled"
    assert mail.text.startswith("Nothing new to do. 1 thing is settled.")
    assert "A.R., Speech therapy (To make up): Oct 20: 30 min, provider absent." in " ".join(
        mail.text.split()
    )


def test_what_is_still_open_says_since_when(busy: Night) -> None:
    later = night(busy_night("11-03"), busy.decision.told).mail(CRUZ)
    assert "Math (still open, since Oct 24)" in later.text
    assert "still open" in later.reasons


def test_the_message_id_is_made_of_content_and_date() -> None:
    one, same = night(busy_night()), night(busy_night())
    assert [mail.message_id for mail in one.mails] == [mail.message_id for mail in same.mails]
    assert len({mail.message_id for mail in one.mails}) == len(one.mails)
    other_day = night(busy_night("10-27"))
    assert not {mail.message_id for mail in one.mails} & {mail.message_id for mail in other_day.mails}


def test_a_cell_that_may_name_another_case_managers_student_is_not_quoted(busy: Night) -> None:
    """Row 44 of the log could not be read, so nobody knows whose it is, and there are two case managers."""
    assert "Service Log G44: see the Data Problems tab." in busy.mail(CRUZ).text
    assert "PRESNT" not in busy.mail(CRUZ).text + busy.mail(DIAZ).text
    assert "Service Grid C5: The minutes of a session are missing." in busy.mail(CRUZ).text
    assert "Service Grid C5" not in busy.mail(DIAZ).text


BY_NAME = replace(CONFIG, mail=MailConfig(students="names"))


def test_what_stands_in_a_cell_is_quoted_where_names_may_stand() -> None:
    assert "Service Grid C5: “2 x wk”:" in night(busy_night(), config=BY_NAME).mail(CRUZ).text


@pytest.mark.parametrize(
    ("problem", "remedy", "shown"),
    [
        (
            "Gus W. is not on the Caseload",
            "write the name as there",
            "Service Grid B5: What stands there is not on the Caseload. Write the name as there.",
        ),
        (
            "this name is not on the Caseload",
            "do you mean Dev A.?",
            "Service Grid B5: see the Data Problems tab.",
        ),
    ],
)
def test_a_cell_with_a_name_is_told_without_it(problem: str, remedy: str, shown: str) -> None:
    unread = Problem(Severity.ERROR, "Service Grid", "B5", "Gus W.", problem, remedy)
    text = " ".join(night(busy_night(problems=[unread])).mail(CRUZ).text.split())
    assert shown in text
    assert "Gus" not in text
    assert "Dev" not in text


def test_a_row_of_two_case_managers_students_is_quoted_to_neither() -> None:
    """A group session of Ana and Farah: row 2 of the log is both of theirs."""
    together = [entry("10-23", name=name, row=2) for name in ("Ana R.", "Farah N.")]
    unread = Problem(Severity.ERROR, "Service Log", "C2", "Ana R.; Farah N.", "the service is unknown", "")
    one = night(busy_night(log=together, problems=[unread]))
    for mail in (one.mail(CRUZ), one.mail(DIAZ)):
        assert "Service Log C2: see the Data Problems tab." in mail.text
        assert "Farah" not in mail.text


HOSTILE = [
    "Ana\r\nBcc: all@evil.example",
    "=?utf-8?q?x=0ABcc:all@evil.example?=",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200e",
    "</style><style>body{display:none}",
    "{{ 7*7 }}{% raw %}",
    "a" * 32767,
    "\ud800 half",
    "\x00\x1b[31m",
]


def mails_with(text: str) -> tuple[Mail, ...]:
    """Put a text wherever a sheet has one; students by name, so that it is shown."""
    ledger = school(
        "10-24",
        students=[student(text), student(f"Ben {text}")],
        grid=[line(text, text, text), line(f"Ben {text}", text, text), line(text, "Math", text)],
        schedule=[slot(text, text, text), slot(f"Ben {text}", text, text)],
        staff=[person(text)],
        log=[
            entry("10-06", Category.PROVIDER_ABSENT, name, service=text, provider=text, reason=text)
            for name in (text, f"Ben {text}")
        ],
        problems=[Problem(Severity.ERROR, text, "C2", text, text, text)],
    )
    return night(ledger, config=BY_NAME).mails


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_sheet_is_only_ever_text(text: str) -> None:
    mails = mails_with(text)
    assert mails
    for mail in mails:
        page = Page(mail.html)
        assert set(page.tags) <= {
            *("html", "head", "meta", "title", "style", "body", "table", "tr", "td", "div"),
            *("h1", "h2", "h3", "p", "ul", "li", "span", "strong"),
        }
        assert {name for name, _ in page.attributes} <= {
            *("lang", "charset", "name", "content", "role", "class", "aria-roledescription"),
        }
        assert page.tags.count("style") == 1
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\x00\x1b]", mail.text + mail.html)
        assert page.words == re.findall(r"\w+", mail.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_parsed_back_only_our_headers_are_there(text: str) -> None:
    for mail in mails_with(text):
        got = message_from_bytes(message_bytes(mail, "IEP <sped@school.example>"), policy=policy.default)
        assert sorted(got.keys()) == [
            "Auto-Submitted",
            "Content-Type",
            "Date",
            "From",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To",
            "X-Auto-Response-Suppress",
        ]
        assert got["To"] == mail.to
        assert [part.get_content_type() for part in got.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]
        assert not got.defects


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@evil.example", "=?utf-8?q?x?=", "naïve"])
def test_a_header_with_anything_else_is_refused(busy: Night, subject: str) -> None:
    with pytest.raises(WrongUse):
        message_bytes(replace(busy.mail(CRUZ), subject=subject), "sped@school.example")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    shown = plain(text)
    assert len(shown) <= 240
    assert shown == " ".join(shown.split())
    assert shown.isprintable() or all(not ord(character) < 32 for character in shown)
    shown.encode()


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(two)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_4_5_or_better(scheme: Scheme) -> None:
    pairs = [*scheme.tones.values()]
    pairs += [(text, ground) for text in (scheme.text, scheme.quiet) for ground in (scheme.page, scheme.card)]
    assert min(contrast(text, ground) for text, ground in pairs) >= 4.5


def test_mails_are_dated_when_the_sheet_was_read(busy: Night) -> None:
    assert {mail.date for mail in busy.mails} == {CHECKED_AT}
    got = message_from_bytes(message_bytes(busy.mail(CRUZ), ""), policy=policy.default)
    assert got["Date"].datetime - CHECKED_AT == timedelta(0)


def test_nothing_is_told_twice() -> None:
    ledger = busy_night()
    once = night(ledger, config=Config())
    assert night(ledger, once.decision.told, Config()).mails == ()


def test_a_provider_is_asked_to_log_and_others_to_have_it_logged() -> None:
    log = delivered("10-06", "10-15", "10-20", "10-22", "10-27", "10-29")
    found = night(school("10-16", log=log))
    later = night(school("10-30", log=log), found.decision.told)
    first_lines = {mail.role: mail.text.splitlines()[0] for mail in (*found.mails, *later.mails)}
    assert first_lines == {
        "provider": "To do: log 1 session.",
        "case manager": "To do: have 1 session logged.",
        "supervisor": "Open for long, and nothing was mended: 1 not logged.",
    }
