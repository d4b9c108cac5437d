"""SW-8: for one reader time does not go back: the newest row of a writer never becomes an older one. Unit: looks.

From look to look, in the order in which one reader asked, the newest key that it is shown of any writer does not
decrease. That holds at one server, and over the address across any change of primary. It is not asked where a server is
rebuilt meanwhile, which may show less than before.

Does not flag: what two readers see of each other; a row that vanishes while a newer one of its writer is there
(``phantom reads``).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.checks.columns import Mask, distinct, smallest
from hadrill.harness.checks.looks import Looks, looks_of
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "back in time"


def back_in_time(history: History) -> Judgement:
    """Follow every reader from look to look.

    Args:
        history: with readers.
    """
    steps = [(looks, _back(looks)) for looks in looks_of(history)]
    findings = tuple(_finding(history, looks, np.flatnonzero(back)) for looks, back in steps if back.any())
    measure = Measure("steps from look to look", float(sum(len(back) for _, back in steps)), "steps")
    doubt = "" if any(len(back) for _, back in steps) else "no reader looked twice"
    return Judgement(CHECK, findings, (measure,), doubt)


def _back(looks: Looks) -> Mask:
    """Of the steps that lead from each look to the next one, those in which any writer's newest key decreased."""
    back: Mask = np.logical_or.reduce(looks.shown[1:] < looks.shown[:-1], axis=1)
    return back


def _finding(history: History, looks: Looks, places: NDArray[np.int64]) -> Finding:
    """The first step back, the number of all, and the rows that were no longer the newest."""
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
