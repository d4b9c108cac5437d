"""What is seen of the manager's process, from the kernel and at its own port, past every link."""

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.faults.canary import sing_http
from hadrill.harness.faults.fault import proved_in_time
from hadrill.harness.model.fault import Proof
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.wait import NotYet


class OnManager:
    """What faults of the manager share: whom they are aimed at."""

    __slots__ = ()

    @property
    def target(self) -> str:
        """The manager."""
        return MANAGER

    @property
    def touches(self) -> frozenset[str]:
        """The manager."""
        return frozenset({MANAGER})


def prove_manager_answers(site: EmbeddedSite, timeout_s: float) -> Proof:
    """The manager runs, is not paused, and answers HTTP."""

    def answers() -> str | NotYet:
        song = sing_http(site.manager)
        state = site.process(MANAGER).state
        seen = f"process {state.pid} is {state.state}, a fresh connection: {song}"
        return seen if state.state == "running" and song.sings else NotYet(seen)

    return proved_in_time(answers, "the manager to answer", timeout_s)
