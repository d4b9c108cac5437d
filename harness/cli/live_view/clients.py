"""What the clients live through: writes a second, the outage, what became of their operations."""

from collections.abc import Sequence
from typing import Final

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from hadrill.harness.drill.pulse import Pulse
from hadrill.harness.workload.messages import Status

HEIGHT: Final = 5
BARS: Final = "▁▂▃▄▅▆▇█"
NONE: Final = "·"
OUTAGE_S: Final = 0.2
"""Silence that is called an outage: writers ask again much sooner."""


def clients_panel(pulse: Pulse | None, rates: Sequence[float], now_ns: int, width: int) -> Panel:
    """Counters, outage and the course of the writes; ``width`` of the panel, in columns."""
    load = pulse.load if pulse else None
    lines = _lines(load, rates, now_ns, width) if load else [Text("no client is at work", style="dim")]
    return Panel(Group(*lines), title="clients", title_align="left")


def sparkline(rates: Sequence[float], width: int) -> str:
    """The latest rates as bars, as high as the highest of them; none at all is a dot."""
    shown = rates[-width:]
    top = max(shown, default=0.0)
    return "".join(NONE if rate <= 0 else BARS[min(int(rate / top * len(BARS)), len(BARS) - 1)] for rate in shown)


def outage_s(load: Status, now_ns: int) -> float | None:
    """Seconds without an acknowledgement by now; None where there is no outage."""
    if load.silent_s is None or load.silent_s < OUTAGE_S:
        return None
    return load.silent_s + max(now_ns - load.at_ns, 0) / 1e9


def _lines(load: Status, rates: Sequence[float], now_ns: int, width: int) -> list[Text]:
    head = f"{load.writes_per_s:7.0f} writes/s "
    return [
        Text(head, style="bold").append(sparkline(rates, max(width - len(head) - 6, 8)), style="green"),
        _outage(load, outage_s(load, now_ns)),
        Text(f"{load.acknowledged} acknowledged, {load.refused} refused, {load.indeterminate} indeterminate"),
    ]


def _outage(load: Status, so_far_s: float | None) -> Text:
    line = Text()
    if so_far_s is None:
        line.append("no outage now", style="green")
    else:
        line.append(f"OUTAGE so far {so_far_s:.1f} s", style="bold red")
    line.append("; none before" if load.last_outage_s is None else f"; the last one {load.last_outage_s:.2f} s")
    return line
