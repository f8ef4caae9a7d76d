"""How a run ended: what it says to people and to nobody else, and whether it arrived where it should."""

from __future__ import annotations

import json

from tests.google.mornings import Morning
from tests.google.school import CANARIES, OURS, Ran, School, tab
from tests.sheets_server.accounts import ACCOUNT
from tests.sheets_server.model import Spreadsheet

HELD = 3
BANNER_ROW = 1


def failed(ran: Ran, school: School, *says: str, code: int = 1) -> bool:
    """The run ended with this code and says this, and what would do."""
    assert ran.code == code
    assert [words for words in says if words not in ran.err] == []
    assert "What would do: " in ran.err
    assert ran.out == "" or (code == HELD and json.loads(ran.out)["held"])
    return silent(ran, school)


def only_a_banner(before: Spreadsheet, school: School) -> bool:
    """The run held the workbook: of ours the second row of the Compliance tab alone may be another."""
    now = school.book
    for title in OURS:
        was, has = (
            {place: cell for place, cell in tab(book, title).cells.items() if place[0] != BANNER_ROW}
            for book in (before, now)
        )
        assert was == has
    return True


def silent(ran: Ran, school: School) -> bool:
    """No cell, no secret and no stack trace is on standard error."""
    tokens = [one.reply["access_token"] for one in school.server.requests if _is_token(one.reply)]
    key = school.server.tokens.accounts[ACCOUNT].info()["private_key"].splitlines()[1:-1]
    unsaid = (*CANARIES, *tokens, *key, "ya29", "Bearer", "Traceback", ".py", "Error(", "The program itself")
    assert [word for word in unsaid if word in ran.err] == []
    return True


def recovers(school: School, morning: Morning) -> bool:
    """With nothing in its way any more, the next run arrives where an undisturbed one did."""
    school.server.faults.clear()
    ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    return arrived(school, morning)


def arrived(school: School, morning: Morning) -> bool:
    """Tabs, state and mails are what an undisturbed run leaves; staff's tabs are as they were."""
    assert school.tabs() == morning.after_tabs
    assert school.staffs() == morning.staffs
    assert school.remembered() == morning.after_state
    assert school.mails() == morning.after_mails
    return True


def _is_token(reply: object) -> bool:
    return isinstance(reply, dict) and "access_token" in reply
