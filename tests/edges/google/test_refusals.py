"""What Google refuses -> the sentence, what would do, the exit code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.answer import Answer
from sheets_sync.edges.google.failures import NoSuchRange, Refused, Situation, Step, range_not_found
from sheets_sync.edges.google.refusals import of_answer
from sheets_sync.problems import SheetsSyncError
from tests.edges.google.errors import CELL, answer, page, reason
from tests.edges.google.test_answer import JSON, OVERVIEW
from tests.sheets_server.auth import _out_of_scope, _unauthenticated
from tests.sheets_server.errors import ApiError
from tests.sheets_server.quota import exceeded
from tests.sheets_server.sharing import api_disabled

ACCOUNT = "sheets-sync@school-district.iam.gserviceaccount.com"
READING = Situation(Step.READING, ACCOUNT)
WRITING = Situation(Step.WRITING, ACCOUNT)
TOKEN = Situation(Step.TOKEN, ACCOUNT)


def of_server(error: ApiError) -> Answer:
    """Return the test server's answer."""
    return Answer(error.code, {}, json.dumps(error.body()).encode())


DENIED = answer(403, "PERMISSION_DENIED")

CASES: list[tuple[str, Answer, Situation, int, str, str]] = [
    # name, answer, where the run stands, exit code, what is said, what of the remedy
    (
        "not shared",
        DENIED,
        READING,
        1,
        f"The workbook is not shared with {ACCOUNT}.",
        f"In Google Sheets choose Share, type {ACCOUNT}, as Editor, and save. If the district forbids",
    ),
    (
        "not shared with the person the account acts for",
        DENIED,
        Situation(Step.READING, "office@school.example", acting=True),
        1,
        "The workbook is not shared with office@school.example.",
        "In Google Sheets choose Share, type office@school.example, as Editor, and save.",
    ),
    (
        "not shared, and nobody knows with whom",
        DENIED,
        Situation(Step.READING),
        1,
        "The workbook is not shared with the account that the program runs as.",
        "choose Share, type the account that the program runs as, as Editor",
    ),
    (
        "viewer only",
        DENIED,
        WRITING,
        1,
        "The workbook may be looked at but not changed: it is shared as viewer only.",
        f"In Google Sheets choose Share, type {ACCOUNT}, as Editor, and save.",
    ),
    (
        "the API is not enabled",
        of_server(api_disabled()),
        READING,
        1,
        "The Google Sheets API is not enabled in the project that the key belongs to.",
        f"Open {OVERVIEW}, choose Enable",
    ),
    (
        "no such spreadsheet",
        answer(404, "NOT_FOUND"),
        READING,
        2,
        "There is no Google workbook at this address: it was deleted, or the address is not whole.",
        "copy the address from the address bar",
    ),
    (
        "an .xlsx in Drive",
        answer(400, "FAILED_PRECONDITION"),
        READING,
        2,
        "This is an Excel file (.xlsx) that lies in Google Drive, not a Google workbook.",
        "File > Save as Google Sheets",
    ),
    (
        "a range that is not there",
        answer(400, "INVALID_ARGUMENT", f"Unable to parse range: {CELL}!A1"),
        READING,
        3,
        "The workbook has no tab or range of the name that was asked for.",
        "the tabs there are: not known",
    ),
    (
        "a write that Google does not take",
        answer(400, "INVALID_ARGUMENT"),
        WRITING,
        1,
        "Google refused what was to be written; the tabs stand as they were.",
        "a tab of ours is protected",
    ),
    (
        "a read that Google does not understand",
        answer(400, "INVALID_ARGUMENT"),
        READING,
        1,
        "Google did not understand what was asked while reading the workbook.",
        "Install the newest version",
    ),
    (
        "the quota of the user",
        of_server(exceeded("read", 60, per_user=True)),
        READING,
        1,
        "Google's quota for requests is used up, while reading the workbook.",
        "Wait some minutes and run again.",
    ),
    (
        "the quota, six times",
        of_server(exceeded("write", 300, per_user=False)),
        Situation(Step.WRITING, ACCOUNT, tries=6),
        1,
        "Google's quota for requests is used up (6 tries), while writing the tabs.",
        "give this one a project of its own",
    ),
    (
        "the quota, and Google says how long",
        of_server(exceeded("read", 60, per_user=True)),
        Situation(Step.READING, ACCOUNT, wait=600),
        1,
        "Google's quota for requests is used up, while reading the workbook.",
        "Wait 10 minutes and run again.",
    ),
    (
        "a quota without Google's JSON",
        page(429),
        READING,
        1,
        "Google's quota for requests is used up, while reading the workbook.",
        "Wait some minutes",
    ),
    (
        "a token that is no longer good",
        of_server(_unauthenticated("", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "sheets")),
        READING,
        1,
        "Google did not accept the token while reading the workbook: the key was deleted or disabled.",
        "Make a new key",
    ),
    (
        "a token without the scope",
        of_server(_out_of_scope("sheets")),
        READING,
        1,
        "The credentials are not allowed to work with Google Sheets (their scope does not include it).",
        "https://www.googleapis.com/auth/spreadsheets",
    ),
    (
        "VPC service controls",
        answer(403, "PERMISSION_DENIED", details=reason("SECURITY_POLICY_VIOLATED")),
        READING,
        1,
        "A security policy of the organisation forbids it (VPC service controls) while reading the workbook.",
        "Ask the district's Google administrator",
    ),
    (
        "a project that is gone",
        answer(403, "PERMISSION_DENIED", details=reason("CONSUMER_INVALID")),
        READING,
        1,
        "The project of the key, or of this machine's credentials, cannot be used: it is gone, or not paid.",
        "Look in the Google Cloud console",
    ),
    (
        "500 for good",
        answer(500, "INTERNAL"),
        Situation(Step.READING, ACCOUNT, tries=6),
        1,
        "Google Sheets is not working at the moment (6 tries), while reading the workbook.",
        "Run again later",
    ),
    (
        "a 502 of the front end, in HTML",
        page(502),
        WRITING,
        1,
        "Google Sheets is not working at the moment, while writing the tabs.",
        "Run again later",
    ),
    (
        "a token endpoint that is not working",
        page(503),
        TOKEN,
        1,
        "Google Sheets is not working at the moment, while getting a token.",
        "Run again later",
    ),
    (
        "a proxy that wants a password",
        page(407),
        READING,
        1,
        "A proxy on the way asked for a user and a password while reading the workbook; nothing was sent.",
        "HTTPS_PROXY",
    ),
    (
        "a login page of the network",
        page(302),
        WRITING,
        1,
        "Something on the way leads to another place (HTTP 302), as login pages do, while writing the tabs.",
        "Log in to the network",
    ),
    (
        "a proxy that answers HTML in Google's place",
        page(200),
        READING,
        1,
        "A proxy or filter on the way answered in Google's place (HTTP 200) while reading the workbook.",
        "let this machine reach sheets.googleapis.com and oauth2.googleapis.com",
    ),
    (
        "a filter's page that forbids",
        page(403),
        TOKEN,
        1,
        "A proxy or filter on the way answered in Google's place (HTTP 403) while getting a token.",
        "Ask whoever looks after the network",
    ),
    (
        "too much at once",
        page(413),
        WRITING,
        1,
        "What was to be sent is too much for one request, while writing the tabs.",
        "Tell who maintains the program",
    ),
    (
        "a word of Google's that nobody knows",
        answer(418, "TEAPOT"),
        READING,
        1,
        "Google refused, in a way that this program does not know (HTTP 418), while reading the workbook.",
        "tell who maintains the program",
    ),
    (
        "an error without a word",
        Answer(403, {}, b'{"error": {"code": 403}}'),
        READING,
        1,
        f"The workbook is not shared with {ACCOUNT}.",
        "choose Share",
    ),
]


@pytest.mark.parametrize(
    ("given_answer", "situation", "exit_code", "what", "remedy"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_each_failure_has_its_sentence(
    given_answer: Answer, situation: Situation, exit_code: int, what: str, remedy: str
) -> None:
    said = of_answer(given_answer, situation)
    assert said.what == what
    assert remedy in said.remedy
    assert said.exit_code == exit_code
    assert CELL not in said.what + said.remedy + repr(said)


def test_every_sentence_tells_one_failure_from_the_others() -> None:
    """What differs to the person who must do something differs in what is said."""
    told: dict[str, set[str]] = {}
    for name, given_answer, situation, *_ in CASES:
        told.setdefault(of_answer(given_answer, situation).remedy, set()).add(name)
    same = {frozenset(names) for names in told.values() if len(names) > 1}
    assert same == {
        frozenset(
            {"500 for good", "a 502 of the front end, in HTML", "a token endpoint that is not working"}
        ),
        frozenset({"the quota of the user", "the quota, six times", "a quota without Google's JSON"}),
        frozenset({"not shared", "an error without a word"}),
        frozenset({"a proxy that answers HTML in Google's place", "a filter's page that forbids"}),
    }


def test_a_refused_write_is_told_from_all_others() -> None:
    bad = answer(400, "INVALID_ARGUMENT")
    assert isinstance(of_answer(bad, WRITING), Refused)
    assert not isinstance(of_answer(bad, READING), Refused)
    assert not isinstance(of_answer(answer(400, "FAILED_PRECONDITION"), WRITING), Refused)


def test_a_tab_that_is_not_there_is_named_with_the_nearest_and_all_that_are() -> None:
    said = range_not_found("'Service Logs'!A1:N", ["Caseload", "Service Log", "Calendar"])
    assert isinstance(said, NoSuchRange)
    assert said.exit_code == 3
    assert said.remedy == (
        'Asked for was "\'Service Logs\'!A1:N"; the nearest tab is "Service Log"; the tabs there are:'
        ' "Caseload", "Service Log", "Calendar".'
    )
    assert "nearest" not in range_not_found("zzz", ["Caseload"]).remedy


STATUS = st.integers(100, 599)
ANY_BODY = st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode())
ANY_ERROR = st.fixed_dictionaries(
    {},
    optional={
        "code": st.integers() | st.text(),
        "status": st.sampled_from(["PERMISSION_DENIED", "INVALID_ARGUMENT", "ABORTED", CELL]) | JSON,
        "message": st.just(CELL) | JSON,
        "details": st.lists(st.dictionaries(st.sampled_from(["reason", "metadata", "@type"]), JSON)) | JSON,
    },
).map(lambda error: json.dumps({"error": error}).encode())


@given(STATUS, ANY_BODY | ANY_ERROR, st.sampled_from(Step), st.integers(1, 6))
def test_no_answer_whatever_brings_it_down_or_is_repeated(
    status: int, body: Any, step: Step, tries: int
) -> None:
    said = of_answer(Answer(status, {}, body), Situation(step, ACCOUNT, tries=tries))
    assert isinstance(said, SheetsSyncError)
    assert said.what
    assert said.remedy
    assert "\n" not in said.what + said.remedy
    assert CELL not in said.what + said.remedy
