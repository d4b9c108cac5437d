"""Racks without power: their servers are gone at one instant, without a goodbye, and nobody reaches them.

What the kernel holds is kept: these are processes lost, never disks lost (design decision 6).
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing_all, sings_again
from hadrill.harness.faults.effect import POWERLESS
from hadrill.harness.faults.fault import AT_ONCE, Strike, healed, proved, proved_in_time
from hadrill.harness.faults.plan import boundary, nodes_on
from hadrill.harness.faults.server import RUNS, SIGKILL_EXIT, seen_alive
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.topology import Link
from hadrill.harness.wait import NotYet

T = TypeVar("T")


@dataclass(slots=True)
class PowerLost(ABC):
    """Every server of some racks is killed and held down, and every link across their boundary is dead.

    The servers are stopped first, all at once, and killed once the links are dead: no end of a connection gets out.
    """

    site: EmbeddedSite
    _ran: tuple[str, ...] = field(default=(), init=False)
    _sang: tuple[Link, ...] = field(default=(), init=False)
    name: ClassVar[str]

    @property
    @abstractmethod
    def target(self) -> str:
        """What lost its power."""

    @property
    @abstractmethod
    def racks(self) -> tuple[str, ...]:
        """The racks that are concerned."""

    @property
    def touches(self) -> frozenset[str]:
        """All nodes of the racks, and all links across their boundary."""
        return frozenset(self._nodes) | frozenset(map(str, self._links))

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Proof: waitpid says signal 9 of each server that ran, and no link that carried before carries now."""
        nodes, before = self.site.nodes, sing_all(self.site.inventory, self._links)
        self._sang = tuple(link for link, song in before.items() if song.sings)
        self._ran = tuple(node for node in self._nodes if nodes.state(node).state in RUNS)
        strike.ready()
        injected_ns = time.monotonic_ns()
        _each(nodes.pause, self._ran)
        self.site.links.apply(POWERLESS.on(self._links))
        ends = _each(lambda node: nodes.kill(node, hold=True).exit, self._nodes)
        effective_ns = time.monotonic_ns()
        proof = self._prove(dict(zip(self._nodes, ends, strict=True)), strike.silence_s)
        return FaultRecord(self.name, self.target, injected_ns, effective_ns, proof, disrupts=True)

    def undo(self) -> None:
        """Mend the links, and meanwhile let go of the nodes and start each server that ran as it was last started."""
        with ThreadPoolExecutor(1) as pool:
            mending = pool.submit(self.site.links.heal, self._links)
            _each(lambda node: self.site.nodes.release(node, start=node in self._ran), self._nodes)
            mending.result()

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:
        """Proof: every link that carried before carries again, and every server that ran runs and greets."""
        what = f"what {self.name} took from {self.target} to be back"
        return healed(record, self.undo, lambda: proved_in_time(self._seen_back, what, timeout_s))

    @property
    def _nodes(self) -> tuple[str, ...]:
        return tuple(node.name for node in nodes_on(self.site.inventory.topology, self.racks))

    @property
    def _links(self) -> tuple[Link, ...]:
        return boundary(self.site.inventory.topology, *self.racks)

    def _prove(self, exits: dict[str, int | None], silence_s: float) -> Proof:
        after = sing_all(self.site.inventory, self._sang, silence_s)
        alive = [node for node in self._ran if exits[node] != SIGKILL_EXIT]
        unmoved = [f"{link}: {song}" for link, song in after.items() if not POWERLESS.shows(song)]
        return proved(
            f"killed: {', '.join(self._ran) or 'none'}; not ended by it: {', '.join(alive) or 'none'};"
            f" {POWERLESS.words}, read back on {len(self._links)} links; {len(after)} of them carried before, and"
            f" {len(unmoved)} still do: {'; '.join(unmoved) or 'none'}",
            holds=bool(self._ran) and bool(after) and not alive and not unmoved,
        )

    def _seen_back(self) -> str | NotYet:
        seen = [seen_alive(self.site, node) for node in self._ran]
        seen.append(sings_again(self.site.inventory, self._sang))
        missing = [each.seen for each in seen if isinstance(each, NotYet)]
        return NotYet("; ".join(missing)) if missing else "; ".join(map(str, seen))


def _each(do: Callable[[str], T], nodes: Iterable[str]) -> list[T]:
    """Side by side."""
    listed = tuple(nodes)
    with ThreadPoolExecutor(max_workers=max(1, len(listed))) as pool:
        return list(pool.map(do, listed))
