"""The way back after a disaster: the promoted instance is a master, and a pair in the old region follows it (DR-17)."""

from typing import Final

from hadrill.harness.checks.recovery.on_servers import as_seen
from hadrill.harness.checks.recovery.verification import differences_found
from hadrill.harness.drill.kept_rows import KEPT, keep_rows
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.recovery import BOTH_HOLD, LIMIT_S, Recovery
from hadrill.harness.drill.recovery_verdicts import RecoveryVerdicts
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.tampering import Tampering
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.disaster_recovery import Verification
from hadrill.harness.workload.compare import compare_servers

AFTERWARDS_NS: Final = 800_000_000
"""Within this it shows where writes are still refused, or where who should take none takes them again."""

GOES_ON_S: Final = 15.0
ANSWERED: Final = "at the activated instance"
CHANGED: Final = (
    f"UPDATE {KEPT} SET value = 'changed' WHERE id = 2",  # noqa: S608 - a constant
    f"DELETE FROM {KEPT} WHERE id = 3",  # noqa: S608 - a constant
)
DIFFERENT: Final = ((KEPT, "2"), (KEPT, "3"))


class WayBack:
    """From a promoted instance back to the region of its old master.

    Attributes:
        promoted: the promoted instance, with clients of its own.
        recovery: the one in the old region that follows it.
    """

    def __init__(self, run: Run, stage: Stage, objectives: Objectives) -> None:
        self._stage = stage
        self._tamper = Tampering(stage)
        self.promoted = Subject(run, stage, "promoted")
        self.recovery = Recovery(self.promoted, objectives)
        self._verification: Verification | None = None

    @property
    def judge(self) -> RecoveryVerdicts:
        """What is said of the record of the promoted instance in the end."""
        return self.promoted.judge

    def begin(self, promoted: str, old_master: str) -> None:
        """Give the old master back, and have a new instance in its region follow the promoted one."""
        service, ask = self._stage.service, self.recovery.ask
        ask.promised("the release of the old master", lambda: service.release(old_master, timeout_s=LIMIT_S))
        ask.promised(BOTH_HOLD, lambda: service.await_protected(promoted, timeout_s=LIMIT_S))
        self.promoted.adopt(service.describe(promoted))
        self.recovery.deliver()

    def keep_rows(self) -> None:
        """As the customer of the promoted instance: a table that no other client writes to."""
        keep_rows(self.promoted)

    def change_rows(self) -> None:
        """Behind the service's back, on the server that follows the promoted instance."""
        self._tamper.behind_its_back(self.recovery.primary, *CHANGED)

    def verify(self) -> None:
        """Have the service compare the two, row by row, while clients write."""
        self.recovery.ask.promised("a verification", self._verify)

    def judge_verification(self, *, changed: bool) -> None:
        """It found the rows that were changed and no others, or nothing at all."""
        if self._verification is None:
            raise HarnessTrouble("nothing was verified in this scenario")
        self.promoted.judge.ask(differences_found, self._verification, DIFFERENT if changed else ())

    def switch_back(self) -> None:
        """The instance in the old region takes the promoted one's place."""
        self.recovery.ask.carry_out("the switch back", self.recovery.ask_switch_back)
        self.promoted.mirrored = ()

    def switch_back_in_vain(self) -> None:
        """Ask for it where it must be refused."""
        self.recovery.ask.ask_in_vain("the switch back", self.recovery.ask_switch_back)

    def judge_stopped(self) -> None:
        """After the refusal clients are answered as before, and those that follow take no writes."""
        answered = "yes"
        try:
            self.promoted.clients.await_turns(GOES_ON_S)
        except WaitTimeout as error:
            answered = f"no: {error}"
        nodes = self.recovery.nodes
        takes = {node: "yes" if self.promoted.observed.portray(node).writable else "no" for node in nodes}
        wanted = {ANSWERED: "yes", **dict.fromkeys(nodes, "no")}
        self.promoted.judge.ask(as_seen, "whether writes are taken", wanted, {ANSWERED: answered, **takes})

    def rest(self) -> None:
        """Stop the clients, and put on record what the instance in the old region holds."""
        service, new = self._stage.service, self.recovery.new
        self.recovery.ask.promised(BOTH_HOLD, lambda: service.await_protected(new.id, timeout_s=LIMIT_S))
        self.promoted.clients.await_at_work_until(now_ns() + AFTERWARDS_NS, LIMIT_S)
        self.recovery.snapshot()
        self.promoted.clients.stop()
        self.promoted.clients.compare(self.recovery.nodes)
        primary, secondary = (self.promoted.side(node) for node in (self.recovery.primary, self.recovery.secondary))
        self.promoted.recorder.comparison(compare_servers(primary, secondary, timeout_s=LIMIT_S))

    def _verify(self) -> None:
        self._verification = self._stage.service.verify(self.recovery.new.id, timeout_s=LIMIT_S)
        self.promoted.recorder.setting("verification", self._verification)
