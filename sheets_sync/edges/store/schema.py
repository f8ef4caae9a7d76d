"""The tables of the state file: columns are the fields of the values in state.py and mail.py.

Dates and times are ISO text, tuples are JSON, bytes are compressed. A mail of the same Message-ID is the
same mail.
Every change here raises VERSION, and says in UPGRADES what brings a file of the version before to it.
"""

from __future__ import annotations

APPLICATION_ID = 0x53535943
VERSION = 5

GUARDED = (
    "CREATE TABLE baseline (today TEXT NOT NULL, counted_with TEXT NOT NULL)",
    """CREATE TABLE seen_tab (
        source TEXT NOT NULL, tab TEXT NOT NULL, rows INTEGER NOT NULL, unreadable INTEGER NOT NULL,
        known INTEGER NOT NULL, unknown TEXT NOT NULL, strange_rows INTEGER NOT NULL,
        numbers TEXT NOT NULL, PRIMARY KEY (source, tab))""",
    """CREATE TABLE seen_column (
        source TEXT NOT NULL, tab TEXT NOT NULL, name TEXT NOT NULL, marks BLOB NOT NULL,
        filled INTEGER NOT NULL, unreadable INTEGER NOT NULL, PRIMARY KEY (source, tab, name))""",
    "CREATE TABLE seen_student (name INTEGER NOT NULL, student_id INTEGER NOT NULL, exit TEXT)",
    "CREATE TABLE amount (what TEXT NOT NULL, until TEXT, number INTEGER NOT NULL)",
    """CREATE TABLE doubt (
        answer TEXT NOT NULL, kind TEXT NOT NULL, tab TEXT NOT NULL, seen TEXT NOT NULL, remedy TEXT NOT NULL,
        about TEXT NOT NULL, amount INTEGER NOT NULL, items TEXT NOT NULL, source TEXT NOT NULL)""",
    "CREATE TABLE kept_tab (mark TEXT PRIMARY KEY, tab BLOB NOT NULL)",
)
"""What guards know (state.Guarded): the last trusted run, our tabs as it wrote them, and what was asked."""

KEPT_SHEET = "CREATE TABLE kept_sheet (sheet BLOB NOT NULL)"
"""Sheets of other workbooks as they stood (state.Guarded.sheets)."""

HELD_LINE = "CREATE TABLE held_line (key TEXT PRIMARY KEY, as_of TEXT, what_to_do TEXT NOT NULL)"
"""Lines on our tabs that are older than these (state.Guarded.held)."""

MAIL = """CREATE TABLE mail (
        number INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE ON CONFLICT IGNORE,
        run INTEGER NOT NULL REFERENCES run,
        "to" TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, date TEXT,
        reasons TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
        first_try TEXT, next_try TEXT, problem TEXT NOT NULL DEFAULT '', reported TEXT)"""

MAIL_OF_2 = 'message_id, run, "to", subject, text, html, date, reasons, role'
"""The columns of a mail in version 2, but for `outcome`: what was "refused" there is given up."""

MAILS_OF_2 = f"""INSERT INTO mail ({MAIL_OF_2}, outcome, next_try, reported)
    SELECT {MAIL_OF_2},
        CASE outcome WHEN 'refused' THEN 'given up' ELSE outcome END,
        CASE outcome WHEN 'waiting' THEN '2000-01-01T00:00:00+00:00' END,
        CASE outcome WHEN 'refused' THEN '2000-01-01' END
    FROM mail_of_2 ORDER BY rowid"""
ALERT_3 = (
    "sessions INTEGER NOT NULL DEFAULT 0",
    "unchanged TEXT NOT NULL DEFAULT ''",
    "finding TEXT NOT NULL DEFAULT ''",
)
TELLING_3 = (
    "minutes INTEGER NOT NULL DEFAULT 0",
    "sessions INTEGER",
    "latest TEXT",
    "times INTEGER NOT NULL DEFAULT 1",
)
RUN_3 = ("same_day INTEGER NOT NULL DEFAULT 0",)
SNOOZE = """CREATE TABLE snooze (
    line TEXT PRIMARY KEY, until TEXT NOT NULL, seen TEXT NOT NULL, last TEXT NOT NULL)"""
DIGEST = """CREATE TABLE digest ("to" TEXT PRIMARY KEY, last TEXT NOT NULL)"""

COUNTED = (
    """CREATE TABLE counted_line (
        key TEXT PRIMARY KEY, row INTEGER NOT NULL, student TEXT NOT NULL, service TEXT NOT NULL,
        "group" TEXT NOT NULL, provider TEXT NOT NULL, sessions INTEGER NOT NULL, minutes INTEGER NOT NULL,
        total INTEGER NOT NULL, period TEXT NOT NULL, n INTEGER NOT NULL, start TEXT, "end" TEXT,
        esy INTEGER NOT NULL, reason TEXT NOT NULL)""",
    """CREATE TABLE counted_session (
        row INTEGER NOT NULL, student TEXT NOT NULL, service TEXT NOT NULL, provider TEXT NOT NULL,
        "group" TEXT NOT NULL, pattern TEXT NOT NULL, weekdays INTEGER NOT NULL, nth INTEGER NOT NULL,
        cycle_days INTEGER NOT NULL, cycle_length INTEGER NOT NULL, start INTEGER NOT NULL,
        minutes INTEGER NOT NULL, begins TEXT, ends TEXT, makeup INTEGER NOT NULL)""",
    """CREATE TABLE counted_entries (
        student TEXT NOT NULL, service TEXT NOT NULL, entries TEXT NOT NULL, rows TEXT NOT NULL,
        PRIMARY KEY (student, service))""",
    """CREATE TABLE counted_day (
        date TEXT NOT NULL, "to" TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL,
        label TEXT NOT NULL)""",
)

UPGRADES: dict[int, tuple[str, ...]] = {
    1: ("ALTER TABLE line ADD COLUMN detail TEXT NOT NULL DEFAULT ''",),
    2: (
        "ALTER TABLE mail RENAME TO mail_of_2",
        MAIL,
        MAILS_OF_2,
        "DROP TABLE mail_of_2",
        *(f"ALTER TABLE alert ADD COLUMN {column}" for column in ALERT_3),
        "UPDATE alert SET unchanged = since",
        *(f"ALTER TABLE telling ADD COLUMN {column}" for column in TELLING_3),
        """UPDATE telling SET minutes =
            (SELECT minutes FROM alert WHERE alert.fingerprint = telling.fingerprint)""",
        *(f"ALTER TABLE run ADD COLUMN {column}" for column in RUN_3),
        SNOOZE,
        DIGEST,
        *GUARDED,
        *COUNTED,
    ),
    3: (KEPT_SHEET,),
    4: (HELD_LINE,),
}

SCHEMA = (
    """CREATE TABLE line (
        key TEXT PRIMARY KEY, student TEXT NOT NULL, student_id TEXT NOT NULL, service TEXT NOT NULL,
        "group" TEXT NOT NULL, start TEXT, status TEXT NOT NULL, since TEXT NOT NULL,
        detail TEXT NOT NULL DEFAULT '')""",
    f"""CREATE TABLE alert (
        fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL, student TEXT NOT NULL, service TEXT NOT NULL,
        line TEXT NOT NULL, provider TEXT NOT NULL, date TEXT, minutes INTEGER NOT NULL, text TEXT NOT NULL,
        since TEXT NOT NULL, ended TEXT, {", ".join(ALERT_3)})""",
    f"""CREATE TABLE telling (
        fingerprint TEXT NOT NULL REFERENCES alert ON DELETE CASCADE, "to" TEXT NOT NULL,
        last TEXT NOT NULL, word TEXT NOT NULL, {", ".join(TELLING_3)}, PRIMARY KEY (fingerprint, "to"))""",
    SNOOZE,
    DIGEST,
    *COUNTED,
    f"""CREATE TABLE run (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, today TEXT NOT NULL,
        outcome TEXT NOT NULL, exit_code INTEGER NOT NULL, seconds REAL NOT NULL, lines INTEGER NOT NULL,
        problems INTEGER NOT NULL, findings INTEGER NOT NULL, cells_changed INTEGER NOT NULL,
        mails INTEGER NOT NULL, error TEXT NOT NULL, {", ".join(RUN_3)})""",
    MAIL,
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT)",
    *GUARDED,
    KEPT_SHEET,
    HELD_LINE,
)
