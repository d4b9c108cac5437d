"""The manager's application in this process, with records of its own making; no server, or one that a test names."""

import asyncio
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from hadrill.harness.model.instance import Account, Edition, Endpoint, InstanceType, Member, Role, State
from hadrill.harness.model.inventory import Inventory, Route
from hadrill.harness.model.topology import Node, Topology, links_of
from hadrill.harness.reference.address import Addresses
from hadrill.harness.reference.api import build_app
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.keeper import Keeper
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import InstanceRecord, OperationKind, Status
from hadrill.harness.reference.settings import Settings
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work

TOKEN = "open"
NOBODY = Endpoint("127.0.0.1", 1)
ACCOUNT = Account("hadrill_service", "x")
"""Of the manager, on whatever server there is."""

SMALL: Final = Topology("small", tuple(Node(name, f"rack-{name}", "zone", "region") for name in ("a1", "b1", "c1")), 3)


class ConsoleApp:
    """An application whose keepers were never started; its instances are what their records say.

    Args:
        folder: of its state.
        decisions: those that it has taken.
        server: what answers on every node.
        topology: the nodes that its instances can be said to stand on.
    """

    def __init__(
        self,
        folder: Path,
        decisions: Decisions | None = None,
        server: Endpoint = NOBODY,
        topology: Topology = SMALL,
    ) -> None:
        self._state = folder / "manager.db"
        inventory = Inventory(topology, tuple(Route(link, server) for link in links_of(topology)), (), (), "/nowhere")
        settings = Settings(
            listen=NOBODY, token=TOKEN, inventory=inventory, rack_token="", state=self._state, service=ACCOUNT,
            replicator=ACCOUNT, auditor=ACCOUNT, decisions=decisions or Decisions(),
        )  # fmt: skip
        self.store = Store(self._state)
        self.manager = Manager(Work(settings, self.store, Addresses(Path("/nowhere"))))
        self.app = build_app(self.manager, TOKEN)
        self._way = httpx.ASGITransport(self.app)

    def add(self, instance: str, kind: InstanceType, node: str, address: int, **attributes: Any) -> None:
        """A running instance of the basic edition, but for attributes of its record that are given."""
        record = InstanceRecord(
            instance, Edition.BASIC, State.RUNNING, "", address, "now", protected=False, owner=Account("owner", "one"),
            reader=Account("reader", "two"), members=(Member(node, Role.PRIMARY),), type=kind,
            master="" if kind is InstanceType.REGULAR else "db-master",
        )  # fmt: skip
        record = replace(record, **attributes)
        self.store.finish(self.store.add_instance(record, OperationKind.CREATE, "start-servers"), Status.DONE)
        keeper = Keeper(self.manager.work, instance, self.manager.heartbeat)  # never started: it does nothing
        self.manager._keepers[instance] = keeper

    def calls(self) -> list[tuple[str, str]]:
        """Every call that its description knows, of the instance ``db-0``: verb, and path below ``/v1``."""
        paths = self.app.openapi()["paths"]
        return [
            (verb.upper(), path.removeprefix("/v1").format(instance="db-0", operation=1))
            for path, verbs in paths.items()
            for verb in verbs
        ]

    def ask(
        self,
        verb: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        authorization: str = f"Bearer {TOKEN}",
    ) -> tuple[int, Any]:
        """Status and answer; without a header of that name where the authorization is empty."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": authorization} if authorization else {})
        return asyncio.run(self._ask(verb, f"/v1{path}", body, headers))

    async def _ask(
        self, verb: str, path: str, body: Mapping[str, Any] | bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        options: dict[str, Any] = {
            "transport": self._way,
            "trust_env": False,
            "verify": False,
        }  # a TLS context takes 14 ms
        async with httpx.AsyncClient(base_url="http://manager", headers=headers, **options) as client:
            answer = await client.request(verb, path, content=content)
        return answer.status_code, answer.json()

    def memory(self) -> list[str]:
        """All that the manager remembers."""
        with closing(sqlite3.connect(self._state)) as db:
            return list(db.iterdump())

    def keep(self) -> sqlite3.Connection:
        """A copy of it, to go back to."""
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self._state)) as db:
            db.backup(kept)
        return kept

    def go_back(self, kept: sqlite3.Connection) -> None:
        """What was accepted since then is forgotten, and in nobody's way."""
        with closing(sqlite3.connect(self._state)) as db:
            kept.backup(db)
