"""What is printed of instances: everything that an operator decides by, and no secret."""

from dataclasses import replace

from hadrill.harness.live.instance_wording import line_of_task, lines_of_instance, lines_of_verification
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.disaster_recovery import Synchronization, SynchronizationTask, Verification
from hadrill.harness.model.instance import Edition, Endpoint, Instance, InstanceType, Member, Role, State

TASK = SynchronizationTask(1, "db-2", "db-1", "by hand", ("shop.orders",), Synchronization.COPYING, 0.5)


def instance(**other: object) -> Instance:
    """A disaster-recovery instance that follows db-1."""
    given: dict[str, object] = {
        "id": "db-2",
        "edition": Edition.HIGH_AVAILABILITY,
        "state": State.RUNNING,
        "address": Endpoint("127.0.0.1", 14001),
        "created_at": "2026-01-01T00:00:00+00:00",
        "members": (Member("c1", Role.PRIMARY),),
        "protected": False,
        "type": InstanceType.DISASTER_RECOVERY,
        "master": "db-1",
        "region": "south",
        "synchronization": "Synchronizing",
    }
    return Instance(**{**given, **other})  # type: ignore[arg-type]


def test_whom_it_follows_and_how_far_is_told() -> None:
    """Lag and task stand below it; a lag that is not known is said to be so."""
    lines = list(lines_of_instance(instance(), (TASK,), 0.25))
    assert "follows db-1, Synchronizing" in lines[0]
    assert "  task        by hand: shop.orders of db-1, Copying, 50% copied" in lines
    assert lines[-1] == "  lag         0.250 s"
    assert list(lines_of_instance(instance(), (TASK,)))[-1] == "  lag         not known"


def test_a_promoted_one_says_what_it_never_follows_again() -> None:
    """It has no lag any more."""
    lines = list(lines_of_instance(instance(master="", synchronization="Broken", promoted_from="db-1"), (TASK,)))
    assert "  promoted    in place of db-1, which it never follows again" in lines
    assert not any("lag" in line for line in lines)


def test_the_entire_instance_is_called_so() -> None:
    """No table was chosen."""
    task = SynchronizationTask(1, "db-2", "db-1", "all", (), Synchronization.INTERRUPTED, 1.0, "it hears nothing")
    assert line_of_task(task) == "all: the entire instance of db-1, Interrupted (it hears nothing), 100% copied"


def test_what_a_synchronization_does_not_bring_stands_below_it() -> None:
    """Where there is something of the kind."""
    lines = list(lines_of_instance(instance(), (replace(TASK, notice="no later accounts"),)))
    assert lines[lines.index("  note        no later accounts") - 1].startswith("  task ")
    assert not any("note" in line for line in lines_of_instance(instance(), (TASK,)))


def test_a_copy_that_was_begun_anew_says_so() -> None:
    """Its progress counts from nothing again."""
    assert line_of_task(replace(TASK, attempt=2)).endswith("Copying, 50% copied at attempt 2")


def test_every_difference_has_its_table_and_row() -> None:
    """And what either side holds."""
    found = Verification(2, 30, (Difference("shop.orders", "7", "ab12", "missing"),))
    assert list(lines_of_verification(found)) == [
        "differs: shop.orders, row 7: ab12 at the master, missing here",
        "2 tables and 30 rows compared: 1 differences",
    ]
    assert list(lines_of_verification(Verification(2, 30))) == ["2 tables and 30 rows compared: no difference"]
