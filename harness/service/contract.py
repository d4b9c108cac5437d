"""What a drilled system can be asked, by capability; a system that lacks one makes its scenarios *not addressed*."""

from typing import Any, Protocol

from hadrill.harness.model.instance import Account, Edition, Instance


class Describes(Protocol):
    """Topology and roles. Used to aim faults and to wait, never to decide a verdict about roles."""

    def describe(self, instance: str) -> Instance:
        """One instance as the service sees it."""
        ...

    def instances(self) -> tuple[Instance, ...]:
        """All instances that are not released."""
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


class Service(Describes, Provides, Switches, HandsOutAccounts, LetsAuditorsIn, Narrates, Protocol):
    """All that the features of the switch and HA documents ask for."""
