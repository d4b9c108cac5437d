"""What a scenario takes over from the one before it, and what it leaves to the next one (design decision 15)."""

from functools import partial
from typing import Final

from hadrill.harness.drill.recovery import Recovery
from hadrill.harness.drill.standing import Look, Standing, look_over, said_otherwise, what_changed
from hadrill.harness.drill.subject import Subject
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import HadrillError, ServiceRefused
from hadrill.harness.model.instance import Edition, Instance, Role
from hadrill.harness.wait import until
from hadrill.harness.workload.process import LoadProcess

SWITCH_LIMIT_S: Final = 10.0
RELEASE_LIMIT_S: Final = 10.0


class Inheritance:
    """The instance of a scenario and the one that follows it: built, or taken over as the last scenario left them.

    Args:
        main: the instance.
        recovery: the disaster-recovery instance of it.
        standing: what the scenario before left on the stage; None where it is empty.
        keeps_nothing: nothing is left to the next one.
    """

    def __init__(self, main: Subject, recovery: Recovery, standing: Standing | None, *, keeps_nothing: bool) -> None:
        self._main = main
        self._recovery = recovery
        self._standing = standing
        self._keeps_nothing = keeps_nothing
        self._first: Look | None = None
        self._followed = False
        self._load: LoadProcess | None = None

    @property
    def sentences(self) -> int:
        """So many of the scenario's first sentences say what it may leave: an instance, and what follows it."""
        return 2 if self._followed else 1

    @property
    def told(self) -> int:
        """The number of the last event that the service told in an earlier scenario."""
        return self._standing.told if self._standing else 0

    def build(self, edition: Edition, zones: tuple[str, ...]) -> None:
        """Create the instance, or take the one that stands."""
        if self._standing is not None:
            self._first = self._standing.first
            self._main.begin_with(self._standing)
            return
        self._main.create(edition, zones)
        if edition is Edition.HIGH_AVAILABILITY:
            self._look_first(self._main.instance)

    def build_recovery_pair(self) -> None:
        """Create a pair in another region that follows the instance, or take the one that stands."""
        self._followed = True
        if self._standing is not None and self._standing.recovery is not None:
            self._recovery.adopt(self._standing.recovery)
            return
        self._recovery.stand()
        self._look_first(self._main.instance, self._recovery.now)

    def prepare(self) -> None:
        """Keep the load's process for the next scenario, now that no client is at work."""
        if self._first is not None and self._load is None:
            self._load = self._main.clients.give()

    def leave(self, *, passed: bool) -> Standing | None:
        """What stands, without its data, once nothing works on it; None where it is not as it was when it was new.

        Args:
            passed: of a scenario that did not pass nobody knows what it did.
        """
        standing = self._as_it_was(self._first) if passed and self._first is not None else None
        if standing is None and self._load is not None:
            self._load.kill()
        return standing

    def _as_it_was(self, first: Look) -> Standing | None:
        recorder, service = self._main.recorder, self._main.stage.service
        try:
            changed = self._changed(first)
            instance, recovery = self._main.instance, self._recovery.now if self._followed else None
            told = max((int(event["id"]) for event in service.events(self.told)), default=self.told)
        except (HadrillError, SqlError) as error:
            changed = str(error)
        recorder.setting("left behind", changed or "all as it was when it was new")
        if changed:
            return None
        return Standing(recorder.scenario.id, first, instance, recovery, self._load or LoadProcess.spawn(), told)

    def _changed(self, first: Look) -> str:
        """What is not as it was, once the clients' data are gone; empty where all is."""
        stage = self._main.stage
        if said_otherwise(first, stage.service.instances()):
            return "what the service says of its instances"
        self._give_back_others(first)
        self._have_periods_back(first)
        self._have_roles_back(first)
        self._main.clear(first.databases, self._recovery.nodes if self._followed else ())
        stand = (self._main.instance, *((self._recovery.now,) if self._followed else ()))
        return what_changed(first, look_over(stage, *stand))

    def _give_back_others(self, first: Look) -> None:
        """What the scenario created beside, or as something that follows: that first, since its master waits for it."""
        others = (each for each in self._main.stage.service.instances() if each.id not in first.ids)
        for each in sorted(others, key=lambda instance: not instance.master):
            until(
                partial(self._released, each),
                f"{each.id} to be given back",
                timeout_s=RELEASE_LIMIT_S,
                tolerate=(ServiceRefused,),  # while something else goes on with it
            )

    def _released(self, instance: Instance) -> bool:
        self._main.stage.service.release(instance.id, timeout_s=RELEASE_LIMIT_S)
        return True

    def _have_periods_back(self, first: Look) -> None:
        """Where a maintenance period was changed, as it was."""
        service = self._main.stage.service
        for each in first.instances:
            if service.describe(each.id).maintenance != each.maintenance:
                service.set_maintenance_period(each.id, each.maintenance)

    def _have_roles_back(self, first: Look) -> None:
        """A switch, where the other server is the primary now: what is free in a zone depends on who is."""
        pair = self._main.await_at_rest()
        if pair.having(Role.PRIMARY) != first.primary:
            self._main.stage.service.switch(pair.id, timeout_s=SWITCH_LIMIT_S)

    def _look_first(self, *instances: Instance) -> None:
        if not self._keeps_nothing:
            self._first = look_over(self._main.stage, *instances)
