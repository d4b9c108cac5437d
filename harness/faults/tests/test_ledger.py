"""Whatever is broken is mended."""

from dataclasses import dataclass, field, replace

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.faults.fault import AT_ONCE, Strike
from hadrill.harness.faults.ledger import FaultLedger
from hadrill.harness.model.fault import FaultRecord, Proof

YES = Proof(holds=True, observed="seen", at_ns=3)


@dataclass
class Scripted:
    """A fault that notes what is done to it and fails where it is told to."""

    name: str
    done: list[str]
    fails_at: set[str] = field(default_factory=set)
    error: type[Exception] = HarnessTrouble
    target: str = "a1"

    def _do(self, what: str) -> None:
        if what in self.fails_at:
            raise self.error(f"{what} failed")
        self.done.append(f"{what} {self.name}")

    @property
    def touches(self) -> frozenset[str]:
        """Its target."""
        return frozenset({self.target})

    def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
        """Note it."""
        strike.ready()
        self._do("inject")
        return FaultRecord(self.name, self.target, 1, 2, YES, disrupts=True)

    def undo(self) -> None:
        """Note it."""
        self._do("undo")

    def heal(self, record: FaultRecord, timeout_s: float) -> FaultRecord:  # noqa: ARG002 - as every fault
        """Note it."""
        self._do("heal")
        return replace(record, heal_began_ns=4, healed_ns=5, heal_proof=YES)


@pytest.fixture
def told() -> list[FaultRecord]:
    """Every record that the ledger told of, in order."""
    return []


@pytest.fixture
def ledger(told: list[FaultRecord]) -> FaultLedger:
    """An empty ledger."""
    return FaultLedger(lambda _: None, told.append, told.append)


def test_the_latest_is_healed_first(ledger: FaultLedger) -> None:
    """As brackets close."""
    done: list[str] = []
    for name in ("one", "two"):
        ledger.inject(Scripted(name, done))
    ledger.heal_all(1)
    assert done == ["inject one", "inject two", "heal two", "heal one"]
    assert ledger.injected == ()


def test_injection_and_heal_are_told_with_their_records(ledger: FaultLedger, told: list[FaultRecord]) -> None:
    """The journal has both."""
    record = ledger.inject(Scripted("one", []))
    assert (*ledger.heal_all(1),) == tuple(told[1:])
    assert told[0] == record


def test_an_injection_that_failed_half_way_is_undone(ledger: FaultLedger, told: list[FaultRecord]) -> None:
    """Some toxics may be on already."""
    done: list[str] = []
    with pytest.raises(HarnessTrouble, match="inject failed"):
        ledger.inject(Scripted("one", done, {"inject"}))
    ledger.heal_all(1)
    assert (done, told) == (["undo one"], [])


@pytest.mark.parametrize(("error", "why"), [(HarnessTrouble, "heal failed"), (OSError, "OSError: heal failed")])
def test_one_that_cannot_be_healed_does_not_keep_the_others(
    ledger: FaultLedger, error: type[Exception], why: str
) -> None:
    """The message names it; it stays in the ledger and is tried again."""
    done: list[str] = []
    stubborn = Scripted("stubborn", done, {"heal"}, error)
    ledger.inject(Scripted("one", done))
    ledger.inject(stubborn)
    with pytest.raises(HarnessTrouble, match=f"not healed: stubborn on a1: {why}; heal again, or .* 'hadrill down'"):
        ledger.heal_all(1)
    assert ledger.injected == (stubborn,)
    stubborn.fails_at.clear()
    ledger.heal_all(1)
    assert done[-2:] == ["heal one", "heal stubborn"]


def test_healing_twice_does_nothing_the_second_time(ledger: FaultLedger) -> None:
    """The end of a scenario heals whatever its sentences have not."""
    ledger.inject(Scripted("one", []))
    ledger.heal_all(1)
    assert ledger.heal_all(1) == ()


def test_a_fault_is_announced_before_it_strikes() -> None:
    """A harness that is killed while it injects leaves a trace of what it was about to do."""
    done: list[str] = []
    ledger = FaultLedger(lambda fault: done.append(f"begins {fault.name}"), lambda _: None, lambda _: None)
    ledger.inject(Scripted("one", done))
    assert done == ["begins one", "inject one"]


def test_faults_strike_together_once_all_are_ready(ledger: FaultLedger, told: list[FaultRecord]) -> None:
    """None of them before; told in the order in which they were given."""
    done: list[str] = []

    @dataclass
    class Slow(Scripted):
        def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
            done.append(f"{self.name} is ready")
            return super().inject(strike)

    records = ledger.inject_together((Slow("one", done), Slow("two", done)))
    assert sorted(done[:2]) == ["one is ready", "two is ready"]
    assert sorted(done[2:]) == ["inject one", "inject two"]
    assert [record.name for record in told] == [record.name for record in records] == ["one", "two"]


def test_where_one_fault_cannot_be_made_ready_none_strikes(ledger: FaultLedger, told: list[FaultRecord]) -> None:
    """What went wrong is told, and everything is undone."""
    done: list[str] = []

    @dataclass
    class Lame(Scripted):
        def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:  # noqa: ARG002 - as every fault
            raise HarnessTrouble("lame")

    with pytest.raises(HarnessTrouble, match="lame"):
        ledger.inject_together((Scripted("one", done), Lame("two", done)))
    ledger.heal_all(1)
    assert (done, told) == (["undo two", "undo one"], [])


def test_one_of_several_is_healed(ledger: FaultLedger) -> None:
    """The others stand."""
    done: list[str] = []
    one, two = Scripted("one", done), Scripted("two", done)
    ledger.inject(one)
    ledger.inject(two)
    (record,) = ledger.heal((one,), 1)
    assert (record.name, ledger.injected) == ("one", (two,))


def test_what_healed_by_itself_is_not_kept(ledger: FaultLedger, told: list[FaultRecord]) -> None:
    """A blip's record is complete when it comes; it is told as injected and as healed."""

    @dataclass
    class Brief(Scripted):
        def inject(self, strike: Strike = AT_ONCE) -> FaultRecord:
            return replace(super().inject(strike), heal_began_ns=4, healed_ns=5, heal_proof=YES)

    record = ledger.inject(Brief("one", []))
    assert (told, ledger.injected) == ([record, record], ())
