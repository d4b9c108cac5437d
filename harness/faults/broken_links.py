"""What faults of links share: an effect on some links, seen on those that carried something before."""

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing_all, sings_again
from hadrill.harness.faults.effect import Effect
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved, proved_in_time
from hadrill.harness.faults.plan import boundary
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.topology import ADDRESS, Link


@dataclass(slots=True)
class BrokenLinks(ABC):
    """An effect on links."""

    site: EmbeddedSite
    _sang: tuple[Link, ...] = field(default=(), init=False)
    name: ClassVar[str]

    @property
    @abstractmethod
    def target(self) -> str:
        """What is broken, in words."""

    @property
    @abstractmethod
    def links(self) -> tuple[Link, ...]:
        """The links that are broken."""

    @property
    @abstractmethod
    def effect(self) -> Effect:
        """What is done to them."""

    @property
    @abstractmethod
    def disrupts(self) -> bool:
        """See ``FaultRecord``."""

    @property
    def touches(self) -> frozenset[str]:
        """The links."""
        return frozenset(map(str, self.links))

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: it was read back on every link, and each that carried something before now shows the effect."""
        effect = self.effect
        before = sing_all(self.site.inventory, self.links)
        self._sang = tuple(link for link, song in before.items() if song.sings)
        strike.ready()
        injected_ns = time.monotonic_ns()
        if effect.toxics:
            self.site.links.apply(effect.on(self.links))
        else:
            self.site.links.close(self.links)
        effective_ns = time.monotonic_ns()
        proof = self._prove(effect, effect.patience_s or strike.silence_s)
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, self.disrupts)

    def undo(self) -> None:
        """Take everything off the links."""
        self.site.links.heal(self.links)

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: nothing is left by read-back, and what carried something before does so again."""
        what = f"what {self.name} broke on {self.target} to carry again"
        within_s = self.effect.whole_s
        return healed(
            record,
            self.undo,
            lambda: proved_in_time(lambda: sings_again(self.site.inventory, self._sang, within_s), what, timeout_s),
        )

    def _prove(self, effect: Effect, silence_s: float) -> Proof:
        after = sing_all(self.site.inventory, self._sang, silence_s, at_once=effect.at_once)
        unmoved = [f"{link}: {song}" for link, song in after.items() if not effect.shows(song)]
        seen = ", ".join(dict.fromkeys(str(song.fate) for song in after.values()))
        return proved(
            f"{effect.words}, read back on {len(self.links)} links; {len(after)} of them carried before, and"
            f" {len(unmoved)} do not show it: {'; '.join(unmoved) or 'none'}; seen: {seen or 'nothing'}",
            holds=not unmoved and bool(after),
        )


@dataclass(slots=True)
class BrokenRack(BrokenLinks, ABC):
    """An effect on every link with exactly one end on a rack, its host's included; within it, everything goes on."""

    rack: str

    @property
    def target(self) -> str:
        """The rack."""
        return self.rack

    @property
    def links(self) -> tuple[Link, ...]:
        """Those across its boundary."""
        return boundary(self.site.inventory.topology, self.rack)

    @property
    def disrupts(self) -> bool:
        """Its servers are out of everybody's reach."""
        return True


@dataclass(slots=True)
class BrokenLink(BrokenLinks, ABC):
    """An effect on one link; its ends reach everybody else."""

    link: Link

    @property
    def target(self) -> str:
        """The link, in words."""
        return str(self.link)

    @property
    def links(self) -> tuple[Link, ...]:
        """The one."""
        return (self.link,)

    @property
    def disrupts(self) -> bool:
        """The address's link to a server is the clients' way to it."""
        return self.link.source == ADDRESS
