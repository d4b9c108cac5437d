"""Looking around: what a decision about an instance rests on, from its servers, their hosts and the address."""

import threading
import time
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import InstanceType, Role
from hadrill.harness.reference.address import AddressTrouble
from hadrill.harness.reference.heartbeat import Heartbeat
from hadrill.harness.reference.hosts import HostTrouble, ServerState
from hadrill.harness.reference.lag import Lag
from hadrill.harness.reference.look import Look, Watcher
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
        heartbeat: the manager's.
    """

    def __init__(self, work: Work, wake: threading.Event, heartbeat: Heartbeat) -> None:
        self._work = work
        self._wake = wake
        self._heartbeat = heartbeat
        self._watchers: dict[str, Watcher] = {}
        self._settled_ns = self._awake_ns = self._fresh_ns = time.monotonic_ns()
        self._undone = False
        self._deaf = Stopwatch()
        self._unseen = Stopwatch()
        self._unheard = Stopwatch()
        self._given_up_s: list[float] = []
        self._front = ""
        self._source = ""
        self._linked = False
        self._lag = Lag()

    def settle(self, *, undone: bool) -> None:
        """An operation has just ended, or failed and was undone: what was seen before counts no more."""
        self._settled_ns, self._undone = time.monotonic_ns(), undone
        self.look_anew()
        self._deaf.restart()
        self._unseen.restart()
        self._unheard.restart()

    def look_anew(self) -> None:
        """A server was told something: what was seen of it before counts no more."""
        self._fresh_ns = time.monotonic_ns()

    def gave_up(self) -> None:
        """The secondary was given up just now."""
        self._given_up_s.append(time.monotonic())

    def end(self) -> None:
        """Stop watching."""
        for watcher in self._watchers.values():
            watcher.end()

    def scene(self, record: InstanceRecord) -> Scene | None:
        """The scene at this moment; None where not every server was looked at since it was told anything.

        Nor is there one where we stood still: nobody was silent because we did not look.
        """
        master = self._work.store.instance(record.master) if record.master else None
        self._front, self._source = record.front, _source(record, master)
        self._linked = record.synchronization in {Synchronization.SYNCHRONIZING, Synchronization.INTERRUPTED}
        own = frozenset(member.node for member in record.members)
        self._watch(own | {self._source} - {""})
        scene = self._look_around(record, master)
        if self._heartbeat.stood_still_since(self._awake_ns):
            self._awake_ns = time.monotonic_ns()
            self.look_anew()
            return None
        return scene if scene.seen_since(self._fresh_ns) else None

    def lag_s(self) -> float | None:
        """How far it is behind its master; None where it follows nobody, or it is not known yet; seconds."""
        front = self._watchers.get(self._front)
        if not self._linked or front is None:
            return None
        if not self._work.settings.decisions.lag_counts_cuts:
            return self._own_word_s(self._front)
        return self._lag.lag_s(time.monotonic())

    def _own_word_s(self, node: str) -> float:
        """As the replica tells it itself, which no true service relies on: not worth its place in each look."""
        try:
            with self._work.connect(node) as server:
                return float(server.row(sql.REPLICA_STATUS).get("Seconds_Behind_Source") or 0.0)
        except SqlError:
            return 0.0

    def _heard(self, node: str, look: Look) -> None:
        """From a watcher's thread."""
        at_s = look.answered_ns / 1e9
        if look.answers and node == self._source:
            self._lag.source_executed(at_s, look.executed)
        elif look.answers and node == self._front:
            self._lag.front_executed(at_s, look.executed, receiving=look.receiving)

    def _watch(self, nodes: frozenset[str]) -> None:
        for node in nodes - self._watchers.keys():
            self._watchers[node] = Watcher(self._work, node, self._wake, self._heard)
        for node in self._watchers.keys() - nodes:
            self._watchers.pop(node).end()

    def _look_around(self, record: InstanceRecord, master: InstanceRecord | None) -> Scene:
        looks = {member.node: self._watchers[member.node].look for member in record.members}
        silent = [node for node, look in looks.items() if not look.answers]
        front = looks[record.front]
        believes = self._work.settings.decisions.believes_the_address
        self._given_up_s = [at_s for at_s in self._given_up_s if time.monotonic() - at_s < REMEMBERED_S]
        follower = front if master is not None else looks.get(record.node(Role.SECONDARY) or "")
        source = self._watchers.get(self._source)
        deaf = follower is not None and follower.answers and not follower.receiving  # silence is counted by itself
        address_sees = (record.front in silent or believes) and self._address_sees(record.front)
        return Scene(
            record=record,
            looks=looks,
            now_ns=time.monotonic_ns(),
            hosts={node: state for node in silent if (state := self._ask_host(node)) is not None},
            address_sees=address_sees,
            address_silent_s=self._unseen.lasted_s(lasts=believes and not address_sees),
            not_receiving_s=self._deaf.lasted_s(lasts=deaf),
            unacknowledged_s=self._unheard.lasted_s(lasts=front.answers and front.waiting, mark=front.acknowledged),
            settled_s=(time.monotonic_ns() - self._settled_ns) / 1e9,
            awake_s=(time.monotonic_ns() - self._awake_ns) / 1e9,
            undone=self._undone,
            flaps=len(self._given_up_s),
            since_given_up_s=time.monotonic() - self._given_up_s[-1] if self._given_up_s else 0.0,
            master=master,
            master_step=self._step_of(record.master),
            follows=self._follows(record.front) if master is not None else "",
            second_follows=self._follows(record.node(Role.SECONDARY) or "") if master is not None else "",
            source=self._source,
            source_answers=source is not None and source.look.answers,
            source_seen_ns=source.look.answered_ns if source is not None else 0,
        )

    def _step_of(self, master: str) -> str:
        running = self._work.store.running(master) if master else None
        return f"{running.kind}.{running.step}" if running is not None else ""

    def _follows(self, here: str) -> str:
        if here == "":
            return ""
        inventory = self._work.settings.inventory
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


def _source(record: InstanceRecord, master: InstanceRecord | None) -> str:
    recovers = master is not None and record.type is InstanceType.DISASTER_RECOVERY
    return (master.node(Role.PRIMARY) or "") if master is not None and recovers else ""
