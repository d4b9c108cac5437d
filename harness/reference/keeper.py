"""Keeping one instance: one thread that looks, decides and acts, so that no two operations ever meet."""

import logging
import threading
from contextlib import suppress
from datetime import UTC, datetime

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.model.instance import InstanceType, State
from hadrill.harness.reference.database import StoreTrouble
from hadrill.harness.reference.decide import decide
from hadrill.harness.reference.decide_disaster_recovery import decide_disaster_recovery
from hadrill.harness.reference.decide_put_off import due_switch
from hadrill.harness.reference.decide_read_only import decide_read_only
from hadrill.harness.reference.heartbeat import Heartbeat
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.monitor import Monitor
from hadrill.harness.reference.operations.plans import PLANS
from hadrill.harness.reference.records import OperationKind, Status
from hadrill.harness.reference.refusals import Refusal
from hadrill.harness.reference.run_plan import run_plan
from hadrill.harness.reference.scene import Action, Begin, Hurry, Scene, Show, ShowLink, StartServer
from hadrill.harness.reference.survey import Survey
from hadrill.harness.reference.work import Work

LOOK_S = 0.05
STORE_RETRY_S = 0.5

log = logging.getLogger("hadrill.reference")


class Keeper:
    """Keeps one instance until it is released or the manager ends."""

    def __init__(self, work: Work, instance: str, heartbeat: Heartbeat) -> None:
        self._work = work
        self._instance = instance
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._survey = Survey(work, self._wake, heartbeat)
        self._monitor = Monitor(work, instance, self._survey.lag_s)
        self._thread = threading.Thread(target=self._run, name=f"keep-{instance}", daemon=True)

    def start(self) -> None:
        """Begin; resumes what is on record as running."""
        self._thread.start()
        self._monitor.start()

    def wake(self) -> None:
        """Something was asked for: look at once."""
        self._wake.set()

    def lag_s(self) -> float | None:
        """How far its instance is behind the master; None where it follows nobody, or it is not known; seconds."""
        return self._survey.lag_s()

    @property
    def figures(self) -> tuple[MonitoringFigures, ...]:
        """How its instance fared in the last hour, oldest first."""
        return self._monitor.figures

    def end(self) -> None:
        """Stop after the step that is running."""
        self._ended.set()
        self._wake.set()
        self._survey.end()
        self._monitor.end()

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
            status = run_plan(self._work, operation, self._ended)
            self._survey.settle(undone=status is Status.UNDONE)
        record = self._work.store.instance(self._instance)
        if record.state is State.RELEASED:
            self.end()
            return
        scene = self._survey.scene(record)
        if scene is not None and not self._ended.is_set():
            self._act(scene)

    def _act(self, scene: Scene) -> None:
        store = self._work.store
        action = self._decide(scene)
        if isinstance(action, Begin):
            self._note_detection(action)
            with suppress(Refusal), store.together():  # a customer's request came first; it is run next
                if not self._is_past(scene, action):
                    store.begin(self._instance, action.kind, PLANS[action.kind].first, action.arguments)
            self._wake.set()
        elif isinstance(action, Show):
            store.set_state(self._instance, action.state, action.reason)
            store.note(self._instance, str(action.state), action.reason)
        elif isinstance(action, ShowLink):
            store.change(self._instance, synchronization=action.synchronization, reason=action.reason)
            store.note(self._instance, action.synchronization.lower(), action.reason)
        elif isinstance(action, Hurry):
            with suppress(SqlError):  # looked at again in a moment
                self._work.try_again(action.node)
            self._survey.look_anew()
        elif isinstance(action, StartServer):
            with suppress(HostTrouble):  # looked at again in a moment
                self._work.host(action.node).start(action.node, scene.record.variables)

    def _decide(self, scene: Scene) -> Action | None:
        timing, decisions = self._work.settings.timing, self._work.settings.decisions
        if scene.record.successor:
            return None  # it stays closed, as it was left and as its servers start
        if scene.master is None:
            return decide(scene, timing, decisions) or due_switch(scene, datetime.now(UTC), decisions)
        if scene.record.type is InstanceType.DISASTER_RECOVERY:
            return decide_disaster_recovery(scene, scene.master, timing, decisions)
        return decide_read_only(scene, scene.master, timing, decisions)

    def _is_past(self, scene: Scene, action: Begin) -> bool:
        """A switch that was put off has been taken back since, or put off to another period."""
        waits = self._work.store.instance(self._instance).switch_within
        return "until" in action.arguments and waits != scene.record.switch_within

    def _note_detection(self, action: Begin) -> None:
        if action.kind is OperationKind.UNPROTECT:
            self._survey.gave_up()
        if action.kind is OperationKind.FAILOVER:
            self._work.store.note(self._instance, "detected", f"{action.arguments['from']}: {action.arguments['why']}")
