"""How long a whole drill takes, and its smoke test, called as a user calls them."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from hadrill.harness.bench.figure import Figure, median_of, not_measured
from hadrill.harness.evidence.clock import now_ns

WHOLE_AIM_S: Final = 300.0
SMOKE_AIM_S: Final = 60.0
NAMES: Final = {(): ("whole drill, wall time", WHOLE_AIM_S), ("--tags", "@smoke"): ("smoke, wall time", SMOKE_AIM_S)}
_LIMIT_S: Final = 1800.0
_HADRILL: Final = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"
_VERDICTS: Final = {0: "all passed", 1: "it found a broken promise (exit code 1)", 2: "no verdict on something (2)"}
"""Exit codes of a drill that went to its end (design decision 14)."""

Say = Callable[[str], None]
"""Takes a line of progress."""


def drills(count: int, *, say: Say) -> tuple[Figure, ...]:
    """Drill so many times all of it, then its smoke test; told are the medians."""
    found: dict[str, list[Figure]] = {}
    for number in range(count):
        for options, (name, aim_s) in NAMES.items():
            say(f"{name}, {number + 1} of {count}: it says nothing until it is over")
            found.setdefault(name, []).append(_drill(name, options, aim_s))
    return tuple(together(figures) for figures in found.values())


def together(figures: Sequence[Figure]) -> Figure:
    """Several drills as one line (pure); one that has no time stands for all."""
    if unmeasured := [figure for figure in figures if figure.value is None]:
        return unmeasured[0]
    samples = tuple(sample for figure in figures for sample in figure.samples)
    notes = "; ".join(dict.fromkeys(figure.note for figure in figures))
    return replace(median_of(figures[0].name, samples, aim=figures[0].aim), note=notes)


def _drill(name: str, options: tuple[str, ...], aim_s: float) -> Figure:
    with tempfile.TemporaryDirectory() as output:
        argv = (sys.executable, "-c", _HADRILL, "drill", "--output", str(Path(output)), *options)
        began_ns = now_ns()
        try:
            ended = subprocess.run(argv, capture_output=True, text=True, timeout=_LIMIT_S, check=False)
        except subprocess.TimeoutExpired:
            return not_measured(name, "s", f"it was not over after {_LIMIT_S:g} s", aim_s)
        seconds = (now_ns() - began_ns) / 1e9
    return timed(name, aim_s, seconds, ended.returncode, ended.stderr)


def timed(name: str, aim_s: float, seconds: float, code: int, said: str) -> Figure:
    """What a drill's end comes to (pure); one that did not go to its end has no time.

    Args:
        code: its exit code.
        said: what it wrote to standard error.
    """
    if code not in _VERDICTS:
        words = " | ".join(said.strip().splitlines()[-3:]) or "nothing"
        return not_measured(name, "s", f"the drill ended with {code}; its last words: {words}", aim_s)
    return Figure(name, seconds, "s", aim_s, (seconds,), _VERDICTS[code])
