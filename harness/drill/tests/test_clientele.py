"""The load on a pair with a read-only instance beside it: what is on record in the end."""

import os
from dataclasses import dataclass

import numpy as np
import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.drill.aim import zones_of_one_region
from hadrill.harness.drill.clientele import Clientele
from hadrill.harness.drill.plan import PlannedScenario
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.stage import open_stage
from hadrill.harness.drill.tests.runs import begin_run
from hadrill.harness.model.history import History
from hadrill.harness.model.instance import Edition, Role
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way
from hadrill.harness.workload.accounts import TOTAL
from hadrill.harness.workload.messages import Status

pytestmark = pytest.mark.e2e

LIMIT_S = 60.0
SCENARIO = PlannedScenario("follows", "A reader follows", "switch/x.feature", 4, ("SW-8",), ("SW-8",))


@dataclass(frozen=True)
class Recorded:
    """What a load of some seconds left, and who was who."""

    history: History
    status: Status
    primary: str
    secondary: str
    follower: str

    def server(self, node: str) -> int:
        """The node's number in the columns."""
        return self.history.roster.servers.index(node)

    def of(self, kind: Kind, way: Way) -> Operations:
        """Its operations of that kind over that way."""
        operations = self.history.operations
        own: Operations = operations[(operations["kind"] == kind) & (operations["way"] == way)]
        return own


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """One load, with a snapshot at the address and one at the read-only instance's server."""
    mysql, haproxy, toxiproxy = locate_needed(PartSettings.from_environ(os.environ, fetch=False), Quiet())
    recorder = Recorder(begun(tmp_path_factory), "beside")
    with open_stage("drill", Parts(mysql, haproxy.argv, toxiproxy.argv)) as stage:
        zones = zones_of_one_region(stage.site.inventory.topology, 2)
        pair = stage.service.create(Edition.HIGH_AVAILABILITY, zones, timeout_s=LIMIT_S)
        follower = stage.service.create_read_only(pair.id, timeout_s=LIMIT_S)
        clients = Clientele(stage, recorder, recorder.run.folder)
        try:
            clients.start(pair, (follower,))
            clients.await_work()
            clients.await_more_writes(200, LIMIT_S)  # every tenth look of a reader adds up
            status = clients.latest
            for place in ("address", follower.members[0].node):
                clients.snapshot(place)
            clients.stop()
            clients.compare()
        finally:
            clients.kill()
    assert status is not None
    (primary,), (secondary,) = pair.having(Role.PRIMARY), pair.having(Role.SECONDARY)
    return Recorded(recorder.history(), status, primary, secondary, follower.members[0].node)


def begun(folders: pytest.TempPathFactory) -> Run:
    """A run whose one scenario has begun."""
    run = begin_run(folders.mktemp("runs"), SCENARIO)
    run.begin_scenario(SCENARIO)
    return run


def test_every_server_is_read(recorded: Recorded) -> None:
    """Readers are shown rows by the primary over the address, by the secondary and by the read-only instance."""
    for way, node in (
        (Way.ADDRESS, recorded.primary),
        (Way.RACK, recorded.secondary),
        (Way.READ_ONLY, recorded.follower),
    ):
        looks = recorded.of(Kind.SEEN, way)
        shown = looks[looks["outcome"] == Outcome.ACKNOWLEDGED]
        assert {recorded.server(node)} == set(shown["server"].tolist())
        assert set(shown["key"].tolist()) <= {0, *recorded.history.operations["key"].tolist()}
        assert shown["key"].max() > 0
        totals = recorded.of(Kind.TOTAL, way)
        assert {(TOTAL, Outcome.ACKNOWLEDGED)} == set(totals[["key", "outcome"]].tolist())


def test_nobody_writes_at_a_read_only_instance(recorded: Recorded) -> None:
    """Whoever tries is refused there, by its own server."""
    tried = recorded.of(Kind.WRITE, Way.READ_ONLY)
    assert {(Outcome.REFUSED, recorded.server(recorded.follower))} == set(tried[["outcome", "server"]].tolist())
    read = recorded.of(Kind.READ, Way.READ_ONLY)
    assert {Outcome.ACKNOWLEDGED} == set(read["outcome"].tolist())


def test_snapshots_are_of_what_was_there(recorded: Recorded) -> None:
    """What a snapshot holds was tried, and what was acknowledged before the one at the address is in it."""
    operations = recorded.history.operations
    address, follower = recorded.history.snapshots
    assert (address.place, follower.place) == ("address", recorded.follower)
    writes = operations[np.isin(operations["kind"], (Kind.WRITE, Kind.TRANSFER))]
    before = writes[(writes["outcome"] == Outcome.ACKNOWLEDGED) & (writes["received_ns"] < address.at_ns)]
    assert np.isin(before["key"], address.keys).all()
    for snapshot in (address, follower):
        assert len(snapshot.keys) > 0
        assert np.isin(snapshot.keys, writes["key"]).all()


def test_servers_at_rest_say_the_same(recorded: Recorded) -> None:
    """The primary comes first; each other one has its transactions, its accounts and its rows."""
    history, others = recorded.history, [recorded.secondary, recorded.follower]
    assert [state.node for state in history.servers] == [recorded.primary, *others]
    assert {(history.servers[0].executed, TOTAL)} == {(state.executed, state.total) for state in history.servers}
    pairs = [(each.left, each.right, each.differences) for each in history.comparisons]
    assert pairs == [(recorded.primary, other, ()) for other in others]
    assert {2} == {each.tables for each in history.comparisons}


def test_lag_was_told_by_node(recorded: Recorded) -> None:
    """While it ran, the load told for each server that is read how old the newest heartbeat was."""
    assert {recorded.primary, recorded.secondary, recorded.follower} == {node for node, _ in recorded.status.lag_s}
    assert all(age_s is not None and 0 <= age_s < 5 for _, age_s in recorded.status.lag_s)
