"""Decides what the words of a frequency amount to, or why that cannot be decided (phrases/README.md)."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.intake.frequency_found import Amount, CannotDecide, Found, is_total, sort
from sheets_sync.intake.frequency_period import day_by_week, find_period, join_days
from sheets_sync.intake.frequency_several import refuse_several
from sheets_sync.intake.frequency_word import Word

LARGEST_MINUTES = 48_000
LARGEST_COUNT = 400
LONGEST_DAY = 720
"""Minutes: more than any school day, less than a day and a night."""
SHORTEST_SESSION = 5
"""Minutes: less is no session; the count and the minutes may have changed places."""
MOST_SESSIONS = {"day": 10, "week": 25}
CONTRACT_MINUTES = 480
"""A range of minutes from here on is a contract's or a program's, not one student's."""


def decide(words: Sequence[Word], school_minutes: int | None = None) -> Amount:
    """Return what the words ask for. Raises CannotDecide."""
    _refuse_doubts(words)
    amount = Amount()
    _find_group(words, amount)
    if any(word.kind == "as_needed" for word in words):
        return _as_needed(words, amount)
    words = _drop_esy(words, amount)
    found = sort(words, school_minutes)
    _ask_about_ranges(found, amount)
    find_period(found, amount)
    refuse_several(found)
    _find_amount(found, amount)
    join_days(found, amount)
    _check_sizes(amount)
    return amount


def _refuse_doubts(words: Sequence[Word]) -> None:
    if not words:
        raise CannotDecide("There is no frequency here.")
    for position, word in enumerate(words):
        if word.kind == "doubt":
            raise CannotDecide(word.name)
        if word.kind == "or":
            around = [words[i].kind for i in (position - 1, position + 1) if 0 <= i < len(words)]
            if not all(kind in ("group", "word") for kind in around):
                raise CannotDecide("These are alternatives: it does not say which one holds.")


def _find_group(words: Sequence[Word], amount: Amount) -> None:
    groups = {word.name for word in words if word.kind == "group"}
    if len(groups) == 1:
        amount.group = groups.pop()
        amount.group_size = max(int(word.low) for word in words if word.kind == "group")


def _as_needed(words: Sequence[Word], amount: Amount) -> Amount:
    if any(word.kind in ("period", "count", "minutes", "number", "pair", "days_a_week") for word in words):
        raise CannotDecide("This is an amount, and as needed: it does not say which one holds.")
    amount.period = "as_needed"
    return amount


def _drop_esy(words: Sequence[Word], amount: Amount) -> Sequence[Word]:
    """Leave out "(ESY 1x30)": an amount of its own, which needs a line of its own."""
    if any(word.kind == "esy" for word in words):
        amount.asked = "This speaks of ESY: say so in the column ESY, and give it a row of its own."
    for start, word in enumerate(words):
        if word.kind == "open" and start + 1 < len(words) and words[start + 1].kind == "esy":
            end = next((i for i in range(start, len(words)) if words[i].kind == "close"), len(words) - 1)
            return [*words[:start], *words[end + 1 :]]
    return words


def _ask_about_ranges(found: Found, amount: Amount) -> None:
    for word in found.words:
        if word.kind in ("count", "minutes", "number", "days_a_week") and word.high != word.low:
            if word.high < word.low:
                raise CannotDecide("This range ends before it begins.")
            if word.kind == "minutes" and word.low >= CONTRACT_MINUTES:
                raise CannotDecide("A range this large is not one student's amount.")
            if word.high > 3 * word.low:
                raise CannotDecide("This range is so wide that it may be none.")
            amount.asked = "This is a range: its lower end is counted."
        if word.kind == "floor":
            amount.asked = "This is the least that is asked for: it is what is counted."
        if word.kind == "about":
            amount.asked = "This is an amount by and large: it is counted as it stands."


def _find_amount(found: Found, amount: Amount) -> None:
    pairs = [word for word in found.words if word.kind == "pair"]
    if pairs:
        _from_pair(found, pairs, amount)
        return
    count = _one_count(found)
    if not found.minutes:
        _without_minutes(found, count, amount)
        return
    lengths = _distinct_minutes(found)
    if len(found.numbers) == 1 and len(lengths) == 1 and count is not None:
        _with_bare_length(found, count, lengths[0], amount)
        return
    if found.numbers:
        raise CannotDecide("There is a number without a unit here.")
    if len(lengths) == 1:
        _with_one_length(found, count, lengths[0], amount)
    elif len(lengths) == 2:
        _with_two_lengths(found, count, lengths, amount)
    else:
        raise CannotDecide("These are several amounts in one cell.")


def _from_pair(found: Found, pairs: Sequence[Word], amount: Amount) -> None:
    """Read "2 x 30", a pair without a unit: the smaller is the count, if the other is at least 10."""
    first, second = pairs[0].low, pairs[0].high
    if len(pairs) > 1 or found.counts or found.numbers:
        raise CannotDecide("These are several amounts in one cell.")
    could_be_swapped = first >= 10 and (first % 5 == 0 or amount.period in ("day", "week"))
    if first >= second or second < 10 or could_be_swapped:
        raise CannotDecide("It does not say which number is the count and which the minutes.")
    amount.sessions, amount.minutes, amount.total = first, second, first * second
    for place in found.minutes:
        if found.words[place].low not in (second, amount.total):
            raise CannotDecide("The amounts in this cell do not fit together.")


def _one_count(found: Found) -> float | None:
    counts = [found.words[place].low for place in found.counts]
    if len(counts) > 1:
        again = found.counts[1]
        if len(counts) > 2 or counts[0] != counts[1] or not _in_parentheses(found.words, again):
            raise CannotDecide("These are several amounts in one cell.")
    return counts[0] if counts else None


def _in_parentheses(words: Sequence[Word], place: int) -> bool:
    kinds = [word.kind for word in words[:place]]
    return kinds.count("open") > kinds.count("close")


def _without_minutes(found: Found, count: float | None, amount: Amount) -> None:
    if count is None and not found.numbers:
        if _says(found, "minutes", "min", "mins", "hour", "hours", "hr", "hrs"):
            raise CannotDecide("It does not say how many minutes.")
        if any(word.kind == "days_a_week" for word in found.words):
            return
        if amount.period == "day" or _says(found, "session", "visit"):
            amount.sessions = 1
            if amount.period is not None:
                return
        raise CannotDecide("No amount is stated.")
    parted = any(word.kind in ("in_sessions", "total") for word in found.words)
    if count is not None and len(found.numbers) == 1 and not parted:
        bare = found.words[found.numbers[0]].low
        if 10 <= bare <= 120 and bare % 5 == 0 and bare > count:
            amount.sessions, amount.minutes, amount.total = count, bare, count * bare
            return
    if found.numbers:
        raise CannotDecide("There is a number without a unit here.")
    amount.sessions = count


def _says(found: Found, *nouns: str) -> bool:
    return any(word.kind == "word" and word.text in nouns for word in found.words)


def _distinct_minutes(found: Found) -> list[int]:
    """Return the places of amounts in minutes; one that only repeats another in parentheses is left out."""
    kept: list[int] = []
    for place in found.minutes:
        same = [other for other in kept if found.words[other].low == found.words[place].low]
        if not same or not (_in_parentheses(found.words, place) or is_total(found, place)):
            kept.append(place)
    return kept


def _with_one_length(found: Found, count: float | None, place: int, amount: Amount) -> None:
    length = found.words[place].low
    in_sessions = any(word.kind == "in_sessions" for word in found.words)
    if is_total(found, place) or (in_sessions and count is not None and found.counts[0] > place):
        amount.total = length
        if count is not None:
            amount.sessions, amount.minutes = count, _divided(length, count)
        return
    if count is not None:
        if count > 1 and _stands_for_the_period(found, place):
            raise CannotDecide("It does not say whether the minutes are a session's or the whole period's.")
        amount.sessions, amount.minutes, amount.total = count, length, count * length
        return
    if _is_one_session(found, place):
        amount.sessions, amount.minutes, amount.total = 1, length, length
    elif any(w.kind == "session" and w.text != "each" for w in found.words) or _sessions_follow(found, place):
        amount.minutes = length
    else:
        amount.total = length


def _with_bare_length(found: Found, count: float, place: int, amount: Amount) -> None:
    """Read "120 minutes per month (4 sessions of 30)": a bare number that the total confirms."""
    bare, total = found.words[found.numbers[0]].low, found.words[place].low
    if count * bare != total:
        raise CannotDecide("There is a number without a unit here.")
    amount.sessions, amount.minutes, amount.total = count, bare, total


def _divided(total: float, count: float) -> float:
    if not count or total % count:
        raise CannotDecide("The total does not divide into so many sessions.")
    return total / count


def _stands_for_the_period(found: Found, place: int) -> bool:
    """Tell whether minutes go with a period of their own, apart from the count: "60 min/week, 2 sessions"."""
    following = next(
        (w for w in found.words[place + 1 :] if w.kind not in ("word", "group", "for", "session")), None
    )
    if following is None or following.kind != "period":
        return False
    count = found.counts[0]
    if count > place:
        return not (len(found.periods) == 2 and day_by_week(found))
    return any(count < period < place for period in found.periods) and not day_by_week(found)


def _is_one_session(found: Found, place: int) -> bool:
    """Tell whether the text speaks of one session: "daily for 30 minutes", "30 min every other week"."""
    words = found.words
    for period in found.periods:
        if words[period].name == "n_weeks" and words[period].high == 1:
            return True
        if period + 2 == place and words[period + 1].kind == "for":
            return True
    following = words[place + 1 : place + 3]
    return bool(following) and any(
        word.kind == "word" and word.text in ("session", "visit") for word in following
    )


def _sessions_follow(found: Found, place: int) -> bool:
    following = found.words[place + 1 : place + 2]
    return any(word.kind == "word" and word.text in ("sessions", "visits") for word in following)


def _with_two_lengths(found: Found, count: float | None, places: Sequence[int], amount: Amount) -> None:
    """Read minutes that carry their own total ("30 min x 5 = 150 min"); it is checked, never added."""
    first, second = (found.words[place].low for place in places)
    if count is None:
        if not (_in_sessions(found, places) or is_total(found, places[0]) or is_total(found, places[1])):
            raise CannotDecide("These are several amounts in one cell.")
        count = _divided(max(first, second), min(first, second))
    for length, total in ((first, second), (second, first)):
        if count * length == total:
            amount.sessions, amount.minutes, amount.total = count, length, total
            return
    raise CannotDecide("The total does not fit the sessions and minutes.")


def _in_sessions(found: Found, places: Sequence[int]) -> bool:
    """Tell whether the second length parts the first: "2 hours a month in 30 minute sessions"."""
    between = found.words[places[0] + 1 : places[1]]
    return any(word.kind == "in_sessions" for word in between) and _sessions_follow(found, places[1])


def _check_sizes(amount: Amount) -> None:
    for value, largest in (
        (amount.sessions, LARGEST_COUNT),
        (amount.minutes, 1440),
        (amount.total, LARGEST_MINUTES),
    ):
        if value is None:
            continue
        if value <= 0 or value > largest:
            raise CannotDecide("An amount in this cell is not possible.")
        if abs(value - round(value)) > 1e-6:
            raise CannotDecide("This is no whole number of sessions or minutes.")
    if (amount.sessions or 0) > MOST_SESSIONS.get(amount.period or "", LARGEST_COUNT):
        raise CannotDecide("These are more sessions than there is room for: is it the minutes?")
    if amount.minutes is not None and amount.minutes < SHORTEST_SESSION < (amount.sessions or 0):
        raise CannotDecide("It does not say which number is the count and which the minutes.")
    days = {"day": 1, "week": 5, "n_weeks": 5 * amount.n, "cycle": amount.n, "month": 23}.get(
        amount.period or ""
    )
    if days and (amount.total or 0) > days * LONGEST_DAY:
        raise CannotDecide("This is more than the school days have room for.")
