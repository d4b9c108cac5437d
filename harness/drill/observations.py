"""What the judge sees for itself of instance and servers, on record and judged."""

from dataclasses import dataclass, field
from typing import Final

from hadrill.harness.checks.described import no_other_instance, same_address
from hadrill.harness.checks.refusal import refused, unchanged
from hadrill.harness.checks.servers_at_rest import alone, durable, pair_at_rest, placed, roles_swapped
from hadrill.harness.drill.portraits import portray
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.stage import Stage
from hadrill.harness.drill.verdicts import Verdicts
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Instance
from hadrill.harness.model.portrait import Portrait, Refusal
from hadrill.harness.wait import until

LOOK_LIMIT_S: Final = 5.0
RUNNING: Final = frozenset({"running", "paused"})


@dataclass(slots=True)
class Observations:
    """Looks at one instance.

    Attributes:
        before: the instance as it was described when it was new.
        old_primary: the node that was primary when the first fault struck or a switch was asked for.
        refusal: what came back when something was asked for that must be refused.
    """

    stage: Stage
    recorder: Recorder
    judge: Verdicts
    before: Instance
    old_primary: str
    refusal: Refusal | None = field(default=None, init=False)

    def look(self) -> tuple[Portrait, ...]:
        """Every server of the instance, with the judge's own account, past every link."""
        portraits = tuple(self._portray(member.node) for member in self.before.members)
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
        new = inventory.topology.node(next(each.node for each in self.before.members if each.node != old.name))
        self.judge.ask(roles_swapped, old, new, self.look(), dict(inventory.server_ids))

    def same_address(self) -> None:
        """What clients connect to has not changed."""
        self.judge.ask(same_address, self.before.address, self.stage.service.describe(self.before.id).address)

    def _portray(self, node: str) -> Portrait:
        endpoint, auditor = self.stage.site.inventory.server(node), self.stage.service.auditor()
        what = f"the server on {node} to let the judge look"
        return until(lambda: portray(node, endpoint, auditor), what, timeout_s=LOOK_LIMIT_S, tolerate=(SqlError,))
