"""What a drilled system can be asked, by capability; a system that lacks one makes its scenarios *not addressed*."""

from collections.abc import Mapping
from typing import Any, Protocol

from hadrill.harness.model.instance import Account, Edition, Instance, MaintenancePeriod, Specification


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
    HandsOutAccounts,
    LetsAuditorsIn,
    Narrates,
    Protocol,
):
    """All that the features of the switch and HA documents ask for."""
