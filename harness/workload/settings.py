"""What the load process is told: the first line on its standard input."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from hadrill.harness.model.operation import Client, Roster
from hadrill.harness.workload.client_settings import ClientSettings, ReaderSettings
from hadrill.harness.workload.ledger_table import TABLE

KEYS_PER_CLIENT: Final = 1 << 40
CLIENTS_PER_BLOCK: Final = 1 << 10
_FILE_NAME: Final = re.compile(r"[\w][\w.-]*(/[\w][\w.-]*)*")
_TABLE_NAME: Final = re.compile(r"\w+\.\w+")


def first_key(client: int, block: int = 0) -> int:
    """The first of a client's own keys; 0 is no key.

    Args:
        client: index into the roster.
        block: of the load process, so that two of them that write to one ledger share no key.
    """
    return (block * CLIENTS_PER_BLOCK + client) * KEYS_PER_CLIENT + 1


class LoadSettings(BaseModel):
    """One load process: its clients, and where it leaves what they learned.

    Attributes:
        run_folder: the run's folder; segments are written below it.
        scenario: id of the scenario; the process goes by ``load of <scenario>`` in what it reports of itself.
        segment_prefix: segments are ``<prefix>-0001.npy`` and so on, relative to the run's folder.
        servers: index into the roster's servers by MySQL ``server_id``.
        nodes: names of those servers, by that index.
        clients: in the order of the roster.
        key_block: its own among the load processes of one scenario.
        seed: what is random follows from it.
        table: ``schema.table`` of the ledger.
        body_bytes: size of a row's body, large rows aside.
        seal_every_s, seal_rows: a segment is sealed after so many seconds or operations, whichever is first.
        drain_s: seconds that requests in flight are given at the stop before their connections are cut.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    run_folder: Path
    scenario: str
    segment_prefix: str
    servers: dict[int, int]
    nodes: tuple[str, ...] = ()
    clients: tuple[ClientSettings, ...] = Field(min_length=1, max_length=CLIENTS_PER_BLOCK)
    key_block: int = Field(default=0, ge=0, lt=1 << 13)
    seed: int = Field(default=0, ge=0)
    table: str = TABLE
    body_bytes: int = Field(default=64, ge=16, le=4096)
    seal_every_s: float = Field(default=5.0, gt=0)
    seal_rows: int = Field(default=100_000, gt=0)
    drain_s: float = Field(default=2.0, ge=0)

    @field_validator("segment_prefix")
    @classmethod
    def _stays_in_the_folder(cls, prefix: str) -> str:
        if not _FILE_NAME.fullmatch(prefix):
            raise ValueError("a segment prefix is a relative path of letters, digits, '.', '_' and '-'")
        return prefix

    @field_validator("table")
    @classmethod
    def _is_a_table(cls, table: str) -> str:
        if not _TABLE_NAME.fullmatch(table):
            raise ValueError("a ledger table is named schema.table, in letters, digits and '_'")
        return table

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        names = [client.name for client in self.clients]
        if len(set(names)) != len(names):
            raise ValueError(f"clients share a name: {', '.join(names)}")
        firsts = sorted(self.first_keys())
        if any(later - earlier < KEYS_PER_CLIENT for earlier, later in pairwise(firsts)):
            raise ValueError(f"clients need {KEYS_PER_CLIENT} keys each; first keys are {firsts}")
        return self

    @model_validator(mode="after")
    def _watched_clients_are_there(self) -> Self:
        names = {client.name for client in self.clients}
        for client in self.clients:
            unknown = set(client.watches) - names if isinstance(client, ReaderSettings) else ()
            if unknown:
                raise ValueError(f"{client.name} watches {', '.join(sorted(unknown))}, which the load does not have")
        return self

    def first_keys(self) -> tuple[int, ...]:
        """Where each client's keys begin, in the order of the clients."""
        return tuple(client.first_key or first_key(place, self.key_block) for place, client in enumerate(self.clients))

    def roster(self, servers: tuple[str, ...]) -> Roster:
        """The names behind the columns.

        Args:
            servers: node names by the index that ``self.servers`` gives them.
        """
        clients = (
            Client(name=client.name, way=client.way, account=client.user, reconnects=client.kind != "stubborn")
            for client in self.clients
        )
        return Roster(clients=tuple(clients), servers=servers)
