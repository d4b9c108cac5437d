"""One instance of a scenario: how it came to be, its clients, what is seen of it, and its judge."""

from contextlib import suppress
from typing import Final

from hadrill.harness.drill.aim import elsewhere_in_region, only
from hadrill.harness.drill.clientele import Clientele
from hadrill.harness.drill.observations import Observations
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.recovery_verdicts import RecoveryVerdicts
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.settling import await_caught_up
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.standing import Standing
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.model.instance import Account, Edition, Instance, Role, State
from hadrill.harness.workload.as_customer import run_as_customer
from hadrill.harness.workload.compare import Side

READY: Final = "instance ready"
STEADY_LIMIT_S: Final = 15.0
STATEMENTS_LIMIT_S: Final = 90.0
AT_REST_LIMIT_S: Final = 15.0
AFTERMATH_NS: Final = 1_500_000_000
"""Within this comes what a healed fault still brings about: the deposed grace of a second, and looks that show it."""

AFTER_SWITCH_NS: Final = 600_000_000
"""Longer than what is demanded of the secondary after a switch needs (knocked.SHORTEST_S)."""


class Subject:
    """An instance under drill.

    Attributes:
        stage: environment and service.
        recorder: takes what is learned about this instance.
        clients: the load on it.
        judge: what is said of its record in the end.
        read_only: its read-only instances, as they were described when they were new.
        recovery: its disaster-recovery instances, likewise; its clients call at them too.
        mirrored: where servers run that hold the same when the clients have come to rest, besides those.
    """

    def __init__(self, run: Run, stage: Stage, label: str = "") -> None:
        self.stage = stage
        self.recorder = Recorder(run, label)
        self.clients = Clientele(stage, self.recorder, run.folder)
        self.judge = RecoveryVerdicts(self.recorder, run.objectives, stage.site.check)
        self.read_only: tuple[Instance, ...] = ()
        self.recovery: tuple[Instance, ...] = ()
        self.mirrored: tuple[str, ...] = ()
        self._ready_s = run.objectives[READY].limit
        self._observed: Observations | None = None

    @property
    def exists(self) -> bool:
        """It was created."""
        return self._observed is not None

    @property
    def observed(self) -> Observations:
        """What the judge sees of the instance."""
        if self._observed is None:
            raise HarnessTrouble("there is no instance to look at yet; the scenario has to build one first")
        return self._observed

    @property
    def id(self) -> str:
        """Of the instance."""
        return self.observed.before.id

    @property
    def instance(self) -> Instance:
        """As the service describes it now."""
        return self.stage.service.describe(self.id)

    @property
    def primary(self) -> str:
        """The node that was primary when the scenario began; faults are aimed at it."""
        return self.observed.old_primary

    @property
    def secondary(self) -> str:
        """The other node of the pair."""
        (other,) = (node for node in self.observed.nodes if node != self.primary)
        return other

    @property
    def read_only_nodes(self) -> tuple[str, ...]:
        """Where its read-only instances run."""
        return tuple(member.node for each in self.read_only for member in each.members)

    def create(self, edition: Edition, zones: tuple[str, ...]) -> None:
        """Create the instance and look at its servers."""
        self.clients.prepare()
        new = self.stage.service.create(edition, zones, timeout_s=self._ready_s)
        self.adopt(new)
        self.observed.look()

    def begin_with(self, standing: Standing) -> None:
        """Take the instance that the scenario before left, and look at its servers."""
        self.clients.take(standing.load)
        self.recorder.setting("instance left by", standing.left_by)
        self.adopt(standing.instance)
        self.observed.look()

    def await_at_rest(self) -> Instance:
        """Wait until it is protected; raises WaitTimeout, and HarnessTrouble where it does not even run."""
        if (now := self.instance).state is not State.RUNNING:
            raise HarnessTrouble(
                f"{now.id} was to run and be protected before the scenario goes on; it is {now.state}: "
                f"{now.reason or 'the service does not say why'}; what its manager did is in the scenario's logs"
            )
        return self.stage.service.await_protected(self.id, timeout_s=AT_REST_LIMIT_S)

    def clear(self, kept: frozenset[str], following: tuple[str, ...] = ()) -> None:
        """Remove what its clients wrote from both servers of a pair, and from those that follow on other nodes.

        Args:
            kept: databases that stay.
            following: the nodes that follow.

        Raises:
            WaitTimeout: it is not at rest, or a server is behind.
            HarnessTrouble: it does not run, or its clients' rows could not be removed.
            SqlError: a server did not answer.
        """
        pair = self.await_at_rest()
        primary, *others = map(self.side, (only(pair, Role.PRIMARY), only(pair, Role.SECONDARY), *following))
        with Session(primary.endpoint, primary.account) as server:
            written = {str(row["name"]) for row in server.rows(sql.DATABASES)} - kept
        self.run_as_owner("drop what clients wrote", *(f"DROP DATABASE `{name}`" for name in sorted(written)))
        await_caught_up(primary, others, timeout_s=AT_REST_LIMIT_S)

    def adopt(self, new: Instance) -> None:
        """Take an instance that is there already."""
        self._observed = Observations(self.stage, self.recorder, self.judge, new, only(new, Role.PRIMARY))
        self.recorder.setting("instance", new)

    def add_read_only(self) -> None:
        """Create a read-only instance of it."""
        new = self.stage.service.create_read_only(self.id, timeout_s=self._ready_s)
        self.read_only = (*self.read_only, new)
        self.recorder.setting("read-only instance", new)

    def side(self, node: str) -> Side:
        """One of its servers, as it is compared with another."""
        return Side(node, self.stage.site.inventory.server(node), self.stage.service.auditor())

    @property
    def owner(self) -> Account:
        """Its customer's own account, as the service hands it out."""
        return self.stage.service.accounts(self.id)[0]

    def run_as_owner(self, what: str, *statements: str) -> None:
        """Run statements at its address as its customer; see ``run_as_customer``."""
        run_as_customer(what, self.observed.before.address, self.owner, *statements, timeout_s=STATEMENTS_LIMIT_S)

    def start_clients(self) -> None:
        """Start the load on it; a Basic instance may be given a second server in another zone meanwhile."""
        before, topology = self.observed.before, self.stage.site.inventory.topology
        basic = before.edition is Edition.BASIC and not self.recorder.instance
        joining = elsewhere_in_region(topology, self.primary) if basic else ()
        self.clients.start(before, self.read_only, joining, self.recovery)

    def work_to_the_end(self, healed_ns: int) -> None:
        """Let clients work on until all that may come late has come.

        Args:
            healed_ns: when the last fault was healed, monotonic; 0 where there was none.
        """
        if self.clients.at_work:
            with suppress(WaitTimeout):  # the record will tell
                self.clients.await_turns(STEADY_LIMIT_S)
            until_ns = max(healed_ns + AFTERMATH_NS, self.recorder.switched_ns + AFTER_SWITCH_NS)
            self.clients.await_at_work_until(until_ns, STEADY_LIMIT_S)
            self.clients.await_freshness(self.read_only_nodes, STEADY_LIMIT_S)
        if len(self.observed.nodes) == 2:
            self.observed.look()

    def compare(self) -> None:
        """Put on record what it holds, now that its clients are at rest."""
        self.clients.compare(self.observed.nodes, self.mirrored)
