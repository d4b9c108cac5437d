"""What stands on the screen, on a narrow one and on a wide one."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from hadrill.harness.cli.live_view.clients import outage_s, sparkline
from hadrill.harness.cli.live_view.frame import FOOTER, frame
from hadrill.harness.cli.live_view.scene import Ended, Scene, Story
from hadrill.harness.drill.pulse import Pulse, StandingFault
from hadrill.harness.model.instance import Edition, Endpoint, Instance, Member, Role, State
from hadrill.harness.model.topology import Link, Node, Topology
from hadrill.harness.wait import Wait
from hadrill.harness.workload.messages import Status
from hadrill.reports.tests.hostile import COMMANDS

SECOND = 1_000_000_000
TOPOLOGY = Topology(
    "drill",
    (
        Node("a1", "a-1", "zone-a", "north"),
        Node("a2", "a-1", "zone-a", "north"),
        Node("b1", "b-1", "zone-b", "north"),
        Node("c1", "c-1", "zone-c", "south"),
    ),
    addresses=1,
)
PAIR = Instance(
    id="db-1",
    edition=Edition.HIGH_AVAILABILITY,
    state=State.RUNNING,
    address=Endpoint("127.0.0.1", 3306),
    created_at="2026-11-21T11:00:00Z",
    members=(Member("a1", Role.OUT), Member("b1", Role.PRIMARY)),
    protected=False,
    reason="unprotected until a1 is back",
)
LOAD = Status(
    at_ns=100 * SECOND,
    acknowledged=1234,
    refused=5,
    indeterminate=6,
    writes_per_s=421.4,
    silent_s=0.01,
    last_outage_s=0.48,
    server=1,
    waiting=(),
)
PULSE = Pulse(
    topology=TOPOLOGY,
    instances=(PAIR,),
    processes={"a1": "exited", "b1": "running"},
    faults=(StandingFault("process-killed", "a1", 98 * SECOND), StandingFault("link-cut", "b1 to a1", None)),
    links=((Link("b1", "a1"), "late"), (Link("a1", "b1"), "lost"), (Link("client", "b1"), "lost")),
    load=LOAD,
    answered_last="b1",
    lag_s={"a1": None, "b1": 0.02},
)
STORY = Story(
    run="20261121T110000Z-0001",
    planned=17,
    title="The primary loses its process",
    clauses=("HA-4",),
    steps=["Given clients at work", "When the primary loses its process"],
    ended=[Ended("The one before", "pass", "green")],
    waits=[Wait("a server other than a1 to answer", 20, began_s=97.0, seen="a1 answered last")],
)
SCENE = Scene(STORY, PULSE, (0.0, 200.0, 421.4), 100 * SECOND)


def lines_of(scene: Scene, width: int, height: int) -> list[str]:
    """The screen's lines as plain text."""
    out = StringIO()
    Console(file=out, width=width, height=height, color_system=None).print(frame(scene, width, height))
    return out.getvalue().splitlines()


def text_of(scene: Scene, width: int, height: int) -> str:
    """The screen's words, each line without its borders and spaces."""
    return "\n".join(" ".join(line.replace("│", " ").split()) for line in lines_of(scene, width, height))


@pytest.mark.parametrize(("width", "height"), [(80, 30), (200, 50)])
def test_a_frame_says_in_words_what_it_shows_in_colours(width: int, height: int) -> None:
    """Roles, processes, state, faults, links, outage, rate, lag, sentences, the wait and the key."""
    text = text_of(SCENE, width, height)
    for words in (
        "hadrill 20261121T110000Z-0001 1 of 17 the last one: pass The one before",
        "north zone-a a-1 a1 out exited",
        "zone-b b-1 b1 PRIMARY running answered last lag 0.02 s",
        "south zone-c c-1 c1 free",
        "db-1 high-availability running UNPROTECTED: unprotected until a1 is back",
        "process-killed a1 for 2.0 s",
        "link-cut b1 to a1 is being injected",
        "3 links: b1 to a1 (late); a1 to b1, client to b1 (lost)",
        "421 writes/s ·▄█",
        "no outage now; the last one 0.48 s",
        "1234 acknowledged, 5 refused, 6 indeterminate",
        "HA-4 The primary loses its process",
        "✓ Given clients at work",
        "▶ When the primary loses its process",
        "waiting for a server other than a1 to answer, 3 of 20 s",
        FOOTER.split("  ")[1],
    ):
        assert words in text, text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (80, 30), (200, 50), (40, 12)])
def test_a_frame_fills_the_screen_and_no_more(width: int, height: int) -> None:
    """As many lines as there are, none of them longer than the screen is wide, the key on the last one."""
    lines = lines_of(SCENE, width, height)
    assert len(lines) == height
    assert max(map(len, lines)) <= width
    assert lines[-1].startswith(FOOTER[:40].rstrip())


def test_whatever_others_supply_a_terminal_finds_nothing_to_obey() -> None:
    """Features, services, faults and what is waited for; what Rich would drop is shown as well."""
    harm, shown = "\x1b[2J\x07", "\\x1b[2J\\x07"
    far = replace(PAIR, id=f"i{harm}", synchronization=f"s{harm}", master=f"m{harm}", reason=f"r{harm}")
    pulse = replace(
        PULSE,
        topology=replace(TOPOLOGY, name=f"t{harm}"),
        instances=(far,),
        processes={"a1": f"p{harm}", "b1": "running"},
        faults=(StandingFault(f"f{harm}", f"at{harm}", None),),
        links=((Link("b1", "a1"), f"l{harm}"),),
        unknown=(f"u{harm}",),
    )
    story = Story(
        run=f"n{harm}",
        title=f"now{harm}",
        clauses=(f"c{harm}",),
        steps=[f"Given{harm}", f"When{harm}"],
        ended=[Ended(f"before{harm}", "pass", "green")],
        waits=[Wait(f"w{harm}", 20, began_s=97.0, seen=f"seen{harm}")],
    )
    text = "\n".join(lines_of(Scene(story, pulse, (), 100 * SECOND), 300, 50))
    assert COMMANDS.findall(text) == []
    assert text.count(shown) == 20, text


def test_before_the_topology_stands_a_frame_says_so() -> None:
    """Nothing is invented."""
    text = text_of(Scene(Story(run="r", planned=3), None, (), 0), 80, 24)
    assert "hadrill r 0 of 3" in text
    for words in ("getting ready", "no topology stands", "no client is at work", "nothing is broken"):
        assert words in text


def test_what_could_not_be_learned_is_named() -> None:
    """The last that is known stays, with what keeps it from being fresh."""
    text = text_of(replace(SCENE, pulse=replace(PULSE, unknown=("the service does not answer: cut off",))), 80, 30)
    assert "the service does not answer: cut off" in text


def test_once_it_is_being_ended_the_footer_says_what_is_done() -> None:
    """In place of the key."""
    scene = replace(SCENE, story=replace(STORY, notice=" stopping: faults are healed"))
    assert lines_of(scene, 80, 24)[-1].rstrip() == " stopping: faults are healed"


def test_the_latest_sentences_stay_where_there_is_no_room_for_all() -> None:
    """The one that is under way is never cut."""
    scene = replace(SCENE, story=replace(STORY, steps=[f"When number {n} is done" for n in range(20)]))
    text = text_of(scene, 80, 30)
    assert "▶ When number 19 is done" in text
    assert "✓ When number 0 is done" not in text


def test_silence_is_an_outage_that_grows_with_the_clock() -> None:
    """What the load said last is aged by the time since."""
    assert outage_s(replace(LOAD, silent_s=1.5), 101 * SECOND) == 2.5
    text = text_of(replace(SCENE, pulse=replace(PULSE, load=replace(LOAD, silent_s=1.5))), 80, 30)
    assert "OUTAGE so far 1.5 s; the last one 0.48 s" in text


@pytest.mark.parametrize("silent_s", [None, 0.0, 0.19])
def test_a_moment_without_an_answer_is_no_outage(silent_s: float | None) -> None:
    """However old the load's last word is: it speaks five times a second."""
    assert outage_s(replace(LOAD, silent_s=silent_s), 101 * SECOND) is None


def test_bars_are_as_high_as_the_highest_and_gaps_are_dots() -> None:
    """The latest values that fit."""
    assert sparkline((500.0, 0.0, 100.0, 50.0, 0.0), 4) == "·█▅·"
    assert sparkline((), 4) == ""
    assert sparkline((0.0, 0.0), 4) == "··"


def test_a_follower_from_another_region_says_how_far_it_is() -> None:
    """With whom; an instance that follows nobody says nothing of it."""
    far = replace(PAIR, id="db-2", members=(Member("c1", Role.PRIMARY),), synchronization="Interrupted", master="db-1")
    text = text_of(replace(SCENE, pulse=replace(PULSE, instances=(replace(PAIR, reason=""), far))), 200, 50)
    assert "db-2 high-availability running Interrupted with db-1: unprotected until a1 is back" in text
    assert text.count(" with db-") == 1


def test_a_place_is_named_once() -> None:
    """Region, zone and rack stand at their first node alone."""
    text = text_of(SCENE, 80, 30)
    assert (text.count("north"), text.count("zone-a"), text.count("a-1 ")) == (1, 1, 1)
    assert "\na2 free" in text
