"""The picture of a scenario under load: throughput and latency over time, and the change of primary close up."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import quote

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import read_history
from hadrill.harness.evidence.journal import read_journal
from hadrill.harness.model.operation import Outcome
from hadrill.reports.course import CloseUp, Course, Mark, bin_edges, course_of, latency_quantiles, rate
from hadrill.reports.files import write_private
from hadrill.reports.plan import PlannedScenario, read_plan

TIMELINES: Final = "timelines"
SERVER_COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")  # Okabe and Ito's, for every eye
FAULT_COLOUR: Final = "#D55E00"
INK: Final = "#222222"
FAINT: Final = "#8a8a8a"
LABEL_WIDTH: Final = 0.14  # of a named mark, as a part of the axes' width


@dataclass(frozen=True, slots=True)
class Picture:
    """A scenario's timeline on disk."""

    scenario: str
    png: Path
    svg: Path


def kept_timeline(folder: Path, scenario: str) -> Picture | None:
    """The picture that was drawn of that scenario, if it was."""
    picture = _place(folder, scenario)
    return picture if picture.png.is_file() and picture.svg.is_file() else None


def draw_timeline(folder: Path, scenario: str) -> Picture | None:
    """Draw one scenario from the run's folder into ``timelines/``; None where it had no load over the address.

    Raises:
        HarnessTrouble: plan, journal or a segment is missing or damaged.
    """
    planned = next((one for one in read_plan(folder).scenarios if one.id == scenario), None)
    began_ns, said = _said(folder, scenario)
    course = course_of(read_history(folder, scenario), began_ns, said) if planned else None
    if planned is None or course is None:
        return None
    picture, figure = _place(folder, scenario), paint(course, planned)
    picture.png.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(picture.png, _rendered(figure, "png"))
    figure.set_layout_engine("none")  # it is laid out now, and would be again, at a third of the cost
    write_private(picture.svg, _rendered(figure, "svg"))
    return picture


def _place(folder: Path, scenario: str) -> Picture:
    name = quote(scenario, safe="")
    return Picture(scenario, folder / TIMELINES / f"{name}.png", folder / TIMELINES / f"{name}.svg")


def _rendered(figure: Figure, form: str) -> bytes:
    out = BytesIO()
    figure.savefig(out, format=form, dpi=110)
    return out.getvalue()


def _said(folder: Path, scenario: str) -> tuple[int, tuple[Mark, ...]]:
    """The scenario's start in monotonic nanoseconds, and the service's own marks since then."""
    events = [event for event in read_journal(folder) if event.scenario == scenario]
    began_ns = next((event.mono_ns for event in events if event.kind is EventKind.SCENARIO), 0)
    said = (event.data for event in events if event.kind is EventKind.SERVICE)
    return began_ns, tuple(Mark((one["at_ns"] - began_ns) / 1e9, str(one["what"])) for one in said)


def paint(course: Course, planned: PlannedScenario) -> Figure:
    """The figure: throughput and latency of the whole scenario, below them the change of primary close up."""
    figure = Figure(figsize=(11, 8.0 if course.close_up else 5.0), layout="constrained")
    ratios = (1.15, 1.0, 1.5) if course.close_up else (1.15, 1.0)
    rows = figure.subplots(len(ratios), 1, height_ratios=ratios, squeeze=False)[:, 0]
    figure.suptitle(planned.title, x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK, parse_math=False)
    for axes in rows:
        _plain(axes)
    _paint_throughput(rows[0], course)
    _paint_latency(rows[1], course)
    rows[1].sharex(rows[0])
    if course.close_up:
        _paint_close_up(rows[2], course, course.close_up)
    rows[1].set_xlabel("seconds since the scenario's start", fontsize=9, color=INK)
    return figure


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(FAINT)
    axes.tick_params(colors=INK, labelsize=9)
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.7)
    axes.set_axisbelow(True)


def _heading(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=10, color=INK)


def _colour(server: int) -> str:
    return SERVER_COLOURS[server % len(SERVER_COLOURS)]


def _paint_throughput(axes: Axes, course: Course) -> None:
    """Acknowledged writes a second, stacked by server; below zero what was not acknowledged."""
    edges = bin_edges(course)
    top, bottom = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1)
    for number, server in enumerate(course.servers):
        height = rate(course, course.of(Outcome.ACKNOWLEDGED) & (course.server == number))
        if height.any():
            axes.stairs(
                top + height, edges, baseline=top, fill=True, color=_colour(number), label=f"acknowledged by {server}"
            )
            top = top + height
    for outcome, colour, name in ((Outcome.REFUSED, INK, "refused"), (Outcome.INDETERMINATE, FAINT, "indeterminate")):
        height = rate(course, course.of(outcome))
        if height.any():
            axes.stairs(bottom - height, edges, baseline=bottom, fill=True, color=colour, label=name)
            bottom = bottom - height
    axes.axhline(0, color=FAINT, linewidth=0.8)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))
    axes.set_xlim(course.span)
    axes.set_ylim(1.15 * min(bottom.min(), -1), 1.3 * max(top.max(), 1))
    axes.tick_params(labelbottom=False)
    _heading(axes, "writes per second")
    _shade(axes, course)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=8, frameon=False, fontsize=9, borderaxespad=0.2)


def _paint_latency(axes: Axes, course: Course) -> None:
    """Every acknowledged write as a dot, the median and the 99th percentile as lines."""
    rows = course.of(Outcome.ACKNOWLEDGED)
    colours = np.array([_colour(number) for number in range(len(course.servers))])[course.server[rows]]
    sent_s, latency_ms = course.sent_s[rows], course.latency_ms[rows]
    axes.scatter(sent_s, latency_ms, s=4, c=colours, alpha=0.35, linewidths=0, rasterized=True)
    middles, found = latency_quantiles(course, (0.5, 0.99))
    axes.plot(middles, found[:, 0], color=INK, linewidth=1.4, label="median")
    axes.plot(middles, found[:, 1], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), label="99th percentile")
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    _heading(axes, "latency of acknowledged writes, ms")
    _shade(axes, course, named=False)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9, borderaxespad=0.2)


def _paint_close_up(axes: Axes, course: Course, window: CloseUp) -> None:
    """One lane a client, each write from send to answer; the marks named above."""
    ends_s = course.sent_s + course.latency_ms / 1e3
    seen = (ends_s >= window.from_s) & (course.sent_s <= window.to_s)
    acknowledged = seen & course.of(Outcome.ACKNOWLEDGED)
    for number, _ in enumerate(course.servers):
        rows = acknowledged & (course.server == number)
        _lanes(axes, course, rows, _colour(number), 5.0)
    for outcome, colour, marker in ((Outcome.REFUSED, INK, "x"), (Outcome.INDETERMINATE, FAINT, "D")):
        rows = seen & course.of(outcome)
        _lanes(axes, course, rows, colour, 1.2)
        axes.scatter(ends_s[rows], course.client[rows], s=16, c=colour, marker=marker, linewidths=1, zorder=3)
    axes.set_xlim(window.from_s, window.to_s)
    axes.set_ylim(len(course.clients) - 0.4, -0.6)
    every = max(1, len(course.clients) // 10)
    axes.set_yticks(range(0, len(course.clients), every), course.clients[::every])
    axes.grid(visible=False)
    axes.set_xlabel("close up, in seconds: each client's writes from send to answer", fontsize=9, color=INK)
    _shade(axes, course, named=False)
    _name_marks(axes, course, window)


def _lanes(axes: Axes, course: Course, rows: np.ndarray, colour: str, width: float) -> None:
    begin_s, end_s, lane = course.sent_s[rows], course.sent_s[rows] + course.latency_ms[rows] / 1e3, course.client[rows]
    segments = np.stack([np.column_stack([begin_s, lane]), np.column_stack([end_s, lane])], axis=1)
    axes.add_collection(
        LineCollection(list(segments), colors=colour, linewidths=width, rasterized=len(segments) > 2000)
    )


def _shade(axes: Axes, course: Course, *, named: bool = True) -> None:
    for fault in course.faults:
        axes.axvspan(fault.from_s, fault.to_s, color=FAULT_COLOUR, alpha=0.12, linewidth=0, zorder=0)
        axes.axvline(fault.from_s, color=FAULT_COLOUR, linewidth=1.2)
        if named:
            at = (max(fault.from_s, course.span[0]), 0.97)
            label = axes.text(*at, f" {fault.name}", transform=axes.get_xaxis_transform(), parse_math=False)
            label.set(va="top", fontsize=9, color=FAULT_COLOUR, backgroundcolor=(1, 1, 1, 0.75), zorder=4)
    for number, stall in enumerate(course.stalls):
        name = "stall of the load" if named and not number else None
        axes.axvspan(stall.from_s, stall.to_s, facecolor="none", edgecolor=FAINT, hatch="////", linewidth=0, label=name)
    for mark in course.marks:
        axes.axvline(mark.at_s, color=INK, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1)


def _name_marks(axes: Axes, course: Course, window: CloseUp) -> None:
    """Name each mark above the lanes, with its distance from the disruption, side by side without overlap."""
    marks = [mark for mark in course.marks if window.from_s <= mark.at_s <= window.to_s]
    width_s = window.to_s - window.from_s
    places = spread([(mark.at_s - window.from_s) / width_s for mark in marks], apart=LABEL_WIDTH)
    for mark, place in zip(marks, places, strict=True):
        after_s = mark.at_s - window.since_s
        axes.annotate(
            f"{mark.name}\n" + (f"{after_s:+.3f} s" if after_s else f"at {mark.at_s:.3f} s"),
            (mark.at_s, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(place, 1.13),
            textcoords="axes fraction",
            ha="center",
            va="bottom",
            fontsize=9,
            color=INK,
            parse_math=False,
            arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 0},
        )


def spread(wanted: Iterable[float], apart: float) -> list[float]:
    """Places near the wanted ones, in the same order and at least so far apart, all within 0 to 1 where they fit."""
    places = sorted(wanted)
    for index, (left, right) in enumerate(pairwise(places)):
        places[index + 1] = max(right, places[index] + apart, left)
    limit = 1 - apart / 2
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - apart
    return places
