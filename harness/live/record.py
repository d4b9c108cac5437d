"""What is written down of a topology that is up: where everything is, and what opens it."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from hadrill.harness.live.holder_id import HolderId
from hadrill.harness.model.instance import Account, Endpoint, Instance
from hadrill.harness.model.topology import Node
from hadrill.harness.typed import read_json


@dataclass(frozen=True, slots=True)
class LiveNode:
    """A node, and where the server on it listens, past every link."""

    node: Node
    server: Endpoint


@dataclass(frozen=True, slots=True)
class LiveInstance:
    """An instance that the topology came up with.

    Attributes:
        name: what the topology's file calls it.
        described: as the service described it then; roles change later.
        accounts: every account that the customer is given, owner first.
    """

    name: str
    described: Instance
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class LiveStage:
    """A running environment and the service in it.

    Attributes:
        work: the run's work folder; gone when everything has ended.
        logs: folder with a log for each program.
        manager: the service's API; its page for people is at ``/docs``.
        token: opens the manager.
        toxiproxy: the API at which links are broken and mended by hand.
        auditor: reads every server itself, past the gates that customers meet.
        client: command of a MySQL client; just ``mysql`` where that is on PATH, or where none was found.
    """

    work: str
    logs: str
    manager: Endpoint
    token: str = field(repr=False)
    toxiproxy: Endpoint
    auditor: Account
    nodes: tuple[LiveNode, ...]
    instances: tuple[LiveInstance, ...]
    client: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """One topology that is up, or on its way.

    Attributes:
        holder: the process whose end ends everything.
        since: UTC; when it began to come up.
        stage: None as long as it is on its way.
        trouble: why it ended by itself; empty as long as it has not.
    """

    topology: str
    holder: HolderId
    since: datetime
    stage: LiveStage | None = None
    trouble: str = ""

    @property
    def state(self) -> str:
        """How far it is, and since when, in words; its holder is taken to be alive."""
        return f"{'up' if self.stage else 'coming up'} since {self.since:%Y-%m-%d %H:%M:%S %Z}"

    def to_json(self) -> bytes:
        """As it is written; holds passwords."""
        return _RECORD.dump_json(self, indent=2)


def read_record(text: bytes) -> LiveRecord:
    """The reverse of ``to_json``; raises ValueError, which quotes nothing."""
    return read_json(LiveRecord, text)


_RECORD = TypeAdapter(LiveRecord)
