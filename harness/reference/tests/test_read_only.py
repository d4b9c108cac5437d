"""Read-only instances on real servers: they follow their master's primary, and never what was not agreed on."""

from collections.abc import Iterator

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.drill.stage import open_stage
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.faults.effect import CUT
from hadrill.harness.model.instance import Instance, InstanceType, Role, State
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.operations.create_read_only import CREATE_READ_ONLY
from hadrill.harness.reference.operations.repoint import REPOINT
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api, new_pair
from hadrill.harness.reference.tests.read_only import ReadOnly, running_ahead
from hadrill.harness.reference.tests.writer import KEYS
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

WRITE = "INSERT INTO drill.written VALUES (-1)"


@pytest.fixture(scope="module")
def pair(parts: Parts) -> Iterator[Pair]:
    """A pair with room for two read-only instances beside it."""
    with open_stage("drill", parts) as stage, new_pair(stage) as pair:
        yield pair


@pytest.fixture(scope="module")
def read_only(pair: Pair) -> ReadOnly:
    """One that a module's tests share; each leaves it following the primary."""
    return ReadOnly(pair, pair.stage.service.create_read_only(pair.id, timeout_s=LIMIT_S).id)


def test_readers_read_and_cannot_write(pair: Pair, read_only: ReadOnly) -> None:
    """Its own address, its own server on a rack of its own, and the master's reader for an account."""
    now, topology = read_only.now, pair.stage.site.inventory.topology
    assert (now.type, now.master, pair.now.read_only) == (InstanceType.READ_ONLY, pair.id, (read_only.id,))
    assert now.having(Role.READ_ONLY) == ("a3",)
    assert topology.node("a3").rack not in {topology.node(member.node).rack for member in pair.now.members}
    assert now.address != pair.now.address
    assert pair.stage.service.accounts(read_only.id) == (pair.stage.service.accounts(pair.id)[1],)
    with read_only.connect() as reader, pytest.raises(SqlError, match="read-only"):
        reader.run(WRITE)
    with pair.direct(read_only.node, pair.owner) as owner, pytest.raises(SqlError, match="read-only"):
        owner.run(WRITE)


def test_its_acknowledgement_does_not_count(pair: Pair, read_only: ReadOnly) -> None:
    """The primary waits for its secondary alone."""
    with pair.direct(pair.primary) as server:
        status = {row["Variable_name"]: row["Value"] for row in server.rows("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync%'")}
    assert (read_only.source, status["Rpl_semi_sync_source_clients"]) == (pair.primary, "1")


def test_readers_read_on_through_a_switch(pair: Pair, read_only: ReadOnly) -> None:
    """One connection is answered all along, and in the end shows what was written after the switch."""
    old, new = pair.primary, pair.other
    with read_only.connect() as reader:
        with pair.writing() as writer:
            pair.stage.service.switch(pair.id, timeout_s=LIMIT_S)
            read_only.await_following(new)
            writer.await_acknowledged(3, LIMIT_S)

        def caught_up() -> bool | NotYet:
            shown = {row["id"] for row in reader.rows(KEYS)}
            return writer.acknowledged <= shown or NotYet(f"{len(writer.acknowledged - shown)} rows behind")

        until(caught_up, "the same reader to be shown all", timeout_s=LIMIT_S)
    assert (new, old) == (pair.primary, pair.other)


def test_it_follows_the_new_primary_after_a_failover(pair: Pair, read_only: ReadOnly) -> None:
    """And shows in the end what the pair holds."""
    old, new = pair.primary, pair.other
    with pair.writing() as writer:
        pair.stage.site.nodes.kill(old)
        read_only.await_following(new)
        writer.await_acknowledged(3, LIMIT_S)
        pair.stage.site.nodes.release(old)
        pair.await_rest()
    pair.await_whole(writer.acknowledged)
    read_only.await_shown(pair.rows(pair.primary))


def test_one_that_ran_ahead_is_rebuilt(pair: Pair, read_only: ReadOnly) -> None:
    """It showed rows that the new primary never had; once it is open again it never does."""
    old, new, before = pair.primary, pair.other, pair.seen("diverged")
    with running_ahead(pair, read_only) as phantoms:
        pair.stage.site.nodes.kill(old)
        pair.await_state(State.RUNNING, protected=False)
        read_only.await_following(new)
        assert not phantoms & read_only.shown()
    assert pair.seen("diverged") == before + 1
    pair.stage.site.nodes.release(old)
    pair.await_whole(frozenset())
    read_only.await_shown(pair.rows(pair.primary))


@pytest.mark.parametrize("step", [step.name for step in REPOINT.steps])
def test_a_rebuild_survives_the_managers_death(pair: Pair, read_only: ReadOnly, step: str) -> None:
    """Whichever step it dies before and after, it then follows the new primary, without what ran ahead."""
    old, new = pair.primary, pair.other
    pair.die_before(f"repoint.{step}")
    with running_ahead(pair, read_only) as phantoms:
        pair.stage.site.nodes.kill(old)
        pair.die_after(f"repoint.{step}")
        pair.stage.start_manager()
        read_only.await_following(new)
        assert not phantoms & read_only.shown()
    pair.stage.site.nodes.release(old)
    pair.await_whole(frozenset())
    read_only.await_shown(pair.rows(pair.primary))


def test_its_own_server_is_started_again(pair: Pair, read_only: ReadOnly) -> None:
    """It is down, and says so; then it follows where it had stopped."""
    node = read_only.node
    pair.stage.site.nodes.kill(node)
    down = read_only.await_reason("its server ended")
    pair.stage.site.nodes.release(node)
    read_only.await_following(pair.primary)
    read_only.await_shown(pair.rows(pair.primary))
    assert (down.state, pair.now.protected) == (State.DOWN, True)


def test_a_lost_link_is_said_and_made_up_for(pair: Pair, read_only: ReadOnly) -> None:
    """Reads go on, of what was there before; after the heal it catches up by itself."""
    way, links = Link(read_only.node, pair.primary), pair.stage.site.links
    before = pair.rows(pair.primary)
    with pair.writing() as writer:
        links.apply(CUT.on((way,)))
        cut_off = read_only.await_reason("does not receive")
        assert before <= read_only.shown()
        links.heal([way])
        read_only.await_following(pair.primary)
    assert (cut_off.state, pair.now.state) == (State.RUNNING, State.RUNNING)
    pair.await_whole(writer.acknowledged)
    read_only.await_shown(pair.rows(pair.primary))


def test_readers_read_on_while_the_master_is_down(pair: Pair, read_only: ReadOnly) -> None:
    """Nothing new comes, and it says so."""
    nodes, both = pair.stage.site.nodes, (pair.other, pair.primary)
    before = pair.rows(pair.primary)
    read_only.await_shown(before)
    for node in both:
        nodes.kill(node)
    pair.await_state(State.DOWN, protected=True)
    stale = read_only.await_reason("its master is down")
    assert (stale.state, read_only.shown()) == (State.RUNNING, before)
    for node in both:
        nodes.release(node)
    pair.await_whole(frozenset())
    read_only.await_following(pair.primary)
    read_only.await_shown(pair.rows(pair.primary))


def test_one_is_copied_where_the_log_does_not_reach_back(pair: Pair, read_only: ReadOnly) -> None:
    """The primary no longer has the log of its first rows; the new instance shows them all the same."""
    with pair.direct(pair.primary, pair.service_account()) as server:
        server.run("FLUSH BINARY LOGS")
        last = server.rows("SHOW BINARY LOGS")[-1]["Log_name"]
        server.run(f"PURGE BINARY LOGS TO '{last}'")
        assert server.row("SELECT @@GLOBAL.gtid_purged AS purged")["purged"]
    second = ReadOnly(pair, pair.stage.service.create_read_only(pair.id, timeout_s=LIMIT_S).id)
    second.await_shown(pair.rows(pair.primary))
    assert pair.now.read_only == (read_only.id, second.id)
    pair.stage.service.release(second.id, timeout_s=LIMIT_S)


@pytest.mark.parametrize("step", [step.name for step in CREATE_READ_ONLY.steps])
def test_a_creation_survives_the_managers_death(pair: Pair, read_only: ReadOnly, step: str) -> None:
    """Whichever step it dies before and after, the next manager goes on, and readers are let in."""
    pair.die_before(f"create-read-only.{step}")
    pair.begin("POST", "/read-only")
    pair.die_after(f"create-read-only.{step}")
    pair.stage.start_manager()

    def there() -> Instance | NotYet:
        (new,) = (each for each in pair.stage.service.instances() if each.id not in {pair.id, read_only.id})
        return new if new.state is State.RUNNING else NotYet(str(new))

    second = ReadOnly(pair, until(there, "the new one", timeout_s=LIMIT_S).id)
    second.await_shown(pair.rows(pair.primary))
    pair.stage.service.release(second.id, timeout_s=LIMIT_S)


def test_what_a_read_only_instance_is_not_for_is_refused(pair: Pair, read_only: ReadOnly) -> None:
    """With a code and a sentence; nothing is begun, neither on it nor on its master."""
    before = pair.last_operation()
    calls = [
        ("POST", read_only.id, "/switch", None, Code.IS_READ_ONLY),
        ("POST", read_only.id, "/read-only", {"zone": ""}, Code.IS_READ_ONLY),
        ("POST", pair.id, "/read-only", {"zone": "zone-x"}, Code.UNKNOWN_PLACE),
        ("POST", pair.id, "/read-only", {"zone": "zone-c"}, Code.SECOND_REGION),
        ("POST", pair.id, "/read-only", {"place": "zone-a"}, Code.INVALID_REQUEST),
        ("POST", "db-0", "/read-only", {"zone": ""}, Code.NOT_FOUND),
        ("DELETE", pair.id, "", None, Code.HAS_READ_ONLY),
    ]
    with api(pair.stage) as client:
        answers = [client.request(verb, f"/v1/instances/{of}{path}", json=body) for verb, of, path, body, _ in calls]
    assert [answer.json()["code"] for answer in answers] == [code for *_, code in calls]
    assert [answer.json()["message"] for answer in answers if len(answer.json()["message"].split()) < 4] == []
    assert before == pair.last_operation()


def test_one_is_not_asked_for_while_its_master_is_in_the_middle_of_something(pair: Pair, read_only: ReadOnly) -> None:
    """Nor while it is down."""
    nodes, primary, secondary = pair.stage.site.nodes, pair.primary, pair.other
    with api(pair.stage) as client:
        nodes.pause(secondary)  # so that the switch takes a while
        pair.begin("POST", "/switch")
        busy = client.post(f"/v1/instances/{pair.id}/read-only")
        nodes.resume(secondary)
        pair.await_rest()
        for node in (secondary, primary):
            nodes.kill(node)
        pair.await_state(State.DOWN, protected=True)
        until(lambda: pair.last_operation()[2] != "running" or NotYet("busy"), "it to be idle", timeout_s=LIMIT_S)
        down = client.post(f"/v1/instances/{pair.id}/read-only")
        for node in (secondary, primary):
            nodes.release(node)
    assert [answer.json()["code"] for answer in (busy, down)] == [Code.BUSY, Code.NOT_RUNNING]
    pair.await_whole(frozenset())
    read_only.await_following(pair.primary)
    assert pair.now.read_only == (read_only.id,)


def test_one_may_be_asked_for_while_its_master_is_being_created(parts: Parts) -> None:
    """It waits for its master, and both are given back, the read-only one first."""
    with open_stage("drill", parts) as stage, api(stage) as client:
        master = client.post("/v1/instances", json={"edition": "high-availability"}).json()["instance"]
        asked = [client.post(f"/v1/instances/{master}/read-only") for _ in range(2)]
        assert [answer.status_code for answer in asked] == [202, 202]
        for answer in asked:
            operation = answer.json()["operation"]

            def over(operation: int = operation) -> str | NotYet:
                status: str = client.get(f"/v1/operations/{operation}").json()["status"]
                return NotYet(status) if status == "running" else status

            assert until(over, "the creation to be over", timeout_s=LIMIT_S) == "done"
        pair = Pair(stage, master)
        followers = [ReadOnly(pair, each) for each in pair.now.read_only]
        assert [each.source for each in followers] == [pair.primary] * 2
        for instance in (*pair.now.read_only, master):
            stage.service.release(instance, timeout_s=LIMIT_S)
