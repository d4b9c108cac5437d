"""The catalogue's faults of racks and zones."""

from typing import Final

from hadrill.environments.toxics import FASTEST_KB_S, LONGEST_MS
from hadrill.harness.faults.entry import CatalogueEntry, Option, Takes
from hadrill.harness.faults.rack_isolated import RackIsolated
from hadrill.harness.faults.rack_lost import RackLost
from hadrill.harness.faults.rack_refused import RackRefused
from hadrill.harness.faults.rack_resetting import RackResetting
from hadrill.harness.faults.rack_slow import RackSlow
from hadrill.harness.faults.rack_stalled import RackStalled
from hadrill.harness.faults.span import Span
from hadrill.harness.faults.zone_lost import ZoneLost

LATENCIES_MS: Final = Span(1, LONGEST_MS)
LATENCY: Final = Option("latency_ms", "how late bytes are, in each direction", "200", LATENCIES_MS)
RATE: Final = Option(
    "rate_kb_s",
    "kilobytes a second in each direction; as many as there are where none are given",
    within=Span(1, FASTEST_KB_S),
)

POWER: Final = (
    "servers are stopped all at once, every link across the boundary, the hosts' included, loses bytes and the ends of"
    " connections (slow_close, then timeout 0, on both streams), and the servers are killed and held down. A fresh"
    " connection to a dead server ends unanswered. What the kernel holds is kept."
)
POWER_PROOF: Final = "waitpid says signal 9 of each server; no link that carried before carries now."
POWER_HEAL: Final = (
    "The links' proxies are made afresh, then the nodes are let go and their servers started as they last were; links"
    " that carried before carry again, servers that ran greet."
)
_ACROSS: Final = "on every link with exactly one end on the rack, its host's included"

OF_RACKS: Final = (
    CatalogueEntry(
        name=RackLost.name,
        takes=Takes.RACK,
        made_of=f"A power cut: the rack's {POWER}",
        proof=POWER_PROOF,
        heal=POWER_HEAL,
        make=lambda place, target, _: RackLost(place.site, target),
    ),
    CatalogueEntry(
        name=ZoneLost.name,
        takes=Takes.ZONE,
        made_of=f"A power cut in every rack of a zone: their {POWER}",
        proof=POWER_PROOF,
        heal=POWER_HEAL,
        make=lambda place, target, _: ZoneLost(place.site, target),
    ),
    CatalogueEntry(
        name=RackIsolated.name,
        takes=Takes.RACK,
        made_of=f"A blackhole (timeout 0) on both streams, {_ACROSS}: bytes are lost, connections stay open.",
        proof="The toxics are read back on every link, and no link that carried before carries now.",
        heal="The toxics are removed and read back as gone; connections of the time before close; every link that"
        " carried before carries again.",
        make=lambda place, target, _: RackIsolated(place.site, target),
    ),
    CatalogueEntry(
        name=RackStalled.name,
        takes=Takes.RACK,
        made_of=f"A partition as TCP sees it (bandwidth 0) on both streams, {_ACROSS}: bytes are held.",
        proof="The toxics are read back on every link, and no link that carried before carries now.",
        heal="The toxics are removed and read back as gone; what was held arrives, late commits of an old primary"
        " included; every link that carried before carries again.",
        make=lambda place, target, _: RackStalled(place.site, target),
    ),
    CatalogueEntry(
        name=RackRefused.name,
        takes=Takes.RACK,
        made_of=f"The proxies are closed, {_ACROSS}: connections end now, and new ones are refused.",
        proof="The proxies are read back as closed, and every link that carried before refuses.",
        heal="The proxies are opened and read back as open; every link that carried before carries again.",
        make=lambda place, target, _: RackRefused(place.site, target),
    ),
    CatalogueEntry(
        name=RackSlow.name,
        takes=Takes.RACK,
        made_of=f"Latency, with a bandwidth where one is given, on both streams, {_ACROSS}.",
        proof="The toxics are read back on every link, and an answer over each that carried before takes twice the"
        " latency or longer.",
        heal="The toxics are removed (where two stood on a stream, or one of more than a second, proxies are made"
        " afresh) and read back as gone; answers are quick again.",
        make=lambda place, target, chosen: RackSlow(
            place.site, target, chosen.whole(LATENCY), chosen.whole_or_none(RATE)
        ),
        own_options=(LATENCY, RATE),
    ),
    CatalogueEntry(
        name=RackResetting.name,
        takes=Takes.RACK,
        made_of=f"A reset (reset_peer) at the first bytes on either stream, {_ACROSS}; idle connections"
        " stay, and those of the time before are not reset but end.",
        proof="The toxics are read back on every link, and over each that carried before a connection that says"
        " something is reset.",
        heal="The toxics are removed and read back as gone; every link that carried before carries again.",
        make=lambda place, target, _: RackResetting(place.site, target),
    ),
)
