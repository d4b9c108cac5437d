"""What the load process is told: the first line on its standard input."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_serializer, field_validator, model_validator

from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.operation import Client, Roster, Way
from hadrill.harness.workload.ledger_table import TABLE

KEYS_PER_CLIENT: Final = 1 << 40
_FILE_NAME: Final = re.compile(r"[\w][\w.-]*(/[\w][\w.-]*)*")
_TABLE_NAME: Final = re.compile(r"\w+\.\w+")


def first_key(client: int) -> int:
    """The first of a client's own keys; 0 is no key.

    Args:
        client: index into the roster.
    """
    return client * KEYS_PER_CLIENT + 1


class _ClientSettings(BaseModel):
    """What every kind of client has.

    Attributes:
        server: index into the roster's servers where the port belongs to one node; None for the address.
        pace_ms: milliseconds from one send to the next; 0 sends as fast as answers come.
        connect_timeout_s: seconds for TCP, and again for each answer of the login: a proxy accepts connections for a
            dead server too.
        request_timeout_s: seconds for the answer to a statement.
        first_key: keys count up from it; None leaves the choice to the client's place in the roster.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1)
    way: Way
    host: str
    port: int = Field(gt=0, lt=65536)
    user: str
    password: SecretStr
    server: int | None = Field(default=None, ge=0)
    pace_ms: float = Field(ge=0)
    connect_timeout_s: float = Field(default=1.0, gt=0)
    request_timeout_s: float = Field(gt=0)
    first_key: int | None = Field(default=None, gt=0)

    @field_serializer("password", when_used="json")
    def _reveal(self, password: SecretStr) -> str:
        """JSON is written for the load's own pipe alone; repr and str stay masked."""
        return password.get_secret_value()

    @property
    def endpoint(self) -> Endpoint:
        """Where it connects to."""
        return Endpoint(self.host, self.port)

    @property
    def account(self) -> Account:
        """Whom it connects as."""
        return Account(self.user, self.password.get_secret_value())


class WriterSettings(_ClientSettings):
    """A customer's client: writes, and connects again after an error."""

    kind: Literal["writer"] = "writer"
    pace_ms: float = Field(default=10.0, ge=0)
    request_timeout_s: float = Field(default=10.0, gt=0)


class StubbornSettings(_ClientSettings):
    """A client without a reconnection: once its connection broke it keeps trying on that one (SW-7).

    It waits long for answers, so that what breaks its connection is the service and not its own patience.
    """

    kind: Literal["stubborn"] = "stubborn"
    pace_ms: float = Field(default=50.0, ge=0)
    request_timeout_s: float = Field(default=30.0, gt=0)


class WitnessSettings(_ClientSettings):
    """A neighbour of one server: tries to write there past every link, so that two primaries are seen (HA-2)."""

    kind: Literal["witness"] = "witness"
    pace_ms: float = Field(default=50.0, ge=0)
    connect_timeout_s: float = Field(default=0.5, gt=0)
    request_timeout_s: float = Field(default=0.5, gt=0)


class VisitorSettings(_ClientSettings):
    """A client that knocks: logs in, reads, writes and leaves, again and again (SW-3, HA-12).

    Attributes:
        writes: False for one that only reads.
    """

    kind: Literal["visitor"] = "visitor"
    writes: bool = True
    pace_ms: float = Field(default=200.0, ge=0)
    request_timeout_s: float = Field(default=1.0, gt=0)


ClientSettings = WriterSettings | StubbornSettings | WitnessSettings | VisitorSettings


class LoadSettings(BaseModel):
    """One load process: its clients, and where it leaves what they learned.

    Attributes:
        run_folder: the run's folder; segments are written below it.
        scenario: id of the scenario; the process goes by ``load of <scenario>`` in what it reports of itself.
        segment_prefix: segments are ``<prefix>-0001.npy`` and so on, relative to the run's folder.
        servers: index into the roster's servers by MySQL ``server_id``.
        clients: in the order of the roster.
        table: ``schema.table`` of the ledger.
        body_bytes: size of a row's body.
        seal_every_s, seal_rows: a segment is sealed after so many seconds or operations, whichever is first.
        drain_s: seconds that requests in flight are given at the stop before their connections are cut.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    run_folder: Path
    scenario: str
    segment_prefix: str
    servers: dict[int, int]
    clients: tuple[Annotated[ClientSettings, Field(discriminator="kind")], ...] = Field(min_length=1)
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

    def first_keys(self) -> tuple[int, ...]:
        """Where each client's keys begin, in the order of the clients."""
        return tuple(client.first_key or first_key(place) for place, client in enumerate(self.clients))

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
