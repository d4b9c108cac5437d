"""Switches within the maintenance period, by the wall clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.model.instance import MaintenancePeriod, State
from hadrill.harness.reference.operations.switch import CATCH_UP_LIMIT_S
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api, held
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

FAR = timedelta(hours=2)


def begins_in(pair: Pair, wait: timedelta, length_s: int = 60) -> datetime:
    """Set the period to begin so long from now, at the next whole second; when that is."""
    begins = (datetime.now(UTC) + wait).replace(microsecond=0) + timedelta(seconds=1)
    pair.stage.service.set_maintenance_period(pair.id, MaintenancePeriod(f"{begins:%H:%M:%S}", length_s))
    return begins


def noted(pair: Pair, what: str) -> datetime:
    """When the manager noted something last."""
    return datetime.fromisoformat([event["utc"] for event in pair.stage.service.events(0) if event["what"] == what][-1])


def await_switched(pair: Pair, new: str) -> None:
    """Wait until the other server is the primary and the pair is at rest."""

    def switched() -> bool | NotYet:
        return (pair.now.state is State.RUNNING and pair.primary == new) or NotYet(str(pair.now))

    until(switched, f"{new} to be the primary", timeout_s=LIMIT_S)
    pair.await_rest()


@pytest.fixture
def quiet(pair: Pair) -> Iterator[Pair]:
    """A pair whose period is far away and for which no switch waits, before and after."""
    begins_in(pair, FAR)
    yield pair
    pair.await_rest()
    assert pair.now.switch_due == ""
    begins_in(pair, FAR)


def test_a_switch_waits_for_its_period_and_follows_it(quiet: Pair) -> None:
    """It begins in the period that was set last, not before, and the manager's death does not matter."""
    old, new = quiet.primary, quiet.other
    with quiet.writing() as writer:
        quiet.stage.service.switch_in_period(quiet.id)
        begins = begins_in(quiet, timedelta(seconds=5))
        assert quiet.now.switch_due == begins.isoformat()
        quiet.kill_manager()
        quiet.stage.start_manager()
        await_switched(quiet, new)
    assert begins <= noted(quiet, "promoted") <= begins + timedelta(seconds=60)
    assert (new, old) == (quiet.primary, quiet.other)
    quiet.await_whole(writer.acknowledged)


def test_a_switch_asked_for_within_the_period_is_done_at_once(quiet: Pair) -> None:
    """There is nothing to wait for."""
    new = quiet.other
    begins_in(quiet, timedelta(seconds=-30))
    quiet.stage.service.switch_in_period(quiet.id)
    await_switched(quiet, new)


def test_a_switch_whose_pair_is_unprotected_waits_on_within_its_period(quiet: Pair) -> None:
    """It is done once the secondary is back."""
    old, new, nodes = quiet.primary, quiet.other, quiet.stage.site.nodes
    nodes.kill(new)
    quiet.await_state(State.RUNNING, protected=False)
    quiet.await_idle()
    begins_in(quiet, timedelta(seconds=-30), length_s=600)
    quiet.stage.service.switch_in_period(quiet.id)
    assert old == quiet.primary
    nodes.release(new)
    await_switched(quiet, new)


def apply_late(pair: Pair, node: str, seconds: int) -> None:
    """Have a replica apply what it receives so much later than it was written."""
    with pair.direct(node, pair.service_account()) as server:
        server.run(*sql.apply_late(seconds), *sql.APPLY)


def test_a_switch_waits_for_a_secondary_that_goes_on_applying(quiet: Pair) -> None:
    """For longer than clients would be kept waiting: they still write."""
    new, undone = quiet.other, quiet.seen("switch-undone")
    apply_late(quiet, new, CATCH_UP_LIMIT_S + 1)
    with quiet.writing() as writer:
        quiet.await_held(new, writer.acknowledged)
        quiet.begin("POST", "/switch")
        quiet.await_step("switch", "announce")
        writer.await_acknowledged(1, LIMIT_S)
        quiet.await_held(new, writer.acknowledged)
        assert quiet.running() == ("switch",)
        apply_late(quiet, new, 0)
        await_switched(quiet, new)
    assert quiet.seen("switch-undone") == undone
    quiet.await_whole(writer.acknowledged)


def test_a_switch_that_cut_nobody_off_is_tried_again_within_its_period(quiet: Pair) -> None:
    """While the secondary does not apply what it receives nobody is switched to it; once it does, somebody is."""
    new, before = quiet.other, quiet.seen("switch-undone")

    def undone() -> bool | NotYet:
        return quiet.seen("switch-undone") > before or NotYet(f"{quiet.last_operation()}")

    begins_in(quiet, timedelta(seconds=-30), length_s=600)
    with quiet.writing() as writer, held(quiet.direct(new, quiet.service_account())):
        writer.await_acknowledged(3, LIMIT_S)
        quiet.stage.service.switch_in_period(quiet.id)
        until(undone, "a switch to be undone", timeout_s=LIMIT_S)
        assert quiet.now.switch_due != ""
    await_switched(quiet, new)
    quiet.await_whole(writer.acknowledged)


def test_a_switch_that_cut_clients_off_is_not_tried_again(quiet: Pair) -> None:
    """They were told to wait once."""
    old, new = quiet.primary, quiet.other
    begins_in(quiet, timedelta(seconds=-30), length_s=600)
    quiet.die_before("switch.close")
    with quiet.writing() as writer:
        quiet.stage.service.switch_in_period(quiet.id)
        quiet.await_death()
        with held(quiet.direct(new, quiet.service_account())):
            writer.await_acknowledged(3, LIMIT_S)
            quiet.stage.start_manager()
            assert quiet.await_outcome("switch") == "undone"
        assert (quiet.await_rest().switch_due, quiet.primary) == ("", old)
    quiet.await_whole(writer.acknowledged)


def test_a_waiting_switch_is_taken_back(quiet: Pair) -> None:
    """It is asked for once, and taken back once."""
    service = quiet.stage.service
    service.switch_in_period(quiet.id)
    with pytest.raises(ServiceRefused, match=Code.SWITCH_WAITS):
        service.switch_in_period(quiet.id)
    service.cancel_switch(quiet.id)
    assert quiet.now.switch_due == ""
    with pytest.raises(ServiceRefused, match=Code.NO_SWITCH_WAITS):
        service.cancel_switch(quiet.id)


@pytest.mark.parametrize(
    "period",
    [
        {"begins": "24:00:00", "length_s": 60},
        {"begins": "2:00:00", "length_s": 60},
        {"begins": "02:00", "length_s": 60},
        {"begins": "02:00:00Z", "length_s": 60},
        {"begins": "02:00:00", "length_s": 0},
        {"begins": "02:00:00", "length_s": 86_400},
        {"begins": "02:00:00"},
    ],
)
def test_a_period_that_is_none_is_refused(quiet: Pair, period: dict[str, object]) -> None:
    """A time of day to the second, and a length of less than a day."""
    before = quiet.now
    assert quiet.ask("PUT", "/maintenance-period", period) == (400, Code.INVALID_REQUEST)
    assert before == quiet.now


def test_everything_is_refused_during_a_switch(quiet: Pair) -> None:
    """With one code; nothing is changed by it; and all is taken afterwards that was not then."""
    nodes, new, period = quiet.stage.site.nodes, quiet.other, quiet.now.maintenance
    calls: list[tuple[str, str, dict[str, object] | None]] = [
        ("POST", "/switch", None),
        ("POST", "/switch", {"when": "maintenance-period"}),
        ("DELETE", "/switch", None),
        ("PUT", "/maintenance-period", {"begins": "01:02:03", "length_s": 60}),
        ("PATCH", "/specification", {"specification": {"memory_mib": 96, "connections": 250}}),
        ("PATCH", "/specification", {"edition": "basic"}),
        ("POST", "/restart", {"settings": {}}),
        ("DELETE", "", None),
    ]
    with api(quiet.stage) as client:
        nodes.pause(new)  # so that the switch takes a while
        begun = quiet.ask_over(client, "POST", "/switch")
        refusals = [quiet.ask_over(client, *call) for call in calls]
        nodes.resume(new)
    await_switched(quiet, new)
    assert begun == (202, "")
    assert refusals == [(409, Code.BUSY)] * len(calls)
    assert (quiet.now.maintenance, quiet.now.switch_due) == (period, "")
    assert quiet.ask("POST", "/switch", {"when": "maintenance-period"}) == (202, "")
    assert quiet.ask("DELETE", "/switch") == (200, "")


def test_a_pair_is_not_downgraded(quiet: Pair) -> None:
    """The refusal names the way round."""
    before = quiet.now
    assert quiet.ask("PATCH", "/specification", {"edition": "basic"}) == (409, Code.DOWNGRADE)
    assert before == quiet.now


def test_what_changes_nothing_is_refused(quiet: Pair) -> None:
    """The same edition, the same size, both at once, or nothing at all."""
    size, other = {"memory_mib": 64, "connections": 300}, {"memory_mib": 96, "connections": 250}
    bodies: list[dict[str, object]] = [
        {"edition": "high-availability"},
        {"specification": size},
        {},
        {"edition": "basic", "specification": other},
    ]
    for body in bodies:
        assert quiet.ask("PATCH", "/specification", body) == (400, Code.INVALID_REQUEST)
