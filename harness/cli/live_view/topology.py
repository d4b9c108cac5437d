"""Regions to nodes, each node with its role, its server's process and its lag."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hadrill.harness.drill.pulse import Pulse
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Instance, Role, State
from hadrill.harness.model.topology import Node
from hadrill.harness.visible import visible

ROLES: Final[Mapping[Role, str]] = {
    Role.PRIMARY: "bold green",
    Role.SECONDARY: "cyan",
    Role.READ_ONLY: "blue",
    Role.OUT: "bold red",
}
PROCESSES: Final[Mapping[str, str]] = {"running": "green", "paused": "bold yellow", "exited": "bold red"}
STATES: Final[Mapping[State, str]] = {State.RUNNING: "green", State.DOWN: "bold red"}


def topology_panel(pulse: Pulse | None) -> Panel:
    """The map, and a line for each instance."""
    if pulse is None:
        return Panel(Text("no topology stands", style="dim"), title="topology", title_align="left")
    lines = [instance_line(instance) for instance in pulse.instances]
    unknown = [Text(visible(sentence), style="yellow", overflow="ellipsis", no_wrap=True) for sentence in pulse.unknown]
    title = Text(f"topology {visible(pulse.topology.name)}")
    return Panel(Group(_map(pulse), *lines, *unknown), title=title, title_align="left")


def height_of(pulse: Pulse | None) -> int:
    """Lines that the panel needs."""
    if pulse is None:
        return 3
    return len(pulse.topology.nodes) + len(pulse.instances) + len(pulse.unknown) + 2


def instance_line(instance: Instance) -> Text:
    """Edition, state and protection, in words and colour."""
    line = Text(overflow="ellipsis", no_wrap=True)
    line.append(f"{visible(instance.id)} ", style="bold").append(f"{instance.edition} ")
    line.append(instance.state, style=STATES.get(instance.state, "yellow"))
    if len(instance.members) > 1 and instance.state is not State.CREATING:
        line.append(
            " protected" if instance.protected else " UNPROTECTED", "green" if instance.protected else "bold red"
        )
    if instance.synchronization:
        well = instance.synchronization == Synchronization.SYNCHRONIZING
        line.append(visible(f" {instance.synchronization} with {instance.master}"), "green" if well else "yellow")
    if instance.reason:
        line.append(f": {visible(instance.reason)}", style="yellow")
    return line


def _map(pulse: Pulse) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    roles = {member.node: member.role for instance in pulse.instances for member in instance.members}
    names = {member.node: instance.id for instance in pulse.instances for member in instance.members}
    nodes = pulse.topology.nodes
    for before, node in pairwise([None, *nodes]):
        assert node is not None
        places = _places(before, node)
        role = roles.get(node.name)
        if role is None:
            table.add_row(*places, Text(node.name, style="dim"), Text("free", style="dim"))
            continue
        process, lag_s = pulse.processes.get(node.name, "?"), pulse.lag_s.get(node.name)
        table.add_row(
            *places,
            Text(node.name, style="bold"),
            Text(role.upper() if role is Role.PRIMARY else role, style=ROLES[role]),
            Text(visible(process), style=PROCESSES.get(process, "yellow")),
            Text("answered last" if node.name == pulse.answered_last else "", style="green"),
            Text("" if lag_s is None else f"lag {lag_s:.2f} s"),
            Text(visible(names[node.name]), style="dim"),
        )
    return table


def _places(before: Node | None, node: Node) -> tuple[str, str, str]:
    """Region, zone and rack, each where it is mentioned first."""
    return (
        node.region if before is None or before.region != node.region else "",
        node.zone if before is None or before.zone != node.zone else "",
        node.rack if before is None or before.rack != node.rack else "",
    )
