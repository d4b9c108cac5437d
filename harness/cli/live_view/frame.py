"""One frame: where there is room the parts stand side by side, else one below the other."""

from collections.abc import Callable, Iterable
from typing import Final

from rich.layout import Layout
from rich.text import Text

from hadrill.harness.cli.live_view import clients, faults, topology
from hadrill.harness.cli.live_view.clients import clients_panel
from hadrill.harness.cli.live_view.course import course_panel
from hadrill.harness.cli.live_view.faults import faults_panel
from hadrill.harness.cli.live_view.scene import Scene, Story
from hadrill.harness.cli.live_view.topology import topology_panel
from hadrill.harness.visible import visible

WIDE: Final = 140
LEAST: Final = 3  # lines of a part: its borders and one between them
FOOTER: Final = " q  heals everything and ends in order"


def frame(scene: Scene, width: int, height: int) -> Layout:
    """The whole screen, of so many columns and lines."""
    lines = height - 2
    if width >= WIDE:
        body = Layout()
        body.split_row(
            _stacked([_topology(scene)], lambda _: _faults(scene), lines),
            _stacked([_clients(scene, width // 2)], lambda left: _course(scene, left), lines),
        )
    else:
        parts = [_topology(scene), _clients(scene, width), _faults(scene)]
        body = _stacked(parts, lambda left: _course(scene, left), lines)
    whole = Layout()
    whole.split_column(Layout(_header(scene.story), size=1), body, Layout(_footer(scene.story), size=1))
    return whole


def _stacked(parts: Iterable[Layout], last: Callable[[int], Layout], lines: int) -> Layout:
    """The parts one below the other as far as there is room for them; the last one gets the lines that are left."""
    shown, left = [], lines - LEAST
    for part in parts:
        size = min(part.size or 0, left)
        if size >= LEAST:
            part.size = size
            shown.append(part)
            left -= size
    column, rest = Layout(), last(left + LEAST)
    rest.size = None
    column.split_column(*shown, rest)
    return column


def _topology(scene: Scene) -> Layout:
    return Layout(topology_panel(scene.pulse), size=topology.height_of(scene.pulse))


def _faults(scene: Scene) -> Layout:
    return Layout(faults_panel(scene.pulse, scene.now_ns), size=faults.height_of(scene.pulse))


def _clients(scene: Scene, width: int) -> Layout:
    return Layout(clients_panel(scene.pulse, scene.rates, scene.now_ns, width), size=clients.HEIGHT)


def _course(scene: Scene, lines: int) -> Layout:
    return Layout(course_panel(scene.story, scene.now_ns / 1e9, lines))


def _header(story: Story) -> Text:
    line = Text(f"hadrill {visible(story.run)}  {len(story.ended)} of {story.planned}", style="bold", no_wrap=True)
    for ended in story.ended[-1:]:
        line.append("  the last one: ", style="none").append(ended.verdict, style=ended.style)
        line.append(f" {visible(ended.title)}", style="dim")
    line.overflow = "ellipsis"
    return line


def _footer(story: Story) -> Text:
    if story.notice:
        return Text(story.notice, style="bold yellow", overflow="ellipsis", no_wrap=True)
    return Text(FOOTER, style="reverse", overflow="ellipsis", no_wrap=True)
