"""Other editions, sizes and settings, on instances that are written to all along."""

import pytest

from hadrill.harness.model.instance import Edition, Role, Specification, State
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair

pytestmark = pytest.mark.e2e

HA = Edition.HIGH_AVAILABILITY
LARGE = Specification(96, 250)


def test_an_upgrade_keeps_the_instance_and_its_rows(basic: Pair) -> None:
    """Same id, address and creation time; a secondary on another rack that is in sync; a failover then works."""
    before, nodes = basic.now, basic.stage.site.nodes
    with basic.writing() as writer:
        basic.stage.service.change_specification(basic.id, edition=HA, timeout_s=LIMIT_S)
        after = basic.await_rest()
        writer.await_acknowledged(10, LIMIT_S)
        assert (after.id, after.address, after.created_at) == (before.id, before.address, before.created_at)
        assert (after.edition, after.having(Role.PRIMARY)) == (HA, before.having(Role.PRIMARY))
        assert writer.failures == 0
        old = basic.primary
        nodes.kill(old)
        basic.await_state(State.RUNNING, protected=False)
        writer.await_acknowledged(10, LIMIT_S)
        nodes.release(old)
    basic.await_whole(writer.acknowledged)
    assert old == basic.other


def test_a_basic_instance_is_down_while_it_is_changed(basic: Pair) -> None:
    """And runs with what was asked for afterwards, also when its server is started again."""
    service, nodes = basic.stage.service, basic.stage.site.nodes
    with basic.writing() as writer:
        service.change_specification(basic.id, specification=LARGE, timeout_s=LIMIT_S)
        service.restart(basic.id, {"table_open_cache": "500"}, timeout_s=LIMIT_S)
        writer.await_acknowledged(3, LIMIT_S)
        nodes.kill(basic.primary, hold=False)
        writer.await_acknowledged(3, LIMIT_S)
    assert (LARGE, LARGE) == (basic.await_idle().specification, basic.size(basic.primary))
    with basic.direct(basic.primary) as server:
        assert server.row("SELECT @@table_open_cache AS it")["it"] == 500
    assert writer.acknowledged <= basic.rows(basic.primary)


def test_a_pair_is_changed_one_server_after_the_other(pair: Pair) -> None:
    """The two are switched in between, and both run with what was asked for."""
    old, new = pair.primary, pair.other
    with pair.writing() as writer:
        pair.stage.service.change_specification(pair.id, specification=LARGE, timeout_s=LIMIT_S)
        writer.await_acknowledged(3, LIMIT_S)
    after = pair.await_rest()
    assert (new, old) == (pair.primary, pair.other)
    assert [LARGE] * 3 == [after.specification, pair.size(old), pair.size(new)]
    pair.await_whole(writer.acknowledged)


def test_what_a_customer_may_not_set_is_refused(pair: Pair) -> None:
    """Durability and replication are not the customer's, and nothing happens."""
    before = pair.now
    for settings in ({"sync_binlog": "0"}, {"table_open_cache": "1"}, {"tmp_table_size": "much"}, {"": ""}):
        assert pair.ask("POST", "/restart", {"settings": settings}) == (400, Code.SETTING_NOT_ALLOWED)
    assert before == pair.now
