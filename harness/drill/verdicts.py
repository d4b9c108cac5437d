"""The judge's side of a scenario: each check on the recorded history, its judgement on record, then pass or raise."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hadrill.harness.checks.address_access import address_access
from hadrill.harness.checks.commit_waits import commit_waits
from hadrill.harness.checks.disconnection import disconnection
from hadrill.harness.checks.equality import equality
from hadrill.harness.checks.in_flight import in_flight
from hadrill.harness.checks.lost_writes import lost_writes
from hadrill.harness.checks.outage import outage
from hadrill.harness.checks.proofs import proofs
from hadrill.harness.checks.secondary_access import secondary_access
from hadrill.harness.checks.two_primaries import two_primaries
from hadrill.harness.checks.undisturbed import undisturbed
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.basis import NOTHING, Basis, given_to
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.verdict import Judgement, Verdict


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
            raise AssertionError("; ".join(finding.sentence for finding in judgement.findings))
        if judgement.verdict is Verdict.NO_VERDICT:
            unmeasured = ", ".join(measure.name for measure in judgement.measures if measure.value is None)
            raise HarnessTrouble(
                f"no verdict on {judgement.check}: {judgement.undecided or f'{unmeasured} not measured'}"
            )

    def faults_took_effect(self) -> None:
        """Every fault and every heal was proved; asked before anything is judged."""
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

    def undisturbed(self) -> None:
        """No client noticed anything."""
        self._on(undisturbed)

    def failover(self, objective: str) -> None:
        """Writes went on in time after the fault."""
        self._on(outage, self.objectives[objective], self._fault)

    def switch(self, objective: str) -> None:
        """Writes went on in time after the switch."""
        self._on(outage, self.objectives[objective], self._switch)

    def disconnection(self) -> None:
        """Connections broke; only clients that reconnect carried on."""
        self._on(disconnection, self._switch)

    def commit_waits(self) -> None:
        """No commit was answered while acknowledgements were held back."""
        self._on(commit_waits, self._fault, self.objectives["acknowledgement hold"].limit)

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
        faults = self._recorded.faults
        return next((fault for fault in faults if fault.disrupts), faults[-1])

    @property
    def _switch(self) -> SwitchRecord:
        return self._recorded.switches[-1]

    def _on(self, check: Callable[..., Judgement], *arguments: object) -> None:
        history = self._recorded
        self.of(check(history, *arguments), Basis(given_to(check, history, *arguments), self._before))
