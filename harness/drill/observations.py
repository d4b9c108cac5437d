"""What the judge sees for itself of instance and servers, on record and judged."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from hadrill.environments.embedded.greeting import greets
from hadrill.harness.checks.as_asked import as_asked, nothing_left, said_with_reason, same_instance
from hadrill.harness.checks.described import no_other_instance, same_address
from hadrill.harness.checks.ran_ahead import ran_ahead
from hadrill.harness.checks.rebuilt_first import rebuilt_first
from hadrill.harness.checks.refusal import refused, unchanged
from hadrill.harness.checks.servers_at_rest import (
    alone,
    durable,
    pair_at_rest,
    placed,
    read_only_follows,
    roles_swapped,
)
from hadrill.harness.drill.aim import only
from hadrill.harness.drill.portraits import portray
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.verdicts import Verdicts
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Edition, Instance, Role
from hadrill.harness.model.portrait import Portrait, Refusal
from hadrill.harness.wait import NotYet, until

LOOK_LIMIT_S: Final = 5.0
RUNNING: Final = frozenset({"running", "paused"})


@dataclass(slots=True)
class Observations:
    """Looks at one instance.

    Attributes:
        before: the instance as it was described when it was new.
        old_primary: the node that was primary when the first fault struck or a switch was asked for.
        nodes: where its servers run; an upgrade adds one.
        refusal: what came back when something was asked for that must be refused.
        noted: a read-only server as it was when its primary was lost.
        opened: read-only servers as they were when the service said that their instance ran again.
    """

    stage: Stage
    recorder: Recorder
    judge: Verdicts
    before: Instance
    old_primary: str
    nodes: tuple[str, ...] = field(init=False)
    refusal: Refusal | None = field(default=None, init=False)
    noted: Portrait | None = field(default=None, init=False)
    opened: tuple[Portrait, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        """Its servers are those that it was created with."""
        self.nodes = tuple(member.node for member in self.before.members)

    def adopt(self, now: Instance) -> None:
        """Look at the servers that it has now."""
        self.nodes = tuple(member.node for member in now.members)

    def look(self) -> tuple[Portrait, ...]:
        """Every server of the instance, with the judge's own account, past every link."""
        portraits = tuple(self.portray(node) for node in self.nodes)
        for portrait in portraits:
            self.recorder.portrait(portrait)
        return portraits

    def note_refusal(self, refusal: Refusal) -> None:
        """Keep what came back."""
        self.refusal = refusal
        self.recorder.refusal(refusal)

    def refused_as(self, code: str) -> None:
        """The request was refused with this code."""
        if self.refusal is None:
            raise HarnessTrouble("nothing was asked for that could have been refused")
        self.judge.ask(refused, self.refusal, code)

    def unchanged(self) -> None:
        """The instance is described as it was when it was new."""
        self.judge.ask(unchanged, self.before, self.stage.service.describe(self.before.id))

    def no_other_instance(self) -> None:
        """The service knows this instance alone."""
        others = tuple(each.id for each in self.stage.service.instances() if each.id != self.before.id)
        self.judge.ask(no_other_instance, others)

    def alone(self) -> None:
        """One server runs in the whole topology, and it is this instance's."""
        nodes = self.stage.site.inventory.topology.nodes
        running = tuple(node.name for node in nodes if self.stage.site.nodes.state(node.name).state in RUNNING)
        self.judge.ask(alone, running, self.look()[0])

    def pair_at_rest(self) -> None:
        """One server takes writes, the other one follows it."""
        self.judge.ask(pair_at_rest, self.look(), dict(self.stage.site.inventory.server_ids))

    def await_followed(self, limit_s: float) -> None:
        """Wait until one of the two servers takes writes and the other one receives and applies them.

        Raises:
            WaitTimeout: that was not seen within the limit, in seconds.
        """
        ids = dict(self.stage.site.inventory.server_ids)

        def followed() -> bool | NotYet:
            seen = tuple(self.portray(node) for node in self.nodes)
            pairs = [(one, other) for one in seen for other in seen if one.writable and other is not one]
            follows = any(b.follows == ids[a.node] and b.receiving and b.applying for a, b in pairs)
            return follows or NotYet("; ".join(f"{each.node} follows {each.follows}" for each in seen))

        until(followed, "one server to follow the other one", timeout_s=limit_s)

    def placed(self, zones: int) -> None:
        """The servers that answer stand where they were asked for."""
        topology = self.stage.site.inventory.topology
        self.judge.ask(placed, tuple(topology.node(portrait.node) for portrait in self.look()), zones)

    def durable(self) -> None:
        """Durability settings, read back."""
        self.judge.ask(durable, self.look())

    def roles_swapped(self) -> None:
        """The old primary follows the other server, on another rack."""
        inventory = self.stage.site.inventory
        old = inventory.topology.node(self.old_primary)
        new = inventory.topology.node(next(node for node in self.nodes if node != old.name))
        self.judge.ask(roles_swapped, old, new, self.look(), dict(inventory.server_ids))

    def read_only_follows(self, replicas: tuple[str, ...]) -> None:
        """The servers of read-only instances follow the one that takes writes."""
        now = self.stage.service.describe(self.before.id)
        primary, *others = (self.portray(node) for node in (only(now, Role.PRIMARY), *replicas))
        ids = dict(self.stage.site.inventory.server_ids)
        self.judge.ask(read_only_follows, primary, tuple(others), ids)

    def note(self, node: str) -> None:
        """Keep what a read-only server holds now."""
        self.noted = self.portray(node)
        self.recorder.portrait(self.noted)

    def note_opened(self, nodes: tuple[str, ...]) -> None:
        """Keep what read-only servers hold as they serve again."""
        self.opened = tuple(self.portray(node) for node in nodes)
        for portrait in self.opened:
            self.recorder.portrait(portrait)

    def rebuilt_first(self) -> None:
        """What read-only servers held as they served again is what the primary of now holds, too."""
        primary = only(self.stage.service.describe(self.before.id), Role.PRIMARY)
        held = {portrait.node: portrait.executed for portrait in self.opened}
        self.judge.ask(rebuilt_first, held, self.portray(primary).executed)

    def ran_ahead(self) -> None:
        """The read-only server that was noted had what the primary of now never got."""
        if self.noted is None:
            raise HarnessTrouble("no read-only instance was looked at when its primary was lost")
        primary = only(self.stage.service.describe(self.before.id), Role.PRIMARY)
        self.judge.ask(ran_ahead, self.noted.executed, self.portray(primary).executed)

    def same_instance(self, edition: Edition) -> None:
        """Id, address and creation time are those of before; the edition is this one."""
        self.judge.ask(same_instance, self.before, self.stage.service.describe(self.before.id), edition)

    def runs_with(self, wanted: Mapping[str, str]) -> None:
        """Every server runs with these system variables."""
        seen = {node: self._variables(node, tuple(wanted)) for node in self.nodes}
        self.judge.ask(as_asked, seen, wanted)

    def says(self, what: str, holds: Callable[[Instance], bool], limit_s: float, reader: str = "") -> None:
        """The service says so of the instance, or of the read-only one of that id, with a reason, within the limit."""
        whose = "the read-only instance" if reader else "the instance"

        def said() -> Instance | NotYet:
            now = self.stage.service.describe(reader or self.before.id)
            return now if holds(now) else NotYet(f"{now.state}, protected: {now.protected}, {now.reason}")

        try:
            now = until(said, f"the service to say that {whose} is {what}", timeout_s=limit_s)
            self.judge.ask(said_with_reason, whose, what, now.reason, "")
        except WaitTimeout as error:
            self.judge.ask(said_with_reason, whose, what, "", str(error))

    def watch(self, watch_s: float) -> None:
        """Look at what the service says of the instance again and again for so long; what changes is on record."""
        began_ns = now_ns()
        seen: list[str] = []

        def over() -> bool | NotYet:
            with suppress(HarnessTrouble):  # a manager that is gone says nothing
                now = self.stage.service.describe(self.before.id)
                what = f"{now.state}, protected: {now.protected}, primary: {', '.join(now.having(Role.PRIMARY))}"
                if what not in seen[-1:]:
                    seen.append(what)
            return now_ns() - began_ns >= watch_s * 1e9 or NotYet(f"{watch_s:g} s are not over")

        until(over, f"{watch_s:g} s to pass", timeout_s=watch_s + LOOK_LIMIT_S, interval_s=0.1)
        self.recorder.setting("watched", {"seconds": watch_s, "seen": seen})

    def nothing_left(self) -> None:
        """The instance is unknown and none of its servers runs."""
        listed = tuple(each.id for each in self.stage.service.instances())
        states = {node: self.stage.site.nodes.state(node).state for node in self.nodes}
        running = tuple(node for node, state in states.items() if state in RUNNING)
        self.judge.ask(nothing_left, self.before, listed, running, int(self._address_answers()))

    def _address_answers(self) -> bool:
        return greets(self.before.address.host, self.before.address.port, LOOK_LIMIT_S / 5).is_greeting

    def _variables(self, node: str, names: tuple[str, ...]) -> Mapping[str, str]:
        with Session(self.stage.site.inventory.server(node), self.stage.service.auditor()) as server:
            return {name: str(server.row(f"SELECT @@GLOBAL.{name} AS value")["value"]) for name in names}

    def same_address(self) -> None:
        """What clients connect to has not changed."""
        self.judge.ask(same_address, self.before.address, self.stage.service.describe(self.before.id).address)

    def portray(self, node: str) -> Portrait:
        """One look at one server, which may be another instance's."""
        endpoint, auditor = self.stage.site.inventory.server(node), self.stage.service.auditor()
        what = f"the server on {node} to let the judge look"
        return until(lambda: portray(node, endpoint, auditor), what, timeout_s=LOOK_LIMIT_S, tolerate=(SqlError,))
