"""One frame: where there is room the parts stand side by side, else one below the other."""

from typing import Final

from rich.layout import Layout
from rich.text import Text

from hadrill.harness.cli.live_view import clients, faults, topology
from hadrill.harness.cli.live_view.clients import clients_panel
from hadrill.harness.cli.live_view.course import course_panel
from hadrill.harness.cli.live_view.faults import faults_panel
from hadrill.harness.cli.live_view.scene import Scene, Story
from hadrill.harness.cli.live_view.topology import topology_panel

WIDE: Final = 140
FOOTER: Final = " q  heals everything and ends in order"


def frame(scene: Scene, width: int, height: int) -> Layout:
    """The whole screen, of so many columns and lines."""
    body = Layout(name="body")
    if width >= WIDE:
        left, right = Layout(), Layout()
        left.split_column(_topology(scene), _faults(scene, flexible=True))
        right.split_column(_clients(scene, width // 2), _course(scene, height - clients.HEIGHT - 2))
        body.split_row(left, right)
    else:
        fixed = [_topology(scene), _clients(scene, width), _faults(scene, flexible=False)]
        room = height - 2 - sum(part.size or 0 for part in fixed)
        body.split_column(*fixed, _course(scene, max(room, 3)))
    whole = Layout()
    whole.split_column(Layout(_header(scene.story), size=1), body, Layout(_footer(scene.story), size=1))
    return whole


def _topology(scene: Scene) -> Layout:
    return Layout(topology_panel(scene.pulse), size=topology.height_of(scene.pulse))


def _faults(scene: Scene, *, flexible: bool) -> Layout:
    size = None if flexible else faults.height_of(scene.pulse)
    return Layout(faults_panel(scene.pulse, scene.now_ns), size=size)


def _clients(scene: Scene, width: int) -> Layout:
    return Layout(clients_panel(scene.pulse, scene.rates, scene.now_ns, width), size=clients.HEIGHT)


def _course(scene: Scene, lines: int) -> Layout:
    return Layout(course_panel(scene.story, scene.now_ns / 1e9, lines), minimum_size=3)


def _header(story: Story) -> Text:
    line = Text(f"hadrill {story.run}  {len(story.ended)} of {story.planned}", style="bold", no_wrap=True)
    for ended in story.ended[-1:]:
        line.append("  the last one: ", style="none").append(ended.verdict, style=ended.style)
        line.append(f" {ended.title}", style="dim")
    line.overflow = "ellipsis"
    return line


def _footer(story: Story) -> Text:
    if story.notice:
        return Text(story.notice, style="bold yellow", overflow="ellipsis", no_wrap=True)
    return Text(FOOTER, style="reverse", overflow="ellipsis", no_wrap=True)
