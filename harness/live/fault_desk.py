"""The holder's desk for faults: injects, heals and remembers what is broken of a topology that is up."""

import threading
from collections.abc import Callable, Mapping

from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall
from hadrill.harness.faults.catalogue import entry
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.faults.targets import BETWEEN
from hadrill.harness.live.fault_messages import Answer, Request
from hadrill.harness.model.fault import FaultRecord

HEAL_LIMIT_S = 30.0
TURN_LIMIT_S = 60.0


class FaultDesk:
    """Answers one request after the other; what stands can be asked for at any time.

    Args:
        make: a fault, from its name, its target and its options.
    """

    def __init__(self, make: Callable[[str, str, Mapping[str, str]], Fault]) -> None:
        self._make = make
        self._ledger = FaultLedger(lambda _: None, lambda _: None, lambda _: None)
        self._turn = threading.Lock()

    def answer(self, request: Request) -> Answer:
        """Do what is asked; what went wrong is answered, not raised."""
        if request.verb == "standing":
            return self._standing()
        if not self._turn.acquire(timeout=TURN_LIMIT_S):
            trouble = HarnessTrouble(f"another fault has been injected or healed for more than {TURN_LIMIT_S:g} s")
            return Answer(error=str(trouble), exit_code=trouble.exit_code)
        try:
            return Answer((self._inject(request),) if request.verb == "inject" else self._heal(request))
        except HadrillError as error:
            return Answer(error=str(error), exit_code=error.exit_code)
        except Exception as error:  # noqa: BLE001 - whoever asked gets a sentence, and the next request is taken
            sentence = f"{request.name} on {request.target} cannot be answered: {_said(error)}"
            return Answer(error=sentence, exit_code=HarnessTrouble.exit_code)
        finally:
            self._turn.release()

    def _standing(self) -> Answer:
        standing = self._ledger.standing
        return Answer(
            records=tuple(record for _, record in standing if record is not None),
            under_way=tuple(_words(fault) for fault, record in standing if record is None),
        )

    def _inject(self, request: Request) -> FaultRecord:
        fault = self._make(request.name, request.target, request.options)
        self._require_room(fault)
        try:
            return self._ledger.inject(fault)
        except HadrillError:
            self._ledger.heal((fault,), HEAL_LIMIT_S)
            raise
        except Exception as error:
            self._ledger.heal((fault,), HEAL_LIMIT_S)
            raise HarnessTrouble(f"{_words(fault)} was not injected, and is undone: {_said(error)}") from error

    def _require_room(self, fault: Fault) -> None:
        """Two faults of one thing could not be healed apart."""
        for other in self._ledger.injected:
            if (other.name, other.target) == (fault.name, fault.target):
                raise WrongCall(f"{_words(fault)} is injected already; {_how_to_heal(other)}")
            if both := sorted(fault.touches & other.touches):
                raise WrongCall(f"{both[0]} is broken already, by {_words(other)}; {_how_to_heal(other)}")

    def _heal(self, request: Request) -> tuple[FaultRecord, ...]:
        injected = self._ledger.injected
        if request.name:
            entry(request.name)
        chosen = [fault for fault in injected[::-1] if _is_meant(fault, request)]
        if request.name and not chosen:
            meant = f"{request.name} on {request.target}" if request.target else request.name
            there_are = ", ".join(map(_words, injected)) or "none"
            raise WrongCall(f"{meant} is not injected; of those that are there are: {there_are}")
        return self._ledger.heal(chosen, HEAL_LIMIT_S)


def _is_meant(fault: Fault, request: Request) -> bool:
    target = request.target.replace(BETWEEN, " to ")
    return request.name in {"", fault.name} and (not target or target == fault.target or target in fault.touches)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _words(fault: Fault) -> str:
    return f"{fault.name} on {fault.target}"


def _how_to_heal(fault: Fault) -> str:
    return f"'hadrill fault heal {fault.name}' ends it"
