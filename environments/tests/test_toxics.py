"""What may be sent to Toxiproxy."""

import pytest

from hadrill.environments.toxics import Stream, blackhole, hold, latency, throttle, without_goodbye
from hadrill.harness.errors import WrongCall


def test_a_blackhole_never_times_out() -> None:
    """A time-out of 0 drops bytes for as long as it lasts."""
    assert dict(blackhole(Stream.UPSTREAM).attributes) == {"timeout": 0}


def test_a_hold_has_a_bandwidth_of_zero() -> None:
    """Below zero Toxiproxy crashes; at zero it holds."""
    assert dict(hold(Stream.DOWNSTREAM).attributes) == {"rate": 0}


@pytest.mark.parametrize("latency_ms", [-1, 0, 3_600_001])
def test_a_latency_that_makes_no_sense_is_refused(latency_ms: int) -> None:
    """Toxiproxy would take it."""
    with pytest.raises(WrongCall, match=f"latency of {latency_ms} ms"):
        latency(Stream.UPSTREAM, latency_ms)


@pytest.mark.parametrize("jitter_ms", [-1, 21])
def test_a_jitter_that_makes_no_sense_is_refused(jitter_ms: int) -> None:
    """Nothing arrives before it was sent."""
    assert dict(latency(Stream.UPSTREAM, 20, 20).attributes) == {"latency": 20, "jitter": 20}
    with pytest.raises(WrongCall, match=f"jitter of {jitter_ms} ms"):
        latency(Stream.UPSTREAM, 20, jitter_ms)


def test_names_differ_by_kind_and_stream() -> None:
    """One proxy can carry each kind once on each stream."""
    toxics = [make(stream) for make in (blackhole, hold) for stream in Stream]
    assert len({toxic.name for toxic in toxics}) == 4


@pytest.mark.parametrize("rate_kb_s", [-1, 0, 10_000_001])
def test_a_rate_that_makes_no_sense_is_refused(rate_kb_s: int) -> None:
    """Toxiproxy would take it; below zero it crashes."""
    with pytest.raises(WrongCall, match=f"rate of {rate_kb_s} KB/s"):
        throttle(Stream.UPSTREAM, rate_kb_s)


def test_a_goodbye_is_held_before_bytes_are_lost() -> None:
    """In the other order the end of a connection gets through."""
    assert [toxic.kind for toxic in without_goodbye(Stream.UPSTREAM)] == ["slow_close", "timeout"]
