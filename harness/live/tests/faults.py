"""A fault that breaks nothing, for those who talk about faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.fault import AT_ONCE, Strike
from hadrill.harness.live.fault_desk import FaultDesk
from hadrill.harness.model.fault import FaultRecord, Proof

SEEN = Proof(holds=True, observed="seen", at_ns=3)


@dataclass
class Painted:
    """A fault on paper."""

    name: str
    target: str
    touches: frozenset[str]
    done: list[str]
    fails: Exception | None = None

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:  # noqa: ARG002 - as every fault
        """Note it."""
        if self.fails:
            raise self.fails
        self.done.append(f"inject {self.name} {self.target}")
        return FaultRecord(self.name, self.target, 1, 2, SEEN, disrupts=True)

    def undo(self) -> None:
        """Note it."""
        self.done.append(f"undo {self.name} {self.target}")

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:  # noqa: ARG002 - as every fault
        """Note it."""
        self.done.append(f"heal {self.name} {self.target}")
        return replace(record, heal_began_ns=4, healed_ns=5, heal_proof=SEEN)


@dataclass
class Workshop:
    """Makes faults on paper; ``fails`` says at which targets what goes wrong."""

    done: list[str] = field(default_factory=list)
    fails: dict[str, Exception] = field(default_factory=dict)

    @property
    def desk(self) -> FaultDesk:
        """A desk that has them made here."""
        return FaultDesk(self.make)

    def make(self, name: str, target: str, options: Mapping[str, str]) -> Painted:
        """As asked; a rack breaks what stands on it, a link is said in words."""
        if options:
            raise WrongCall("it takes none")
        touches = {f"{target.replace('-', '')}"} if name.startswith("rack") else {target.replace("..", " to ")}
        return Painted(name, target.replace("..", " to "), frozenset(touches), self.done, self.fails.get(target))
