"""Looking around: what a decision about an instance rests on, from its servers, their hosts and the address."""

import threading
import time
from typing import Final

from hadrill.harness.model.instance import InstanceType, Role
from hadrill.harness.reference.address import AddressTrouble
from hadrill.harness.reference.hosts import HostTrouble, ServerState
from hadrill.harness.reference.look import Watcher
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.scene import Scene
from hadrill.harness.reference.stopwatch import Stopwatch
from hadrill.harness.reference.work import Work

REMEMBERED_S: Final = 30.0
"""How long it counts against a secondary that it was given up."""


class Survey:
    """Watches one instance's servers.

    Args:
        work: the manager's hands.
        wake: set when a server is seen to have changed.
    """

    def __init__(self, work: Work, wake: threading.Event) -> None:
        self._work = work
        self._wake = wake
        self._watchers: dict[str, Watcher] = {}
        self._settled_ns = time.monotonic_ns()
        self._deaf = Stopwatch()
        self._unheard = Stopwatch()
        self._given_up_s: list[float] = []

    def settle(self) -> None:
        """An operation has just ended: what was seen before counts no more."""
        self._settled_ns = time.monotonic_ns()
        self._deaf.restart()
        self._unheard.restart()

    def gave_up(self) -> None:
        """The secondary was given up just now."""
        self._given_up_s.append(time.monotonic())

    def end(self) -> None:
        """Stop watching."""
        for watcher in self._watchers.values():
            watcher.end()

    def scene(self, record: InstanceRecord) -> Scene | None:
        """The scene at this moment; None where not every server was looked at since the last operation."""
        self._watch(frozenset(member.node for member in record.members))
        scene = self._look_around(record)
        looked = all(watcher.looked for watcher in self._watchers.values())
        seen = (look.answered_ns for look in scene.looks.values() if look.answers)
        return scene if looked and all(answered_ns >= self._settled_ns for answered_ns in seen) else None

    def _watch(self, nodes: frozenset[str]) -> None:
        for node in nodes - self._watchers.keys():
            self._watchers[node] = Watcher(self._work, node, self._wake)
        for node in self._watchers.keys() - nodes:
            self._watchers.pop(node).end()

    def _look_around(self, record: InstanceRecord) -> Scene:
        looks = {member.node: self._watchers[member.node].look for member in record.members}
        silent = [node for node, look in looks.items() if not look.answers]
        front = looks[record.front]
        believes = self._work.settings.decisions.believes_the_address
        self._given_up_s = [at_s for at_s in self._given_up_s if time.monotonic() - at_s < REMEMBERED_S]
        follower = looks.get(record.node(Role.SECONDARY) or record.node(Role.READ_ONLY) or "")
        deaf = follower is not None and follower.answers and not follower.receiving  # silence is counted by itself
        return Scene(
            record=record,
            looks=looks,
            now_ns=time.monotonic_ns(),
            hosts={node: state for node in silent if (state := self._ask_host(node)) is not None},
            address_sees=(record.front in silent or believes) and self._address_sees(record.front),
            not_receiving_s=self._deaf.lasted_s(lasts=deaf),
            unacknowledged_s=self._unheard.lasted_s(lasts=front.answers and front.waiting, mark=front.acknowledged),
            settled_s=(time.monotonic_ns() - self._settled_ns) / 1e9,
            flaps=len(self._given_up_s),
            since_given_up_s=time.monotonic() - self._given_up_s[-1] if self._given_up_s else 0.0,
            master=self._work.store.instance(record.master) if record.type is InstanceType.READ_ONLY else None,
            master_step=self._step_of(record.master),
            follows=self._follows(record),
        )

    def _step_of(self, master: str) -> str:
        running = self._work.store.running(master) if master else None
        return f"{running.kind}.{running.step}" if running is not None else ""

    def _follows(self, record: InstanceRecord) -> str:
        if record.type is not InstanceType.READ_ONLY:
            return ""
        inventory, here = self._work.settings.inventory, record.front
        others = [node.name for node in inventory.topology.nodes if node.name != here]
        source = self._watchers[here].look.source
        return next((node for node in others if str(inventory.route(here, node)) == source), "")

    def _ask_host(self, node: str) -> ServerState | None:
        try:
            return self._work.host(node).look(node)
        except HostTrouble:
            return None

    def _address_sees(self, node: str) -> bool:
        try:
            return self._work.addresses.sees(node)
        except AddressTrouble:
            return False
