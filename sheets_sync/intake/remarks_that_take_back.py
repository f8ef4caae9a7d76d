"""What a remark says that takes back its row, or a part of the year: "on hold", "Mon only", "D/C 10/15"."""

from __future__ import annotations

import re

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.lazy_regex import lazy_regex

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:days?)?"
TAKES_BACK = lazy_regex(
    r"\b(?:every other|every (?:2|two|second|3|three|third) (?:weeks?|wks?)|bi-?weekly|bi-?monthly"
    r"|alternat\w+|rotat(?:es?|ing|ion)|alt\.? (?:weeks?|wks?)"
    r"|(?:1st|2nd|3rd|4th|first|second|third|fourth|last)\b.*\b(?:weeks?|month|(?:mon|tues|wednes|thurs|fri)days?)"
    r"|(?:1st|2nd|3rd|4th|first|second|third|fourth) (?:semester|quarter|trimester|marking period)"
    r"|(?:semester|quarter|trimester) [1-4]|q[1-4]|(?:once|twice|per|a|each|every|/) ?month|monthly|quarterly"
    r"|(?-i:[A-H])[- ]days|(?-i:[B-H])[- ]day|esy only|(?:fall|spring|winter|summer) only"
    r"|(?:until|till|through|thru|after|before|starting)\b.{0,20}\b(?:break|vacation|thanksgiving|christmas)"
    r"|(?:reduc|increas|decreas|lower)(?:e[sd]?|ing) to|switch(?:es|ing)? to|only if|summer"
    r"|\d+ (?:weeks?|wks?) (?:on|off)|\d[\s-](?:week|wk) (?:cycle|rotation)|lasts \d+"
    r"|parent(?:s|ally)? (?:declin\w+|refus\w+)|void(?:ed)?"
    r"|(?-i:HOLD)|(?:moved|changed|switched) to|dnq|(?:does|did) not qualify|ineligible|not eligible|revoked"
    r"|on hold|paused?|discontinued|dismissed|discharged|exited|withdrawn|withdrew|declin(?:ed?|es)|refused"
    r"|no longer|not (?:since|yet|started|starting|now|currently|active|in effect|given|held|until|after)"
    r"|inactive|stopped|suspended|cancel\w+|proposed|tentative|drafts?|planned|pending|wait-?list\w*|prn"
    r"|d/c(?:'?d)?|w/d|dc'?d|disenrolled|graduated|amended|now \d+ ?x\w*"
    r"|(?:cut|dropped|down|up|bumped|went|goes) to \d\w*"
    rf"|{_DAY} only|only (?:on )?{_DAY}|(?:1st|2nd|3rd|4th)\b.*\bonly"
    rf"|only (?:in |from )?{MONTH}|{MONTH}[\s.-]+(?:{MONTH} )?only|{MONTH}\.? ?(?:-|to|thru|through) ?{MONTH}"
    r"|new (?:time|day|days)|(?:starts?|begins?|ends?|leaves) at \d\S*"
    r"|trial period|as needed|if needed|moved away|consult(?:ation)?(?: only)?)\b",
    re.IGNORECASE,
)
DATED = lazy_regex(
    r"\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|began|effective|from|since|as of|until|till|through|thru|ends?"
    r"|ending|ended|changes?|changed|after|before)\b\W*(?:on\s|the\s|week of\s)*(?:\d{1,2}/\d{1,2}\b"
    r"|\d{4}-\d\d-\d\d"
    rf"|{MONTH}\b)",
    re.IGNORECASE,
)
