"""What is done to a link, and what shows it."""

import pytest

from hadrill.environments.toxics import LinkToxic, Stream, Toxic
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.canary import Fate, Song
from hadrill.harness.faults.effect import (
    ANSWER_LOST,
    CUT,
    POWERLESS,
    REFUSED,
    RESETTING,
    STALLED,
    Effect,
    held_back,
    one_way,
    slow,
)
from hadrill.harness.faults.tests.songs import WELL
from hadrill.harness.model.topology import Link

LINK = Link("b1", "a1")
SILENT = Song(Fate.SILENT, greeted=False, took_s=0.4)
UNHEARD = Song(Fate.SILENT, greeted=True, took_s=0.3)
HEARD = Song(Fate.HEARD, greeted=False, took_s=0.3)
REJECTED = Song(Fate.REFUSED, greeted=False, took_s=0.001)
CLOSED = Song(Fate.ENDED, greeted=False, took_s=0.001)
BROKEN = Song(Fate.RESET, greeted=False, took_s=0.001)
LATE = Song(Fate.ANSWERED, greeted=True, took_s=0.45)
ALL = (WELL, SILENT, UNHEARD, HEARD, REJECTED, CLOSED, BROKEN)
SHOWN = {
    "cut": (CUT, {SILENT}),
    "stalled": (STALLED, {SILENT}),
    "refused": (REFUSED, {REJECTED}),
    "resetting": (RESETTING, {BROKEN}),
    "answer lost": (ANSWER_LOST, {CLOSED, HEARD}),
    "powerless": (POWERLESS, {SILENT, HEARD, REJECTED, CLOSED, BROKEN}),
    "unheard": (one_way(Stream.UPSTREAM), {UNHEARD}),
    "unanswered": (one_way(Stream.DOWNSTREAM), {CLOSED, HEARD}),
    "slow": (slow(200), {SILENT, UNHEARD}),
    "acknowledgements held": (held_back(Stream.UPSTREAM, None), {UNHEARD}),
    "events held": (held_back(Stream.DOWNSTREAM, None), {SILENT}),
}


@pytest.mark.parametrize("name", SHOWN)
def test_each_effect_has_a_sign_of_its_own(name: str) -> None:
    """A link that is well never shows any."""
    effect, signs = SHOWN[name]
    assert {song for song in ALL if effect.shows(song)} == signs


def test_a_cut_link_loses_bytes_both_ways() -> None:
    """Both streams of this link, and no other."""
    assert [(step.link, step.toxic.kind, step.toxic.stream) for step in CUT.on((LINK,))] == [
        (LINK, "timeout", Stream.UPSTREAM),
        (LINK, "timeout", Stream.DOWNSTREAM),
    ]


def test_goodbyes_are_held_before_bytes_are_lost() -> None:
    """In the other order the end of a connection gets through."""
    assert [(toxic.kind, toxic.stream) for toxic in POWERLESS.toxics] == [
        ("slow_close", Stream.UPSTREAM),
        ("timeout", Stream.UPSTREAM),
        ("slow_close", Stream.DOWNSTREAM),
        ("timeout", Stream.DOWNSTREAM),
    ]


@pytest.mark.parametrize("effect", [effect for effect, _ in SHOWN.values()])
def test_no_stream_has_two_toxics_of_a_kind(effect: Effect) -> None:
    """They would share a name."""
    assert len({toxic.name for toxic in effect.toxics}) == len(effect.toxics)


def test_slow_is_seen_by_the_time_that_an_answer_takes() -> None:
    """Twice the latency: to the server and back."""
    assert [slow(latency_ms).shows(LATE) for latency_ms in (200, 230)] == [True, False]


def test_a_slow_link_has_a_bandwidth_where_one_is_asked_for() -> None:
    """One toxic a stream is enough otherwise, and connections stay at the heal."""
    assert ([toxic.kind for toxic in slow(5).toxics], [toxic.kind for toxic in slow(5, 100).toxics]) == (
        ["latency"] * 2,
        ["latency", "bandwidth"] * 2,
    )


def test_nobody_waits_for_ever_to_see_a_link_slow() -> None:
    """What takes longer than that is slow as well."""
    patience_s = slow(60_000).patience_s
    assert patience_s is not None
    assert patience_s <= 2


@pytest.mark.parametrize(("latency_ms", "rate_kb_s"), [(0, None), (5, 0), (5, -1)])
def test_what_cannot_be_had_is_refused(latency_ms: int, rate_kb_s: int | None) -> None:
    """Before anything breaks."""
    with pytest.raises(WrongCall, match="cannot be had"):
        slow(latency_ms, rate_kb_s)


@pytest.mark.parametrize(
    ("latency_ms", "toxic"),
    [
        (500, Toxic("latency", Stream.UPSTREAM, (("jitter", 0), ("latency", 500)))),
        (None, Toxic("bandwidth", Stream.UPSTREAM, (("rate", 0),))),
    ],
)
def test_a_link_is_held_back_in_one_direction_only(latency_ms: int | None, toxic: Toxic) -> None:
    """Acknowledgements are late, or wait for the heal; events go on."""
    assert held_back(Stream.UPSTREAM, latency_ms).on((LINK,)) == (LinkToxic(LINK, toxic),)
