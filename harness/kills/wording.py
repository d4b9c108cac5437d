"""How kills are told (pure): a line for each, and the figure."""

from collections.abc import Iterator
from typing import Final

from hadrill.harness.checks.wording import number_of
from hadrill.harness.kills.entries import Absent, Killed, Unharmed
from hadrill.harness.kills.plan import SIGNALS, Part
from hadrill.harness.kills.standing import Standing, Times, is_dirty

READS: Final = {0: "pass", 1: "fail", 2: "no verdict", 3: "not finished", None: "not begun"}

LINGERING: Final = (Part.HARNESS, Part.PARENT)
"""Asked to end, they take down first what stands, and are still there soon after."""


def lines_of(entry: Killed | Absent | Unharmed) -> Iterator[str]:
    """A line for a drill, and below it whatever is not as it should be."""
    match entry:
        case Killed():
            yield from _of_kill(entry)
        case Absent(number, part, sent, at_s):
            yield f"{number:4}  no {part} was there at {at_s:.1f} s for {sent}: another moment"
            if entry.failed and entry.exit_code is not None:
                yield f"      nothing was done to that drill: {_said(entry)}"
            yield from (f"      left: {one}" for one in entry.left)
        case Unharmed():
            yield f"      unharmed drill: {_said(entry)} in {entry.seconds:.1f} s"
            yield from (f"      left: {one}" for one in entry.left)


def _of_kill(killed: Killed) -> Iterator[str]:
    gone = "" if killed.gone_s is None else f", all gone {killed.gone_s:.2f} s later"
    outlived = ", which outlives it" if not killed.died and killed.part not in LINGERING else ""
    ended = "hung" if killed.exit_code is None else f"ended with {killed.exit_code}"
    yield (
        f"{killed.number:4}  {'DIRTY' if is_dirty(killed) else 'clean'}  {killed.signal:<7} at "
        f"{killed.at_s:5.1f} s to the {killed.part}{outlived}: drill {ended} after {killed.ended_s:.2f} s{gone}; "
        f"reads as {READS[killed.reads]}"
    )
    yield from (f"      left: {one}" for one in killed.left)
    yield from (f"      wrong: {one}" for one in killed.wrong)
    yield from (f"      passed without its manager: {one}" for one in killed.without)


def lines_of_standing(standing: Standing) -> Iterator[str]:
    """The figure."""
    yield f"kills: {rate(standing)}"
    yield f"  {'':<18}" + "".join(f"{number.name:>9}" for number in SIGNALS)
    for part in Part:
        numbers = "".join(f"{standing.kills.get((part, number.name), 0):9}" for number in SIGNALS)
        yield f"  {part:<18}{numbers}"
    yield f"  nothing was left {_times(standing.gone)} after a drill's end"
    yield f"  a harness that was asked to end had ended {_times(standing.asked)} later"
    read = (f"{READS[code]} {standing.read[code]}" for code in READS if standing.read.get(code))
    yield f"  drills read as: {', '.join(read) or 'nothing yet'}"
    yield f"  not there, which is no kill: {number_of(standing.absent, 'time')}"
    if standing.stumbled:
        yield f"  failed though nothing was done to them: {number_of(len(standing.stumbled), 'drill')} of those"
    yield f"  the next drill: {_said(standing.unharmed[-1]) if standing.next_ran is not None else 'not run yet'}"
    yield f"  {standing.seconds / 60:.0f} minutes of drills; {standing.unfinished} not finished, which do not count"


def rate(standing: Standing) -> str:
    """So many, and what came of them."""
    return f"{number_of(standing.number, 'kill')}: {standing.left} left something behind, {standing.wrong} read wrong"


def _said(unharmed: Unharmed | Absent) -> str:
    left = ", but left something behind" if unharmed.left else ""
    return READS.get(unharmed.exit_code, f"ended with {unharmed.exit_code}") + left


def _times(times: Times | None) -> str:
    return f"{times.median:.2f} s in the median, {times.most:.2f} s at most," if times else "(not known yet)"
