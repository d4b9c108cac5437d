"""Sabotages of what the document on disaster recovery promises."""

from typing import Final

from hadrill.harness.sabotage.entry import Sabotage

_LOST: Final = "The region of the master is lost"
_CUT_OFF: Final = "The region of the master is cut off and lives on"
_CONSOLE: Final = "Everything is tried on it, on the activated one and on an ordinary one"

OF_DISASTER_RECOVERY: Final = (
    Sabotage(
        name="writes-before-activation",
        breaks="DR-1",
        decision="recovery_read_only",
        value=False,
        caught_by=("What the master holds is copied while it takes more",),
        why="a disaster-recovery instance takes writes that its master never hears of",
    ),
    Sabotage(
        name="second-server-left-out",
        breaks="DR-2",
        decision="keeps_recovery_pair",
        value=False,
        caught_by=("Its first server loses its process", "Its second server loses its process"),
        why="a disaster-recovery instance is one server in the end, and goes down with it",
    ),
    Sabotage(
        name="left-behind-by-a-failover",
        breaks="DR-2",
        decision="recovery_follows",
        value=False,
        caught_by=("The primary of the master loses its process",),
        why="the synchronization ends with the server that it came from",
    ),
    Sabotage(
        name="applies-late",
        breaks="DR-4",
        decision="recovery_applies_at_once",
        value=False,
        caught_by=("The same load over both lines",),
        why="what a line brought in time is applied when it is old",
    ),
    Sabotage(
        name="forgets-what-it-received",
        breaks="DR-6",
        decision="applies_received",
        value=False,
        caught_by=(_LOST,),
        why="what had arrived before the disaster, and waited to be applied, is lost all the same",
    ),
    Sabotage(
        name="gtid-not-asked-for",
        breaks="DR-7",
        decision="requires_gtid",
        value=False,
        caught_by=("GTID is off, then on again",),
        why="a disaster-recovery instance is sold that cannot be synchronized",
    ),
    Sabotage(
        name="console-on-recovery",
        breaks="DR-8",
        decision="dr_refuses_console",
        value=False,
        caught_by=(_CONSOLE,),
        why="a disaster-recovery instance is changed by its own console",
    ),
    Sabotage(
        name="refused-and-done",
        breaks="DR-8",
        decision="refused_changes_nothing",
        value=False,
        caught_by=(_CONSOLE,),
        why="what is said to be refused is done all the same",
    ),
    Sabotage(
        name="copied-out-of-sight",
        breaks="DR-10",
        decision="shows_progress",
        value=False,
        caught_by=("What the master holds is copied while it takes more",),
        why="nobody can tell a copy that goes on from one that hangs",
    ),
    Sabotage(
        name="all-tables",
        breaks="DR-11",
        decision="chosen_tables_only",
        value=False,
        caught_by=("Of two tables one is chosen",),
        why="a synchronization of chosen tables brings all there are",
    ),
    Sabotage(
        name="lag-by-its-own-word",
        breaks="DR-13",
        decision="lag_counts_cuts",
        value=False,
        caught_by=("The line is slow, then cut, then whole again",),
        why="the shown lag is the replica's own word, which is 0 through a cut",
    ),
    Sabotage(
        name="forgets-what-it-began",
        breaks="DR-15",
        decision="resumes",
        value=False,
        caught_by=(
            "The manager dies amid a delivery, a copy and an activation",
            "The manager dies amid a switch back",
        ),
        why="a manager that was started again calls done what the last one had only begun",
    ),
    Sabotage(
        name="activated-unasked",
        breaks="DR-16",
        decision="confirms_promotion",
        value=False,
        caught_by=(_CUT_OFF,),
        why="a slip of the hand breaks the link for ever",
    ),
    Sabotage(
        name="activated-twice",
        breaks="DR-16",
        decision="promotes_once",
        value=False,
        caught_by=(_LOST,),
        why="an activated instance is activated again",
    ),
    Sabotage(
        name="follows-again",
        breaks="DR-16",
        decision="never_relinks",
        value=False,
        caught_by=(_LOST,),
        why="an activated instance is filled anew from its old master, and what it took is gone",
    ),
    Sabotage(
        name="both-take-writes",
        breaks="DR-17",
        decision="switch_back_closes",
        value=False,
        caught_by=("Switched back under load",),
        why="the old side takes writes on while its place is taken, and they are lost",
    ),
    Sabotage(
        name="given-back-and-runs",
        breaks="DR-3",
        decision="releases_all",
        value=False,
        caught_by=("Looked at while clients work, and given back",),
        why="servers of a disaster-recovery instance that was given back run on with its data",
    ),
    Sabotage(
        name="verified-unseen",
        breaks="DR-17",
        decision="verification_compares",
        value=False,
        caught_by=("Rows are changed on the server that follows",),
        why="two instances are said to hold the same, and nobody has looked",
    ),
)
