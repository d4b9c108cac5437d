"""Names of what runs beside the servers, in the table of programs and the folder of logs that the nodes are in, too."""

from typing import Final

from hadrill.harness.model.topology import MANAGER

TOXIPROXY: Final = "toxiproxy"
HAPROXY: Final = "haproxy"
INITIALISE: Final = "initialise"
ROOM: Final = "room"
"""In no table, since it holds that; its log lies among the others."""
DECISIONS: Final = "decisions"
"""No program: what the drilled service asked for is a log of that name."""
TAKEN: Final = frozenset({TOXIPROXY, HAPROXY, INITIALISE, ROOM, DECISIONS, MANAGER})
"""No node is called so."""


def copy_for(node: str) -> str:
    """The program that copies a data directory to a node."""
    return f"{node}-copy"
