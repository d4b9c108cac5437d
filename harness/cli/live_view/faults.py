"""What is broken now, since when, and which links with it."""

from typing import Final

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from hadrill.harness.drill.pulse import Pulse, StandingFault
from hadrill.harness.model.topology import Link
from hadrill.harness.visible import visible

LINES_OF_LINKS: Final = 2


def faults_panel(pulse: Pulse | None, now_ns: int) -> Panel:
    """A line for each fault; below them the broken links."""
    faults = pulse.faults if pulse else ()
    lines = [_line(fault, now_ns) for fault in faults] or [Text("nothing is broken", style="dim")]
    if pulse and pulse.links:
        lines.append(Text(visible(_links(pulse.links)), style="red", overflow="ellipsis"))
    style = "red" if faults else "none"
    return Panel(Group(*lines), title="faults", title_align="left", border_style=style)


def height_of(pulse: Pulse | None) -> int:
    """Lines that the panel needs; a long list of links is cut short."""
    faults = len(pulse.faults) if pulse else 0
    return max(faults, 1) + (LINES_OF_LINKS if pulse and pulse.links else 0) + 2


def _line(fault: StandingFault, now_ns: int) -> Text:
    line = Text(f"{visible(fault.name)} ", style="bold red", overflow="ellipsis", no_wrap=True)
    line.append(visible(fault.target), style="bold")
    if fault.since_ns is None:
        return line.append(" is being injected", style="yellow")
    return line.append(f" for {(now_ns - fault.since_ns) / 1e9:.1f} s", style="red")


def _links(broken: tuple[tuple[Link, str], ...]) -> str:
    """How many, and which, those with the same on them together."""
    alike: dict[str, list[Link]] = {}
    for link, what in broken:
        alike.setdefault(what, []).append(link)
    told = "; ".join(f"{', '.join(map(str, links))} ({what})" for what, links in alike.items())
    return f"{len(broken)} {'link' if len(broken) == 1 else 'links'}: {told}"
