"""SW-8: for one reader time does not go back: the newest row of a writer never becomes an older one. Unit: looks.

From look to look, in the order in which one reader asked, the newest key that it is shown of any writer does not
decrease. That holds at one server, and over the address across any change of primary. A server that was rebuilt may
show less than before; that is counted, not held against it.

Does not flag: what two readers see of each other; a row that vanishes while a newer one of its writer is there
(``phantom reads``).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import distinct, smallest
from hadrill.harness.checks.looks import Looks, looks_of
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "back in time"


@dataclass(frozen=True, slots=True)
class _Steps:
    """One reader's steps from look to look; step ``k`` leads from look ``k`` to look ``k + 1``.

    Attributes:
        back: whether any writer's newest key decreased.
        excused: whether the server that answered the later look had been rebuilt since the earlier one.
    """

    looks: Looks
    back: NDArray[np.bool_]
    excused: NDArray[np.bool_]


def back_in_time(history: History, rebuilt_ns: tuple[tuple[str, int], ...] = ()) -> Judgement:
    """Follow every reader from look to look.

    Args:
        history: with readers.
        rebuilt_ns: node and time, on the monotonic clock, of each rebuild, by the servers' own evidence; any moment
            between the last answer before it and the first one after.
    """
    steps = [_steps(history, looks, rebuilt_ns) for looks in looks_of(history)]
    findings = tuple(_finding(history, each) for each in steps if (each.back & ~each.excused).any())
    measures = (
        Measure("steps from look to look", float(sum(len(each.back) for each in steps)), "steps"),
        Measure(
            "steps back across a rebuild", float(sum(int((each.back & each.excused).sum()) for each in steps)), "steps"
        ),
    )
    doubt = "" if any(len(each.back) for each in steps) else "no reader looked twice"
    return Judgement(CHECK, findings, measures, doubt)


def _steps(history: History, looks: Looks, rebuilt_ns: tuple[tuple[str, int], ...]) -> _Steps:
    back = np.logical_or.reduce(looks.shown[1:] < looks.shown[:-1], axis=1)
    excused = np.zeros(len(back), dtype=np.bool_)
    for node, at_ns in rebuilt_ns:
        if node in history.roster.servers:
            of_node = looks.server[1:] == history.roster.servers.index(node)
            excused |= of_node & (looks.at_ns[:-1] < at_ns) & (at_ns <= looks.at_ns[1:])
    return _Steps(looks, back, excused)


def _finding(history: History, steps: _Steps) -> Finding:
    """The first step back, the number of all, and the rows that were no longer the newest."""
    looks, places = steps.looks, np.flatnonzero(steps.back & ~steps.excused)
    first = int(places[0])
    writer = int(np.flatnonzero(looks.shown[first + 1] < looks.shown[first])[0])
    earlier, later = looks.shown[places], looks.shown[places + 1]
    seen, shown = int(looks.shown[first, writer]), int(looks.shown[first + 1, writer])
    there, before = (server_name(history, int(looks.server[look])) for look in (first + 1, first))
    sentence = (
        f"{history.roster.clients[looks.reader].name} went back {number_of(len(places), 'time')}: at "
        f"{moment(history, int(looks.at_ns[first + 1]))} {there} showed it row {shown} as the newest of "
        f"{history.roster.clients[looks.writers[writer]].name}, where {before} had shown it {seen}"
    )
    return Finding(CHECK, sentence, smallest(distinct(earlier[later < earlier])))
