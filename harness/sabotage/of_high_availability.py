"""Sabotages of what the document on the High-availability Edition promises."""

from typing import Final

from hadrill.harness.sabotage.entry import Sabotage

_RACK_FAILURES: Final = ("loses power", "freezes", "is cut off")

# A stall is left out: what clients open while nobody fails over may crash Toxiproxy at the heal.
_NETWORK_FAILURES: Final = ("refuses connections", "resets connections", "is too slow")

OF_HIGH_AVAILABILITY: Final = (
    Sabotage(
        name="asynchronous-replication",
        breaks="HA-3",
        decision="wait_for_secondary",
        value=False,
        caught_by=(
            "The secondary's acknowledgements are held back",
            "The primary is lost together with what was on its way to the secondary",
            "The primary dies while the link to its secondary is slow",
            "The link to the secondary is cut while clients write",
        ),
        why="commits are answered before the secondary has them, and a failover loses what was on its way",
    ),
    Sabotage(
        name="failover-by-hand",
        breaks="HA-4",
        decision="fails_over",
        value=False,
        caught_by=(
            "The primary loses its process",
            "The manager is gone while the primary dies",
            "A zone is lost",
            "Both lose the process of their primary",
            *(f"The rack of the primary fails: it {failure}" for failure in _RACK_FAILURES),
            *(f"The network of the primary's rack fails: it {failure}" for failure in _NETWORK_FAILURES),
        ),
        why="a lost primary is not replaced until somebody asks for it",
    ),
    Sabotage(
        name="no-patience",
        breaks="HA-4",
        decision="rides_out_blips",
        value=False,
        caught_by=(
            "No failover because the primary freezes for 300 milliseconds",
            "No failover because the primary is cut off for 300 milliseconds",
        ),
        why="a primary that misses one answer is replaced",
    ),
    Sabotage(
        name="no-second-opinion",
        breaks="HA-4",
        decision="asks_the_address",
        value=False,
        caught_by=("No failover because the manager is cut off from the primary",),
        why="a primary that the manager alone does not reach is replaced while clients are served by it",
    ),
    Sabotage(
        name="hearsay",
        breaks="HA-4",
        decision="believes_the_address",
        value=True,
        caught_by=("No failover because the address gets no answers from the primary",),
        why="a primary that the address alone does not hear from is replaced, though the manager does",
    ),
    Sabotage(
        name="secondary-never-taken-back",
        breaks="HA-4",
        decision="takes_back",
        value=False,
        caught_by=(
            "No failover because the secondary's link is cut again and again",
            "The secondary loses its process",
        ),
        why="a secondary that was lost once stays out, and the next fault finds none",
    ),
    Sabotage(
        name="writes-wait-for-a-lost-secondary",
        breaks="HA-4",
        decision="unprotects",
        value=False,
        caught_by=(
            "The secondary loses its process",
            "The secondary no longer hears from the primary",
            "The secondary is no longer heard by the primary",
        ),
        why="the loss of the server that only stands by stops all writes",
    ),
    Sabotage(
        name="heir-without-the-latest-writes",
        breaks="HA-3",
        decision="stays_down_unprotected",
        value=False,
        caught_by=("The primary is lost while it alone holds what it acknowledged",),
        why="a secondary that missed acknowledged writes is promoted",
    ),
    Sabotage(
        name="old-primary-not-fenced",
        breaks="HA-2",
        decision="fences_old_primary",
        value=False,
        caught_by=(
            "A primary that freezes and wakes again is no second primary",
            "The network of the primary's rack fails: it sends and gets nothing now",
        ),
        why="an old primary that wakes up goes on taking writes",
    ),
    Sabotage(
        name="one-rack",
        breaks="HA-5",
        decision="racks_apart",
        value=False,
        caught_by=("A pair at rest in one zone", "A pair at rest in two zones"),
        why="both servers stand on one rack and are lost together",
    ),
    Sabotage(
        name="relaxed-durability",
        breaks="HA-2",
        decision="relaxes_durability",
        value=True,
        caught_by=("A pair at rest in one zone", "A pair at rest in two zones"),
        why="a server that crashes may forget what it acknowledged",
    ),
    Sabotage(
        name="pair-across-regions",
        breaks="HA-8",
        decision="refuses_two_regions",
        value=False,
        caught_by=("A pair across two regions is asked for",),
        why="a pair is built whose every commit crosses the country",
    ),
    Sabotage(
        name="both-servers-changed-at-once",
        breaks="HA-9",
        decision="rolls_changes",
        value=False,
        caught_by=(
            "the specification is changed on both",
            "every server is restarted with other settings on both",
        ),
        why="a change of a pair takes as long as that of a Basic instance",
    ),
    Sabotage(
        name="upgrade-loses-rows",
        breaks="HA-10",
        decision="upgrade_keeps_rows",
        value=False,
        caught_by=("An upgrade by a change of specification, and a failover after it",),
        why="the new secondary lacks what was written while it was copied",
    ),
    Sabotage(
        name="upgrade-is-born-anew",
        breaks="HA-10",
        decision="upgrade_keeps_creation_time",
        value=False,
        caught_by=("An upgrade by a change of specification, and a failover after it",),
        why="the upgraded instance does not inherit the lifecycle of the old one",
    ),
    Sabotage(
        name="downgrade-allowed",
        breaks="HA-13",
        decision="refuses_downgrade",
        value=False,
        caught_by=("A downgrade is asked for",),
        why="a pair loses its secondary by a request that must be refused",
    ),
    Sabotage(
        name="release-leaves-servers",
        breaks="HA-13",
        decision="releases_all",
        value=False,
        caught_by=("The way round: a new Basic instance, the data, and the release of the pair",),
        why="servers of a released instance run on with its data",
    ),
)
