"""Every part of a link is restarted while clients write: it goes on by itself."""

from typing import Final

import pytest

from hadrill.harness.reference.tests.pair import LIMIT_S
from hadrill.harness.reference.tests.recovery import Recovery

pytestmark = pytest.mark.e2e

OTHER_SETTINGS: Final = {"table_open_cache": "500"}


def test_the_link_survives_restarts_of_every_part(recovery: Recovery) -> None:
    """Both of its master's servers, the manager, both of its own at once; it holds all that was written meanwhile."""
    pair, nodes = recovery.pair, recovery.pair.stage.site.nodes
    old = pair.primary
    with pair.writing() as writer:
        pair.stage.service.restart(pair.id, OTHER_SETTINGS, timeout_s=2 * LIMIT_S)
        assert pair.primary != old  # one server after the other
        pair.kill_manager()
        pair.stage.start_manager()
        own = [member.node for member in recovery.now.members]
        for node in own:
            nodes.kill(node)
        for node in own:
            nodes.release(node)
        writer.await_acknowledged(3, LIMIT_S)
    recovery.await_whole()
    recovery.await_alike()
    pair.await_rest()
