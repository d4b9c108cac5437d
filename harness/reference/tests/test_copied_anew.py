"""A first copy that fails on the way and is begun anew, on real servers: what is shown of it."""

from collections.abc import Callable
from itertools import pairwise

import httpx
import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.faults.effect import slow
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.tests.pair import LIMIT_S, api
from hadrill.harness.reference.tests.recovery import AWAY, Recovery, pair_in_two_regions
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

SLOWLY = slow(1, 8000)
AMID = 0.3


def lose_the_manager(recovery: Recovery) -> None:
    """Another one goes on."""
    recovery.pair.kill_manager()
    recovery.pair.stage.start_manager()


def lose_the_server(recovery: Recovery) -> None:
    """Its host starts it again."""
    nodes, front = recovery.pair.stage.site.nodes, recovery.front
    nodes.kill(front)
    nodes.release(front)


@pytest.mark.parametrize("lose", [lose_the_manager, lose_the_server])
def test_progress_falls_with_another_attempt_alone(parts: Parts, lose: Callable[[Recovery], None]) -> None:
    """Which is said, and counts from nothing."""
    with pair_in_two_regions(parts) as pair, api(pair.stage) as client:
        recovery = Recovery(pair, pair.stage.service.create_disaster_recovery(pair.id, AWAY, timeout_s=LIMIT_S).id)
        way, links = Link(recovery.front, pair.primary), pair.stage.site.links
        links.apply(SLOWLY.on((way,)))
        assert recovery.ask("POST", "/synchronizations", name="first")[0] == 202
        seen: list[tuple[int, float]] = []

        def look() -> tuple[int, float]:
            (task,) = client.get(f"/v1/instances/{recovery.id}/synchronizations").json()
            if seen[-1:] != [(task["attempt"], task["progress"])]:
                seen.append((task["attempt"], task["progress"]))
            return seen[-1]

        def shows(share: float, attempt: int = 1) -> Callable[[], bool | NotYet]:
            return lambda: ((now := look())[0] >= attempt and now[1] >= share) or NotYet(f"{seen[-3:]}")

        until(shows(AMID), "part of the copy", timeout_s=LIMIT_S, interval_s=0.02)
        lose(recovery)
        until(shows(0.0, 2), "another attempt", timeout_s=LIMIT_S, interval_s=0.02, tolerate=(httpx.HTTPError,))
        links.heal([way])
        until(shows(1.0), "the copy to be done", timeout_s=LIMIT_S, interval_s=0.02, tolerate=(httpx.HTTPError,))
        assert all(before < after for before, after in pairwise(seen))
        assert (seen[0][0], seen[-1][0] > 1) == (1, True)
        assert min(share for attempt, share in seen if attempt == 2) < AMID
        recovery.await_whole()
