"""Links are lost, one way or both, and come back: who is given up for it, who is not, and that nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hadrill.environments.toxics import Stream
from hadrill.harness.faults.effect import ANSWER_LOST, CUT, REFUSED, RESETTING, STALLED, Effect, one_way, slow
from hadrill.harness.faults.plan import boundary
from hadrill.harness.model.instance import State
from hadrill.harness.model.topology import MANAGER, Link
from hadrill.harness.reference.decide import UNREACHED
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.passing import await_passing
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

BLIP_S = 0.3
BLIND_S = 3.0
"""Three times as long as a silent primary is given."""


@contextmanager
def broken(pair: Pair, effect: Effect, *ways: Link) -> Iterator[None]:
    """Something is wrong with these links for as long as the context lasts."""
    links = pair.stage.site.links
    if effect is REFUSED:
        links.close(ways)
    else:
        links.apply(effect.on(ways))
    try:
        yield
    finally:
        links.heal(ways)


def over(pair: Pair) -> bool | NotYet:
    """Whether the manager is in the middle of nothing."""
    last = pair.last_operation()
    return last[2] != "running" or NotYet(str(last))


@pytest.mark.parametrize(
    "effect",
    [CUT, STALLED, REFUSED, RESETTING, one_way(Stream.UPSTREAM), one_way(Stream.DOWNSTREAM)],
    ids=lambda effect: effect.words,
)
def test_writes_go_on_without_a_secondary_that_cannot_acknowledge(pair: Pair, effect: Effect) -> None:
    """Its server answers us all along; only its way to the primary is lost. It counts again once that is back."""
    primary, secondary = pair.primary, pair.other
    with pair.writing() as writer:
        with broken(pair, effect, Link(secondary, primary)):
            pair.await_state(State.RUNNING, protected=False)
            writer.await_acknowledged(10, LIMIT_S)
        pair.await_rest()
    assert (primary, secondary) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize(
    "effect", [CUT, STALLED, REFUSED, RESETTING, slow(2000, 1000)], ids=lambda effect: effect.words
)
def test_a_primary_whose_rack_cannot_be_used_is_replaced(pair: Pair, effect: Effect) -> None:
    """However its links fail; what was held back and arrives after the heal changes nothing."""
    old, new, topology = pair.primary, pair.other, pair.stage.site.inventory.topology
    with pair.writing() as writer:
        with broken(pair, effect, *boundary(topology, topology.node(old).rack)):
            pair.await_state(State.RUNNING, protected=False)
            writer.await_acknowledged(10, LIMIT_S)
        pair.await_rest()
    assert (new, old) == (pair.primary, pair.other)
    pair.await_whole(writer.acknowledged)


def test_a_primary_that_only_we_cannot_reach_stays(pair: Pair) -> None:
    """Writes go on; the reason says that we do not see it, and is gone when we do."""
    primary = pair.primary
    with pair.writing() as writer:
        with broken(pair, CUT, Link(MANAGER, primary)):

            def said() -> bool | NotYet:
                return pair.now.reason == UNREACHED or NotYet(pair.now.reason)

            until(said, "the reason to be said", timeout_s=LIMIT_S)
            writer.await_acknowledged(10, LIMIT_S)
            await_passing(BLIND_S)
            assert (pair.primary, pair.now.state, pair.now.protected) == (primary, State.RUNNING, True)
        until(lambda: not pair.now.reason or NotYet(pair.now.reason), "the reason to be gone", timeout_s=LIMIT_S)
    assert pair.now.protected
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize("effect", [CUT, STALLED, REFUSED], ids=lambda effect: effect.words)
def test_a_blip_of_the_primarys_rack_changes_no_role(pair: Pair, effect: Effect) -> None:
    """After 300 ms all is as it was."""
    roles, topology, failovers = pair.now.members, pair.stage.site.inventory.topology, pair.seen("promoted")
    with pair.patient(), pair.writing() as writer:
        with broken(pair, effect, *boundary(topology, topology.node(pair.primary).rack)):
            await_passing(BLIP_S)
        writer.await_acknowledged(20, LIMIT_S)
        pair.await_rest()
    assert (roles, failovers) == (pair.now.members, pair.seen("promoted"))
    pair.await_whole(writer.acknowledged)


def test_a_slow_secondary_is_waited_for(pair: Pair) -> None:
    """Commits take longer, and each is on both servers."""
    primary, secondary, given_up = pair.primary, pair.other, pair.seen("unprotected")
    with pair.writing() as writer:
        with broken(pair, slow(150), Link(secondary, primary)):
            writer.await_acknowledged(10, LIMIT_S)
        writer.await_acknowledged(3, LIMIT_S)
    assert given_up == pair.seen("unprotected")
    pair.await_whole(writer.acknowledged)


@pytest.mark.parametrize("of_primary", [True, False])
def test_answers_that_never_reach_us_leave_nothing_half_done(pair: Pair, of_primary: bool) -> None:
    """What we told a server was done, and we do not know: the switch is carried out or undone, and it can be again."""
    way = Link(MANAGER, pair.primary if of_primary else pair.other)
    with pair.writing() as writer:
        with broken(pair, ANSWER_LOST, way):
            pair.begin("POST", "/switch")
            until(lambda: over(pair), "the switch to be given up or done", timeout_s=LIMIT_S)
        pair.await_rest()
    pair.await_whole(writer.acknowledged)
    pair.stage.service.switch(pair.id, timeout_s=LIMIT_S)
    pair.await_whole(writer.acknowledged)
