"""A stage that stands ready is taken once, closed once, and never taken in place of another."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hadrill.harness.drill.spare import Opened, Spare, Wanted
from hadrill.harness.errors import HarnessTrouble

A, B = Wanted("a", ("a pair", "clients")), Wanted("b", ("a pair", "clients"))
FOLLOWED = Wanted("a", ("a pair", "another one that follows it"))
OTHER = Wanted("a", ("one server",))


class Ground:
    """Where stages are opened: what happens to each, in order."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.broken: set[str] = set()
        self.full = False
        self._count = 0

    def opens(self, wanted: Wanted) -> Opened[str]:
        """What opens one here."""
        return lambda: self._opened(wanted.topology)

    @contextmanager
    def _opened(self, topology: str) -> Iterator[str]:
        """Stages are told apart by their numbers."""
        if self.full:
            raise HarnessTrouble("there is no room")
        self._count += 1
        name = f"{topology}-{self._count}"
        self.happened.append(f"open {name}")
        yield name
        self.happened.append(f"close {name}")

    def check(self, stage: str) -> None:
        """Some do not stand for long."""
        if stage in self.broken:
            raise HarnessTrouble("it fell")

    def spare(self) -> Spare[str, str]:
        """Of this ground."""
        return Spare(self.check, lambda stands: self.happened.append(f"drop {stands}"))


def played(
    spare: Spare[str, str], ground: Ground, wanted: Wanted, leaves: str | None = None, failure: Exception | None = None
) -> tuple[str, str | None]:
    """A scenario: the stage that it played on and what stood there; it leaves something, or nothing, or fails."""
    with spare.take(wanted, ground.opens(wanted)) as taken:
        taken.leaves, taken.sentences = leaves, 2 if wanted is FOLLOWED else 1
        if failure is not None:
            raise failure
        return taken.stage, taken.stands


def test_without_one_a_new_one_is_opened_and_closed() -> None:
    """As where nothing stands ready."""
    ground = Ground()
    assert played(ground.spare(), ground, A) == ("a-1", None)
    assert ground.happened == ["open a-1", "close a-1"]


def test_the_one_that_stands_ready_is_taken_once() -> None:
    """And closed when it is given back; the next one is new."""
    ground = Ground()
    spare = ground.spare()
    spare.prepare("a", ground.opens(A))
    assert [played(spare, ground, A), played(spare, ground, A)] == [("a-1", None), ("a-2", None)]
    spare.close()
    assert ground.happened == ["open a-1", "close a-1", "open a-2", "close a-2"]


def test_an_empty_one_serves_whatever_a_scenario_begins_with() -> None:
    """It has nothing on it yet."""
    ground = Ground()
    spare = ground.spare()
    spare.prepare("a", ground.opens(A))
    assert played(spare, ground, OTHER) == ("a-1", None)


def test_what_a_scenario_leaves_is_there_for_the_next_one_that_begins_alike() -> None:
    """Once: that one leaves nothing."""
    ground = Ground()
    spare = ground.spare()
    seen = [played(spare, ground, A, "pair"), played(spare, ground, A), played(spare, ground, A)]
    assert seen == [("a-1", None), ("a-1", "pair"), ("a-2", None)]
    assert ground.happened == ["open a-1", "close a-1", "open a-2", "close a-2"]


def test_what_a_scenario_leaves_is_gone_for_one_that_begins_otherwise() -> None:
    """Given up and closed before a new one is opened."""
    ground = Ground()
    spare = ground.spare()
    seen = [played(spare, ground, A, "pair"), played(spare, ground, OTHER)]
    assert seen == [("a-1", None), ("a-2", None)]
    assert ground.happened == ["open a-1", "drop pair", "close a-1", "open a-2", "close a-2"]


def test_what_two_sentences_say_is_not_there_for_one_alone() -> None:
    """But what one says is there for whoever adds another."""
    ground = Ground()
    spare = ground.spare()
    seen = [played(spare, ground, A, "pair"), played(spare, ground, FOLLOWED, "two"), played(spare, ground, A)]
    assert seen == [("a-1", None), ("a-1", "pair"), ("a-2", None)]


def test_a_scenario_that_fails_leaves_nothing() -> None:
    """Whatever it said before: that is given up."""
    ground = Ground()
    spare = ground.spare()
    with pytest.raises(ValueError, match="it failed"):
        played(spare, ground, A, "pair", ValueError("it failed"))
    assert ground.happened == ["open a-1", "drop pair"]
    assert played(spare, ground, A) == ("a-2", None)


@pytest.mark.parametrize(("wanted", "broken"), [(B, set()), (A, {"a-1"})], ids=["another", "fallen"])
def test_what_does_not_serve_is_closed_first(wanted: Wanted, broken: set[str]) -> None:
    """Both would need the machine's room at once."""
    ground = Ground()
    ground.broken = broken
    spare = ground.spare()
    spare.prepare("a", ground.opens(A))
    assert played(spare, ground, wanted) == (f"{wanted.topology}-2", None)
    assert ground.happened == ["open a-1", "close a-1", f"open {wanted.topology}-2", f"close {wanted.topology}-2"]


def test_one_that_cannot_be_opened_is_told_to_whoever_needs_it() -> None:
    """Not to whoever is just done."""
    ground = Ground()
    ground.full = True
    spare = ground.spare()
    spare.prepare("a", ground.opens(A))
    with pytest.raises(HarnessTrouble, match="no room"):
        played(spare, ground, A)


def test_what_stands_is_not_replaced_by_an_empty_one() -> None:
    """It saves more; and it is closed in the end."""
    ground = Ground()
    spare = ground.spare()
    played(spare, ground, A, "pair")
    spare.prepare("b", ground.opens(B))
    spare.close()
    spare.close()
    assert ground.happened == ["open a-1", "drop pair", "close a-1"]
