"""Which toxics a fault puts on which links: pure, so that it can be shown before anything breaks."""

from hadrill.environments.toxics import LinkToxic, Stream, Toxic, blackhole, hold, latency
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.topology import Link, Topology, host_of, links_of


def boundary(topology: Topology, rack: str) -> tuple[Link, ...]:
    """The links with exactly one end on a rack, its host's included.

    Raises:
        WrongCall: the topology has no such rack.
    """
    if rack not in topology.racks:
        raise WrongCall(f"there is no rack {rack!r}; there are: {', '.join(topology.racks)}")
    inside = {node.name for node in topology.on_rack(rack)} | {host_of(rack)}
    return tuple(link for link in links_of(topology) if (link.source in inside) != (link.target in inside))


def isolation(topology: Topology, rack: str) -> tuple[LinkToxic, ...]:
    """Every byte across a rack's boundary is lost, in both directions."""
    return tuple(step for link in boundary(topology, rack) for step in cut(link))


def cut(link: Link) -> tuple[LinkToxic, ...]:
    """Every byte on one link is lost, in both directions."""
    return tuple(LinkToxic(link, blackhole(stream)) for stream in Stream)


def held_back(link: Link, stream: Stream, latency_ms: int | None) -> tuple[LinkToxic, ...]:
    """Bytes in one direction of a link arrive late, or only after the heal.

    Args:
        latency_ms: how late; None holds them until the heal.
    """
    toxic: Toxic = hold(stream) if latency_ms is None else latency(stream, latency_ms)
    return (LinkToxic(link, toxic),)
