"""State files as earlier versions made them, with what stands in them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

SCHEMA_OF_1 = """
    CREATE TABLE line (
        key TEXT PRIMARY KEY, student TEXT NOT NULL, student_id TEXT NOT NULL, service TEXT NOT NULL,
        "group" TEXT NOT NULL, start TEXT, status TEXT NOT NULL, since TEXT NOT NULL);
    CREATE TABLE alert (
        fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL, student TEXT NOT NULL, service TEXT NOT NULL,
        line TEXT NOT NULL, provider TEXT NOT NULL, date TEXT, minutes INTEGER NOT NULL, text TEXT NOT NULL,
        since TEXT NOT NULL, ended TEXT);
    CREATE TABLE telling (
        fingerprint TEXT NOT NULL REFERENCES alert ON DELETE CASCADE, "to" TEXT NOT NULL,
        last TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (fingerprint, "to"));
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, today TEXT NOT NULL,
        outcome TEXT NOT NULL, exit_code INTEGER NOT NULL, seconds REAL NOT NULL, lines INTEGER NOT NULL,
        problems INTEGER NOT NULL, findings INTEGER NOT NULL, cells_changed INTEGER NOT NULL,
        mails INTEGER NOT NULL, error TEXT NOT NULL);
    CREATE TABLE mail (
        message_id TEXT PRIMARY KEY ON CONFLICT IGNORE, run INTEGER NOT NULL REFERENCES run,
        "to" TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, date TEXT,
        reasons TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL);
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT);
    PRAGMA application_id = 0x53535943;
"""

ROWS = """
    INSERT INTO line (key, student, student_id, service, "group", start, status, since) VALUES
        ('k1', 'Ana R.', '0012', 'Speech therapy', 'group', '2025-09-01', 'ON TRACK', '2025-10-06');
    INSERT INTO alert VALUES
        ('["missed"]', 'missed', 'Ana R.', 'Speech therapy', 'k1', 'Ms. Lee', '2025-11-04', 30, 'Nov 4',
         '2025-11-05', NULL);
    INSERT INTO telling VALUES ('["missed"]', 'cm@school.example', '2025-11-05', 'open');
    INSERT INTO run VALUES
        (1, '2025-11-21T05:00:00+00:00', '2025-11-21T05:00:00+00:00', '2025-11-21', 'done', 0, 0.4, 1, 0, 1,
         0, 3, '');
    INSERT INTO mail VALUES
        ('<1@x>', 1, 'cm@school.example', 'IEP services', 'words', '<p>words</p>',
         '2025-11-21T05:00:00+00:00', '["new"]', 'case manager', 'waiting'),
        ('<2@x>', 1, 'lee@school.example', 'IEP services', '', '', '2025-11-21T05:00:00+00:00',
         '["new"]', 'provider', 'accepted'),
        ('<3@x>', 1, 'kim@school.example', 'IEP services', '', '', '2025-11-21T05:00:00+00:00',
         '["new"]', 'provider', 'refused');
    INSERT INTO fact VALUES ('summarised', '2025-09-02');
"""


def make_old_state(path: Path, version: int) -> None:
    """Write a state file of version 1 or 2, with one line, one alert, one run and three mails."""
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA_OF_1 + ROWS)
    if version == 2:
        connection.execute("ALTER TABLE line ADD COLUMN detail TEXT NOT NULL DEFAULT ''")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
