"""How far the scenario is: its sentences so far, and what is waited for."""

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from hadrill.harness.cli.live_view.scene import Story
from hadrill.harness.visible import visible
from hadrill.harness.wait import Wait


def course_panel(story: Story, now_s: float, lines: int) -> Panel:
    """The latest sentences and the outermost wait, in so many lines, borders included."""
    done, current = story.steps[:-1], story.steps[-1:]
    rows = [_row("✓ ", step, "green") for step in done] + [_row("▶ ", step, "bold") for step in current]
    waits = [_wait(wait, now_s) for wait in tuple(story.waits)[:1]]
    room = max(lines - 2 - len(waits), 1)
    return Panel(Group(*rows[-room:], *waits), title=_title(story), title_align="left")


def _title(story: Story) -> Text:
    return Text(visible(" ".join([*story.clauses, story.title])) or "getting ready", overflow="ellipsis")


def _row(mark: str, step: str, style: str) -> Text:
    line = Text(mark, style=style, overflow="ellipsis", no_wrap=True)
    return line.append(visible(step), style="" if mark == "✓ " else style)


def _wait(wait: Wait, now_s: float) -> Text:
    told = f"  waiting for {wait.what}, {now_s - wait.began_s:.0f} of {wait.timeout_s:g} s; last seen: {wait.seen}"
    return Text(visible(told), style="yellow", overflow="ellipsis", no_wrap=True)
