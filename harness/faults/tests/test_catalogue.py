"""The catalogue, and faults from words."""

from pathlib import Path
from typing import cast

import pytest

from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.topology_file import load_topology
from hadrill.environments.toxics import Stream
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.blip import Blip
from hadrill.harness.faults.catalogue import CATALOGUE, fault_from
from hadrill.harness.faults.entry import Place, Takes
from hadrill.harness.faults.line_file import load_lines
from hadrill.harness.faults.line_laid import LineLaid
from hadrill.harness.faults.link_one_way import LinkOneWay
from hadrill.harness.faults.link_slow import LinkSlow
from hadrill.harness.faults.process_paused import ProcessPaused
from hadrill.harness.faults.replication_held import EVENTS, ReplicationHeld
from hadrill.harness.faults.targets import targets
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import Link

DRILL = load_topology("drill").topology


class Drawing:
    """A site that is planned and does not stand: faults can be aimed at it, and not injected."""

    inventory: Inventory = plan_network(DRILL, "127.83.0", load_settings()).inventory(DRILL, "")


SITE = cast("EmbeddedSite", Drawing())
PLACE = Place(SITE, lambda: None)


def test_each_name_is_there_once() -> None:
    """A report can explain each fault by its name."""
    assert len({entry.name for entry in CATALOGUE}) == len(CATALOGUE)


def test_every_file_with_a_fault_is_in_it() -> None:
    """Nothing can be broken that ``hadrill fault list`` does not show."""
    named = {
        line.split('"')[1]
        for path in Path(__file__).parent.parent.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("    name: ClassVar[str] = ")
    }
    assert {entry.name for entry in CATALOGUE} == named


@pytest.mark.parametrize("name", [entry.name for entry in CATALOGUE])
def test_every_fault_is_had_from_words_alone(name: str) -> None:
    """Aimed at the first thing that it takes, with its options' defaults."""
    entry = next(each for each in CATALOGUE if each.name == name)
    fault = fault_from(PLACE, name, targets(DRILL, entry.takes)[0], {})
    assert (fault.name, bool(fault.touches)) == (name, True)


def test_options_reach_the_fault() -> None:
    """Each as what it is."""
    faults = [
        fault_from(PLACE, "link-slow", "b1..a1", {"latency_ms": "20", "rate_kb_s": "50"}),
        fault_from(PLACE, "link-one-way", "b1 to a1", {"stream": "downstream"}),
        fault_from(PLACE, "replication-held", "b1..a1", {"what": "events"}),
        fault_from(PLACE, "process-paused", "a1", {"for_s": "0.3"}),
        fault_from(PLACE, "line-laid", "south to north", {"profile": "public-internet", "seed": "7"}),
    ]
    assert faults == [
        LinkSlow(SITE, Link("b1", "a1"), 20, 50),
        LinkOneWay(SITE, Link("b1", "a1"), Stream.DOWNSTREAM),
        ReplicationHeld(SITE, "b1", "a1", EVENTS),
        Blip(ProcessPaused(SITE, "a1"), 0.3),
        LineLaid(SITE, "south", "north", load_lines()["public internet"], 7),
    ]


@pytest.mark.parametrize(
    ("name", "target", "options", "why"),
    [
        ("quake", "a1", {}, "there is no fault 'quake'; there are: process-killed, process-paused, "),
        ("process-killed", "z9", {}, "there is no node 'z9'; there are: a1, "),
        ("rack-lost", "a1", {}, "there is no rack 'a1'; there are: a-1, "),
        ("zone-lost", "a-1", {}, "there is no zone 'a-1'; there are: zone-a, zone-b, zone-c"),
        ("region-lost", "zone-a", {}, "there is no region 'zone-a'; there are: north, south"),
        ("line-cut", "north", {}, r"there is no line 'north'; there are: north\.\.south, south\.\.north"),
        ("line-laid", "north..south", {"profile": "pigeon"}, "no line 'pigeon'; there are: private line, public inter"),
        ("link-cut", "a1..a1", {}, r"there is no link 'a1\.\.a1'; there are: client\.\.address:0, "),
        ("client-link-cut", "address:9", {}, "there is no address 'address:9'; there are: address:0, "),
        ("manager-killed", "a1", {}, "there is no manager 'a1'; there are: manager"),
        ("process-killed", "a1", {"hard": "1"}, "process-killed takes no option 'hard'; it takes: for_s"),
        ("process-restarted", "a1", {"for_s": "1"}, "process-restarted takes no option 'for_s'; it takes none"),
        ("link-slow", "b1..a1", {"latency_ms": "much"}, "latency_ms=much is no whole number"),
        ("link-flapping", "b1..a1", {"period_s": "soon"}, "period_s=soon is no number"),
        ("link-flapping", "b1..a1", {"period_s": "0.1"}, "period_s=0.1 is out of range; between 0.4 and 20 it can be"),
        ("link-flapping", "b1..a1", {"times": "0"}, "times=0 is out of range; between 1 and 1000 it can be"),
        ("link-one-way", "b1..a1", {"stream": "up"}, "stream=up is not known; known are: upstream, downstream"),
        ("link-cut", "b1..a1", {"for_s": "0.01"}, "for_s=0.01 is out of range; between 0.1 and 60 it can be"),
    ],
)
def test_what_makes_no_sense_is_told(name: str, target: str, options: dict[str, str], why: str) -> None:
    """With what does."""
    with pytest.raises(WrongCall, match=why):
        fault_from(PLACE, name, target, options)


def test_a_link_is_named_as_a_shell_takes_it() -> None:
    """Two points between its ends."""
    assert "client..address:0" in targets(DRILL, Takes.LINK)


def test_a_line_is_healed_apart_from_what_breaks_it() -> None:
    """Faults of its links can be injected over it; a second line, whichever way it is named, cannot be laid too."""
    line, other = (fault_from(PLACE, "line-laid", target, {}) for target in ("north..south", "south..north"))
    over_it = [
        ("line-cut", "north..south"),
        ("region-isolated", "south"),
        ("region-lost", "north"),
        ("rack-slow", "c-1"),
    ]
    assert not any(line.touches & fault_from(PLACE, name, target, {}).touches for name, target in over_it)
    assert line.touches & other.touches
    assert "north to south" in line.touches
