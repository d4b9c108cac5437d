"""What is seen of a database server's process, from the kernel and at its own port, past every link."""

from typing import Final

from hadrill.environments.embedded.room.program import ProgramState
from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing_mysql
from hadrill.harness.faults.fault import proved, proved_in_time
from hadrill.harness.model.fault import Proof
from hadrill.harness.wait import NotYet

SIGKILL_EXIT: Final = -9
RUNS: Final = frozenset({"running", "paused"})
NEVER_RAN: Final = frozenset({"absent", "prepared"})


class OnNode:
    """What faults of one node's server share: whom they are aimed at."""

    __slots__ = ()
    node: str

    @property
    def target(self) -> str:
        """The node."""
        return self.node

    @property
    def touches(self) -> frozenset[str]:
        """The node."""
        return frozenset({self.node})


def seen_alive(site: EmbeddedSite, node: str) -> str | NotYet:
    """A probe for ``until``: the node's server runs, is not paused, and answers; returns what was seen in words."""
    song = sing_mysql(site.inventory.server(node))
    state = site.nodes.state(node)
    seen = f"{node} is {state.state}, a fresh connection: {song}"
    return seen if state.state == "running" and song.greeted else NotYet(seen)


def prove_alive(site: EmbeddedSite, node: str, timeout_s: float) -> Proof:
    """The node's server runs, is not paused, and greets at its own port."""
    return proved_in_time(lambda: seen_alive(site, node), f"the server on {node} to greet", timeout_s)


def proof_of_another(before: ProgramState, killed: ProgramState, after: ProgramState) -> Proof:
    """A program ran, was killed, and another process is there in its place (pure)."""
    return proved(
        f"process {before.pid} was {before.state} and ended with {killed.exit};"
        f" process {after.pid} is {after.state} in its place",
        holds=before.state in RUNS and killed.exit == SIGKILL_EXIT and after.state in RUNS,
    )
