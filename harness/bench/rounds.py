"""Rounds of a pair, of a pair with read-only instances, and of one bare server, in turn."""

import os
from collections.abc import Callable
from typing import Final

from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import Parts
from hadrill.environments.embedded.template import template_folder
from hadrill.environments.parts.settings import cache_folder
from hadrill.harness.bench.bare import bare_server_s
from hadrill.harness.bench.figure import Figure, median_of, ratio_of
from hadrill.harness.bench.ready import AIM as PAIR_AIM
from hadrill.harness.bench.ready import pair_s
from hadrill.harness.bench.with_read_only import AIM as READ_ONLY_AIM
from hadrill.harness.bench.with_read_only import pair_with_read_only_s

PAIR: Final = "pair ready"
WITH_READ_ONLY: Final = "pair with two read-only instances ready"
BARE: Final = "one bare server ready"

Say = Callable[[str], None]
"""Takes a line of progress."""


def pair_against_bare(parts: Parts, runs: int, *, say: Say) -> tuple[Figure, ...]:
    """The medians, and their ratios to that of the bare server.

    A round that is not counted comes first: it makes the template where there is none, and has the files of programs
    and template read. Which of the three is first changes from round to round.

    Args:
        runs: rounds, from 1.

    Raises:
        HarnessTrouble: something did not come up, or semi-synchronous replication was not in force.
        ServiceRefused: the service would not.
    """
    settings = load_settings()
    template = template_folder(cache_folder(os.environ), parts.mysql)
    timed: dict[str, Callable[[], float]] = {
        PAIR: lambda: pair_s(parts),
        WITH_READ_ONLY: lambda: pair_with_read_only_s(parts),
        BARE: lambda: bare_server_s(parts.mysql, template, settings),
    }
    samples = in_rounds(timed, runs, say)
    return (
        *(median_of(name, seconds) for name, seconds in samples.items()),
        ratio_of(f"{PAIR} against one bare server", samples[PAIR], samples[BARE], PAIR_AIM),
        ratio_of(f"{WITH_READ_ONLY} against one bare server", samples[WITH_READ_ONLY], samples[BARE], READ_ONLY_AIM),
    )


def in_rounds(timed: dict[str, Callable[[], float]], runs: int, say: Say) -> dict[str, list[float]]:
    """Seconds by name; each round begins with the next of them, and the first round is not counted."""
    names = list(timed)
    samples: dict[str, list[float]] = {name: [] for name in names}
    for number in range(runs + 1):
        first = number % len(names)
        round_s = {name: timed[name]() for name in (*names[first:], *names[:first])}
        which = f"round {number} of {runs}" if number else "a round that is not counted"
        say(f"{which}: " + ", ".join(f"{name} {round_s[name]:.2f} s" for name in names))
        if number:
            for name, seconds in round_s.items():
                samples[name].append(seconds)
    return samples
