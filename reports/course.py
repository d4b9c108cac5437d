"""The course of a scenario under load, as what a picture needs: rates, latencies, failures, marks; pure."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.model.operation import Outcome

BIN_S: Final = 0.1
WINDOW_S: Final = 0.5  # of the latency quantiles
SWITCH_ASKED: Final = "switch asked"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment worth a line: seconds since the scenario's start, and its name."""

    at_s: float
    name: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time worth a shade: seconds since the scenario's start, and its name."""

    from_s: float
    to_s: float
    name: str


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A stretch of time to look at closely, and the disruption in it that times are told from; in seconds."""

    from_s: float
    to_s: float
    since_s: float


@dataclass(frozen=True, slots=True)
class Course:
    """What the clients at the address lived through; all times in seconds since the scenario's start.

    Attributes:
        span: first and last moment of load, widened to the disruptions; marks may lie outside.
        servers, clients: names behind the small numbers; clients are those that wrote over the address.
        sent_s, latency_ms, server, client, outcome: columns, one row a write, in order of sending.
        faults, stalls: bands; a fault that was never healed lasts to the end.
        marks: switches asked for, what the service said of itself, first writes on a new primary; by time.
        close_up: around the first disruption and the change of primary that followed; None without one.
    """

    span: tuple[float, float]
    servers: tuple[str, ...]
    clients: tuple[str, ...]
    sent_s: Floats
    latency_ms: Floats
    server: NDArray[np.int64]
    client: NDArray[np.int64]
    outcome: NDArray[np.int64]
    faults: tuple[Band, ...]
    stalls: tuple[Band, ...]
    marks: tuple[Mark, ...]
    close_up: CloseUp | None

    def of(self, outcome: Outcome) -> NDArray[np.bool_]:
        """Which rows ended so."""
        rows: NDArray[np.bool_] = self.outcome == outcome
        return rows


def bin_edges(course: Course) -> Floats:
    """Edges in seconds of the bins of ``BIN_S`` that the throughput is counted in."""
    return np.arange(course.span[0], course.span[1] + BIN_S, BIN_S)


def rate(course: Course, rows: NDArray[np.bool_]) -> Floats:
    """Of those writes, how many a second were answered in each bin."""
    answered_s = course.sent_s[rows] + course.latency_ms[rows] / 1e3
    return np.histogram(answered_s, bin_edges(course))[0] / BIN_S


def latency_quantiles(course: Course, quantiles: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Middles in seconds of windows of ``WINDOW_S``, and per window the quantiles in ms; NaN for an empty window."""
    rows = course.of(Outcome.ACKNOWLEDGED)
    sent_s, latency_ms = course.sent_s[rows], course.latency_ms[rows]
    edges = np.arange(course.span[0], course.span[1] + WINDOW_S, WINDOW_S)
    bounds = np.searchsorted(sent_s, edges)
    found = np.full((len(edges) - 1, len(quantiles)), np.nan)
    for window, (begin, end) in enumerate(pairwise(bounds)):
        if end > begin:
            found[window] = np.quantile(latency_ms[begin:end], quantiles)
    return edges[:-1] + WINDOW_S / 2, found
