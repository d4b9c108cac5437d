"""Lines: their file, their cuts, and what a round trip says of one."""

from itertools import pairwise
from pathlib import Path

import pytest

from hadrill.environments.toxics import Stream
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.line_cutter import planned_cuts
from hadrill.harness.faults.line_file import line_named, load_lines
from hadrill.harness.faults.line_laid import toxics_of
from hadrill.harness.faults.round_trip import LATE_S, RoundTrips
from hadrill.harness.model.line import Cuts, LineProfile

LINE = LineProfile("a line", 30, 10, 500, None, "made up")
GOOD = "version: 1\nlines: {a line: {latency_ms: 30, jitter_ms: 10, rate_kb_s: 500, source: made up}}\n"
CUTS = Cuts((4.0, 10.0), (0.3, 1.5))


def test_the_private_line_is_better_in_everything() -> None:
    """DR-4 compares the two; each says where its figures come from."""
    private, public = (line_named(name, load_lines()) for name in ("private line", "public-internet"))
    assert (private.latency_ms, private.jitter_ms) < (public.latency_ms, public.jitter_ms)
    assert private.rate_kb_s > public.rate_kb_s
    assert (private.cuts is None, public.cuts is None) == (True, False)
    assert all("2026" in line.source and "ours" in line.source for line in load_lines().values())


@pytest.mark.parametrize("name", load_lines())
def test_every_line_can_be_had(name: str) -> None:
    """Two toxics each way, so that its proxies are made for it."""
    toxics = toxics_of(load_lines()[name])
    assert [(toxic.kind, toxic.stream) for toxic in toxics] == [
        (kind, stream) for stream in Stream for kind in ("latency", "bandwidth")
    ]


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("version: 1", "version: 2", "version"),
        ("jitter_ms: 10", "jitter_ms: 31", "a jitter of 31 ms exceeds the latency of 30 ms"),
        ("rate_kb_s: 500", "rate_kb_s: 0", r"rate_kb_s"),
        ("rate_kb_s: 500", "rate_kb_s: 10000001", "rate_kb_s: .*less than or equal to 10000000; found 10000001"),
        ("rate_kb_s: 500", f"rate_kb_s: {10**30}", "rate_kb_s: .*less than or equal to 10000000; found 10{30}"),
        ("rate_kb_s: 500", "rate_kb_s: .inf", "rate_kb_s"),
        ("latency_ms: 30", f"latency_ms: {10**30}", "latency_ms: .*less than or equal to 1000"),
        ("jitter_ms: 10", f"jitter_ms: {10**30}", "a jitter of 10{30} ms exceeds the latency"),
        ("source: made up", "source: ''", "source"),
        ("source", "cuts: {after_s: [2, 1], last_s: [1, 1]}, source", "after_s gives its least first"),
        ("source", "cuts: {after_s: [1, 2], last_s: [0, 1]}, source", r"last_s"),
        ("source", "cuts: {after_s: [1, .nan], last_s: [1, 1]}, source", r"after_s\.1"),
        ("source", "cuts: {after_s: [1, 1.0e+308], last_s: [1, 1]}, source", r"after_s\.1"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path: Path, was: str, is_now: str, said: str) -> None:
    """The message names the file and the field."""
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_lines(path) == {**load_lines(), "a line": LINE}
    path.write_text(GOOD.replace(was, is_now), encoding="utf-8")
    with pytest.raises(WrongCall, match=rf"own\.yaml.*{said}"):
        load_lines(path)


def test_cuts_follow_from_the_seed() -> None:
    """The same again for the same seed, others for another, within their bounds, and an end."""
    cuts = list(planned_cuts(CUTS, 7, most=50))
    assert cuts == list(planned_cuts(CUTS, 7, most=50))
    assert cuts != list(planned_cuts(CUTS, 8, most=50))
    assert len(cuts) == 50
    assert all(4 <= cut.after_s <= 10 and 0.3 <= cut.lasts_s <= 1.5 for cut in cuts)
    assert all(one != other for one, other in pairwise(cuts))


@pytest.mark.parametrize(
    ("seen_s", "shows"),
    [
        ((0.040, 0.06, 0.080), True),
        ((0.040, 0.06, 9.0), True),  # one was late on a busy machine
        ((0.039, 0.06, 0.080), False),  # too quick for any piece over this line
        ((0.06, 0.080 + LATE_S + 0.001, 0.3), False),
        ((), False),
    ],
)
def test_a_line_shows_in_its_round_trips(seen_s: tuple[float, ...], *, shows: bool) -> None:
    """Twice the latency, more or less by twice the jitter; nothing measured shows nothing."""
    assert RoundTrips(seen_s).show(LINE) == shows


@pytest.mark.parametrize(("seen_s", "gone"), [((0.001, 0.039, 0.5), True), ((0.001, 0.041, 0.5), False), ((), False)])
def test_a_line_that_was_taken_off_shows_too(seen_s: tuple[float, ...], *, gone: bool) -> None:
    """Half of the round trips are quicker than it allows."""
    assert RoundTrips(seen_s).quicker_than(LINE) == gone
