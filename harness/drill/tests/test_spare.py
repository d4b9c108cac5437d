"""A stage that stands ready is taken once, closed once, and never taken in place of another."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hadrill.harness.drill.spare import Opened, Spare
from hadrill.harness.errors import HarnessTrouble


class Ground:
    """Where stages are opened: what happens to each, in order."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.broken: set[str] = set()
        self.full = False
        self._count = 0

    def opens(self, topology: str) -> Opened[str]:
        """What opens one here."""
        return lambda: self._opened(topology)

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

    def spare(self) -> Spare[str]:
        """Of this ground."""
        return Spare(self.check)


def test_without_one_a_new_one_is_opened_and_closed() -> None:
    """As where nothing stands ready."""
    ground = Ground()
    with ground.spare().take("a", ground.opens("a")) as stage:
        assert stage == "a-1"
    assert ground.happened == ["open a-1", "close a-1"]


def test_the_one_that_stands_ready_is_taken_once() -> None:
    """And closed when it is given back; the next one is new."""
    ground = Ground()
    spare = ground.spare()
    spare.prepare("a", ground.opens("a"))
    with spare.take("a", ground.opens("a")) as first:
        pass
    with spare.take("a", ground.opens("a")) as second:
        pass
    spare.close()
    assert (first, second) == ("a-1", "a-2")
    assert ground.happened == ["open a-1", "close a-1", "open a-2", "close a-2"]


@pytest.mark.parametrize(("topology", "broken"), [("b", set()), ("a", {"a-1"})], ids=["another", "fallen"])
def test_what_does_not_serve_is_closed_first(topology: str, broken: set[str]) -> None:
    """Both would need the machine's room at once."""
    ground = Ground()
    ground.broken = broken
    spare = ground.spare()
    spare.prepare("a", ground.opens("a"))
    with spare.take(topology, ground.opens(topology)) as stage:
        assert stage == f"{topology}-2"
    assert ground.happened == ["open a-1", "close a-1", f"open {topology}-2", f"close {topology}-2"]


def test_one_that_cannot_be_opened_is_told_to_whoever_needs_it() -> None:
    """Not to whoever is just done."""
    ground = Ground()
    ground.full = True
    spare = ground.spare()
    spare.prepare("a", ground.opens("a"))
    with pytest.raises(HarnessTrouble, match="no room"), spare.take("a", ground.opens("a")):
        pass


def test_one_that_nobody_took_is_closed_in_the_end() -> None:
    """Or when another one takes its place."""
    ground = Ground()
    spare = ground.spare()
    spare.prepare("a", ground.opens("a"))
    spare.prepare("b", ground.opens("b"))
    spare.close()
    spare.close()
    assert ground.happened == ["open a-1", "close a-1", "open b-2", "close b-2"]
