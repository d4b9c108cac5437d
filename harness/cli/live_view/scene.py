"""What the live view shows in one frame, as plain data."""

from dataclasses import dataclass, field

from hadrill.harness.drill.pulse import Pulse
from hadrill.harness.wait import Wait


@dataclass(frozen=True, slots=True)
class Ended:
    """A scenario that is over.

    Attributes:
        verdict: in words; ``style`` colours them.
    """

    title: str
    verdict: str
    style: str


@dataclass(slots=True)
class Story:
    """How far the run is; written by the drill's thread, read by the one that draws.

    Attributes:
        run: its name.
        planned: how many scenarios it has.
        title, clauses: of the scenario that runs now.
        steps: its sentences so far, the last one being the one that is under way.
        ended: scenarios that are over.
        notice: why the run is being ended; empty while it goes on.
        waits: what is being waited for, the outermost first.
    """

    run: str = ""
    planned: int = 0
    title: str = ""
    clauses: tuple[str, ...] = ()
    steps: list[str] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    notice: str = ""
    waits: list[Wait] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a frame is drawn from.

    Attributes:
        story: how far the run is.
        pulse: how the scenario stands; None while its topology is not there.
        rates: writes a second, one value a pulse, the latest last.
        now_ns: monotonic clock.
    """

    story: Story
    pulse: Pulse | None
    rates: tuple[float, ...]
    now_ns: int
