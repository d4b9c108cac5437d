"""The picture of a scenario under load, drawn from a run's folder into it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import read_history
from hadrill.harness.evidence.journal import read_journal
from hadrill.reports.course import Mark
from hadrill.reports.files import write_private
from hadrill.reports.plan import read_plan
from hadrill.reports.retrace import course_of

if TYPE_CHECKING:  # matplotlib settles its folders when it is imported: not before there is something to draw
    from matplotlib.figure import Figure

TIMELINES: Final = "timelines"


@dataclass(frozen=True, slots=True)
class Picture:
    """A scenario's timeline on disk."""

    scenario: str
    png: Path


def kept_timeline(folder: Path, scenario: str) -> Picture | None:
    """The picture that was drawn of that scenario, if it was."""
    picture = _place(folder, scenario)
    return picture if picture.png.is_file() else None


def draw_timeline(folder: Path, scenario: str) -> Picture | None:
    """Draw one scenario from the run's folder into ``timelines/``; None where it had no load over the address.

    Raises:
        HarnessTrouble: plan, journal or a segment is missing or damaged.
    """
    from hadrill.reports.painting import paint  # noqa: PLC0415 - see above

    planned = next((one for one in read_plan(folder).scenarios if one.id == scenario), None)
    began_ns, said = _said(folder, scenario)
    course = course_of(read_history(folder, scenario), began_ns, said) if planned else None
    if planned is None or course is None:
        return None
    picture, figure = _place(folder, scenario), paint(course, planned.title)
    picture.png.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(picture.png, _rendered(figure))
    return picture


def _place(folder: Path, scenario: str) -> Picture:
    return Picture(scenario, folder / TIMELINES / f"{quote(scenario, safe='')}.png")


def _rendered(figure: Figure) -> bytes:
    out = BytesIO()
    # A drill waits for its pictures: better compression saves a tenth of the bytes and takes a twentieth of the time.
    figure.savefig(out, format="png", dpi=110, pil_kwargs={"compress_level": 1})
    return out.getvalue()


def _said(folder: Path, scenario: str) -> tuple[int, tuple[Mark, ...]]:
    """The scenario's start in monotonic nanoseconds, and the service's own marks since then."""
    events = tuple(read_journal(folder, scenario))
    began_ns = next((event.mono_ns for event in events if event.kind is EventKind.SCENARIO), 0)
    said = (event.data for event in events if event.kind is EventKind.SERVICE)
    return began_ns, tuple(Mark((one["at_ns"] - began_ns) / 1e9, str(one["what"])) for one in said)
