"""What is broken at this moment, so that it is mended however the scenario ends."""

from collections.abc import Callable

from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.faults.fault import Fault
from hadrill.harness.model.fault import FaultRecord


class FaultLedger:
    """Injects faults and remembers them until they are healed.

    Args:
        on_begun: told of each fault just before it is injected, so that a run that dies then leaves a trace.
        on_injected: told of each fault's record once it has been injected.
        on_healed: told of each fault's record once it has been healed.
    """

    def __init__(
        self,
        on_begun: Callable[[Fault], None],
        on_injected: Callable[[FaultRecord], None],
        on_healed: Callable[[FaultRecord], None],
    ) -> None:
        self._on_begun = on_begun
        self._on_injected = on_injected
        self._on_healed = on_healed
        self._open: list[tuple[Fault, FaultRecord | None]] = []

    @property
    def injected(self) -> tuple[Fault, ...]:
        """Faults that are not healed, in the order in which they were injected."""
        return tuple(fault for fault, _ in self._open)

    @property
    def standing(self) -> tuple[tuple[Fault, FaultRecord | None], ...]:
        """The same with their records; None for one whose injection is under way, or failed half-way."""
        return tuple(self._open)

    def inject(self, fault: Fault) -> FaultRecord:
        """Inject a fault; even if that fails half-way it will be undone by ``heal_all``.

        Raises:
            HarnessTrouble: an instrument failed.
        """
        self._on_begun(fault)
        self._open.append((fault, None))
        record = fault.inject()
        self._open[-1] = (fault, record)
        self._on_injected(record)
        return record

    def heal_all(self, timeout_s: float) -> tuple[FaultRecord, ...]:
        """Heal all that is broken, the latest first; one that cannot be healed does not keep the others.

        Args:
            timeout_s: seconds that each heal has to be seen.

        Returns:
            the records of what was healed, with their proofs.

        Raises:
            HarnessTrouble: something could not be healed; names all of it. A second call tries that again.
        """
        done, failed, still_open = [], [], []
        for fault, record in reversed(self._open):
            try:
                if record is None:
                    fault.undo()
                    continue
                done.append(fault.heal(record, timeout_s))
                self._on_healed(done[-1])
            except HadrillError as error:
                failed.append(f"{fault.name} on {fault.target}: {error}")
                still_open.append((fault, record))
        self._open = still_open[::-1]
        if failed:
            raise HarnessTrouble(f"not healed: {'; '.join(failed)}")
        return tuple(done)
