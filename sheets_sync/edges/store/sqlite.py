"""The state in SQLite: one file a workbook, written in one transaction a run, private to its owner.

`journal_mode=DELETE` and `synchronous=FULL`: SQLite 3.40 can lose commits in WAL mode (promises.md).
A file that cannot be read, or that is not ours, ends the run: nothing is ever taken as "no state yet".
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sheets_sync.edges.store.files import create_private, locked, make_private_folder, require_private
from sheets_sync.edges.store.forgetting import KEPT, delete_old, forget_words
from sheets_sync.edges.store.guarded import replace_accepted
from sheets_sync.edges.store.rows import insert, select, update
from sheets_sync.edges.store.schema import APPLICATION_ID, SCHEMA, UPGRADES, VERSION
from sheets_sync.edges.store.state_rows import load_state, replace_state
from sheets_sync.guarded import Doubt
from sheets_sync.mail import Mail
from sheets_sync.problems import RunFailed
from sheets_sync.retry_policy import KEPT as GIVEN_UP_KEPT
from sheets_sync.state import MailOutcome, Posting, RunRecord, State

BUSY_SECONDS = 10.0


class Damaged(RunFailed):
    """What the file holds cannot be read, or is no state."""


class SQLiteStore:
    """State, runs and mails of one workbook.

    `load` never makes a file: without one the state is empty, as nothing was ever run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def lock(self) -> AbstractContextManager[None]:
        """Return what holds the workbook's state for one run alone. Raises AlreadyRunning."""
        return locked(self.path)

    def load(self) -> State:
        """Return what was saved last. Raises RunFailed where the file cannot be read or is not ours."""
        if not self._exists():
            return State()
        with self._connected() as connection:
            return load_state(connection)

    def try_writing(self) -> None:
        """Raise RunFailed where nothing could be saved now; nothing changes, and no state is made."""
        if not self._exists():
            with self._errors_in_words(), tempfile.TemporaryFile(dir=self.path.parent):
                return
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("ROLLBACK")

    def save(self, run: RunRecord, state: State | None, mails: Sequence[Mail] = ()) -> None:
        """Record a run, its state and its mails, all or none; without a state, the last one stays.

        Raises RunFailed where the disk does not take it: the file is then as it was before.
        """
        if not self._exists():
            self._create()
        with self._connected() as connection, _transaction(connection):
            insert(connection, "run", [run])
            number = connection.execute("SELECT max(id) FROM run").fetchone()[0]
            if state is not None:
                replace_state(connection, state)
            _add_mails(connection, mails, number)
            delete_old(connection, run.today - KEPT)
            forget_words(connection, run.today - GIVEN_UP_KEPT)

    def accept(self, doubts: Sequence[Doubt]) -> None:
        """Remember that a person let through what is doubted, until the next trusted run."""
        if not self._exists():
            self._create()
        with self._connected() as connection, _transaction(connection):
            replace_accepted(connection, doubts)

    def runs(self, limit: int = 20) -> tuple[RunRecord, ...]:
        """Return the last runs, the latest first."""
        if not self._exists():
            return ()
        with self._connected() as connection:
            return tuple(select(connection, "run", RunRecord, "ORDER BY id DESC LIMIT ?", limit))

    def waiting(self) -> tuple[Mail, ...]:
        """Return the mails that were decided and not yet accepted or written anywhere, the oldest first."""
        if not self._exists():
            return ()
        with self._connected() as connection:
            return tuple(select(connection, "mail", Mail, "WHERE outcome = 'waiting' ORDER BY tries, number"))

    def given_up(self) -> tuple[Mail, ...]:
        """Return the mails that were given up and whose words are still kept, the oldest first."""
        if not self._exists():
            return ()
        with self._connected() as connection:
            return tuple(
                select(connection, "mail", Mail, "WHERE outcome = 'given up' AND text != '' ORDER BY number")
            )

    def postings(self) -> tuple[Posting, ...]:
        """Return what waits and what was given up, the oldest first, without their words."""
        if not self._exists():
            return ()
        with self._connected() as connection:
            return tuple(
                select(
                    connection, "mail", Posting, "WHERE outcome IN ('waiting', 'given up') ORDER BY number"
                )
            )

    def next_try(self) -> datetime | None:
        """Return when a mail that waits is to be tried next, in UTC; None where none waits.

        While the workbook is held, those to the administrator alone are tried.
        """
        if not self._exists():
            return None
        with self._connected() as connection:
            query = """SELECT min(next_try) FROM mail WHERE outcome = 'waiting'
                AND (role = 'administrator' OR NOT EXISTS (SELECT 1 FROM doubt WHERE answer = 'asked'))"""
            found: str | None = connection.execute(query).fetchone()[0]
            return None if found is None else datetime.fromisoformat(found)

    def mark(self, postings: Iterable[Posting], notes: Sequence[Mail] = ()) -> None:
        """Note what became of mails, and take notes about it, all or none.

        The words of a mail that neither waits nor was given up are forgotten. Raises RunFailed where the disk
        does not take it.
        """
        with self._connected() as connection, _transaction(connection):
            for posting in postings:
                update(connection, "mail", posting, key="message_id")
            connection.execute(
                "UPDATE mail SET text = '', html = ''"
                " WHERE outcome NOT IN ('waiting', 'given up') AND text != ''"
            )
            number = connection.execute("SELECT max(id) FROM run").fetchone()[0]
            _add_mails(connection, notes, number)

    def note_undelivered(self, exit_code: int, error: str) -> None:
        """Note on the last run that it ended with mails that could not be delivered."""
        with self._connected() as connection, _transaction(connection):
            connection.execute(
                "UPDATE run SET exit_code = ?, error = ? WHERE id = (SELECT max(id) FROM run)",
                (exit_code, error),
            )

    def _exists(self) -> bool:
        """Tell whether there is a file. Raises RunFailed where that cannot be seen: it is not "none yet"."""
        with self._errors_in_words():
            try:
                os.lstat(self.path)
            except FileNotFoundError:
                return False
        return True

    def _create(self) -> None:
        """Make the file whole under another name, then move it: a crash never leaves an empty one behind."""
        make_private_folder(self.path.parent)
        unfinished = self.path.with_name(self.path.name + ".new")
        with self._errors_in_words():
            create_private(unfinished)
            with closing(_open(unfinished)) as connection, _transaction(connection):
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
            os.replace(unfinished, self.path)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        require_private(self.path)
        with self._errors_in_words(), closing(_open(self.path)) as connection:
            self._require_ours(connection)
            _upgrade(connection)
            yield connection

    def _require_ours(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = _version(connection)
        if application != APPLICATION_ID:
            raise RunFailed(
                f"{self.path} is not a state file of sheets-sync; it was left alone.",
                "Name another file with `state`.",
            )
        if version != VERSION and version not in UPGRADES:
            raise RunFailed(
                f"The state file {self.path} was written by another version of sheets-sync.",
                "Install the newest version, or name another file with `state`.",
            )
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise RunFailed(
                f"The state file {self.path} cannot be used: {getattr(error, 'strerror', None) or error}.",
                "Look whether the disk is full and whether you may write there.",
            ) from None
        except (sqlite3.Error, zlib.error, ValueError, TypeError, KeyError):
            raise Damaged(
                f"The state file {self.path} is damaged or not a state file; it was left alone.",
                "Put back a copy of it, or move it away to begin anew: the next run is then a first run.",
            ) from None


def _open(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of an earlier version to this one, step by step."""
    while (version := _version(connection)) in UPGRADES:
        with _transaction(connection):
            if _version(connection) == version:
                for statement in UPGRADES[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _add_mails(connection: sqlite3.Connection, mails: Sequence[Mail], run: int) -> None:
    """Put mails into the outbox, due since they were decided. In UTC the text of a time sorts as the time."""
    for mail in mails:
        due = mail.date.astimezone(UTC) if mail.date else datetime.min.replace(tzinfo=UTC)
        waiting = MailOutcome.WAITING.value
        insert(connection, "mail", [mail], run=run, outcome=waiting, next_try=due.isoformat())
