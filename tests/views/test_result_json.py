"""`sync --json`: the object of commands.md, key by key."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.ledger import Ledger
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import Category
from sheets_sync.views.mail import Mail
from sheets_sync.views.result_json import sync_result
from tests.views.small_school import entry, small_school

TODAY = date(2025, 10, 10)
MISSED_ONE = [entry("10-06"), entry("10-08", Category.PROVIDER_ABSENT)]
FIGURES = {
    "required": 60,
    "delivered": 30,
    "made_up": 0,
    "upcoming": 0,
    "owed": 30,
    "not_logged": 0,
    "excused": 0,
    "not_scheduled": 0,
    "behind": 30,
    "extra": 0,
    "not_asked": 0,
}


def result(ledger: Ledger, **more: object) -> dict[str, object]:
    """Return the result as a machine reads it back."""
    given = {"problems": [], "findings": [], "mails": []} | more
    made = sync_result(
        ledger, ["key-1"], ["Make up 30 min."], **given, workbook="grid.xlsx", calls={"read": 1}
    )
    return json.loads(json.dumps(made))


def test_the_object_has_exactly_the_keys_of_the_contract() -> None:
    made = result(small_school(MISSED_ONE, today=TODAY))
    assert list(made) == ["today", "workbook", "lines", "problems", "findings", "mails", "calls"]
    assert (made["today"], made["workbook"], made["calls"]) == ("2025-10-10", "grid.xlsx", {"read": 1})


def test_a_line_says_where_it_stands_and_where_its_minutes_stand() -> None:
    """Mon Oct 6 delivered, Wed Oct 8 provider absent: 60 = 30 + owed 30; 30 / 60 = 50%."""
    (line,) = result(small_school(MISSED_ONE, today=TODAY))["lines"]
    assert line == {
        "line": "key-1",
        "cell": "Service Grid!A7",
        "student": "Ana R.",
        "service": "Speech therapy",
        "group": None,
        "status": "MAKE-UP OWED",
        "what_to_do": "Make up 30 min.",
        "frequency": {"sessions": 2, "minutes": 30, "total": 60, "period": "week"},
        "watch": False,
        **FIGURES,
        "percent": 50.0,
    }


def test_a_line_that_cannot_be_counted_has_no_figures() -> None:
    (line,) = result(small_school(today=TODAY, frequency=(0, 0, ""), reason="the frequency is unclear"))[
        "lines"
    ]
    assert line["status"] == "CHECK DATA"
    assert {line[name] for name in (*FIGURES, "percent", "frequency")} == {None}


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ((2, 30, "week"), {"sessions": 2, "minutes": 30, "total": 60, "period": "week"}),
        ((4, 25, "month"), {"sessions": 4, "minutes": 25, "total": 100, "period": "month"}),
        ((0, 0, "as_needed"), {"sessions": None, "minutes": None, "total": None, "period": "as_needed"}),
        ((2, 30, "n_weeks"), {"sessions": 2, "minutes": 30, "total": 60, "period": "n_weeks:1"}),
    ],
)
def test_a_frequency_is_given_as_it_was_read(frequency: tuple[int, int, str], expected: object) -> None:
    (line,) = result(small_school(today=TODAY, frequency=frequency))["lines"]
    assert line["frequency"] == expected


def test_percent_is_blank_where_nothing_could_have_been_given_yet() -> None:
    (line,) = result(small_school(today=date(2025, 10, 6)))["lines"]
    assert line["percent"] is None
    assert line["upcoming"] == 60


def test_problems_findings_and_mails() -> None:
    problem = Problem(
        Severity.QUESTION, "Service Grid", "C7", "2-3 x 30", "it is a range", "write one number"
    )
    finding = Finding(
        Kind.MISSED, "Ana R.", "Speech therapy", "key-1", "M. Duarte", date(2025, 10, 8), 30, "One session."
    )
    mail = Mail("dh@school.example", "IEP services: 1 to make up", "", "", "<1@x>", None, ("new",))
    ledger = small_school(MISSED_ONE, today=TODAY)
    made = result(ledger, problems=[problem], findings=[finding], mails=[mail])
    assert made["problems"] == [
        {
            "severity": "question",
            "tab": "Service Grid",
            "cell": "C7",
            "value": "2-3 x 30",
            "problem": "it is a range",
            "remedy": "write one number",
        }
    ]
    assert made["findings"] == [
        {
            "kind": "missed",
            "student": "Ana R.",
            "service": "Speech therapy",
            "line": "key-1",
            "date": "2025-10-08",
            "minutes": 30,
            "text": "One session.",
        }
    ]
    assert made["mails"] == [
        {"to": "dh@school.example", "subject": "IEP services: 1 to make up", "reasons": ["new"]}
    ]


def test_what_belongs_to_no_line_and_no_date_is_null() -> None:
    finding = Finding(Kind.DATA_PROBLEM, "", "", "", "", None, 0, "A cell.")
    (made,) = result(small_school(today=TODAY), findings=[finding])["findings"]
    assert (made["student"], made["service"], made["line"], made["date"]) == (None, None, None, None)
