"""Services: one name for what people write in many ways (workbook.md; vocabulary/services.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from sheets_sync.intake.calendar_words import months, weekdays
from sheets_sync.intake.known_codes import is_built_in
from sheets_sync.intake.plain import LONGEST, plain, without_accents
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import meanings, rows, words
from sheets_sync.lazy_regex import lazy_regex

_REMEDY = (
    'Write the service in full, like "Speech therapy", or name it in the configuration under [services].'
)
_EXPORT_CODE = lazy_regex(r"^\d{3}(?:\s*[-:]\s*|\s+)(?=[A-Za-z])")
_AMOUNT = lazy_regex(r"\d\s?x\b|\d\s?x\s?\d|\bx\s?\d|/\s?(?:wk|week|month|mo|day)\b|\d\s?min", re.IGNORECASE)
_DISABILITY = lazy_regex(
    r"^(?!.*\b(?:teacher|services?|program|class|support)\b).*\b(?:(?:dis|im)\w*(?:ability|abilities|abled"
    r"|pairments?|paired)|disorders?|disturbance|disturbed|deaf-?(?:ness|blind(?:ness)?)|blind(?:ness)?|deaf"
    r"|delay(?:ed|s)?|syndrome)(?:\s*\([^()]*\)?)?$",
    re.IGNORECASE,
)
_ELSEWHERE = lazy_regex(
    r"(?:n/a|none|pending|see|same|ditto|refer to|per|as (?:per|above|listed|noted)|not|no|does not"
    r"|to (?:be|follow|come)|ask)\b",
    re.IGNORECASE,
)
_BARE_AMOUNT = lazy_regex(r"(?P<service>.+?)[\s(-]+(?P<number>\d{2,3})\)?")
_STAFFING = lazy_regex(r"\d\s?:\s?\d\s+[^\W\d]")
_CODE_AND_NAME = lazy_regex(r"\s+-\s+|\s*[(:]\s*")
_STATUS_WORDS = lazy_regex(r"[\s,(-]+(?:services?|direct(?: services?)?)\)?$", re.IGNORECASE)
_THERAPY = lazy_regex(r"[\s,-]+(?:therapy|tx|ther\.?|treatment|therapist|pathologist)$", re.IGNORECASE)
_HOW = lazy_regex(
    r"(?:\s+-+\s*|\s*[(,:/\[]\s*)"
    r"(?P<how>(?:direct[\s,]+)?(?:individual|indiv\.?|ind\.?|(?:small\s)?gro?u?p|1\s?:\s?1|push[\s-]?in|pull[\s-]?out|direct)"
    r"(?:\s(?:therapy|services?|sessions?))?)\s*[)\]]?$",
    re.IGNORECASE,
)
"""How a service is given, behind its name: "Speech - Group", "OT (pull-out)"."""
_CONSULTED = lazy_regex(
    r"[\s(,:/\[-]+(?P<how>consult(?:ation|ative|s)?|indirect)(?:\sservices?)?\s*[)\]]?$", re.IGNORECASE
)
"""As _HOW, and a blank before it is enough: "OT consult"."""
_CONSULTED_FIRST = lazy_regex(
    r"^(?P<how>consult(?:ation|ative|s)?|indirect)[\s:/-]+(?:(?:on|for)\s+)?[\s(]*(?P<service>[^\s(].*?)\)?$",
    re.IGNORECASE,
)
"""The same before the name of a service that is known: "Consultative speech", "Indirect OT"."""
_PARTED = lazy_regex(r"\s*[/,;+|]\s*")
_JOINED = lazy_regex(r"\s*(?:&|\band\b|\bor\b|\bplus\b|\bas well as\b)\s*", re.IGNORECASE)
_JOINED_WORDS = lazy_regex(r"\s+(?:&|and|or|plus)\s+", re.IGNORECASE)
"""As _JOINED, and "O&M" stays whole."""
_OR = lazy_regex(r"\bor\b", re.IGNORECASE)
_ACRONYMS = frozenset(
    ("pe", "ot", "pt", "slp", "aac", "iep", "esy", "aba", "sdi", "ela", "esl", "ell", "eld")
)

CONSULTATION = "Consultation"
"""The service of which nothing else is said: it is given as one."""
MOST_WORDS = 20
"""A title is not longer."""
LONGEST_ABBREVIATION = 5
"""A short name in capitals is one, or a short word that every workbook may write as it likes."""
SHORTEST_MISSPELT = 8
"""A shorter name with a letter wrong could be another: it is not taken for one."""


def service_key(text: str) -> str:
    """Return what two spellings of one service share: letters and digits without case; "&" is "and"."""
    return "".join(c for c in without_accents(plain(text)).replace("&", "and") if c.isalnum())


def read_service(text: str, *, services: Mapping[str, str] | None = None) -> Reading[str]:
    """Return the service's canonical name; one that is not known is its own name, tidied.

    `services` ([services] of the configuration) goes before the vocabulary. Two services in one cell, and
    abbreviations that mean several things, are refused.
    """
    if len(text) > LONGEST:
        return Reading(None, "This is too long for the name of a service.", _REMEDY)
    key = service_key(text)
    own = {service_key(typed): name for typed, name in (services or {}).items()}
    if key in own:
        return Reading(_named(own[key]))
    if not key:
        return Reading(None, "There is no service here.", _REMEDY)
    known = _look_up(plain(text))
    if known is not None:
        return known
    return _tidied(plain(text))


@lru_cache(maxsize=4096)
def known_service(text: str) -> str | None:
    """Return the service that a text is, with nothing beside it; None for anything else, misspelt or not."""
    key = service_key(text)
    return None if key in _refused() else _known().get(key)


def why_no_service(name: str) -> str | None:
    """Say why a name that is not known may be no service, or one of several; None for any other.

    A workbook counts what its grid calls a service by that name. Asked about alone it stays open: "FBA".
    """
    for form in (name, _STATUS_WORDS.sub("", plain(name))):
        key = service_key(form).rstrip("0123456789")
        if key in _seldom():
            return _seldom()[key]
    if len(name) <= LONGEST_ABBREVIATION and name.isupper():
        return "It is not known what this stands for."
    return None


def services_spoken_of(text: str) -> frozenset[str]:
    """Return the known services that a title speaks of: "Speech log 25-26"."""
    words = re.findall(r"[^\W\d_]+", plain(text))[:MOST_WORDS]
    found: set[str] = set()
    at = 0
    while at < len(words):
        phrases = ((size, " ".join(words[at : at + size])) for size in (3, 2, 1))
        first = next(((size, name) for size, phrase in phrases if (name := known_service(phrase))), None)
        found |= {first[1]} if first else set()
        at += first[0] if first else 1
    return frozenset(found)


def _look_up(text: str) -> Reading[str] | None:
    if f"={text.casefold()}" in _refused():
        return Reading(None, _refused()[f"={text.casefold()}"], _REMEDY)
    for form in _forms(text):
        key = service_key(form)
        if key in _refused():
            return Reading(None, _refused()[key], _REMEDY)
        if key in _known():
            return Reading(_known()[key])
    therapy = _known().get(service_key(_THERAPY.sub("", _HOW.sub("", _EXPORT_CODE.sub("", text)))), "")
    if therapy.endswith(" therapy"):
        return Reading(therapy)
    if _names_several(_EXPORT_CODE.sub("", text)):
        return Reading(None, "These are two services in one cell.", "Write each service in a row of its own.")
    for parting in (_CODE_AND_NAME, _PARTED):
        keys = [service_key(part) for part in parting.split(text.rstrip(" )")) if part]
        why = [_refused().get(key, "") for key in keys]
        if len(keys) > 1 and (all(why) or "disability" in why[0]):
            return Reading(None, why[0], _REMEDY)
        if name := _one_name_twice(parting.split(text.rstrip(" )"))):
            return Reading(name)
    return _misspelt(service_key(text))


def _one_name_twice(parts: Sequence[str]) -> str | None:
    """Return the service that all parts name, or that the first names in full: "Music Therapy (MT)"."""
    first = _known().get(service_key(parts[0]))
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", parts[0].casefold()))
    others = [service_key(part) for part in parts[1:]]
    return first if others and all(_known().get(key) == first or key == initials for key in others) else None


def _forms(text: str) -> tuple[str, ...]:
    """Return a text, then without its code, without how it is given, and with its words written out."""
    bare = _EXPORT_CODE.sub("", text)
    named = _CONSULTED.sub("", _HOW.sub("", bare))
    if consulted := _consulted_first(bare):
        named = consulted["service"]
    how = _HOW.search(bare)
    # "Counseling Services - Small Group" is "counseling group"
    given = f"{_STATUS_WORDS.sub('', named)} {how['how'].split()[-1]}" if how else bare
    full = tuple(map(_written_out, (bare, named)))
    forms = (text, bare, _STATUS_WORDS.sub("", bare), given, named, *full)
    return tuple(dict.fromkeys((*forms, *(_STATUS_WORDS.sub("", form) for form in full))))


def _written_out(text: str) -> str:
    """Return a name with its abbreviated words in full: "Sp/Lang Tx" is "speech/language therapy"."""
    full = meanings("service_words")
    return re.sub(r"[^\W\d_]+\.?", lambda word: full.get(word[0].lower().rstrip("."), word[0]), text)


def how_given(text: str) -> str:
    """Return how a service is given where its cell says so: "group" of "Speech - Group", else ""."""
    if len(text) > LONGEST:
        return ""
    if known_service(text) == CONSULTATION:
        return CONSULTATION.casefold()
    bare = _EXPORT_CODE.sub("", plain(text))
    found = _HOW.search(bare) or _CONSULTED.search(bare) or _consulted_first(bare)
    return found["how"] if found else ""


def consulted_on(text: str) -> str | None:
    """Return the known service of a consultation: Speech therapy of "Speech consult", None for any other."""
    if len(text) > LONGEST:
        return None
    if found := _consulted_first(plain(text)):
        return known_service(found["service"])
    behind = _CONSULTED.search(plain(text))
    return known_service(plain(text)[: behind.start()]) if behind else None


def _consulted_first(text: str) -> re.Match[str] | None:
    """Return how a service is given and its name, where it is known: "Consult OT"."""
    found = _CONSULTED_FIRST.match(text)
    return found if found and known_service(_STATUS_WORDS.sub("", found["service"])) else None


def _misspelt(key: str) -> Reading[str] | None:
    """Return the one service whose long name differs from the text by a letter or two, and ask about it."""
    if len(key) < SHORTEST_MISSPELT:
        return None
    from difflib import get_close_matches

    alike = [known for known in _known() if known[0] == key[0] and abs(len(known) - len(key)) <= 1]
    near = {_known()[known] for known in get_close_matches(key, alike, n=3, cutoff=0.9)}
    if len(near) != 1:
        return None
    name = near.pop()
    return Reading(name, f"This is taken for {name}: is it?", _REMEDY)


def _names_several(text: str) -> bool:
    """Tell whether parts of a text are different services; "reading and math" is one of plain words."""
    for parting in (_PARTED, _JOINED, _JOINED_WORDS):
        parts = [_known().get(service_key(part)) for part in parting.split(text)]
        found = {name for name in parts if name}
        plain_words = parting is not _PARTED and not _OR.search(text)
        if len(found) > 1 and not (plain_words and all(" " not in name for name in found)):
            return True
    return False


def _tidied(text: str) -> Reading[str]:
    folded = without_accents(_EXPORT_CODE.sub("", text)).replace("&", " and ")
    folded = " ".join(folded.split()).strip(" .,;:*-")
    if not any(c.isalpha() for c in folded):
        return Reading(None, "A number names no service that is known here.", _REMEDY)
    if _is_no_name(folded):
        return Reading(None, "This names no service.", _REMEDY)
    if len(folded) == 1:
        return Reading(None, "One letter names no service.", _REMEDY)
    return Reading(_sentence_case(folded))


def _is_no_name(folded: str) -> bool:
    """Tell whether a text is a frequency, a day or a status that strayed into the column."""
    if _AMOUNT.search(folded) or _ELSEWHERE.match(folded) or _DISABILITY.search(folded):
        return True
    if folded in meanings("adverbs") or _is_amount_beside(folded):
        return True
    if folded[0].isdigit() and not _STAFFING.match(folded):
        return True
    return folded in {**weekdays(), **months()} or is_built_in(folded)


def _is_amount_beside(folded: str) -> bool:
    """Tell whether a number of minutes stands behind a known service: "OT 30"; "Read 180" is a program."""
    found = _BARE_AMOUNT.fullmatch(folded)
    if found is None or not known_service(found["service"]):
        return False
    return 10 < int(found["number"]) <= 120 and int(found["number"]) % 5 == 0


def _sentence_case(folded: str) -> str:
    """Give every spelling of an unknown service one case, so that grid, schedule and log agree."""
    if len(folded) <= 4 and folded.isalpha() and " " not in folded and folded not in ("art", "gym", "band"):
        return folded.upper()
    spoken = " ".join(word.upper() if word in _ACRONYMS else word for word in folded.split())
    return spoken[:1].upper() + spoken[1:]


def _named(name: str) -> str:
    """Return a configured service as the vocabulary spells it, else as it is configured."""
    return _known().get(service_key(name), name.strip())


@cache
def _known() -> dict[str, str]:
    return {service_key(word): name for name, spoken in words("services").items() for word in (*spoken, name)}


@cache
def _refused() -> dict[str, str]:
    return {
        typed if typed.startswith("=") else service_key(typed): ", ".join(why).strip()
        for typed, *why in rows("not_services")
    }


@cache
def _seldom() -> dict[str, str]:
    idle = "This is no session of a student."
    return {service_key(word): idle for row in rows("not_sessions") for word in row} | {
        service_key(typed): ", ".join(why) for typed, *why in rows("seldom_services")
    }
