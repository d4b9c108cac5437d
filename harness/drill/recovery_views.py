"""What can be looked at about disaster-recovery instances: lists, details, figures, slow statements (DR-12, DR-14)."""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.checks.recovery.as_described import listed
from hadrill.harness.checks.recovery.figures import figures
from hadrill.harness.checks.recovery.on_servers import as_seen
from hadrill.harness.drill.recovery import LIMIT_S, Recovery
from hadrill.harness.drill.subject import Subject
from hadrill.harness.model.instance import InstanceType
from hadrill.harness.workload.as_customer import run_as_customer

SLOW: Final = "SELECT SLEEP(1.5) AS hadrill_slow_statement"
MARK: Final = "hadrill_slow_statement"


class RecoveryViews:
    """Looks as a customer does at a master and its disaster-recovery instance.

    Args:
        subject: the master.
        recovery: the instance.
    """

    def __init__(self, subject: Subject, recovery: Recovery) -> None:
        self._subject = subject
        self._recovery = recovery
        self._service = subject.stage.service

    def run_slow_statement(self) -> None:
        """At the address of the disaster-recovery instance, as its customer."""
        owner = self._service.accounts(self._recovery.new.id)[0]
        run_as_customer("run a slow statement", self._recovery.new.address, owner, SLOW, timeout_s=LIMIT_S)

    def judge_lists(self) -> None:
        """By region, by type, by both; each has its master's and none of the others."""
        north, south = self._recovery.regions
        master, own = self._subject.id, self._recovery.new.id
        of_type = InstanceType.DISASTER_RECOVERY
        asked: Mapping[str, tuple[dict[str, str], tuple[str, ...]]] = {
            f"instances of {south}": ({"region": south}, (own,)),
            f"instances of {north}": ({"region": north}, (master,)),
            f"{of_type} instances": ({"instance_type": of_type}, (own,)),
            f"{of_type} instances of {south}": ({"region": south, "instance_type": of_type}, (own,)),
        }
        for what, (by, wanted) in asked.items():
            found = tuple(each.id for each in self._service.list_instances(**by))
            self._subject.judge.ask(listed, what, found, wanted)

    def judge_details(self) -> None:
        """Its type, region, master and address; its master names it in turn."""
        seen, master = self._service.describe(self._recovery.new.id), self._subject.instance
        wanted = {
            "type": str(InstanceType.DISASTER_RECOVERY),
            "region": self._recovery.regions[1],
            "master": self._subject.id,
            "address": str(self._recovery.new.address),
            "named by its master": self._recovery.new.id,
        }
        told = {
            "type": str(seen.type),
            "region": seen.region,
            "master": seen.master,
            "address": str(seen.address),
            "named by its master": ", ".join(master.disaster_recovery),
        }
        self._subject.judge.ask(as_seen, "the details", wanted, told)

    def judge_figures(self) -> None:
        """Over time, of an instance that is used and follows."""
        self._subject.judge.ask(figures, self._service.monitoring(self._recovery.new.id))

    def judge_slow_log(self) -> None:
        """It has the slow statement."""
        lines = self._service.slow_log(self._recovery.new.id)
        wanted = {"lines with the slow statement": "yes"}
        seen = {"lines with the slow statement": "yes" if any(MARK in line for line in lines) else "no"}
        self._subject.judge.ask(as_seen, "the slow log", wanted, seen)
