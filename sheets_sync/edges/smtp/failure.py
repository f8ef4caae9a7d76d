"""How a delivery can fail: at which stage, and what follows from it, in words without a student's name."""

from __future__ import annotations

import re
import smtplib
import ssl
from enum import StrEnum

DONE = range(200, 300)
GO_ON = range(354, 355)
ENHANCED_CODE = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


class Stage(StrEnum):
    """How far a delivery has come; the words follow "while"."""

    CONNECTING = "connecting"
    SECURING = "securing the connection"
    LOGGING_IN = "logging in"
    SENDER = "naming the sender"
    RECEIVER = "naming the receiver"
    CONTENT = "sending the mail"
    AFTER_DOT = "waiting for its word that the mail arrived"


BEFORE_ANY_MAIL = frozenset({Stage.CONNECTING, Stage.SECURING, Stage.LOGGING_IN})


class DeliveryFailed(Exception):
    """A delivery that failed.

    `permanent`: trying again would not help; `broken`: the connection is gone; `silent`: no answer came.
    """

    def __init__(
        self,
        stage: Stage,
        problem: str,
        *,
        permanent: bool = False,
        broken: bool = True,
        silent: bool = False,
    ) -> None:
        super().__init__(problem)
        self.silent = silent
        self.stage = stage
        self.problem = problem
        self.permanent = permanent
        self.broken = broken


def require(reply: tuple[int, bytes], wanted: range, stage: Stage) -> None:
    """Go on only if the server answered as it must. 5xx is for good, but for what it says of our sender."""
    code, words = reply
    if code in wanted:
        return
    detail = ENHANCED_CODE.match(words)
    number = f"{code} {detail[1].decode()}" if detail else str(code)
    raise DeliveryFailed(
        stage,
        f"The mail server said no ({number}) while {stage}.",
        permanent=500 <= code < 600 and stage is not Stage.SENDER,
        broken=code in (421, -1),
    )


def is_tls(error: Exception) -> bool:
    return isinstance(error, ssl.SSLError)


def is_silence(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def in_words(stage: Stage, error: Exception, where: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {where} is not good ({error.verify_message}); nothing was sent."
    if isinstance(error, ssl.SSLError):
        return f"No secure connection to {where} came about; nothing was sent."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{where} did not accept user and password ({error.smtp_code}); nothing was sent."
    if is_silence(error):
        return f"{where} did not answer while {stage}."
    return f"The connection to {where} failed while {stage}."
