"""What the judge sees for itself of a disaster-recovery instance, on record and judged."""

from contextlib import suppress
from typing import Final

from hadrill.harness.checks.recovery.as_described import went_through
from hadrill.harness.checks.recovery.on_servers import as_seen, link_gone, only_chosen
from hadrill.harness.checks.recovery.progress import progress
from hadrill.harness.checks.servers_at_rest import read_only_follows
from hadrill.harness.drill.aim import only
from hadrill.harness.drill.recovery import LIMIT_S, TASK, Recovery
from hadrill.harness.drill.settling import await_caught_up
from hadrill.harness.drill.subject import Subject
from hadrill.harness.errors import WaitTimeout
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Role, State
from hadrill.harness.workload.compare import compare_all, read_tables

CATCHING_UP_S: Final = 30.0
"""For what one server has and the other one has still to apply: longer than what is applied late is late."""


class RecoverySeen:
    """Looks at a disaster-recovery instance and its master.

    Args:
        subject: the master.
        recovery: the instance.
    """

    def __init__(self, subject: Subject, recovery: Recovery) -> None:
        self._subject = subject
        self._recovery = recovery

    def compare_chosen(self) -> None:
        """Compare the chosen tables once all has come, and look which others are on either side."""
        master, *ours = (self._subject.side(node) for node in (self._subject.primary, self._recovery.primary))
        with suppress(WaitTimeout):  # the comparison then shows what is missing
            await_caught_up(master, ours, timeout_s=CATCHING_UP_S)
        for comparison in compare_all(master, ours, timeout_s=LIMIT_S, chosen=self._recovery.tables):
            self._subject.recorder.comparison(comparison)
        self._subject.judge.read_anew()
        left_out = tuple(
            table for table in read_tables(master, timeout_s=LIMIT_S) if table not in self._recovery.tables
        )
        for side in ours:
            there = tuple(read_tables(side, timeout_s=LIMIT_S))
            self._subject.judge.ask(only_chosen, side.name, there, self._recovery.tables, left_out)

    def judge_task(self) -> None:
        """The list of tasks has the one that was accepted, with what was chosen, and done."""
        tasks = self._subject.stage.service.synchronization_tasks(self._recovery.new.id)
        told = [(each.name, ", ".join(each.tables), each.state, f"{each.progress:g}") for each in tasks]
        wanted = (TASK, ", ".join(self._recovery.tables), Synchronization.SYNCHRONIZING, "1")
        self._subject.judge.ask(as_seen, "the list of tasks", {"tasks": str([wanted])}, {"tasks": str(told)})

    def judge_delivery(self) -> None:
        """It was seen on its way, and then delivered."""
        self._subject.judge.ask(went_through, "the instance", self._recovery.delivery, (State.CREATING, State.RUNNING))

    def judge_link(self) -> None:
        """It was unsynchronized until it was asked for, was copied, and followed."""
        wanted = (Synchronization.UNSYNCHRONIZED, Synchronization.COPYING, Synchronization.SYNCHRONIZING)
        self._subject.judge.ask(went_through, "its synchronization", self._recovery.link, wanted)

    def judge_progress(self) -> None:
        """It could be seen how far it was."""
        self._subject.judge.ask(progress, self._recovery.progress)

    def judge_follows(self) -> None:
        """Its server follows the one that takes writes at the master now, as the servers themselves say."""
        observed = self._subject.observed
        master, own = only(self._subject.instance, Role.PRIMARY), self._recovery.primary
        portraits = [observed.portray(node) for node in (master, own)]
        ids = dict(self._subject.stage.site.inventory.server_ids)
        self._subject.judge.ask(read_only_follows, portraits[0], tuple(portraits[1:]), ids)

    def judge_link_gone(self) -> None:
        """None of its servers follows one of the old master's."""
        inventory, masters = self._subject.stage.site.inventory, self._subject.observed.nodes
        portraits = tuple(self._subject.observed.portray(node) for node in self._recovery.nodes)
        numbers = tuple(dict(inventory.server_ids)[node] for node in masters)
        routes = tuple(str(inventory.route(each.node, node)) for each in portraits for node in masters)
        self._subject.judge.ask(link_gone, portraits, numbers, routes)
