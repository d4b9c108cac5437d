"""The catalogue's faults of regions, and of the lines between them."""

from typing import Final

from hadrill.harness.faults.entry import CatalogueEntry, Option, Takes
from hadrill.harness.faults.faults_of_racks import POWER, POWER_HEAL, POWER_PROOF
from hadrill.harness.faults.line_cut import LineCut
from hadrill.harness.faults.line_file import line_named, load_lines
from hadrill.harness.faults.line_laid import LineLaid
from hadrill.harness.faults.region_isolated import RegionIsolated
from hadrill.harness.faults.region_lost import RegionLost
from hadrill.harness.faults.targets import regions_from

_PROFILE: Final = Option("profile", "private-line, or public-internet", "private-line")
_SEED: Final = Option("seed", "from which the line's cuts follow", "1")

OF_REGIONS: Final = (
    CatalogueEntry(
        name=RegionLost.name,
        takes=Takes.REGION,
        made_of=f"A power cut in every rack of a region: their {POWER} The addresses and the manager stand on racks of"
        " their own and stay: a client of an address that leads into the region is connected and then hung up on.",
        proof=POWER_PROOF,
        heal=POWER_HEAL,
        make=lambda place, target, _: RegionLost(place.site, target),
    ),
    CatalogueEntry(
        name=RegionIsolated.name,
        takes=Takes.REGION,
        made_of="A blackhole (timeout 0) on both streams of every link that leaves a region: between its nodes and"
        " those of the others, and from the manager to its nodes and their hosts. The links of the addresses and of"
        " clients to its nodes stay, so that clients go on writing there: seen by the manager it is as good as lost,"
        " and it is not.",
        proof="The toxics are read back on every link, and no link that carried before carries now.",
        heal="The toxics are removed and read back as gone; connections of the time before close; every link that"
        " carried before carries again.",
        make=lambda place, target, _: RegionIsolated(place.site, target),
    ),
    CatalogueEntry(
        name=LineCut.name,
        takes=Takes.LINE,
        made_of="A blackhole (timeout 0) on both streams of every link between the nodes of two regions, both ways:"
        " nothing is synchronized. The manager and clients reach both.",
        proof="The toxics are read back on every link, and no link that carried before carries now.",
        heal="The toxics are removed and read back as gone (a line that was laid is there again); every link that"
        " carried before carries again.",
        make=lambda place, target, _: LineCut(place.site, *regions_from(target)),
    ),
    CatalogueEntry(
        name=LineLaid.name,
        takes=Takes.LINE,
        made_of="Latency with jitter, and a bandwidth for each connection, on both streams of every link between the"
        " nodes of two regions, put on a fresh proxy before it takes a connection; where the profile says so, the"
        " proxies are closed for a moment now and then, so that connections end. It stays when other faults of these"
        " links are healed.",
        proof="The toxics are read back; of the round trips over links that carried before none is too short for the"
        " line, and half are not too long. The bandwidth is read back alone.",
        heal="The cuts end and are counted; the proxies are made afresh and read back; half of the round trips over"
        " what carries are too short for the line.",
        make=lambda place, target, chosen: LineLaid(
            place.site,
            *regions_from(target),
            line_named(chosen.values[_PROFILE.name], load_lines()),
            chosen.whole(_SEED),
        ),
        own_options=(_PROFILE, _SEED),
    ),
)
