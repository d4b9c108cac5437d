"""One scenario, as its sentences need it: an instance, another one beside it if that is asked for, and what breaks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from hadrill.harness.checks.come_and_go import GRACE_S
from hadrill.harness.checks.interruption import shorter
from hadrill.harness.drill.aim import zones_of_one_region, zones_of_two_regions
from hadrill.harness.drill.backlog import Backlog
from hadrill.harness.drill.breakage import RECEIVED_WITHIN_S, Breakage
from hadrill.harness.drill.clientele import Clientele
from hadrill.harness.drill.console_trials import ConsoleTrials
from hadrill.harness.drill.inheritance import Inheritance
from hadrill.harness.drill.manager_deaths import ManagerDeaths
from hadrill.harness.drill.meanwhile import Meanwhile
from hadrill.harness.drill.migration import migrate
from hadrill.harness.drill.observations import Observations
from hadrill.harness.drill.recovery import Recovery
from hadrill.harness.drill.recovery_seen import RecoverySeen
from hadrill.harness.drill.recovery_verdicts import RecoveryVerdicts
from hadrill.harness.drill.recovery_views import RecoveryViews
from hadrill.harness.drill.requests import Requests
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.standing import Standing
from hadrill.harness.drill.subject import READY, Subject
from hadrill.harness.drill.tampering import Tampering
from hadrill.harness.drill.way_back import WayBack
from hadrill.harness.drill.wrong_requests import WrongRequests
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.faults.fault import Strike
from hadrill.harness.model.instance import Edition, Instance, State
from hadrill.harness.model.topology import ADDRESS

ELSEWHERE_LIMIT_S: Final = 20.0
WORK_LIMIT_S: Final = 10.0
FOLLOWING_LIMIT_S: Final = 15.0
PATIENCE_S: Final = 1.0
SAYING_LIMIT_S: Final = 20.0
WATCH_S: Final = 2.5
"""Longer than the service takes to give a server up."""

FAILOVERS: Final = "failover after "
ARRIVAL_NS: Final = 3_000_000_000
"""After a heal: a replica tries once a second to reach its source, and applies then what it receives."""

UNANSWERED_NS: Final = round(GRACE_S * 1e9)
LONGER: Final = 1.2
AT_LEISURE: Final = "return at leisure"
"""Where no sentence names a time, others run beside."""


class Drill:
    """One scenario from its first sentence to its last.

    Attributes:
        stage: environment and service.
        main: the instance that the sentences speak of.
        beside: another one, where a sentence asks for it.
        faults: what is broken and mended.
        ask: what is asked of the service about the instance.
        ask_beside: the same about the one beside it.
        meanwhile: what is asked of it during a switch.
        recovery: the disaster-recovery instance of it.
        inherited: both, where the scenario before left them, and what is left to the next one.
        recovery_seen: what the judge sees of that one.
        wrong_requests: what is asked about it in a way that must be refused.
        manager_deaths: in the middle of what is asked about it.
        way_back: from it to the old region.
        views: of it and its master, as customers have them.
        console: what a customer's console offers, tried.
        tamper: with servers, behind the service's back.
        backlog: of the secondary.
    """

    def __init__(
        self, run: Run, stage: Stage, on_rest: Callable[[], None] = lambda: None, standing: Standing | None = None
    ) -> None:
        """Nothing of it is there yet.

        Args:
            on_rest: called when no client works any more.
            standing: what the scenario before left on the stage.
        """
        self.stage = stage
        self._on_rest = on_rest
        self.main = Subject(run, stage)
        self.beside = Subject(run, stage, "beside")
        self.faults = Breakage(stage, self.main.recorder)
        self.ask = Requests(self.main)
        self.ask_beside = Requests(self.beside)
        self.meanwhile = Meanwhile(self.main, self.ask, self.faults)
        self.recovery = Recovery(self.main, run.objectives)
        self.inherited = Inheritance(self.main, self.recovery, standing, keeps_nothing=run.settings.keeps_nothing)
        self.recovery_seen = RecoverySeen(self.main, self.recovery)
        self.wrong_requests = WrongRequests(self.main, self.recovery)
        self.manager_deaths = ManagerDeaths(self.main, self.recovery, self.faults)
        self.way_back = WayBack(run, stage, run.objectives)
        self.views = RecoveryViews(self.main, self.recovery)
        self.console = ConsoleTrials(self.main, self.wrong_requests)
        self.tamper = Tampering(stage)
        self.backlog = Backlog(self.main)
        self._objectives = run.objectives

    @property
    def clients(self) -> Clientele:
        """The load on the instance."""
        return self.main.clients

    @property
    def judge(self) -> RecoveryVerdicts:
        """What is said of its record in the end."""
        return self.main.judge

    @property
    def observed(self) -> Observations:
        """What the judge sees of it."""
        return self.main.observed

    @property
    def instance(self) -> Instance:
        """As the service describes it now."""
        return self.main.instance

    @property
    def primary(self) -> str:
        """The node that was primary when the scenario began."""
        return self.main.primary

    @property
    def secondary(self) -> str:
        """The other node of the pair."""
        return self.main.secondary

    @property
    def read_only(self) -> str:
        """The node of its only read-only instance; raises HarnessTrouble where there is none, or another."""
        if len(nodes := self.main.read_only_nodes) != 1:
            raise HarnessTrouble(f"the read-only instance of {self.main.id} is spoken of, and there are {len(nodes)}")
        return nodes[0]

    def build(self, edition: Edition, *, zones: int) -> None:
        """Have the instance in so many zones of one region."""
        self.inherited.build(edition, zones_of_one_region(self.stage.site.inventory.topology, zones))

    def build_beside(self, edition: Edition, *, zones: int) -> None:
        """Create another one."""
        self.beside.create(edition, zones_of_one_region(self.stage.site.inventory.topology, zones))

    def build_across_regions_in_vain(self) -> None:
        """Ask for a pair with its servers in two regions."""
        zones = zones_of_two_regions(self.stage.site.inventory.topology)
        self.ask.create_in_vain(Edition.HIGH_AVAILABILITY, zones, self._objectives[READY].limit)

    def ask_both(self, what: Callable[[Requests], None]) -> None:
        """Ask the same of both instances at one time, and wait until both are done."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(what, (self.ask, self.ask_beside)))

    def start_clients(self) -> None:
        """Put the load on every instance that there is, and wait until it runs steadily."""
        for subject in self._subjects:
            subject.start_clients()
        for subject in self._subjects:
            subject.clients.await_work()

    def hold_acknowledgements(self, objective: str) -> None:
        """Hold the secondary's acknowledgements back until clients have been waiting for so long."""
        hold_s = self._objectives[objective].limit
        hold = self.faults.hold_acknowledgements(self.secondary, self.primary)
        self.clients.await_silence(hold.effective_ns, hold_s, hold_s + PATIENCE_S)

    def work_on(self) -> None:
        """Let the clients be answered for a while; gives up silently, since the record will tell."""
        with suppress(WaitTimeout):
            self.clients.await_turns(WORK_LIMIT_S)

    def work_on_beyond(self, objective: str) -> None:
        """Let the clients be at work for a fifth longer than this allows."""
        allowed_s = self._objectives[objective].limit
        self.clients.await_at_work_until(now_ns() + round(LONGER * allowed_s * 1e9), WORK_LIMIT_S + allowed_s)

    def await_shown_at_secondary(self) -> None:
        """Wait until the secondary shows a row, so that it can be told from then on how late; gives up silently."""
        self.clients.await_shown_since(0, (self.secondary,), WORK_LIMIT_S)

    def await_shown_at_read_only(self) -> None:
        """Wait until a read-only instance shows what is written from now on; gives up silently."""
        self.clients.await_shown_since(now_ns(), self.main.read_only_nodes, WORK_LIMIT_S)

    def read_address(self) -> None:
        """Put on record what the address shows, once whatever was left unanswered has come or never will."""
        self.clients.await_at_work_until(self.faults.healed_ns + UNANSWERED_NS, WORK_LIMIT_S)
        self.clients.snapshot(ADDRESS)

    def read_recovery(self) -> None:
        """Put on record what the disaster-recovery instance holds, once what any link might bring it has come."""
        self.clients.await_at_work_until(self.faults.healed_ns + ARRIVAL_NS, WORK_LIMIT_S)
        self.recovery.snapshot()

    def read_secondary(self) -> None:
        """Put on record what the secondary holds of what was acknowledged until now, all that it received applied."""
        cuts = [record.effective_ns for _, record in self.faults.standing if record is not None]
        limits = [effective_ns + round(RECEIVED_WITHIN_S * 1e9) for effective_ns in cuts]
        at_ns = min([now_ns(), *limits])
        self.backlog.drain()
        self.clients.snapshot(self.secondary, at_ns)

    def watch(self) -> None:
        """Look at what the service says for as long as it could take to change its mind."""
        self.observed.watch(WATCH_S)

    def watch_for_failovers(self) -> None:
        """The same for as long as the slowest failover that is allowed."""
        limits = [self._objectives[name].limit for name in self._objectives if name.startswith(FAILOVERS)]
        self.observed.watch(LONGER * max(limits))

    def power_off_rack_amid_a_switch(self) -> None:
        """The old primary goes, with what was on its way to the secondary, once the switch has closed it."""
        self.ask.switch_struck(lambda amid: self.faults.power_off_rack_of(self.primary, Strike(ready=amid)))

    def lay_line(self, line: str) -> None:
        """Lay a line between the regions, and wait until what clients write comes over it, or give up silently."""
        laid = self.faults.lay_line(*self.recovery.regions, line)
        if self.clients.at_work:
            self.clients.await_shown_since(laid.effective_ns, self.recovery.nodes, FOLLOWING_LIMIT_S)
        self.judge.in_use_ns.append(now_ns())

    def await_answers_elsewhere(self) -> None:
        """Wait until clients are answered by the other server, which first applies what it received."""
        self.clients.await_answers_elsewhere(self.primary, ELSEWHERE_LIMIT_S + self.backlog.applied_within_s)
        self.main.recorder.switched_ns = now_ns()

    def await_protected(self, objective: str = AT_LEISURE) -> None:
        """Wait until the service calls the pair protected; judged by the time from the heal's begin."""
        self.ask.await_protected(self.faults.heal_began_ns, self._objectives[objective])

    def await_beside_protected(self) -> None:
        """The same of the instance beside it."""
        self.ask_beside.await_protected(self.faults.heal_began_ns, self._objectives[AT_LEISURE])

    def await_beside_running(self) -> None:
        """Wait until the instance beside it runs."""
        self.ask_beside.await_running(self._objectives[AT_LEISURE].limit)

    def await_read_only_running(self) -> None:
        """Wait until every read-only instance serves reads."""
        for each in self.main.read_only:
            self.ask.await_running(self._objectives[AT_LEISURE].limit, each.id)
        self.observed.note_opened(self.main.read_only_nodes)

    def said_unprotected(self) -> None:
        """The service says that nobody else holds what is acknowledged."""
        self.observed.says("unprotected", lambda now: not now.protected, SAYING_LIMIT_S)

    def said_down(self) -> None:
        """The service says that the instance is down."""
        self.observed.says("down", lambda now: now.state is State.DOWN, SAYING_LIMIT_S)

    def said_read_only_down(self) -> None:
        """The service says that each read-only instance is down."""
        for each in self.main.read_only:
            self.observed.says("down", lambda now: now.state is State.DOWN, SAYING_LIMIT_S, each.id)

    def migrate(self) -> None:
        """Copy the data to the instance beside it, as its customer."""
        migrate(self.main, self.beside)

    def judge_beside_longer(self) -> None:
        """The event of both instances interrupted the one beside it for longer."""
        own = self.judge.interruption(f"interruption of {self.main.id}")
        self.judge.ask(shorter, own, self.beside.judge.interruption(f"interruption of {self.beside.id}"))

    def judge_period(self) -> None:
        """The answers changed server within the maintenance period and not before."""
        if self.ask.period is None:
            raise HarnessTrouble("no maintenance period was set in this scenario")
        self.judge.within_period(self.ask.period.begins_ns, self.ask.period.ends_ns)

    def rest(self) -> None:
        """Let clients work on for a while, stop them, and put everything that is to be judged on record."""
        self.stage.site.check()
        for subject in self._subjects:
            subject.work_to_the_end(self.faults.healed_ns)
        for subject in self._subjects:
            subject.clients.stop()
        self._on_rest()
        self.inherited.prepare()
        for subject in self._subjects:
            subject.compare()
        self.judge.faults_took_effect()

    def close(self) -> None:
        """End the load, heal what is still broken, and take down what the service says of itself."""
        for subject in (self.main, self.beside, self.way_back.promoted):
            subject.clients.kill()
        try:
            self.faults.heal()
        finally:
            with suppress(HarnessTrouble):  # a manager that is gone tells nothing
                for event in self.stage.service.events(self.inherited.told):
                    self.main.recorder.service_event(event)

    @property
    def _subjects(self) -> tuple[Subject, ...]:
        return tuple(subject for subject in (self.main, self.beside) if subject.exists)
