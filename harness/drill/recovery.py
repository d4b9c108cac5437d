"""The disaster-recovery instance of a subject: created, synchronized and activated, with what it went through."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from hadrill.environments.embedded.greeting import greets
from hadrill.harness.checks.as_asked import nothing_left
from hadrill.harness.checks.recovery.as_described import in_time
from hadrill.harness.checks.wording import number_of
from hadrill.harness.drill.aim import another_region, only
from hadrill.harness.drill.objectives import Objectives
from hadrill.harness.drill.observations import RUNNING
from hadrill.harness.drill.recovery_verdicts import PROMOTED
from hadrill.harness.drill.requests import OTHER_SETTINGS, Requests
from hadrill.harness.drill.subject import Subject
from hadrill.harness.drill.table_lock import TableLock
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.disaster_recovery import ShownProgress, Synchronization
from hadrill.harness.model.history import ShownLag
from hadrill.harness.model.instance import Edition, Instance, InstanceType, Role, State
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.ledger_table import read_keys

LIMIT_S: Final = 180.0
BOTH_HOLD: Final = "that both of its servers hold all data"
GREETING_S: Final = 1.0
LOOK_S: Final = 0.02
LAG_EVERY_S: Final = 0.2
TASK: Final = "to the other region"


class Recovery:
    """The instance in another region that follows a subject and may take its place.

    Attributes:
        ask: what is asked of the service about the subject, on record.
        took_s: seconds from the request until it was delivered.
        delivery: the states that it went through until it was delivered.
        link: those of its synchronization until it followed.
        progress: of its synchronization, look by look; the same value twice at most in a row.
        tables: that were chosen; empty for the entire instance.
    """

    def __init__(self, subject: Subject, objectives: Objectives) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self._objectives = objectives
        self.ask = Requests(subject)
        self._table_lock = TableLock()
        self._new: Instance | None = None
        self.delivery: tuple[str, ...] = ()
        self.took_s = 0.0
        self._release_took_s = 0.0
        self.link: tuple[str, ...] = ()
        self.progress: tuple[ShownProgress, ...] = ()
        self.tables: tuple[str, ...] = ()

    @property
    def new(self) -> Instance:
        """As it was described when it was new."""
        if self._new is None:
            raise HarnessTrouble("there is no disaster-recovery instance yet; the scenario has to create one first")
        return self._new

    @property
    def now(self) -> Instance:
        """As the service describes it now."""
        return self._service.describe(self.new.id)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Where its servers run."""
        return tuple(member.node for member in self.new.members)

    @property
    def primary(self) -> str:
        """The node that follows the master."""
        return only(self.now, Role.PRIMARY)

    @property
    def secondary(self) -> str:
        """The other node of the pair."""
        return only(self.now, Role.SECONDARY)

    @property
    def regions(self) -> tuple[str, str]:
        """Its master's, and its own."""
        topology = self._subject.stage.site.inventory.topology
        node = self._subject.observed.nodes[0]
        return topology.node(node).region, another_region(topology, node)

    def create(self) -> None:
        """Create it in another region of a master at rest, and follow its delivery."""
        if self._subject.observed.before.edition is Edition.HIGH_AVAILABILITY:
            self._service.await_protected(self._subject.id, timeout_s=LIMIT_S)
        began_ns = now_ns()
        with ThreadPoolExecutor(1) as pool:
            creating = pool.submit(
                self._service.create_disaster_recovery, self._subject.id, self.regions[1], timeout_s=LIMIT_S
            )
            self.delivery = _seen_while(lambda: not creating.done(), self._states)
            self._new = creating.result()
        self.took_s = (now_ns() - began_ns) / 1e9
        self.delivery = _followed_by(self.delivery, self.new.state)
        self._subject.recovery = (self.new,)
        self._subject.recorder.setting(
            "disaster-recovery instance", {"instance": self.new, "states": self.delivery, "seconds": self.took_s}
        )

    def deliver(self) -> None:
        """Create it where that is what the scenario shows: one that is refused, or never delivered, is a finding."""
        self.ask.promised("a disaster-recovery instance", self.create)

    def stand(self) -> None:
        """Create it and have it follow, as a pair, with all there is."""
        self.create()
        self.follow()
        self.await_pair()

    def adopt(self, standing: Instance) -> None:
        """Take one that is there already, a pair that follows with all there is."""
        self._new = standing
        self._subject.recovery, self._subject.mirrored = (standing,), self.nodes
        self._subject.recorder.setting("disaster-recovery instance", {"instance": standing})

    def synchronize(self, tables: tuple[str, ...] = ()) -> None:
        """As ``follow``, where that is what the scenario shows: a synchronization that is refused is a finding."""
        self.ask.promised("a synchronization", lambda: self.follow(tables))

    def follow(self, tables: tuple[str, ...] = ()) -> None:
        """Begin a synchronization of these tables, or of all there is, and watch it until it follows the master."""
        self.tables, self.link, self.progress = tables, (self.now.synchronization,), ()
        self._service.begin_synchronization(self.new.id, TASK, tables)

        def follows() -> bool | NotYet:
            tasks = self._service.synchronization_tasks(self.new.id)
            if len(tasks) != 1:
                return NotYet(f"the service lists {number_of(len(tasks), 'task')} of {self.new.id}, one was begun")
            (task,) = tasks
            self.link = _followed_by(self.link, task.state)
            self._see_progress(ShownProgress(now_ns(), task.progress, task.attempt))
            return task.state is Synchronization.SYNCHRONIZING or NotYet(f"{task.state}, {task.progress:.0%}")

        self._require(follows, f"{self.new.id} to follow its master", "its synchronization", LOOK_S)
        told = {"tables": tables, "states": self.link, "progress": self.progress}
        self._subject.recorder.setting("synchronization", told)
        if not tables:
            self._subject.mirrored = (self.primary,)

    def await_pair(self) -> None:
        """Wait until it is a pair again that follows its master; one that is not is a finding."""

        def paired() -> bool | NotYet:
            now = self.now
            whole = now.having(Role.PRIMARY) and now.having(Role.SECONDARY) and now.state is State.RUNNING
            follows = now.synchronization in {Synchronization.SYNCHRONIZING, Synchronization.BROKEN}
            roles = ", ".join(f"{member.node} is {member.role}" for member in now.members)
            return bool(whole and follows) or NotYet(f"{now.state}, {now.synchronization}, {roles}, {now.reason}")

        self._require(paired, f"{self.new.id} to be a pair", BOTH_HOLD)
        if self._subject.mirrored:
            self._subject.mirrored = self.nodes

    def await_following(self) -> None:
        """Wait until the service says that it follows its master; one that never does is a finding."""

        def follows() -> bool | NotYet:
            now = self.now
            return now.synchronization == Synchronization.SYNCHRONIZING or NotYet(
                f"{now.synchronization}, {now.reason}"
            )

        self._require(follows, f"{self.new.id} to follow its master", "that it follows its master again")

    def activate(self) -> None:
        """Activate it, whatever became of its master."""
        self._subject.mirrored = ()
        with self._table_lock.letting_go():
            self.ask.carry_out("the activation", self.ask_promotion)

    def ask_promotion(self) -> None:
        """Call for its promotion, with the loss confirmed, until that is over; raises what the service says."""
        self._service.promote(self.new.id, confirm=self.new.id, accept_divergence=self._subject.id, timeout_s=LIMIT_S)

    def ask_switch_back(self) -> None:
        """The same of a switch back to it."""
        self._service.switch_back(self.new.id, confirm=self.new.id, timeout_s=LIMIT_S)

    def hold_tables(self) -> None:
        """What arrives from now on is received and not applied, until it is activated."""
        self._table_lock.hold(self.new.address, self._service.accounts(self.new.id)[0])

    def restart(self) -> None:
        """Restart every server of it with other settings; one that is refused or does not end is a finding."""
        self.ask.promised(
            "a restart of the activated instance",
            lambda: self._service.restart(self.new.id, OTHER_SETTINGS, timeout_s=LIMIT_S),
        )

    def watch_lag(self, watch_s: float) -> None:
        """Put the lag that the service shows on record, again and again for so long."""
        ends_ns = now_ns() + round(watch_s * 1e9)

        def over() -> bool | NotYet:
            asked_ns = now_ns()
            lag_s = self._service.synchronization_lag_s(self.new.id)
            self._subject.recorder.shown_lag(ShownLag(asked_ns, now_ns(), lag_s))
            return now_ns() >= ends_ns or NotYet("the time is not over")

        until(over, f"{watch_s:g} s to pass", timeout_s=watch_s + LIMIT_S, interval_s=LAG_EVERY_S)

    def snapshot(self) -> None:
        """Put the rows on record that it shows at its address; what needs those that it does not has no verdict."""
        at_ns = now_ns()
        owner = self._service.accounts(self.new.id)[0]
        try:
            self._subject.recorder.snapshot(PROMOTED, at_ns, read_keys(self.new.address, owner, timeout_s=LIMIT_S))
        except HarnessTrouble as error:
            self._subject.recorder.setting("not read", str(error))

    def judge_delivered(self, objective: str) -> None:
        """It was delivered in time."""
        self._subject.judge.ask(in_time, "its delivery", self.took_s, self._objectives[objective])

    def release(self) -> None:
        """Give it back."""
        began_ns = now_ns()
        self.ask.promised("its release", lambda: self._service.release(self.new.id, timeout_s=LIMIT_S))
        self._release_took_s = (now_ns() - began_ns) / 1e9

    def judge_released(self, objective: str) -> None:
        """Nothing of it is left, in time."""
        self._subject.judge.ask(in_time, "its release", self._release_took_s, self._objectives[objective])
        nodes = self._subject.stage.site.nodes
        running = tuple(node for node in self.nodes if nodes.state(node).state in RUNNING)
        listed = tuple(each.id for each in self._service.instances())
        answers = greets(self.new.address.host, self.new.address.port, GREETING_S).is_greeting
        self._subject.judge.ask(nothing_left, self.new, listed, running, int(answers))

    def _see_progress(self, shown: ShownProgress) -> None:
        """Of a value that stays, the first look and the last."""
        value = (shown.attempt, shown.share)
        stays = [(each.attempt, each.share) for each in self.progress[-2:]] == [value, value]
        self.progress = (*(self.progress[:-1] if stays else self.progress), shown)

    def _states(self) -> str:
        """Of the one that is being created."""
        theirs = (each for each in self._service.instances() if each.master == self._subject.id)
        return next((each.state for each in theirs if each.type is InstanceType.DISASTER_RECOVERY), "")

    def _require(self, holds: Callable[[], bool | NotYet], what: str, asked: str, interval_s: float = 0.1) -> None:
        self.ask.promised(
            asked, lambda: until(holds, what, timeout_s=LIMIT_S, interval_s=interval_s, tolerate=(HarnessTrouble,))
        )


def _seen_while(goes_on: Callable[[], bool], look: Callable[[], str]) -> tuple[str, ...]:
    """What is seen one after the other, as long as something goes on; each once, and nothing that is empty."""
    seen: tuple[str, ...] = ()

    def over() -> bool | NotYet:
        nonlocal seen
        seen = _followed_by(seen, look())
        return not goes_on() or NotYet(", ".join(seen))

    until(over, "what goes on to be over", timeout_s=LIMIT_S * 2, interval_s=LOOK_S, tolerate=(HarnessTrouble,))
    return seen


def _followed_by(seen: tuple[str, ...], *later: str) -> tuple[str, ...]:
    for each in later:
        if each and seen[-1:] != (each,):
            seen = (*seen, str(each))
    return seen
