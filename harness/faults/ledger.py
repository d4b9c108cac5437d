"""What is broken at this moment, so that it is mended however the scenario ends."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.faults.fault import AT_ONCE, Fault, Strike
from hadrill.harness.model.fault import FaultRecord

_MEET_LIMIT_S: Final = 10.0


class _NotReady(HarnessTrouble):
    """Another fault, which was to strike at the same instant, did not."""


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

    def inject(self, fault: Fault, strike: Strike = AT_ONCE) -> FaultRecord:
        """Inject a fault; even if that fails half-way it will be undone by ``heal_all``.

        Raises:
            HarnessTrouble: an instrument failed.
        """
        self._begin(fault)
        return self._note(fault, fault.inject(strike))

    def inject_together(self, faults: Sequence[Fault]) -> tuple[FaultRecord, ...]:
        """Inject faults at one instant: each is made ready first, and then they strike side by side.

        Their targets must have no link in common. Each is proved while the others stand.

        Returns:
            their records, in the same order.

        Raises:
            HarnessTrouble: an instrument failed; all of them will be undone by ``heal_all``.
        """
        for fault in faults:
            self._begin(fault)
        barrier = threading.Barrier(len(faults))
        with ThreadPoolExecutor(max_workers=len(faults)) as pool:
            under_way = [pool.submit(_inject_with_others, fault, barrier) for fault in faults]
        for fault, one in zip(faults, under_way, strict=True):
            if one.exception() is None:
                self._note(fault, one.result())
        # the cause first: what merely waited for it in vain has less to say
        for one in sorted(under_way, key=lambda one: isinstance(one.exception(), _NotReady)):
            one.result()
        return tuple(one.result() for one in under_way)

    def heal_all(self, timeout_s: float) -> tuple[FaultRecord, ...]:
        """Heal all that is broken, the latest first; one that cannot be healed does not keep the others.

        Args:
            timeout_s: seconds that each heal has to be seen.

        Returns:
            the records of what was healed, with their proofs.

        Raises:
            HarnessTrouble: something could not be healed; names all of it. A second call tries that again.
        """
        return self.heal(self.injected[::-1], timeout_s)

    def heal(self, faults: Sequence[Fault], timeout_s: float) -> tuple[FaultRecord, ...]:
        """Heal some of what is broken, in this order; see ``heal_all``."""
        done, failed = [], []
        for fault, record in [each for fault in faults for each in self._open if each[0] is fault]:
            try:
                if record is None:
                    fault.undo()
                else:
                    done.append(fault.heal(record, timeout_s))
                    self._on_healed(done[-1])
            except HadrillError as error:
                failed.append(f"{fault.name} on {fault.target}: {error}")
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are healed
                failed.append(f"{fault.name} on {fault.target}: {type(error).__name__}: {error}")
            else:
                self._open = [each for each in self._open if each[0] is not fault]
        if failed:
            raise HarnessTrouble(
                f"not healed: {'; '.join(failed)}; heal again, or take the topology down with 'hadrill down'"
            )
        return tuple(done)

    def _begin(self, fault: Fault) -> None:
        self._on_begun(fault)
        self._open.append((fault, None))

    def _note(self, fault: Fault, record: FaultRecord) -> FaultRecord:
        """Remember a fault's record; one that is healed already is not kept."""
        self._open = [(each, record if each is fault else before) for each, before in self._open]
        self._on_injected(record)
        if record.healed_ns is not None:
            self._open = [each for each in self._open if each[0] is not fault]
            self._on_healed(record)
        return record


def _inject_with_others(fault: Fault, barrier: threading.Barrier) -> FaultRecord:
    """Strikes once all are ready; where one cannot be made ready none strikes."""

    def meet() -> None:
        try:
            barrier.wait(_MEET_LIMIT_S)
        except threading.BrokenBarrierError as error:
            raise _NotReady(
                f"{fault.name} on {fault.target} did not strike: another fault was not ready within {_MEET_LIMIT_S:g} s"
            ) from error

    try:
        return fault.inject(Strike(ready=meet))
    except BaseException:
        barrier.abort()
        raise
