"""Programs that are wrong in one thing: each must fail the harness that the right one passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sheets_sync import delivering
from sheets_sync.edges.store import SQLiteStore
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery, Mailer, Store
from sheets_sync.retry_policy import after_try
from sheets_sync.state import RunRecord, State

Now = Callable[[], datetime]
Deliveries = tuple[Delivery, ...]


def mark_then_send() -> None:
    """Marks a mail before the server has taken it."""

    def send(store: Store, mailer: Mailer, mails: Sequence[Mail], now: Now, *_: object) -> Deliveries:
        postings = {posting.message_id: posting for posting in store.postings()}
        for mail in mails:
            done = Delivery(mail.message_id, "accepted")
            store.mark([after_try(postings[mail.message_id], done, now())])
        return tuple(mailer.deliver(mails))

    delivering._send = send


def mark_at_the_end() -> None:
    """Marks all mails together, once the last was sent: one crash then sends several again."""

    def send(store: Store, mailer: Mailer, mails: Sequence[Mail], now: Now, *_: object) -> Deliveries:
        postings = {posting.message_id: posting for posting in store.postings()}
        done = tuple(mailer.deliver(mails))
        store.mark([after_try(postings[one.message_id], one, now()) for one in done])
        return done

    delivering._send = send


def decide_without_storing() -> None:
    """Remembers the run as told, and sends its mails from memory alone."""
    in_memory: list[Mail] = []
    save = SQLiteStore.save

    def forget(self: SQLiteStore, run: RunRecord, state: State | None, mails: Sequence[Mail] = ()) -> None:
        in_memory[:] = mails
        save(self, run, state, ())

    def send(store: Store, mailer: Mailer, *_: object) -> Deliveries:
        def at_once() -> Iterator[Delivery]:
            yield from mailer.deliver(in_memory)
            in_memory.clear()

        return tuple(at_once())

    SQLiteStore.save = forget
    delivering._send = send


WRONG: dict[str, Callable[[], None]] = {
    "mark then send": mark_then_send,
    "mark at the end": mark_at_the_end,
    "decide without storing": decide_without_storing,
}
