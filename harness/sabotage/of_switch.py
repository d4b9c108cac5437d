"""Sabotages of what the document on switching promises."""

from typing import Final

from hadrill.harness.sabotage.entry import Sabotage

OF_SWITCH: Final = (
    Sabotage(
        name="diverged-server-taken-back",
        breaks="SW-4",
        decision="rebuilds_diverged",
        value=False,
        caught_by=("The primary is lost together with what was on its way to the secondary",),
        why="an old primary keeps transactions that nobody else has",
    ),
    Sabotage(
        name="open-secondary",
        breaks="SW-3",
        decision="secondary_closed",
        value=False,
        caught_by=(
            "The secondary lets nobody in before, during and after a switch",
            "Every account is tried at every server through a failover",
        ),
        why="customers read from a server that only stands by",
    ),
    Sabotage(
        name="switch-on-basic",
        breaks="SW-6",
        decision="refuses_switch_on_basic",
        value=False,
        caught_by=("A switch is asked of a Basic instance",),
        why="a switch that cannot be is reported as done",
    ),
    Sabotage(
        name="moving-address",
        breaks="SW-7",
        decision="address_stays",
        value=False,
        caught_by=("Clients with and without a reconnection live through a switch",),
        why="clients that reconnect find nobody at the address that they were given",
    ),
    Sabotage(
        name="clients-left-behind",
        breaks="SW-7",
        decision="cuts_clients_off",
        value=False,
        caught_by=("The secondary lets nobody in before, during and after a switch",),
        why="old connections stay on the old primary and read on from what is now the secondary",
    ),
    Sabotage(
        name="switch-before-its-period",
        breaks="SW-9",
        decision="waits_for_period",
        value=False,
        caught_by=("A switch within the maintenance period",),
        why="a switch that was put off happens at once",
    ),
    Sabotage(
        name="switch-in-the-old-period",
        breaks="SW-11",
        decision="waiting_switch_follows_period",
        value=False,
        caught_by=("The period is changed while a switch waits",),
        why="a waiting switch does not notice that the period was moved",
    ),
    Sabotage(
        name="requests-accepted-during-a-switch",
        breaks="SW-10",
        decision="refuses_while_busy",
        value=False,
        caught_by=("Everything is asked for during a switch",),
        why="an instance is changed in the middle of a change",
    ),
    Sabotage(
        name="read-only-left-behind",
        breaks="SW-8",
        decision="read_only_follows",
        value=False,
        caught_by=(
            "The primary changes: a switch is asked for",
            "The primary changes: the primary loses its process",
        ),
        why="a read-only instance goes on following the old primary",
    ),
    Sabotage(
        name="read-only-not-compared",
        breaks="SW-8",
        decision="read_only_compared",
        value=False,
        caught_by=("A read-only instance is ahead of the new primary",),
        why="a read-only instance that ran ahead keeps rows that never were",
    ),
)
