"""One scenario, as its sentences need it: build and ask; its clients, faults, observations and judge are its parts."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from hadrill.harness.checks.described import switched
from hadrill.harness.checks.returned import returned
from hadrill.harness.drill.aim import only, zones_of_one_region, zones_of_two_regions
from hadrill.harness.drill.breakage import Breakage
from hadrill.harness.drill.clientele import Clientele
from hadrill.harness.drill.observations import Observations
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.verdicts import Verdicts
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.history import SwitchRecord
from hadrill.harness.model.instance import Edition, Instance, Role
from hadrill.harness.model.portrait import Refusal

SWITCH_LIMIT_S: Final = 60.0
ELSEWHERE_LIMIT_S: Final = 20.0
PATIENCE_S: Final = 1.0


class Drill:
    """One scenario from its first sentence to its last.

    Attributes:
        stage: environment and service.
        clients: the load.
        faults: what is broken and mended.
        judge: what is said of the record in the end.
    """

    def __init__(self, run: Run, stage: Stage) -> None:
        self.stage = stage
        self.clients = Clientele(stage, Recorder(run), run.folder)
        self.judge = Verdicts(self.clients.recorder, run.objectives, stage.site.check)
        self.faults = Breakage(stage.site, self.clients.recorder)
        self._recorder = self.clients.recorder
        self._objectives = run.objectives
        self._observed: Observations | None = None
        self._asked_ns = 0

    @property
    def observed(self) -> Observations:
        """What the judge sees of the instance."""
        if self._observed is None:
            raise HarnessTrouble("there is no instance to look at yet; the scenario has to build one first")
        return self._observed

    @property
    def instance(self) -> Instance:
        """The instance as the service describes it now."""
        return self.stage.service.describe(self.observed.before.id)

    @property
    def primary(self) -> str:
        """The node that was primary when the scenario began; faults are aimed at it."""
        return self.observed.old_primary

    @property
    def secondary(self) -> str:
        """The other node of the pair."""
        (other,) = (member.node for member in self.observed.before.members if member.node != self.primary)
        return other

    def build(self, edition: Edition, *, zones: int) -> None:
        """Create an instance and look at its servers."""
        topology = self.stage.site.inventory.topology
        limit_s = self._objectives["instance ready"].limit
        new = self.stage.service.create(edition, zones_of_one_region(topology, zones), timeout_s=limit_s)
        self._observed = Observations(self.stage, self._recorder, self.judge, new, only(new, Role.PRIMARY))
        self._recorder.setting("instance", new)
        self._observed.look()

    def build_across_regions_in_vain(self) -> None:
        """Ask for a pair with its servers in two regions."""
        zones = zones_of_two_regions(self.stage.site.inventory.topology)
        limit_s = self._objectives["instance ready"].limit

        def ask() -> None:
            self.stage.service.create(Edition.HIGH_AVAILABILITY, zones, timeout_s=limit_s)

        self._ask_in_vain("a pair across two regions", ask)

    def start_clients(self) -> None:
        """Put the standard load on the instance."""
        self.clients.start(self.observed.before)

    def hold_acknowledgements(self, objective: str) -> None:
        """Hold the secondary's acknowledgements back until clients have been waiting for so long."""
        hold_s = self._objectives[objective].limit
        hold = self.faults.hold_acknowledgements(self.secondary, self.primary)
        self.clients.await_silence(hold.effective_ns, hold_s, hold_s + PATIENCE_S)

    def switch(self) -> None:
        """Ask for a switch and wait until it is over; one that is not carried out is a finding."""
        self._asked_ns = now_ns()
        self._recorder.switch(SwitchRecord(self._asked_ns, None))
        try:
            self.stage.service.switch(self.observed.before.id, timeout_s=SWITCH_LIMIT_S)
        except (ServiceRefused, WaitTimeout) as error:
            self.judge.ask(switched, str(error))
        self._recorder.switch(SwitchRecord(self._asked_ns, now_ns()))

    def switch_in_vain(self) -> None:
        """Ask for a switch that must be refused."""
        instance = self.observed.before.id
        self._ask_in_vain(
            f"a switch of {self.observed.before.edition}",
            lambda: self.stage.service.switch(instance, timeout_s=SWITCH_LIMIT_S),
        )

    def await_answers_elsewhere(self) -> None:
        """Wait until clients are answered by the other server."""
        self.clients.await_answers_elsewhere(self.primary, ELSEWHERE_LIMIT_S)

    def await_protected(self, objective: str) -> None:
        """Wait until the service calls the pair protected; judged by the time that it takes from the heal."""
        limit = self._objectives[objective]
        protected_ns = None
        with suppress(WaitTimeout):
            self.stage.service.await_protected(self.observed.before.id, timeout_s=limit.limit)
            protected_ns = now_ns()
        self.judge.ask(returned, self.faults.healed_ns or self._asked_ns, protected_ns, limit)

    def rest(self) -> None:
        """Let clients work on for a while, stop them, and put everything that is to be judged on record."""
        self.stage.site.check()
        if self.clients.at_work:
            self.clients.await_steady()
        if len(self.observed.before.members) == 2:
            self.observed.look()
        self.clients.rest()
        self.judge.faults_took_effect()

    def close(self) -> None:
        """End the load, heal what is still broken, and take down what the service says of itself."""
        self.clients.kill()
        try:
            self.faults.heal()
        finally:
            with suppress(HarnessTrouble):  # a manager that is gone tells nothing
                for event in self.stage.service.events(0):
                    self._recorder.service_event(event)

    def _ask_in_vain(self, asked: str, ask: Callable[[], None]) -> None:
        try:
            ask()
        except ServiceRefused as refusal:
            self.observed.note_refusal(Refusal(asked, refusal.code, refusal.sentence))
        else:
            self.observed.note_refusal(Refusal(asked, "", ""))
