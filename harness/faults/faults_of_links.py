"""The catalogue's faults of single links."""

from typing import Final

from hadrill.environments.toxics import Stream
from hadrill.harness.faults.answer_lost import AnswerLost
from hadrill.harness.faults.client_link_cut import ClientLinkCut
from hadrill.harness.faults.entry import CatalogueEntry, Option, Takes
from hadrill.harness.faults.faults_of_racks import LATENCIES_MS, LATENCY, RATE
from hadrill.harness.faults.link_cut import LinkCut
from hadrill.harness.faults.link_flapping import PERIODS_S, TIMES, LinkFlapping
from hadrill.harness.faults.link_one_way import LinkOneWay
from hadrill.harness.faults.link_resetting import LinkResetting
from hadrill.harness.faults.link_slow import LinkSlow
from hadrill.harness.faults.manager_link_cut import ManagerLinkCut
from hadrill.harness.faults.replication_held import ACKNOWLEDGEMENTS, EVENTS, ReplicationHeld
from hadrill.harness.faults.targets import link_from, slot_from

_STREAM: Final = Option("stream", "upstream: what the source says is lost; downstream: what it is answered", "upstream")
_WHAT: Final = Option("what", "acknowledgements, or events", "acknowledgements")
_HELD_MS: Final = Option("latency_ms", "how late; until the heal where nothing is given", within=LATENCIES_MS)
_PERIOD: Final = Option("period_s", "seconds from one cut to the next", "1", PERIODS_S)
_TIMES: Final = Option("times", "cuts at most", "30", TIMES)

_GONE: Final = "The toxics are removed and read back as gone; a fresh connection is answered."

OF_LINKS: Final = (
    CatalogueEntry(
        name=LinkCut.name,
        takes=Takes.LINK,
        made_of="A blackhole (timeout 0) on both streams of one link.",
        proof="The toxics are read back, and a fresh connection gets no answer.",
        heal=_GONE,
        make=lambda place, target, _: LinkCut(place.site, link_from(target)),
    ),
    CatalogueEntry(
        name=LinkOneWay.name,
        takes=Takes.LINK,
        made_of="A blackhole (timeout 0) on one stream of one link.",
        proof="The toxic is read back, and a fresh connection is greeted and not heard (upstream), or heard and not"
        " answered (downstream).",
        heal=_GONE,
        make=lambda place, target, chosen: LinkOneWay(
            place.site, link_from(target), Stream(chosen.one_of(_STREAM, {stream: stream for stream in Stream}))
        ),
        own_options=(_STREAM,),
    ),
    CatalogueEntry(
        name=LinkSlow.name,
        takes=Takes.LINK,
        made_of="Latency, with a bandwidth where one is given, on both streams of one link.",
        proof="The toxics are read back, and an answer takes twice the latency or longer.",
        heal="The toxics are removed (where two stood on a stream, or one of more than a second, the proxy is made"
        " afresh) and read back as gone; an answer is quick again.",
        make=lambda place, target, chosen: LinkSlow(
            place.site, link_from(target), chosen.whole(LATENCY), chosen.whole_or_none(RATE)
        ),
        own_options=(LATENCY, RATE),
    ),
    CatalogueEntry(
        name=LinkResetting.name,
        takes=Takes.LINK,
        made_of="A reset (reset_peer) at the first bytes on either stream of one link; idle connections"
        " stay, and those of the time before are not reset but end.",
        proof="The toxics are read back, and a connection that says something is reset.",
        heal=_GONE,
        make=lambda place, target, _: LinkResetting(place.site, link_from(target)),
    ),
    CatalogueEntry(
        name=LinkFlapping.name,
        takes=Takes.LINK,
        made_of="A blackhole on both streams of one link, put on and taken off in turns.",
        proof="The link was seen cut, and seen carrying.",
        heal="The turns end; the toxics are read back as gone; a fresh connection is answered.",
        make=lambda place, target, chosen: LinkFlapping(
            place.site, link_from(target), chosen.number(_PERIOD), chosen.whole(_TIMES)
        ),
        own_options=(_PERIOD, _TIMES),
        blips=False,
    ),
    CatalogueEntry(
        name=AnswerLost.name,
        takes=Takes.LINK,
        made_of="The first answer on each connection is lost and ends it (limit_data 0 downstream): a commit is done,"
        " and who asked for it is not told.",
        proof="The toxic is read back, and a fresh connection ends unanswered.",
        heal=_GONE,
        make=lambda place, target, _: AnswerLost(place.site, link_from(target)),
    ),
    CatalogueEntry(
        name=ClientLinkCut.name,
        takes=Takes.ADDRESS,
        made_of="A blackhole on both streams of the clients' link to an address.",
        proof="The toxics are read back, and a fresh connection to the address gets no answer.",
        heal=_GONE,
        make=lambda place, target, _: ClientLinkCut(place.site, slot_from(target)),
    ),
    CatalogueEntry(
        name=ManagerLinkCut.name,
        takes=Takes.NODE,
        made_of="A blackhole on both streams of the manager's links to a node and to its rack's host.",
        proof="The toxics are read back, and neither link that carried before carries now.",
        heal="The toxics are removed and read back as gone; both links carry again.",
        make=lambda place, target, _: ManagerLinkCut(place.site, target),
    ),
    CatalogueEntry(
        name=ReplicationHeld.name,
        takes=Takes.LINK,
        made_of="Latency, or bandwidth 0, on one stream of the link from a replica to its source: acknowledgements"
        " (upstream) or events (downstream).",
        proof="The toxic is read back, and an answer over the link takes at least as long, or does not come.",
        heal="The toxic is removed and read back as gone; what was held arrives; an answer is quick again.",
        make=lambda place, target, chosen: ReplicationHeld(
            place.site,
            link_from(target).source,
            link_from(target).target,
            Stream(chosen.one_of(_WHAT, {"acknowledgements": ACKNOWLEDGEMENTS, "events": EVENTS})),
            chosen.whole_or_none(_HELD_MS),
        ),
        own_options=(_WHAT, _HELD_MS),
    ),
)
