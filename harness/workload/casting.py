"""Which client plays which part: from its settings to what it does each beat."""

from random import Random
from typing import Protocol

from hadrill.harness.workload.accounts import accounts_beside
from hadrill.harness.workload.client_settings import (
    BatchSettings,
    LargeSettings,
    ReaderSettings,
    TransferSettings,
    VisitorSettings,
)
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.reader import Reader, asking_for_newest, asking_for_total
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.settings import KEYS_PER_CLIENT, LoadSettings
from hadrill.harness.workload.transactions import batches, transfers
from hadrill.harness.workload.transactor import Transactor
from hadrill.harness.workload.visitor import Visitor
from hadrill.harness.workload.writer import Writer


class Client(Protocol):
    """What every client can be told."""

    def turn(self) -> None:
        """Do once what it is there for; it records what came of it and raises nothing that a server caused."""
        ...


def client_at(place: int, load: LoadSettings, conversation: Conversation) -> Client:
    """The client at that place of the roster, over its own conversation."""
    settings = load.clients[place]
    body_bytes = settings.body_bytes if isinstance(settings, LargeSettings) else load.body_bytes
    rows = Rows(load.table, place, load.first_keys()[place], body_bytes)
    match settings:
        case VisitorSettings():
            return Visitor(conversation, rows, writes=settings.writes)
        case ReaderSettings():
            newest = asking_for_newest(load.table, watched_keys(load, settings))
            return Reader(conversation, newest, asking_for_total(load.table), total_every=settings.total_every)
        case TransferSettings():
            random = Random(f"{load.seed} {settings.name}")  # noqa: S311 - repeatable, and no secret
            return Transactor(conversation, transfers(rows, accounts_beside(load.table), random))
        case BatchSettings():
            return Transactor(conversation, batches(rows, settings.rows))
        case _:
            return Writer(conversation, rows, reconnects=settings.kind != "stubborn")


def watched_keys(load: LoadSettings, reader: ReaderSettings) -> list[range]:
    """The keys of each client that a reader watches, in the order of the roster."""
    firsts = zip(load.clients, load.first_keys(), strict=True)
    return [range(first, first + KEYS_PER_CLIENT) for client, first in firsts if client.name in reader.watches]
