"""What a drilled system can be asked, by capability.

The adapter of a system that lacks one raises ``NotAddressed`` from its methods and says what is lacking: a scenario
that asks for it is *not addressed* then. A method that is not there is trouble of our own, and leaves no verdict.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from hadrill.harness.model.disaster_recovery import MonitoringFigures, SynchronizationTask, Verification
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance, MaintenancePeriod, Specification


class Describes(Protocol):
    """Topology and roles. Used to aim faults and to wait, never to decide a verdict about roles."""

    def describe(self, instance: str) -> Instance:
        """One instance as the service sees it."""
        ...

    def instances(self) -> tuple[Instance, ...]:
        """All instances that are not released, read-only ones included."""
        ...

    def await_protected(self, instance: str, *, timeout_s: float) -> Instance:
        """Wait until the service calls the pair protected and at rest; raises WaitTimeout."""
        ...


class Provides(Protocol):
    """Creates and releases instances."""

    def create(self, edition: Edition, zones: tuple[str, ...], *, timeout_s: float) -> Instance:
        """Create an instance and wait until it is ready.

        Raises:
            ServiceRefused: with the service's code and sentence.
            WaitTimeout: it was not ready in time.
        """
        ...

    def release(self, instance: str, *, timeout_s: float) -> None:
        """Give an instance back and wait until it is gone."""
        ...


class Switches(Protocol):
    """Switches primary and secondary."""

    def switch(self, instance: str, *, timeout_s: float) -> None:
        """Ask for a switch now and wait until it is over; raises ServiceRefused, WaitTimeout."""
        ...


class SwitchesLater(Protocol):
    """Puts a switch off to the maintenance period."""

    def switch_in_period(self, instance: str) -> None:
        """Ask for a switch within the next maintenance period; returns at once."""
        ...

    def cancel_switch(self, instance: str) -> None:
        """Take a waiting switch back; raises ServiceRefused where none waits."""
        ...

    def set_maintenance_period(self, instance: str, period: MaintenancePeriod) -> None:
        """Change the period; a waiting switch follows it."""
        ...


class OffersReadOnly(Protocol):
    """Has read-only instances."""

    def create_read_only(self, master: str, zone: str = "", *, timeout_s: float) -> Instance:
        """Create a read-only instance of a master and wait until it serves reads.

        Args:
            master: the instance that it follows; may itself still be on its way.
            zone: where; empty leaves the choice to the service.
            timeout_s: seconds.
        """
        ...


class Changes(Protocol):
    """Changes an instance under load."""

    def change_specification(
        self,
        instance: str,
        *,
        edition: Edition | None = None,
        specification: Specification | None = None,
        timeout_s: float,
    ) -> None:
        """Change edition (HA-10, HA-14) or size (HA-9), and wait until that is over."""
        ...

    def restart(self, instance: str, settings: Mapping[str, str], *, timeout_s: float) -> None:
        """Restart every server with other settings, as a new version would need it (HA-9), and wait until it is over.

        Args:
            instance: its id.
            settings: system variables by name.
            timeout_s: seconds.
        """
        ...


class OffersDisasterRecovery(Protocol):
    """Has instances in another region that follow a master and take its place once and for all."""

    def create_disaster_recovery(self, master: str, region: str, *, timeout_s: float) -> Instance:
        """Create one and wait until it is delivered; it is unsynchronized then (DR-7, DR-9).

        Raises:
            ServiceRefused: ``MasterVersionTooOld``, ``MasterWithoutGtid``, ``SameRegion``, or another.
            WaitTimeout: it was not delivered in time.
        """
        ...

    def begin_synchronization(self, instance: str, name: str, tables: tuple[str, ...] = ()) -> SynchronizationTask:
        """Verify source and destination and begin; returns at once (DR-10, DR-11).

        Args:
            instance: a delivered disaster-recovery instance.
            name: of the task.
            tables: ``schema.table`` each; empty for the entire instance.

        Raises:
            ServiceRefused: ``SynchronizationExists``, ``NoSuchTable``, ``DestinationNotEmpty``, ``PromotedForGood``,
                ``NotDisasterRecovery``, or another.
        """
        ...

    def synchronization_tasks(self, instance: str) -> tuple[SynchronizationTask, ...]:
        """All that were accepted, oldest first, with their progress."""
        ...

    def synchronization_lag_s(self, instance: str) -> float | None:
        """The lag that the service shows, seconds; None where it follows nobody (DR-13)."""
        ...

    def promote(self, instance: str, *, confirm: str, accept_divergence: str = "", timeout_s: float) -> None:
        """Activate: the link is broken for ever, and the instance takes writes (DR-6, DR-15, DR-16).

        Args:
            instance: a disaster-recovery instance.
            confirm: its id, once more.
            accept_divergence: the id of its master, where that may still be alive.
            timeout_s: seconds until it takes writes.

        Raises:
            ServiceRefused: ``ConfirmationMissing``, ``MasterMayBeAlive``, ``NotDisasterRecovery``,
                ``NeverSynchronized``, or another.
        """
        ...

    def verify(self, instance: str, *, timeout_s: float) -> Verification:
        """Compare it with its master row by row, under load (DR-17)."""
        ...

    def switch_back(self, instance: str, *, confirm: str, timeout_s: float) -> None:
        """The disaster-recovery instance takes its master's place, verified and without loss (DR-17).

        The master is closed to writes first and stays closed.

        Raises:
            ServiceRefused: ``ConfirmationMissing``, ``VerificationFailed`` (nothing has changed then), or another.
        """
        ...


class Lists(Protocol):
    """Finds instances (DR-12)."""

    def list_instances(self, *, region: str = "", instance_type: str = "") -> tuple[Instance, ...]:
        """Those of a region, of a type; all where neither is given."""
        ...


class Monitors(Protocol):
    """Shows how an instance fares (DR-14)."""

    def monitoring(self, instance: str) -> tuple[MonitoringFigures, ...]:
        """Figures over time, oldest first."""
        ...

    def slow_log(self, instance: str) -> tuple[str, ...]:
        """The newest statements of the primary's own slow log."""
        ...


class OffersConsole(Protocol):
    """Does for a customer what a console does; what a disaster-recovery instance refuses (DR-8).

    Raises:
        ServiceRefused: every method may: ``NotOnDisasterRecovery`` on a disaster-recovery instance, with nothing
            changed.
    """

    def run_sql(self, instance: str, statement: str) -> tuple[tuple[Any, ...], ...]:
        """Run one statement as the owner; its rows, as JSON has them."""
        ...

    def set_parameters(self, instance: str, settings: Mapping[str, str]) -> tuple[str, ...]:
        """Set system variables; the names of those that take effect at the next restart."""
        ...

    def set_character_set(self, instance: str, character_set: str) -> None:
        """Of databases that are created from now on."""
        ...

    def create_account(self, instance: str, user: str, host: str = "%") -> Account:
        """A new account with no rights yet; the service makes its password."""
        ...

    def grant(self, instance: str, user: str, host: str, schema: str, *, writes: bool) -> None:
        """Let an account read a schema, or write it too."""
        ...

    def reset_password(self, instance: str, user: str, host: str = "%") -> Account:
        """Give an account another password."""
        ...

    def delete_account(self, instance: str, user: str, host: str = "%") -> None:
        """Remove an account that was created here."""
        ...

    def change_port(self, instance: str, port: int) -> Endpoint:
        """Have the address answer at another port, one of those that the service offers; the new address."""
        ...

    def import_dump(self, instance: str, dump: str, *, timeout_s: float) -> tuple[str, ...]:
        """Run the statements of a dump; what failed, a sentence each."""
        ...

    def roll_back(self, instance: str) -> None:
        """Not offered yet; on a disaster-recovery instance the reason is that it is one."""
        ...

    def rollback_log(self, instance: str) -> None:
        """Not offered yet; on a disaster-recovery instance the reason is that it is one."""
        ...


class HandsOutAccounts(Protocol):
    """Knows every account that a customer is given."""

    def accounts(self, instance: str) -> tuple[Account, ...]:
        """Owner first; every one of them is tried at the secondary."""
        ...


class LetsAuditorsIn(Protocol):
    """Has an account with which the judge reads any server, past the gates that customers meet."""

    def auditor(self) -> Account:
        """The judge's own account."""
        ...


class Answers(Protocol):
    """Tells one thread whether another one's request has been answered: a manager is killed only then."""

    @property
    def owes_an_answer(self) -> bool:
        """Something was asked for, not only looked at, and no answer has come yet; from any thread."""
        ...


class Narrates(Protocol):
    """Tells what it saw and decided; shown in reports, never used by a check."""

    def events(self, after: int) -> list[dict[str, Any]]:
        """Events with an id above the given one: ``id``, ``at_ns`` (monotonic), ``what``, ``detail``."""
        ...


class Service(
    Describes,
    Provides,
    Switches,
    SwitchesLater,
    OffersReadOnly,
    Changes,
    OffersDisasterRecovery,
    Lists,
    Monitors,
    OffersConsole,
    HandsOutAccounts,
    LetsAuditorsIn,
    Answers,
    Narrates,
    Protocol,
):
    """All that the features of the three documents ask for."""
