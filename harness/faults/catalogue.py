"""The faults there are: what each is made of, how its effect is proved, and what its heal leaves behind."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One fault, for people who choose one and for reports that explain one."""

    name: str
    made_of: str
    proof: str
    heal: str


CATALOGUE: Final[tuple[CatalogueEntry, ...]] = (
    CatalogueEntry(
        name="process-killed",
        made_of="SIGKILL to a node's server; the node is held down. What the kernel holds is kept: a process lost,"
        " not a disk lost.",
        proof="waitpid says signal 9, and the server's port refuses connections.",
        heal="The server is started as it last was; it runs and greets.",
    ),
    CatalogueEntry(
        name="process-paused",
        made_of="SIGSTOP to a node's server; its kernel still accepts connections.",
        proof="The kernel shows the process stopped, and a fresh connection gets no greeting.",
        heal="SIGCONT; it greets. Answers that were under way arrive late.",
    ),
    CatalogueEntry(
        name="rack-isolated",
        made_of="A blackhole (timeout 0) on both streams of every link with exactly one end on the rack, its host's"
        " included: bytes are lost, connections stay open.",
        proof="The toxics are read back on every link, and no link that carried before carries now.",
        heal="The toxics are removed and read back as gone; connections of the time before close; every link that"
        " carried before carries again.",
    ),
    CatalogueEntry(
        name="link-cut",
        made_of="A blackhole on both streams of one link.",
        proof="The toxics are read back, and a fresh connection gets no greeting.",
        heal="The toxics are removed and read back as gone; a fresh connection is greeted.",
    ),
    CatalogueEntry(
        name="replication-held",
        made_of="Latency, or bandwidth 0, on one stream of the link from a replica to its source: acknowledgements"
        " (upstream) or events (downstream).",
        proof="The toxic is read back, and a round trip over the link takes at least as long, or does not end.",
        heal="The toxic is removed and read back as gone; what was held arrives; a round trip is quick again.",
    ),
)
