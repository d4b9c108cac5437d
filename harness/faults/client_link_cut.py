"""Clients are cut off from an address; everybody behind it goes on."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLinks
from hadrill.harness.faults.effect import CUT, Effect
from hadrill.harness.model.topology import ADDRESS, CLIENT, Link


@dataclass(slots=True)
class ClientLinkCut(BrokenLinks):
    """A blackhole on both streams of the clients' link to an address.

    Attributes:
        slot: the address is the topology's K-th.
    """

    slot: int = 0
    name: ClassVar[str] = "client-link-cut"

    @property
    def target(self) -> str:
        """The address."""
        return f"{ADDRESS}:{self.slot}"

    @property
    def links(self) -> tuple[Link, ...]:
        """Theirs to the address."""
        return (Link(CLIENT, self.target),)

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT

    @property
    def disrupts(self) -> bool:
        """No server is taken away, and nobody but the clients can tell."""
        return False
