"""The way back after a disaster: the promoted instance is a master, and a pair in the old region follows it (DR-17)."""

from typing import Final

from hadrill.harness.checks.recovery.verification import differences_found
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.recovery import LIMIT_S, Recovery
from hadrill.harness.drill.recovery_verdicts import RecoveryVerdicts
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.tampering import Tampering
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.disaster_recovery import Verification
from hadrill.harness.model.instance import Role
from hadrill.harness.workload.compare import compare_servers

KEPT: Final = "hadrill_kept.settings"
KEPT_ROWS: Final = (
    "CREATE DATABASE hadrill_kept",
    f"CREATE TABLE {KEPT} (id INT NOT NULL PRIMARY KEY, value VARCHAR(20) NOT NULL)",
    f"INSERT INTO {KEPT} VALUES (1, 'kept'), (2, 'kept'), (3, 'kept')",  # noqa: S608 - a constant
)
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
        service = self._stage.service
        service.release(old_master, timeout_s=LIMIT_S)
        self.promoted.adopt(service.await_protected(promoted, timeout_s=LIMIT_S))
        self.recovery.create()

    def keep_rows(self) -> None:
        """As the customer of the promoted instance: a table that no other client writes to."""
        self.promoted.run_as_owner(f"create {KEPT}", *KEPT_ROWS)

    def change_rows(self) -> None:
        """Behind the service's back, on the server that follows the promoted instance."""
        self._tamper.behind_its_back(self.recovery.primary, *CHANGED)

    def verify(self) -> None:
        """Have the service compare the two, row by row, while clients write."""
        self._verification = self._stage.service.verify(self.recovery.new.id, timeout_s=LIMIT_S)
        self.promoted.recorder.setting("verification", self._verification)

    def judge_verification(self, *, changed: bool) -> None:
        """It found the rows that were changed and no others, or nothing at all."""
        if self._verification is None:
            raise HarnessTrouble("nothing was verified in this scenario")
        self.promoted.judge.ask(differences_found, self._verification, DIFFERENT if changed else ())

    def switch_back(self) -> None:
        """The instance in the old region takes the promoted one's place."""
        self.recovery.ask.carry_out("the switch back", self._switch_back)
        self.promoted.mirrored = ()

    def switch_back_in_vain(self) -> None:
        """Ask for it where it must be refused."""
        self.recovery.ask.ask_in_vain("the switch back", self._switch_back)

    def rest(self) -> None:
        """Stop the clients, and put on record what the instance in the old region holds."""
        service, new = self._stage.service, self.recovery.new
        now = service.await_protected(new.id, timeout_s=LIMIT_S)
        self.recovery.snapshot()
        self.promoted.clients.stop()
        self.promoted.clients.compare(self.recovery.nodes)
        primary, secondary = (
            self.promoted.side(node) for role in (Role.PRIMARY, Role.SECONDARY) for node in now.having(role)
        )
        self.promoted.recorder.comparison(compare_servers(primary, secondary, timeout_s=LIMIT_S))

    def _switch_back(self) -> None:
        new = self.recovery.new.id
        self._stage.service.switch_back(new, confirm=new, timeout_s=LIMIT_S)
