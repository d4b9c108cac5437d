"""What is asked about disaster recovery in a way that must be refused, each request with the code that it must get."""

from collections.abc import Callable
from typing import Final

from hadrill.harness.checks.refusal import refused_during
from hadrill.harness.drill.recovery import LIMIT_S, Recovery
from hadrill.harness.drill.requests import refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.workload.ledger_table import TABLE

NO_SUCH_TABLE: Final = "hadrill_ledger.no_such_table"
AGAIN: Final = "once more"


class WrongRequests:
    """Asks about one subject and its disaster-recovery instance, and keeps what comes back.

    Args:
        subject: the master.
        recovery: the instance.
    """

    def __init__(self, subject: Subject, recovery: Recovery) -> None:
        self._subject = subject
        self._recovery = recovery
        self._service = subject.stage.service
        self._answers: tuple[tuple[Refusal, str], ...] = ()

    def instance_in_the_same_region(self) -> None:
        """Where a lost region would take both."""
        here = self._recovery.regions[0]
        self.ask("SameRegion", f"a disaster-recovery instance in {here}", lambda: self._create(here))

    def instance_without_gtid(self) -> None:
        """Of a master whose transactions have no names."""
        there = self._recovery.regions[1]
        self.ask("MasterWithoutGtid", f"a disaster-recovery instance in {there}", lambda: self._create(there))

    def synchronizations(self) -> None:
        """Of a table that is not there, and of an instance that is no disaster-recovery instance."""
        self.ask("NoSuchTable", "a table that is not there", lambda: self._begin(self._recovery.new.id, NO_SUCH_TABLE))
        self.ask("NotDisasterRecovery", "a synchronization of the master", lambda: self._begin(self._subject.id, TABLE))
        self.go_on_only_if_refused()

    def synchronization_over_data(self) -> None:
        """Of an instance that somebody has put something on."""
        asked = "a synchronization over data that are in the way"
        self.ask("DestinationNotEmpty", asked, lambda: self._begin(self._recovery.new.id, TABLE))
        self.go_on_only_if_refused()

    def second_synchronization(self) -> None:
        """Beside the one that there is."""
        self.ask("SynchronizationExists", "a second synchronization", lambda: self._begin(self._recovery.new.id, TABLE))

    def unconfirmed_activation(self) -> None:
        """With another name in the place of its own."""
        ask = self._activation(confirm=self._subject.id, accept_divergence=self._subject.id)
        self.ask("ConfirmationMissing", "the activation without confirmation", ask)
        self.go_on_only_if_refused()

    def unaware_activation(self) -> None:
        """Its master may be alive, and was not named."""
        ask = self._activation(confirm=self._recovery.new.id, accept_divergence="")
        self.ask("MasterMayBeAlive", "the activation without accepting divergence", ask)
        self.go_on_only_if_refused()

    def following_again(self) -> None:
        """By a new task, of everything and of a table, by another activation, by switching back to where it was."""
        instance = self._recovery.new.id
        self.ask("PromotedForGood", "a new synchronization", lambda: self._begin(instance))
        self.ask("PromotedForGood", "a new synchronization of a table", lambda: self._begin(instance, TABLE))
        ask = self._activation(confirm=instance, accept_divergence=self._subject.id)
        self.ask("PromotedForGood", "another activation", ask)
        back = self._service.switch_back
        self.ask("PromotedForGood", "a switch back", lambda: back(instance, confirm=instance, timeout_s=LIMIT_S))

    def go_on_only_if_refused(self) -> None:
        """What comes next could not be told from what an accepted one brought about; raises PromiseBroken."""
        if any(refusal.code != code for refusal, code in self._answers):
            self.each_refused()

    def each_refused(self) -> None:
        """With its own code, in a sentence."""
        self._subject.judge.ask(refused_during, self._answers)

    def _create(self, region: str) -> object:
        return self._service.create_disaster_recovery(self._subject.id, region, timeout_s=LIMIT_S)

    def _begin(self, instance: str, *tables: str) -> object:
        return self._service.begin_synchronization(instance, AGAIN, tables)

    def _activation(self, *, confirm: str, accept_divergence: str) -> Callable[[], object]:
        return lambda: self._service.promote(
            self._recovery.new.id, confirm=confirm, accept_divergence=accept_divergence, timeout_s=LIMIT_S
        )

    def ask(self, code: str, asked: str, ask: Callable[[], object]) -> Refusal:
        """Ask for something that must be refused with this code; what came of it."""
        refusal = refusal_of(asked, ask)
        self._subject.recorder.refusal(refusal)
        self._answers = (*self._answers, (refusal, code))
        return refusal
