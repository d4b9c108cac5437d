"""Paints the course of a scenario: throughput and latency over time, the change of primary close up."""

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from hadrill.harness.model.operation import Outcome
from hadrill.reports.course import SWITCH_ASKED, CloseUp, Course, bin_edges, latency_quantiles, rate

SERVER_COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")  # Okabe and Ito's, for every eye
FAULT_COLOUR: Final = "#D55E00"
INK: Final = "#222222"
FAINT: Final = "#8a8a8a"
DOTS: Final = 20_000
LANES: Final = 16
LABEL_WIDTH: Final = 0.14  # of a named mark, as a part of the axes' width
LABEL_HEIGHT: Final = 0.11  # of a named fault, as a part of the axes' height


def paint(course: Course, title: str) -> Figure:
    """The figure: throughput and latency of the whole scenario, below them the change of primary close up."""
    figure = Figure(figsize=(11, 8.0 if course.close_up else 5.0))
    # Laid out by hand: matplotlib's own layout engines draw everything twice.
    heights = (0.65, 1.55, 0.45, 1.4, 1.15, 2.2, 0.6) if course.close_up else (0.65, 1.8, 0.45, 1.55, 0.55)
    rows = _below_one_another(figure, heights)
    figure.suptitle(
        title,
        x=0.01,
        y=1 - 0.1 / sum(heights),
        ha="left",
        va="top",
        fontsize=13,
        fontweight="bold",
        color=INK,
        parse_math=False,
    )
    for axes in rows:
        _plain(axes)
    _paint_throughput(rows[0], course)
    _paint_latency(rows[1], course)
    rows[1].sharex(rows[0])
    if course.close_up:
        _paint_close_up(rows[2], course, course.close_up)
    rows[1].set_xlabel("seconds since the scenario's start", fontsize=9, color=INK)
    return figure


def _below_one_another(figure: Figure, heights: tuple[float, ...]) -> list[Axes]:
    """Axes with room above, between and below them, in inches from the top: room, axes, room, and so on."""
    whole, tops = sum(heights), list(accumulate(heights))
    places = [(1 - below / whole, height / whole) for below, height in zip(tops[1::2], heights[1::2], strict=True)]
    return [figure.add_axes((0.085, bottom, 0.905, height)) for bottom, height in places]


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
    lowest, highest = 1.15 * min(bottom.min(), -1), max(top.max(), 1)
    free = 0.04 + LABEL_HEIGHT * len(_bands_and_switches(course))
    axes.set_ylim(lowest, lowest + (highest - lowest) / max(1 - free, 0.3))
    axes.tick_params(labelbottom=False)
    _heading(axes, "writes per second")
    _shade(axes, course)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=8, frameon=False, fontsize=9, borderaxespad=0.2)


def _paint_latency(axes: Axes, course: Course) -> None:
    """Acknowledged writes as dots (a part of them where there are many), median and 99th percentile as lines."""
    rows = course.of(Outcome.ACKNOWLEDGED)
    colours = np.array([_colour(number) for number in range(len(course.servers))])[course.server[rows]]
    sent_s, latency_ms = course.sent_s[rows], course.latency_ms[rows]
    few = slice(None, None, 1 + len(sent_s) // DOTS)
    axes.scatter(sent_s[few], latency_ms[few], s=4, c=colours[few], alpha=0.35, linewidths=0, rasterized=True)
    middles, found = latency_quantiles(course, (0.5, 0.99))
    axes.plot(middles, found[:, 0], color=INK, linewidth=1.4, label="median")
    axes.plot(middles, found[:, 1], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), label="99th percentile")
    axes.set_yscale("log")
    axes.minorticks_off()  # an eighth of the time that the picture takes
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    _heading(axes, "latency of acknowledged writes, ms")
    _shade(axes, course, named=False)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9, borderaxespad=0.2)


def _paint_close_up(axes: Axes, course: Course, window: CloseUp) -> None:
    """One lane a client, for the first of them where there are many; the marks named above."""
    ends_s, clients = course.sent_s + course.latency_ms / 1e3, course.clients[:LANES]
    seen = (ends_s >= window.from_s) & (course.sent_s <= window.to_s) & (course.client < LANES)
    acknowledged = seen & course.of(Outcome.ACKNOWLEDGED)
    for number, _ in enumerate(course.servers):
        rows = acknowledged & (course.server == number)
        _lanes(axes, course, rows, _colour(number), 5.0)
    for outcome, colour, marker in ((Outcome.REFUSED, INK, "x"), (Outcome.INDETERMINATE, FAINT, "D")):
        rows = seen & course.of(outcome)
        _lanes(axes, course, rows, colour, 1.2)
        axes.scatter(ends_s[rows], course.client[rows], s=16, c=colour, marker=marker, linewidths=1, zorder=3)
    axes.set_xlim(window.from_s, window.to_s)
    axes.set_ylim(len(clients) - 0.4, -0.6)
    axes.set_yticks(range(len(clients)), clients)
    axes.grid(visible=False)
    whose = "each client" if len(clients) == len(course.clients) else f"{LANES} of {len(course.clients)} clients"
    axes.set_xlabel(f"close up, in seconds: writes of {whose}, from send to answer", fontsize=9, color=INK)
    _shade(axes, course, named=False)
    _name_marks(axes, course, window)


def _lanes(axes: Axes, course: Course, rows: NDArray[np.bool_], colour: str, width: float) -> None:
    begin_s, end_s, lane = course.sent_s[rows], course.sent_s[rows] + course.latency_ms[rows] / 1e3, course.client[rows]
    segments = np.stack([np.column_stack([begin_s, lane]), np.column_stack([end_s, lane])], axis=1)
    axes.add_collection(
        LineCollection(list(segments), colors=colour, linewidths=width, rasterized=len(segments) > 2000)
    )


def _shade(axes: Axes, course: Course, *, named: bool = True) -> None:
    """Faults and stalls as bands, marks as lines; named once a figure, one below the other."""
    for fault in course.faults:
        axes.axvspan(fault.from_s, fault.to_s, color=FAULT_COLOUR, alpha=0.12, linewidth=0, zorder=0)
        axes.axvline(fault.from_s, color=FAULT_COLOUR, linewidth=1.2)
    for number, stall in enumerate(course.stalls):
        name = "stall of the load" if named and not number else None
        axes.axvspan(stall.from_s, stall.to_s, facecolor="none", edgecolor=FAINT, hatch="////", linewidth=0, label=name)
    for mark in course.marks:
        axes.axvline(mark.at_s, color=INK, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1)
    for row, (at_s, name, colour) in enumerate(_bands_and_switches(course) if named else ()):
        label = axes.text(at_s, 0.97 - LABEL_HEIGHT * row, f" {name}", transform=axes.get_xaxis_transform())
        label.set(va="top", fontsize=9, color=colour, parse_math=False, zorder=4)


def _bands_and_switches(course: Course) -> list[tuple[float, str, str]]:
    """Where, what and in which colour to name what was done to the service, by time."""
    faults = [(max(fault.from_s, course.span[0]), fault.name, FAULT_COLOUR) for fault in course.faults]
    return sorted(faults + [(mark.at_s, mark.name, INK) for mark in course.marks if mark.name == SWITCH_ASKED])


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
