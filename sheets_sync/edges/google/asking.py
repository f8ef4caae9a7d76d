"""One request, asked until there is an answer that stays: token, quota, tries, deadline, and what is said.

What is raised is raised outside of any `except`: an exception of requests holds the request with its token,
and nothing of that may hang on ours.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth import exceptions

from sheets_sync.edges.google import failures, refusals, token_failures
from sheets_sync.edges.google.answer import Answer, is_page, retry_after
from sheets_sync.edges.google.connection import of_broken, what_broke
from sheets_sync.edges.google.failures import Situation, Step
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.pace import Kind, Pace
from sheets_sync.edges.google.retries import STATUSES, pause
from sheets_sync.edges.google.token import NoTokenError, TokenRequest, answer_of
from sheets_sync.edges.google.wire import CONNECT, READ, Limit
from sheets_sync.problems import SheetsSyncError

_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. `repeat`: it does no harm if it is carried out twice. `rest` goes to requests as it is."""

    step: Step
    method: str
    url: str
    repeat: bool
    rest: Mapping[str, Any] = field(repr=False)

    @property
    def kind(self) -> Kind:
        return "read" if self.step is Step.READING else "write"


@dataclass(frozen=True, slots=True)
class Answered:
    """A success, and its JSON."""

    response: requests.Response = field(repr=False)
    said: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that failed: what is said if it was the last.

    `again`: it could go better next time. `unclear`: it may have been carried out. `status` is that of the
    answer, 0 where there was none; `wait` is what the answer asks for, in seconds.
    """

    said: SheetsSyncError
    again: bool = False
    unclear: bool = False
    status: int = 0
    wait: float | None = None


class Asking:
    """Asks with the credentials of one account, within one run's limit. `sent` counts reads and writes."""

    def __init__(
        self,
        session: requests.Session,
        credentials: Any,
        pace: Pace,
        limit: Limit,
        whole: float,
        who: Callable[[], Situation],
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._token_request = TokenRequest(session)
        self._pace = pace
        self._limit = limit
        self._whole = whole
        self._who = who
        self._machine: Machine = limit.machine
        self.sent: Counter[str] = Counter(read=0, write=0)

    def begin_anew(self, whole: float) -> None:
        """Begin another limit of so many seconds."""
        self._whole = whole
        self._limit.until = self._machine.now() + whole

    def ask(self, asked: Asked) -> Answered:
        """Return the success. Raises SheetsSyncError."""
        began, tries, renewed = self._machine.now(), 0, False
        renew = False
        while True:
            tries += 1
            outcome = self._try(asked, tries, renew=renew)
            if isinstance(outcome, Answered):
                return outcome
            renew = outcome.status == _UNAUTHORIZED and not renewed
            renewed = renewed or renew
            if not renew:
                self._machine.sleep(self._next(asked, outcome, tries, self._machine.now() - began))

    def _next(self, asked: Asked, failed: Failed, tries: int, spent: float) -> float:
        """Return the seconds until the next try. Raises what failed where there is none."""
        if failed.unclear and not asked.repeat:
            raise failures.unclear(self._situation(asked.step, tries))
        if self._limit.left() <= 0 or not failed.again:
            raise failed.said
        chance = self._machine.chance()
        wait = pause(tries, spent, chance, status=failed.status, retry_after=failed.wait)
        if wait is None or wait >= self._limit.left():
            raise failed.said
        return wait

    def _try(self, asked: Asked, tries: int, *, renew: bool) -> Answered | Failed:
        headers: dict[str, str] = {}
        failed = self._authorize(asked, headers, self._situation(Step.TOKEN, tries), renew=renew)
        situation = self._situation(asked.step, tries)
        failed = failed or self._quota(asked, situation)
        if failed is not None:
            return failed
        self._limit.sent = False
        response, broken = None, None
        with self._pace.request(asked.kind):
            try:
                response = self._session.request(
                    asked.method,
                    asked.url,
                    headers=headers | dict(asked.rest.get("headers") or {}),
                    timeout=(CONNECT, READ),
                    allow_redirects=False,
                    **{name: value for name, value in asked.rest.items() if name != "headers"},
                )
            except OSError as error:
                broken = what_broke(error)
        self.sent[asked.kind] += self._limit.sent or response is not None
        if response is None:
            assert broken is not None
            said = self._or_deadline(of_broken(broken, situation, _host(asked.url)), situation)
            return Failed(said, again=broken.passing, unclear=self._limit.sent)
        return self._read(response, situation)

    def _read(self, response: requests.Response, situation: Situation) -> Answered | Failed:
        answer = answer_of(response)
        if not 200 <= answer.status < 300:
            again = answer.status in STATUSES
            return self._refused(answer, situation, again=again, unclear=again and answer.status != 429)
        try:
            return Answered(response, json.loads(answer.body))
        except (ValueError, RecursionError):
            pass
        if is_page(answer):
            return Failed(refusals.of_answer(answer, situation), unclear=True)
        return Failed(failures.cut_answer(situation), again=True, unclear=True)

    def _quota(self, asked: Asked, situation: Situation) -> Failed | None:
        """Return a failure where the quota opens only after the run must be over."""
        wait, left = self._pace.wait(asked.kind), self._limit.left()
        if left <= 0:
            return Failed(failures.deadline(situation.step, self._whole))
        return Failed(failures.no_quota_in_time(situation, wait)) if wait >= left else None

    def _authorize(
        self, asked: Asked, headers: dict[str, str], situation: Situation, *, renew: bool
    ) -> Failed | None:
        """Put the token into the headers; return what failed."""
        if self._limit.left() <= 0:
            return Failed(failures.deadline(situation.step, self._whole))
        try:
            if renew:
                self._credentials.refresh(self._token_request)
            self._credentials.before_request(self._token_request, asked.method, asked.url, headers)
        except (exceptions.GoogleAuthError, ValueError, TypeError, KeyError, AttributeError) as error:
            return self._no_token(error, situation)
        return None

    def _no_token(self, error: Exception, situation: Situation) -> Failed:
        none = _cause(error)
        if none is not None and none.answer is None:
            host = none.host or "the place where tokens come from"
            broken = what_broke(none)
            said = self._or_deadline(of_broken(broken, situation, host), situation)
            return Failed(said, again=broken.passing)
        if none is not None and none.answer is not None:
            return self._refused(none.answer, situation, again=none.retryable, unclear=False)
        told = next((one for one in error.args if isinstance(one, Mapping)), {})
        said = token_failures.of_refusal(told, self._token_request.last, situation, self._machine.wall())
        return Failed(said, again=isinstance(error, exceptions.GoogleAuthError) and error.retryable)

    def _refused(self, answer: Answer, situation: Situation, *, again: bool, unclear: bool) -> Failed:
        wait = retry_after(answer, self._machine.wall())
        said = refusals.of_answer(answer, replace(situation, wait=wait))
        return Failed(said, again=again, unclear=unclear, status=answer.status, wait=wait)

    def _situation(self, step: Step, tries: int) -> Situation:
        return replace(self._who(), step=step, tries=tries)

    def _or_deadline(self, said: SheetsSyncError, situation: Situation) -> SheetsSyncError:
        """What breaks when the deadline is over breaks because of it."""
        return failures.deadline(situation.step, self._whole) if self._limit.left() <= 0 else said


def _cause(error: BaseException | None) -> NoTokenError | None:
    """Return the NoTokenError that an error of google-auth stands for."""
    for _ in range(10):
        if error is None or isinstance(error, NoTokenError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
