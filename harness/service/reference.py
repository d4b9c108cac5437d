"""The adapter of the reference service: starts its manager in an environment and speaks to it over HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.disaster_recovery import MonitoringFigures, SynchronizationTask, Verification
from hadrill.harness.model.instance import (
    Account,
    Edition,
    Endpoint,
    Instance,
    MaintenancePeriod,
    Specification,
    State,
)
from hadrill.harness.service.reference_answers import Begun, LagShown, Made
from hadrill.harness.service.reference_calls import CALL_LIMIT_S
from hadrill.harness.service.reference_console import ReferenceConsole
from hadrill.harness.wait import NotYet


class ReferenceService(ReferenceConsole):
    """Speaks to a manager that is (or is about to be) listening.

    Args:
        endpoint: where the manager listens.
        token: opens it.
        auditor: the account that every server was given for the judge.
        call_limit_s: seconds that a request may take.
        instruments: raises HarnessTrouble where one of ours has ended, so that nothing is waited for in vain.

    Raises:
        ServiceRefused: any request may, with the service's code and sentence.
        HarnessTrouble: the manager did not answer.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        token: str,
        auditor: Account,
        *,
        call_limit_s: float = CALL_LIMIT_S,
        instruments: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(endpoint, token, call_limit_s=call_limit_s, instruments=instruments)
        self._auditor = auditor

    def await_ready(self, timeout_s: float) -> None:
        """Wait until the manager answers; raises WaitTimeout."""
        self._await(self.instances, f"the manager at {self._http.base_url} to answer", timeout_s)

    def describe(self, instance: str) -> Instance:
        """One instance as the service sees it."""
        return self._ask(Instance, "GET", ("instances", instance))

    def instances(self) -> tuple[Instance, ...]:
        """All instances that are not released."""
        return self._ask(tuple[Instance, ...], "GET", ("instances",))

    def create(self, edition: Edition, zones: tuple[str, ...], *, timeout_s: float) -> Instance:
        """Create an instance and wait until it is ready."""
        begun = self._ask(Made, "POST", ("instances",), {"edition": edition, "zones": list(zones)})
        self._await_operation(begun.operation, f"the creation of {begun.instance}", timeout_s)
        return self.describe(begun.instance)

    def release(self, instance: str, *, timeout_s: float) -> None:
        """Give an instance back and wait until it is gone."""
        begun = self._ask(Begun, "DELETE", ("instances", instance))
        self._await_operation(begun.operation, f"the release of {instance}", timeout_s)

    def switch(self, instance: str, *, timeout_s: float) -> None:
        """Ask for a switch now and wait until it is over."""
        begun = self._ask(Begun, "POST", ("instances", instance, "switch"))
        self._await_operation(begun.operation, f"the switch of {instance}", timeout_s)

    def switch_in_period(self, instance: str) -> None:
        """Ask for a switch within the next maintenance period; returns at once."""
        self._ask(object, "POST", ("instances", instance, "switch"), {"when": "maintenance-period"})

    def cancel_switch(self, instance: str) -> None:
        """Take a waiting switch back."""
        self._ask(object, "DELETE", ("instances", instance, "switch"))

    def set_maintenance_period(self, instance: str, period: MaintenancePeriod) -> None:
        """Change the period; a waiting switch follows it."""
        self._ask(object, "PUT", ("instances", instance, "maintenance-period"), asdict(period))

    def create_read_only(self, master: str, zone: str = "", *, timeout_s: float) -> Instance:
        """Create a read-only instance of a master and wait until it serves reads."""
        begun = self._ask(Made, "POST", ("instances", master, "read-only"), {"zone": zone})
        self._await_operation(begun.operation, f"the creation of {begun.instance}", timeout_s)
        return self.describe(begun.instance)

    def change_specification(
        self,
        instance: str,
        *,
        edition: Edition | None = None,
        specification: Specification | None = None,
        timeout_s: float,
    ) -> None:
        """Change edition or size, and wait until that is over."""
        wanted = {"edition": edition, "specification": asdict(specification) if specification else None}
        begun = self._ask(Begun, "PATCH", ("instances", instance, "specification"), wanted)
        self._await_operation(begun.operation, f"the change of {instance}", timeout_s)

    def restart(self, instance: str, settings: Mapping[str, str], *, timeout_s: float) -> None:
        """Restart every server with other settings, and wait until it is over."""
        begun = self._ask(Begun, "POST", ("instances", instance, "restart"), {"settings": dict(settings)})
        self._await_operation(begun.operation, f"the restart of {instance}", timeout_s)

    def create_disaster_recovery(self, master: str, region: str, *, timeout_s: float) -> Instance:
        """Create one and wait until it is delivered."""
        begun = self._ask(Made, "POST", ("instances", master, "disaster-recovery"), {"region": region})
        self._await_operation(begun.operation, f"the delivery of {begun.instance}", timeout_s)
        return self.describe(begun.instance)

    def begin_synchronization(self, instance: str, name: str, tables: tuple[str, ...] = ()) -> SynchronizationTask:
        """Verify source and destination and begin; returns at once."""
        wanted = {"name": name, "tables": list(tables)}
        return self._ask(SynchronizationTask, "POST", ("instances", instance, "synchronizations"), wanted)

    def synchronization_tasks(self, instance: str) -> tuple[SynchronizationTask, ...]:
        """All that were accepted, oldest first, with their progress."""
        return self._ask(tuple[SynchronizationTask, ...], "GET", ("instances", instance, "synchronizations"))

    def synchronization_lag_s(self, instance: str) -> float | None:
        """The lag that the service shows, seconds; None where it follows nobody."""
        return self._ask(LagShown, "GET", ("instances", instance, "lag")).lag_s

    def promote(self, instance: str, *, confirm: str, accept_divergence: str = "", timeout_s: float) -> None:
        """Activate, and wait until it takes writes."""
        wanted = {"confirm": confirm, "accept_divergence": accept_divergence}
        begun = self._ask(Begun, "POST", ("instances", instance, "promotion"), wanted)
        self._await_operation(begun.operation, f"the promotion of {instance}", timeout_s, last="forget")

    def verify(self, instance: str, *, timeout_s: float) -> Verification:
        """Compare it with its master row by row, under load."""
        begun = self._ask(Begun, "POST", ("instances", instance, "verification"))
        done = self._await_operation(begun.operation, f"the verification of {instance}", timeout_s)
        if done.arguments.verification is None:
            raise HarnessTrouble(
                f"the manager says that the verification of {instance} is done, and not what was found"
            )
        return done.arguments.verification

    def switch_back(self, instance: str, *, confirm: str, timeout_s: float) -> None:
        """Have it take its master's place, and wait until it takes writes."""
        begun = self._ask(Begun, "POST", ("instances", instance, "switch-back"), {"confirm": confirm})
        self._await_operation(begun.operation, f"the switch back to {instance}", timeout_s)

    def list_instances(self, *, region: str = "", instance_type: str = "") -> tuple[Instance, ...]:
        """Those of a region, of a type; all where neither is given."""
        asked = {name: each for name, each in (("region", region), ("type", instance_type)) if each}
        return self._ask(tuple[Instance, ...], "GET", ("instances",), query=asked)

    def monitoring(self, instance: str) -> tuple[MonitoringFigures, ...]:
        """Figures over time, oldest first."""
        return self._ask(tuple[MonitoringFigures, ...], "GET", ("instances", instance, "monitoring"))

    def slow_log(self, instance: str) -> tuple[str, ...]:
        """The newest statements of the primary's own slow log."""
        return self._ask(tuple[str, ...], "GET", ("instances", instance, "slow-log"))

    def await_protected(self, instance: str, *, timeout_s: float) -> Instance:
        """Wait until the service calls the pair protected and at rest."""

        def protected() -> Instance | NotYet:
            seen = self.describe(instance)
            good = seen.protected and seen.state is State.RUNNING
            return seen if good else NotYet(f"{seen.state}, protected: {seen.protected}, {seen.reason}")

        return self._await(protected, f"{instance} to be protected", timeout_s)

    def accounts(self, instance: str) -> tuple[Account, ...]:
        """Owner first; every one of them is tried at the secondary."""
        return self._ask(tuple[Account, ...], "GET", ("instances", instance, "accounts"))

    def auditor(self) -> Account:
        """The judge's own account."""
        return self._auditor

    def events(self, after: int) -> list[dict[str, Any]]:
        """Events with an id above the given one."""
        return self._ask(list[dict[str, Any]], "GET", ("events",), query={"after": str(after)})
