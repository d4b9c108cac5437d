"""For each check that judges at sight: what a correct service shows, and the same with one thing wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from hypothesis import strategies as st

from hadrill.harness.checks.tests.histories import ns
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.disaster_recovery import MonitoringFigures, ShownProgress, Verification
from hadrill.harness.model.instance import Edition, Endpoint, Instance, Member, Role, State
from hadrill.harness.model.portrait import Portrait, Refusal
from hadrill.harness.model.topology import Node
from hadrill.harness.model.verdict import Measure, Objective

IDS: Final = {"a1": 11, "b1": 12, "c1": 13}
OLD: Final = "127.0.0.1:1"
TIME: Final = Objective("a time", 2.0, "s", "a test")
SENTENCE: Final = "The instance is in the middle of a switch."
Arguments = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A pair at rest with a read-only server.

    Attributes:
        primary, secondary: names of their nodes.
        took_s: what was asked for took so long.
        rows: that there are.
    """

    primary: str
    secondary: str
    took_s: float
    rows: int

    @property
    def instance(self) -> Instance:
        """As the service describes it."""
        members = (Member(self.primary, Role.PRIMARY), Member(self.secondary, Role.SECONDARY))
        edition, address = Edition.HIGH_AVAILABILITY, Endpoint("127.0.0.1", 3306)
        return Instance("i-1", edition, State.RUNNING, address, "2026-01-01T00:00:00Z", members, protected=True)

    def portrait(self, node: str) -> Portrait:
        """Of one server."""
        leads = node == self.primary
        follows = 0 if leads else IDS[self.primary]
        return Portrait(
            node, 0, leads, leads, follows, not leads, not leads, leads, 1, 1, "AFTER_SYNC", "9.7.0", "x:1-9"
        )

    @property
    def pair(self) -> tuple[Portrait, Portrait]:
        """Primary and secondary."""
        return self.portrait(self.primary), self.portrait(self.secondary)

    def figures(self) -> tuple[MonitoringFigures, ...]:
        """Of three looks."""
        return tuple(MonitoringFigures(f"2026-01-01T00:00:0{at}Z", 9.0, 3, self.took_s, self.rows) for at in range(3))

    def found(self) -> Verification:
        """By the service, in the one row that differs."""
        return Verification(1, self.rows, (Difference("shop.entries", f"id={self.rows}", "missing", "abc"),))


@dataclass(frozen=True, slots=True)
class Sight:
    """What one check is given of a scene.

    Attributes:
        right: of a correct service.
        wrong: one thing is wrong.
    """

    right: Callable[[Scene], Arguments]
    wrong: tuple[Callable[[Scene], Arguments], ...]


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Of either server."""
    primary = draw(st.sampled_from(["a1", "b1"]))
    other = "b1" if primary == "a1" else "a1"
    return Scene(primary, other, draw(st.floats(0.1, 1.9)), draw(st.integers(1, 10**6)))


def node(name: str, rack: str = "") -> Node:
    """On a rack of its own, unless one is given."""
    return Node(name, rack or f"rack-{name}", f"zone-{name}", "region-1")


REFUSED: Final = Refusal("a switch", "in-progress", SENTENCE)
ACCEPTED: Final = Refusal("a switch", "", "")


def _pair_with(scene: Scene, place: int, **fields: Any) -> tuple[Portrait, ...]:
    """One of the two is otherwise."""
    return tuple(replace(each, **fields) if place == at else each for at, each in enumerate(scene.pair))


PROGRESS: Final = tuple(
    ShownProgress(ns(at_ms), share) for at_ms, share in ((0, 0.0), (600, 0.4), (900, 0.9), (1500, 1.0))
)


SIGHTS: Final[Mapping[str, Sight]] = {
    "accepted": Sight(lambda _: ((ACCEPTED,),), (lambda _: ((ACCEPTED, REFUSED),),)),
    "alone": Sight(
        lambda s: ((s.primary,), s.portrait(s.primary)),
        (
            lambda s: ((s.primary, s.secondary), s.portrait(s.primary)),
            lambda s: ((s.secondary,), s.portrait(s.secondary)),
        ),
    ),
    "as seen": Sight(
        lambda s: ("rows", {"a": str(s.rows)}, {"a": str(s.rows)}), (lambda s: ("rows", {"a": str(s.rows)}, {}),)
    ),
    "as asked": Sight(
        lambda s: ({s.primary: {"max_connections": "300"}}, {"max_connections": "300"}),
        (lambda s: ({s.primary: {"max_connections": "30"}}, {"max_connections": "300"}),),
    ),
    "carried out": Sight(lambda _: ("a switch", ""), (lambda _: ("a switch", SENTENCE),)),
    "differences found": Sight(
        lambda s: (s.found(), (("shop.entries", str(s.rows)),)),
        (
            lambda s: (replace(s.found(), differences=()), (("shop.entries", str(s.rows)),)),
            lambda s: (s.found(), ()),
        ),
    ),
    "figures": Sight(
        lambda s: (s.figures(),),
        (
            lambda s: (s.figures()[:2],),
            lambda s: (s.figures()[::-1],),
            lambda s: (tuple(replace(each, lag_s=None) for each in s.figures()),),
            lambda s: (tuple(replace(each, disk_mib=0) for each in s.figures()),),
        ),
    ),
    "in time": Sight(lambda s: ("a copy", s.took_s, TIME), (lambda s: ("a copy", s.took_s + TIME.limit, TIME),)),
    "link gone": Sight(
        lambda s: (s.pair, (IDS["c1"],), (OLD,)),
        (
            lambda s: (_pair_with(s, 0, follows=IDS["c1"]), (IDS["c1"],), (OLD,)),
            lambda s: (_pair_with(s, 1, source=OLD), (IDS["c1"],), (OLD,)),
        ),
    ),
    "listed": Sight(
        lambda _: ("a list", ("i-1",), ("i-1",)),
        (lambda _: ("a list", (), ("i-1",)), lambda _: ("a list", ("i-1", "i-2"), ("i-1",))),
    ),
    "no other instance": Sight(lambda _: ((),), (lambda _: (("i-2",),),)),
    "durable": Sight(
        lambda s: (s.pair,),
        (
            lambda s: (_pair_with(s, 1, flush_log=2),),
            lambda s: (_pair_with(s, 0, sync_binlog=0),),
            lambda s: (_pair_with(s, 0, wait_point="AFTER_COMMIT"),),
        ),
    ),
    "only chosen": Sight(
        lambda s: (s.primary, ("d.a",), ("d.a",), ("d.b",)),
        (
            lambda s: (s.primary, (), ("d.a",), ("d.b",)),
            lambda s: (s.primary, ("d.a", "d.b"), ("d.a",), ("d.b",)),
        ),
    ),
    "pair at rest": Sight(
        lambda s: (s.pair, IDS),
        (
            lambda s: (_pair_with(s, 1, writable=True), IDS),
            lambda s: (_pair_with(s, 0, writable=False), IDS),
            lambda s: (_pair_with(s, 1, follows=0), IDS),
            lambda s: (_pair_with(s, 1, receiving=False), IDS),
            lambda s: (_pair_with(s, 1, applying=False), IDS),
            lambda s: (_pair_with(s, 1, admits_customers=True), IDS),
            lambda s: (_pair_with(s, 0, waits=False), IDS),
            lambda s: (s.pair[:1], IDS),
        ),
    ),
    "placed": Sight(
        lambda s: ((node(s.primary), node(s.secondary)), 2),
        (lambda s: ((node(s.primary, "r"), node(s.secondary, "r")), 2), lambda s: ((node(s.primary), node("c1")), 1)),
    ),
    "read-only follows": Sight(
        lambda s: (s.portrait(s.primary), (s.portrait("c1"),), IDS),
        (
            lambda s: (s.portrait(s.secondary), (s.portrait("c1"),), IDS),
            lambda s: (s.portrait(s.primary), (replace(s.portrait("c1"), writable=True),), IDS),
        ),
    ),
    "refused": Sight(
        lambda _: (REFUSED, "in-progress"),
        (
            lambda _: (ACCEPTED, "in-progress"),
            lambda _: (REFUSED, "not-eligible"),
            lambda _: (replace(REFUSED, sentence="no"), "in-progress"),
        ),
    ),
    "refused during": Sight(
        lambda _: (((REFUSED, "in-progress"),),), (lambda _: (((REFUSED, "in-progress"), (ACCEPTED, "in-progress")),),)
    ),
    "returned": Sight(
        lambda s: (0, ns(s.took_s * 1000), TIME),
        (lambda _: (0, None, TIME),),
    ),
    "roles swapped": Sight(
        lambda s: (node(s.secondary), node(s.primary), s.pair, IDS),
        (
            lambda s: (node(s.secondary, "r"), node(s.primary, "r"), s.pair, IDS),
            lambda s: (node(s.secondary), node(s.primary), _pair_with(s, 0, writable=False), IDS),
            lambda s: (node(s.secondary), node(s.primary), _pair_with(s, 1, writable=True), IDS),
            lambda s: (node(s.secondary), node(s.primary), _pair_with(s, 1, follows=0), IDS),
        ),
    ),
    "same address": Sight(
        lambda s: (s.instance.address, s.instance.address),
        (lambda s: (s.instance.address, Endpoint("127.0.0.1", 3307)),),
    ),
    "said": Sight(
        lambda _: ("the instance", "down", SENTENCE, ""),
        (lambda _: ("the instance", "down", "", ""), lambda _: ("the instance", "down", "", "running")),
    ),
    "same instance": Sight(
        lambda s: (s.instance, s.instance, s.instance.edition),
        (
            lambda s: (s.instance, s.instance, Edition.BASIC),
            lambda s: (s.instance, replace(s.instance, created_at="2026-01-02T00:00:00Z"), s.instance.edition),
            lambda s: (s.instance, replace(s.instance, id="i-2"), s.instance.edition),
        ),
    ),
    "nothing left": Sight(
        lambda s: (s.instance, (), (), 0),
        (
            lambda s: (s.instance, ("i-1",), (), 0),
            lambda s: (s.instance, (), (s.primary,), 0),
            lambda s: (s.instance, (), (), 1),
        ),
    ),
    "shorter": Sight(
        lambda s: (Measure("one", s.took_s, "s", 0.01), Measure("other", s.took_s + 1, "s", 0.01)),
        (lambda s: (Measure("one", s.took_s + 1, "s", 0.01), Measure("other", s.took_s, "s", 0.01)),),
    ),
    "unchanged": Sight(
        lambda s: (s.instance, s.instance), (lambda s: (s.instance, replace(s.instance, state=State.DOWN)),)
    ),
    "went through": Sight(
        lambda _: ("the link", ("Unsynchronized", "Copying", "Synchronizing"), ("Copying", "Synchronizing")),
        (
            lambda _: ("the link", ("Synchronizing",), ("Copying", "Synchronizing")),
            lambda _: ("the link", ("Copying", "Synchronizing", "Interrupted"), ("Copying", "Synchronizing")),
        ),
    ),
    "progress": Sight(
        lambda _: (PROGRESS,),
        (
            lambda _: (PROGRESS[::3],),
            lambda _: (PROGRESS[:-1],),
            lambda _: ((*PROGRESS[:3], PROGRESS[1], PROGRESS[3]),),
            lambda _: ((replace(PROGRESS[0], attempt=2), *PROGRESS),),
        ),
    ),
    "more to apply": Sight(
        lambda _: ("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"), ()
    ),  # finds nothing, ever
    "rebuilt first": Sight(
        lambda _: ({"a3": "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"}, "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9"),
        (lambda _: ({"a3": "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9"}, "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-8"),),
    ),
    "ran ahead": Sight(
        lambda _: ("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"), ()
    ),  # finds nothing, ever
    "struck amid": Sight(lambda _: ("a switch", ns(0), ns(1), ns(2)), ()),  # finds nothing, ever
}
