"""What a scenario writes down as it happens, under its own id."""

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.drill.run import Run
from hadrill.harness.evidence.basis import NOTHING, Basis
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import read_history
from hadrill.harness.evidence.segments import Segment, seal
from hadrill.harness.evidence.snapshots import SealedSnapshot
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import Comparison, History, ServerState, ShownLag, Sighting, Stall, SwitchRecord
from hadrill.harness.model.operation import Roster
from hadrill.harness.model.portrait import Portrait, Refusal
from hadrill.harness.model.verdict import Judgement


class Recorder:
    """Journals one scenario and reads its history back, so that verdicts follow from the record alone.

    Args:
        run: with a scenario that has begun.
        instance: label of the one instance that it records, in a scenario that has several side by side.

    Attributes:
        run: that run.
        scenario: that scenario.
        instance: that label.
        switched_ns: when the last switch was over, or clients were answered elsewhere, monotonic; 0 where none was.
    """

    def __init__(self, run: Run, instance: str = "") -> None:
        if run.current is None:
            raise ValueError("a recorder needs a scenario that has begun")
        self.run = run
        self.instance = instance
        self.scenario = run.current
        self.switched_ns = 0

    @property
    def name(self) -> str:
        """The scenario's id, with the label of the instance where there is one."""
        return f"{self.scenario.id}-{self.instance}" if self.instance else self.scenario.id

    @property
    def prefix(self) -> str:
        """What the names of its files begin with, relative to the run's folder."""
        return f"operations/{self.name}"

    @property
    def position(self) -> int:
        """The number of the journal's next event."""
        return self.run.journal.events

    def history(self, before: int | None = None) -> History:
        """All that was recorded before the event of that number; all so far by default."""
        return read_history(self.run.folder, self.scenario.id, self.instance, before)

    def setting(self, what: str, values: object) -> None:
        """How something was set up; no secret belongs here."""
        self._append(EventKind.SETTING, what=what, values=values)

    def roster(self, roster: Roster) -> None:
        """Names behind the columns."""
        self._append(EventKind.ROSTER, roster=roster)

    def segment(self, segment: Segment) -> None:
        """A sealed part of the ledger."""
        self._append(EventKind.SEGMENT, segment=segment)

    def stall(self, stall: Stall) -> None:
        """A load process did not run for a while."""
        self._append(EventKind.STALL, stall=stall)

    def injecting(self, name: str, target: str) -> None:
        """A fault is about to strike."""
        self._append(EventKind.INJECTING, name=name, target=target)

    def injected(self, fault: FaultRecord) -> None:
        """A fault struck."""
        self._append(EventKind.FAULT, fault=fault)

    def healed(self, fault: FaultRecord) -> None:
        """A fault is gone."""
        self._append(EventKind.HEAL, heal=fault)

    def switch(self, switch: SwitchRecord) -> None:
        """A switch was asked for, or is over."""
        self.switched_ns = switch.finished_ns or self.switched_ns
        self._append(EventKind.SWITCH, switch=switch)

    def portrait(self, portrait: Portrait) -> None:
        """A server was looked at."""
        self.setting("portrait", portrait)
        self._append(EventKind.SIGHTING, sighting=Sighting(portrait.node, portrait.at_ns, portrait.writable))

    def refusal(self, refusal: Refusal) -> None:
        """Something was refused, or was not."""
        self.setting("refusal", refusal)

    def present(self, keys: NDArray[np.uint64]) -> None:
        """The keys that the instance held at the end; those that were read last count."""
        sealed = seal(self.run.folder, f"{self.prefix}-present-{self.position}.npy", keys)
        self._append(EventKind.PRESENT, present=sealed)

    def snapshot(self, place: str, at_ns: int, keys: NDArray[np.uint64]) -> None:
        """The keys that a server held on the way."""
        sealed = seal(self.run.folder, f"{self.prefix}-{place}-{at_ns}.npy", keys)
        self._append(EventKind.SNAPSHOT, snapshot=SealedSnapshot(place, at_ns, sealed))

    def server(self, state: ServerState) -> None:
        """What a server said at rest."""
        self._append(EventKind.SERVER, server=state)

    def shown_lag(self, shown: ShownLag) -> None:
        """The service showed the lag of a disaster-recovery instance."""
        self._append(EventKind.SHOWN_LAG, shown_lag=shown)

    def comparison(self, comparison: Comparison) -> None:
        """Two servers were compared."""
        self._append(EventKind.COMPARISON, comparison=comparison)

    def service_event(self, event: dict[str, object]) -> None:
        """What the service says of itself."""
        self._append(EventKind.SERVICE, **{name: event[name] for name in ("at_ns", "what", "detail")})

    def judgement(self, judgement: Judgement, basis: Basis = NOTHING) -> None:
        """What a check says and was given, for each clause that the scenario shows; a feature of one's own has none."""
        for clause in self.scenario.clauses or ("",):
            self._append(
                EventKind.JUDGEMENT,
                clause=clause,
                check=judgement.check,
                verdict=judgement.verdict.value,
                findings=judgement.findings,
                measures=judgement.measures,
                undecided=judgement.undecided,
                warnings=judgement.warnings,
                given=basis.given,
                before=basis.before,
            )

    def _append(self, kind: EventKind, **data: object) -> None:
        label = {"instance": self.instance} if self.instance else {}
        self.run.journal.append(kind, self.scenario.id, **data, **label)
