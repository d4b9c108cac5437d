"""The manager dies in the middle of what it was asked for, and the next one, started at once, has to see it through."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from hadrill.harness.checks.as_asked import carried_out
from hadrill.harness.checks.recovery.on_servers import as_seen
from hadrill.harness.checks.recovery.struck_amid import struck_amid
from hadrill.harness.checks.servers_at_rest import pair_at_rest
from hadrill.harness.drill.breakage import Breakage
from hadrill.harness.drill.kept_rows import KEPT, keep_rows
from hadrill.harness.drill.recovery import BOTH_HOLD, LIMIT_S, Recovery
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.table_lock import TableLock
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Endpoint, InstanceType, State
from hadrill.harness.wait import NotYet, until

LOOK_S: Final = 0.02
ONE_MORE: Final = f"INSERT INTO {KEPT} VALUES (4, 'kept')"  # noqa: S608 - a constant
ALL_ROWS: Final = "1, 2, 3, 4"


class ManagerDeaths:
    """Asks for one thing after the other, and kills the manager in the middle of each.

    A request is answered first: nobody could tell what became of one that is not. What the other region takes over for
    is held up by a reader that keeps a table as it is there, so that the manager dies in the middle and not before or
    after.

    Args:
        subject: the master.
        recovery: its disaster-recovery instance.
        faults: of this scenario.
    """

    def __init__(self, subject: Subject, recovery: Recovery, faults: Breakage) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self._recovery = recovery
        self._faults = faults
        self._table_lock = TableLock()

    def keep_rows(self) -> None:
        """As the customer of the master: a table with a few rows."""
        keep_rows(self._subject)

    def amid_delivery(self) -> None:
        """While it is being created."""
        self._strike("the delivery", self._recovery.create, self._delivers)

    def amid_copy(self) -> None:
        """While part of what its master holds has arrived."""
        self._strike("the copy", self._recovery.follow, self._copies)

    def amid_activation(self) -> None:
        """While it receives nothing any more, and has still to apply what it received."""
        front, seen = self._hold_up(), self._subject.observed
        self._strike("the activation", self._recovery.ask_promotion, lambda: not seen.portray(front).receiving)

    def amid_switch_back(self) -> None:
        """While its master is closed, and it has still to apply what that one took."""
        self._hold_up()
        master, seen = self._subject.primary, self._subject.observed
        self._strike("the switch back", self._recovery.ask_switch_back, lambda: not seen.portray(master).writable)

    def judge_taken_over(self) -> None:
        """It is an ordinary pair that takes writes, and has every row that its master had."""
        after = self._recovery.now
        wanted = {"type": str(InstanceType.REGULAR), "in place of": self._subject.id, "rows": ALL_ROWS}
        seen = {"type": str(after.type), "in place of": after.promoted_from, "rows": self._rows(after.address)}
        self._subject.judge.ask(as_seen, "the instance in the other region", wanted, seen)
        self._recovery.ask.promised(BOTH_HOLD, lambda: self._service.await_protected(after.id, timeout_s=LIMIT_S))
        portraits = tuple(self._subject.observed.portray(node) for node in self._recovery.nodes)
        server_ids = dict(self._subject.stage.site.inventory.server_ids)
        self._subject.judge.ask(pair_at_rest, portraits, server_ids)

    def judge_master_closed(self) -> None:
        """None of its servers takes writes."""
        portraits = [self._subject.observed.portray(node) for node in self._subject.observed.nodes]
        wanted = {f"{each.node} takes writes": "no" for each in portraits}
        seen = {f"{each.node} takes writes": "yes" if each.writable else "no" for each in portraits}
        self._subject.judge.ask(as_seen, "the old master", wanted, seen)

    def _strike(self, what: str, ask: Callable[[], object], under_way: Callable[[], bool]) -> None:
        with ThreadPoolExecutor(1) as pool:
            asked_ns = now_ns()
            asked = pool.submit(self._see_through, what, ask)
            try:
                self._await(what, asked, under_way)
                self._faults.kill_manager()
                killed_ns = now_ns()
                self._faults.heal()
            finally:
                self._table_lock.let_go()
            done_ns = asked.result()
        self._subject.judge.faults_took_effect()
        self._subject.judge.ask(struck_amid, what, asked_ns, killed_ns, done_ns)

    def _see_through(self, what: str, ask: Callable[[], object]) -> int:
        """When it was done; what was undone is asked for once more, and has to be carried out then."""
        try:
            ask()
        except ServiceRefused as undone:
            self._subject.recorder.setting("undone", f"{what}: {undone}")
            self._recovery.ask.promised(what, ask)
        except WaitTimeout as error:
            self._subject.judge.ask(carried_out, what, str(error))
        return now_ns()

    def _await(self, what: str, asked: Future[int], under_way: Callable[[], bool]) -> None:
        def begun() -> bool | NotYet:
            if not (asked.done() or under_way()):
                return NotYet("it was not seen")
            return not self._service.owes_an_answer or NotYet("it began, and the request was not answered")

        until(begun, f"{what} to be under way", timeout_s=LIMIT_S, interval_s=LOOK_S, tolerate=(HarnessTrouble,))

    def _delivers(self) -> bool:
        theirs = (each for each in self._service.instances() if each.master == self._subject.id)
        return any(each.state is State.CREATING for each in theirs)

    def _copies(self) -> bool:
        tasks = self._service.synchronization_tasks(self._recovery.new.id)
        return any(each.state is Synchronization.COPYING and each.progress > 0 for each in tasks)

    def _hold_up(self) -> str:
        """One more row is received in the other region and cannot be applied; the node that received it."""
        front, account = self._recovery.primary, self._service.accounts(self._recovery.new.id)[0]
        self._table_lock.hold(self._recovery.new.address, account, KEPT)
        self._subject.run_as_owner(f"write to {KEPT}", ONE_MORE)
        executed = self._subject.observed.portray(self._subject.primary).executed
        endpoint, auditor = self._subject.stage.site.inventory.server(front), self._service.auditor()

        def received() -> bool | NotYet:
            with Session(endpoint, auditor) as server:
                there = ",".join(sql.received_and_executed(server.row(sql.REPLICA_STATUS))).strip(",")
                return bool(server.row(sql.IS_SUBSET, (executed, there))["subset"]) or NotYet(f"{front} has {there}")

        until(received, f"{front} to receive {executed}", timeout_s=LIMIT_S, tolerate=(SqlError,))
        return front

    def _rows(self, address: Endpoint) -> str:
        account = self._service.accounts(self._recovery.new.id)[0]
        try:
            with Session(address, account, answer_s=LIMIT_S) as reader:
                return ", ".join(str(row["id"]) for row in reader.rows(f"SELECT id FROM {KEPT} ORDER BY id"))  # noqa: S608 - a constant
        except SqlError as error:
            return f"not read: {error}"
