"""The judge's side of a scenario: each check on the recorded history, its judgement on record, then pass or raise."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.answers_lost import answers_lost
from hadrill.harness.checks.back_in_time import back_in_time
from hadrill.harness.checks.come_and_go import come_and_go
from hadrill.harness.checks.commit_waits import commit_waits
from hadrill.harness.checks.disconnection import disconnection
from hadrill.harness.checks.equality import equality
from hadrill.harness.checks.errant_transactions import errant_transactions
from hadrill.harness.checks.follows_closely import follows_closely
from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.interruption import interruption
from hadrill.harness.checks.lag import lag
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.no_failover import no_failover
from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.phantom_reads import phantom_reads
from hadrill.harness.checks.proofs import proofs
from hadrill.harness.checks.read_only_access import read_only_access
from hadrill.harness.checks.received import received
from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.served_meanwhile import served_meanwhile
from hadrill.harness.checks.shown_ahead import shown_ahead
from hadrill.harness.checks.staleness import staleness
from hadrill.harness.checks.stays_down import stays_down
from hadrill.harness.checks.took_over import took_over
from hadrill.harness.checks.transfers_total import transfers_total
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.checks.unprotected_writes import unprotected_writes
from hadrill.harness.checks.within_period import within_period
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.errors import HarnessTrouble, PromiseBroken
from hadrill.harness.evidence.basis import NOTHING, Basis, given_to
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.verdict import Judgement, Measure, Verdict
from hadrill.harness.workload.accounts import TOTAL

WATCHED_S: Final = 0.8
"""Load after a heal without which a late failover could not be seen; the instance was watched before that, too."""


def no_instruments() -> None:
    """For what is judged without an environment: nothing can have failed."""


@dataclass(slots=True)
class Verdicts:
    """Judges what a scenario recorded; a finding raises AssertionError, no verdict raises HarnessTrouble.

    Attributes:
        recorder: where the history is read from and judgements go.
        objectives: limits by name.
        check_instruments: raises HarnessTrouble where one of our own has failed; whatever was seen since then says
            nothing about the drilled system.
    """

    recorder: Recorder
    objectives: Objectives
    check_instruments: Callable[[], None]
    _history: History | None = field(default=None, init=False)
    _before: int = field(default=0, init=False)

    def ask(self, check: Callable[..., Judgement], *arguments: object) -> None:
        """Judge by a check that needs no history, for example of what was seen of a server."""
        self.of(check(*arguments), Basis(given_to(check, *arguments)))

    def of(self, judgement: Judgement, basis: Basis = NOTHING) -> None:
        """Put a judgement on record, with what it was made from, and act on it."""
        self.check_instruments()
        self.recorder.judgement(judgement, basis)
        if judgement.verdict is Verdict.FAIL:
            raise PromiseBroken("; ".join(finding.sentence for finding in judgement.findings))
        if judgement.verdict is Verdict.NO_VERDICT:
            unmeasured = ", ".join(measure.name for measure in judgement.measures if measure.value is None)
            raise HarnessTrouble(
                f"no verdict on {judgement.check}: {judgement.undecided or f'{unmeasured} not measured'}"
            )

    def read_anew(self) -> None:
        """What is judged from now on is the record as it is now, with what came since it was read."""
        self._history = None

    def faults_took_effect(self) -> None:
        """Every fault and every heal until now was proved; asked before the record is judged."""
        self.read_anew()
        self._on(proofs)

    def lost_writes(self) -> None:
        """No acknowledged write is missing at the end."""
        self._on(lost_writes, self.objectives["acknowledged writes lost"])

    def two_primaries(self) -> None:
        """No two servers took writes at the same time."""
        self._on(two_primaries, self._grace_s)

    def secondary_access(self) -> None:
        """No account got into the secondary."""
        self._on(secondary_access, self._grace_s)

    def address_access(self) -> None:
        """The address led to the primary alone."""
        self._on(address_access)

    def equality(self) -> None:
        """Both servers hold the same rows."""
        self._on(equality)

    def transfers_total(self) -> None:
        """No money came or went."""
        self._on(transfers_total, TOTAL)

    def come_and_go(self) -> None:
        """No row came and went."""
        self._on(come_and_go)

    def back_in_time(self) -> None:
        """No reader was taken back."""
        self._on(back_in_time)

    def phantom_reads(self) -> None:
        """Rows that were shown and never were."""
        self._on(phantom_reads)

    def shown_ahead(self) -> None:
        """What read-only servers were ahead with was not read there for long."""
        self._on(shown_ahead, self._fault)

    def errant_transactions(self) -> None:
        """No server has transactions that the primary lacks."""
        self._on(errant_transactions)

    def read_only_lag(self, nodes: tuple[str, ...], objective: str, *, rises: bool) -> None:
        """These read-only servers were behind for a while at most, and caught up; they were seen to be, if it rises."""
        self._on(lag, self.objectives[objective], self._event, nodes, rises)

    def staleness(self, objective: str) -> None:
        """What read-only servers showed was not older than that."""
        self._on(staleness, self.objectives[objective])

    def read_only_access(self, nodes: tuple[str, ...]) -> None:
        """These read-only servers served reads alone."""
        self._on(read_only_access, nodes)

    def secondary_lag(self, node: str, objective: str) -> None:
        """This secondary followed closely until the first fault."""
        self._on(follows_closely, self.objectives[objective], node, self._fault.injected_ns)

    def received(self, node: str) -> None:
        """This secondary held what had been acknowledged when its rows were read."""
        self._on(received, node)

    def undisturbed(self) -> None:
        """No client noticed anything."""
        self._on(undisturbed)

    def failover(self, objective: str) -> None:
        """Writes went on in time after the fault."""
        self._on(outage, self.objectives[objective], self._fault)

    def switch(self, objective: str) -> None:
        """Writes went on in time after the switch."""
        self._on(outage, self.objectives[objective], self._switch)

    def change(self, objective: str) -> None:
        """Writes went on in time after a change, whoever answers."""
        self._on(interruption, self.objectives[objective], self._switch)

    def interruption(self, name: str) -> Measure:
        """How long the event kept clients waiting, whoever answers; on record under that name."""
        judgement = self._on(interruption, None, self._event)
        return replace(judgement.measures[0], name=name)

    def unprotected_writes(self, objective: str) -> None:
        """Writes went on in time after the loss of the secondary."""
        self._on(unprotected_writes, self._faults[0], self.objectives[objective])

    def no_failover(self, primary: str, objective: str = "") -> None:
        """The primary of the beginning stayed the primary and service went on after the heal, in time if it is told."""
        limit = self.objectives[objective] if objective else None
        self._on(no_failover, self._faults[0], limit, WATCHED_S, primary)

    def took_over(self) -> None:
        """Another server took writes before what took the primary away was healed, or after the switch."""
        self._on(took_over, self._fault if self._recorded.faults else self._switch)

    def served_meanwhile(self, target: str) -> None:
        """The primary took writes while this target was lost."""
        self._on(served_meanwhile, self._fault_on(target))

    def served_all_the_while(self, objective: str) -> None:
        """The primary took writes while the first fault stood, never without one for longer than that."""
        self._on(served_meanwhile, self._faults[0], self.objectives[objective])

    def waited_for(self, node: str, manager: str) -> None:
        """From the loss of this primary until the manager was back nobody took its place."""
        lost, gone = self._fault_on(node), self._fault_on(manager)
        self._on(stays_down, replace(lost, heal_began_ns=gone.heal_began_ns, healed_ns=gone.healed_ns))

    def stays_down(self, node: str) -> None:
        """Nothing was acknowledged while this primary was lost."""
        self._on(stays_down, self._fault_on(node))

    def within_period(self, begins_ns: int, ends_ns: int) -> None:
        """The switch happened within the maintenance period."""
        self._on(within_period, self._switch, begins_ns, ends_ns)

    def disconnection(self) -> None:
        """Connections broke; only clients that reconnect carried on."""
        self._on(disconnection, self._switch)

    def commit_waits(self) -> None:
        """No commit was answered while acknowledgements were held back."""
        self._on(commit_waits, self._fault, self.objectives["acknowledgement hold"].limit)

    def answers_lost(self) -> None:
        """Commits were carried out whose answers the fault kept back."""
        self._on(answers_lost, self._fault)

    def in_flight(self) -> None:
        """There were writes to lose when the fault struck."""
        self._on(in_flight, self._fault)

    @property
    def _grace_s(self) -> float:
        return self.objectives["deposed grace"].limit

    @property
    def _recorded(self) -> History:
        if self._history is None:
            self._before = self.recorder.position
            self._history = self.recorder.history(self._before)
        return self._history

    @property
    def _fault(self) -> FaultRecord:
        """The fault that is judged: the one that took a server away, or else the only one."""
        return next((fault for fault in self._faults if fault.disrupts), self._faults[-1])

    @property
    def _faults(self) -> tuple[FaultRecord, ...]:
        """In order of time, one at least."""
        if not self._recorded.faults:
            raise HarnessTrouble("this Then judges by a fault, and nothing was broken; put a When before it that does")
        return self._recorded.faults

    @property
    def _switch(self) -> SwitchRecord:
        if not self._recorded.switches:
            raise HarnessTrouble("this Then judges by a request, and none was made; put a When before it that asks")
        return self._recorded.switches[-1]

    @property
    def _event(self) -> FaultRecord | SwitchRecord:
        """What was asked for last, or else the fault."""
        return self._switch if self._recorded.switches else self._fault

    def _fault_on(self, target: str) -> FaultRecord:
        """The fault on this target, or else the one that took servers away."""
        return next((fault for fault in self._recorded.faults if fault.target == target), self._fault)

    def _on(self, check: Callable[..., Judgement], *arguments: object) -> Judgement:
        history = self._recorded
        judgement = check(history, *arguments)
        self.of(judgement, Basis(given_to(check, history, *arguments), self._before))
        return judgement
