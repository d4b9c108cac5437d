"""What can be done to a link, and how a fresh connection shows that it was done: pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hadrill.environments.toxics import (
    LinkToxic,
    Stream,
    Toxic,
    blackhole,
    hold,
    latency,
    reset,
    swallow,
    throttle,
    without_goodbye,
)
from hadrill.harness.faults.canary import SILENCE_S, Fate, Song
from hadrill.harness.model.topology import Link

_CROSSINGS: Final = 2
"""Times that a canary's bytes cross a link at least, one after the other, before it is answered."""

_LONGEST_LOOK_S: Final = 2.0
_QUICK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that is done to links.

    Attributes:
        words: what it is, for the proof.
        toxics: put on each link; none where the link is closed instead.
        shows: whether a canary that was answered before now meets what it should.
        patience_s: how long a canary waits for each answer; None as long as the strike says.
        at_once: whether a canary says something before it is greeted, and waits once where it would wait twice.
        whole_s: within how many seconds a canary is answered once it is gone.
    """

    words: str
    toxics: tuple[Toxic, ...]
    shows: Callable[[Song], bool]
    patience_s: float | None = None
    at_once: bool = False
    whole_s: float = SILENCE_S

    def on(self, links: tuple[Link, ...]) -> tuple[LinkToxic, ...]:
        """The toxics, link by link."""
        return tuple(LinkToxic(link, toxic) for link in links for toxic in self.toxics)


def _both(make: Callable[[Stream], Toxic]) -> tuple[Toxic, ...]:
    return tuple(make(stream) for stream in Stream)


def _silent(song: Song) -> bool:
    return song.fate is Fate.SILENT and not song.greeted


def _ended_unanswered(song: Song) -> bool:
    return song.fate in {Fate.ENDED, Fate.HEARD}


CUT: Final = Effect("bytes lost both ways", _both(blackhole), _silent)
STALLED: Final = Effect("bytes held both ways", _both(hold), _silent)
REFUSED: Final = Effect("closed", (), lambda song: song.fate is Fate.REFUSED)
RESETTING: Final = Effect("reset at the first bytes", _both(reset), lambda song: song.fate is Fate.RESET)
ANSWER_LOST: Final = Effect("answers lost", (swallow(Stream.DOWNSTREAM),), _ended_unanswered)
POWERLESS: Final = Effect(
    "bytes and goodbyes lost both ways",
    tuple(toxic for stream in Stream for toxic in without_goodbye(stream)),
    # Behind a link to a server that is dead by now its proxy finds nobody, and ends the connection.
    lambda song: not song.sings and not song.greeted,
)


def one_way(stream: Stream) -> Effect:
    """Bytes are lost in one direction; what goes the other way arrives.

    The canary shows both: it is greeted and not heard, or it is heard, so that the server hangs up, and not greeted.
    """
    if stream is Stream.UPSTREAM:
        return Effect("bytes lost upstream", (blackhole(stream),), _greeted_and_not_heard)
    return Effect("bytes lost downstream", (blackhole(stream),), _ended_unanswered)


def held_back(stream: Stream, latency_ms: int | None) -> Effect:
    """Bytes in one direction arrive late, or only after the heal.

    Args:
        latency_ms: how late; None holds them until the heal.

    Raises:
        WrongCall: that cannot be had.
    """
    if latency_ms is None:
        shows = _greeted_and_not_heard if stream is Stream.UPSTREAM else _silent
        return Effect(f"bytes held {stream}", (hold(stream),), shows)
    return _late(f"{latency_ms} ms late {stream}", (latency(stream, latency_ms),), latency_ms / 1000)


def slow(latency_ms: int, rate_kb_s: int | None = None) -> Effect:
    """Bytes are late in both directions, and few where a rate is given.

    Args:
        latency_ms: for each direction.
        rate_kb_s: kilobytes a second, for each direction.

    Raises:
        WrongCall: either cannot be had.
    """
    toxics = tuple(
        toxic
        for stream in Stream
        for toxic in (latency(stream, latency_ms), *((throttle(stream, rate_kb_s),) if rate_kb_s is not None else ()))
    )
    words = f"{latency_ms} ms late each way" + (f", at most {rate_kb_s} KB/s" if rate_kb_s is not None else "")
    return _late(words, toxics, _CROSSINGS * latency_ms / 1000)


def _late(words: str, toxics: tuple[Toxic, ...], least_s: float) -> Effect:
    """A canary's answer takes so many seconds at least, or longer than anybody looks."""
    return Effect(
        words,
        toxics,
        lambda song: song.took_s >= least_s if song.sings else song.fate is Fate.SILENT,
        patience_s=min(_LONGEST_LOOK_S, least_s + SILENCE_S),
        at_once=True,
        whole_s=min(SILENCE_S, max(_QUICK_S, least_s)),
    )


def _greeted_and_not_heard(song: Song) -> bool:
    return song.fate is Fate.SILENT and song.greeted
