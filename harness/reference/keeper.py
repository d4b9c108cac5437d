"""Keeping one instance: one thread that looks, decides and acts, so that no two operations ever meet."""

import logging
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

from hadrill.harness.model.instance import Role, State
from hadrill.harness.reference.address import AddressTrouble
from hadrill.harness.reference.decide import Begin, Scene, Show, StartServer, decide
from hadrill.harness.reference.decide_put_off import due_switch
from hadrill.harness.reference.hosts import HostTrouble, ServerState
from hadrill.harness.reference.look import Watcher
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Refusal
from hadrill.harness.reference.run_plan import run_plan
from hadrill.harness.reference.store import StoreTrouble
from hadrill.harness.reference.work import Work

LOOK_S = 0.05
STORE_RETRY_S = 0.5

log = logging.getLogger("hadrill.reference")


class Keeper:
    """Keeps one instance until it is released or the manager ends."""

    def __init__(self, work: Work, instance: str) -> None:
        self._work = work
        self._instance = instance
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._settled_ns = self._receiving_ns = time.monotonic_ns()
        self._watchers: dict[str, Watcher] = {}
        self._thread = threading.Thread(target=self._run, name=f"keep-{instance}", daemon=True)

    def start(self) -> None:
        """Begin; resumes what is on record as running."""
        self._thread.start()

    def wake(self) -> None:
        """Something was asked for: look at once."""
        self._wake.set()

    def end(self) -> None:
        """Stop after the step that is running."""
        self._ended.set()
        self._wake.set()
        for watcher in self._watchers.values():
            watcher.end()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._look_and_act()
            except StoreTrouble as trouble:  # what cannot be put on record is not done
                log.error("keeping %s: %s", self._instance, trouble)  # noqa: TRY400 - the sentence says it all
                self._ended.wait(STORE_RETRY_S)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _look_and_act(self) -> None:
        operation = self._work.store.running(self._instance)
        if operation is not None:
            run_plan(self._work, operation, self._ended)
            self._settled_ns = self._receiving_ns = time.monotonic_ns()
        record = self._work.store.instance(self._instance)
        if record.state is State.RELEASED:
            self.end()
            return
        scene = self._scene(record)
        if not self._ended.is_set() and self._is_fresh(scene):
            self._act(scene)

    def _is_fresh(self, scene: Scene) -> bool:
        looked = all(watcher.looked for watcher in self._watchers.values())
        seen = (look.answered_ns for look in scene.looks.values() if look.answers)
        return looked and all(answered_ns >= self._settled_ns for answered_ns in seen)

    def _act(self, scene: Scene) -> None:
        store = self._work.store
        settings = self._work.settings
        action = decide(scene, settings.timing) or due_switch(scene, datetime.now(UTC), settings.decisions)
        if isinstance(action, Begin):
            self._note_detection(action)
            with suppress(Refusal):  # a customer's request came first; it is run next
                store.begin(self._instance, action.kind, PLANS[action.kind].first, action.arguments)
            self._wake.set()
        elif isinstance(action, Show):
            store.set_state(self._instance, action.state, action.reason)
            store.note(self._instance, str(action.state), action.reason)
        elif isinstance(action, StartServer):
            with suppress(HostTrouble):  # looked at again in a moment
                self._work.host(action.node).start(action.node, scene.record.variables)

    def _note_detection(self, action: Begin) -> None:
        if action.kind is OperationKind.FAILOVER:
            self._work.store.note(self._instance, "detected", f"{action.arguments['from']}: {action.arguments['why']}")

    def _scene(self, record: InstanceRecord) -> Scene:
        nodes = {member.node for member in record.members}
        for node in nodes - self._watchers.keys():
            self._watchers[node] = Watcher(self._work, node, self._wake)
        for node in self._watchers.keys() - nodes:
            self._watchers.pop(node).end()
        looks = {node: watcher.look for node, watcher in self._watchers.items()}
        silent = [node for node, look in looks.items() if not look.answers]
        return Scene(
            record=record,
            looks=looks,
            now_ns=time.monotonic_ns(),
            hosts={node: state for node in silent if (state := self._ask_host(node)) is not None},
            address_sees_primary=record.primary in silent and self._address_sees(record.primary),
            not_receiving_s=self._not_receiving_s(record),
        )

    def _not_receiving_s(self, record: InstanceRecord) -> float:
        secondary = record.node(Role.SECONDARY)
        look = self._watchers[secondary].look if secondary else None
        if look is None or look.receiving or not look.answers:  # silence is counted by itself
            self._receiving_ns = time.monotonic_ns()
        return (time.monotonic_ns() - self._receiving_ns) / 1e9

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
