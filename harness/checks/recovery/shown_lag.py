"""DR-13: the lag that the service shows is the lag that there is; it grows while the link is cut. Unit: seconds.

Measured are the judge's own rows, written at the master and looked for at the disaster-recovery instance's address
(lag_series.py). Each lag that the service showed is compared with what was measured from the last look before it was
asked for to the first look after it had answered: the difference is how far it is outside of these. It is no more than
its difference from what was measured earlier, with the age of that: a lag that was right half a second ago is off by
half a second. Where seconds of backlog arrive between two looks, all that lies between these was the lag at some moment
between them. While the link is cut, what is shown must rise with the clock, by the same tolerance. A lag that is not
shown at all is a breach.

Does not flag: a lag shown before or after all looks, which is not judged.
"""

from collections.abc import Sequence
from math import isinf
from typing import Final

import numpy as np

from hadrill.harness.checks.lag_series import LagSeries, lag_series
from hadrill.harness.checks.wording import event_name, moment
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, ShownLag
from hadrill.harness.model.operation import Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "shown lag"
WORST: Final = "worst difference of the shown lag from the measured one"
BY_THE_CLOCK: Final = 2.0
"""A cut has to last so many times the tolerance, or what is shown in it tells nothing."""


def shown_lag(history: History, objective: Objective, cut: FaultRecord) -> Judgement:
    """Hold every shown lag to the measured one, and those during the cut to the clock.

    Args:
        history: with shown lags before and during the cut, and readers over ``Way.RECOVERY``.
        objective: in seconds: how far what is shown may be off.
        cut: of the link.
    """
    compared = [
        (shown, difference)
        for series in lag_series(history, (Way.RECOVERY,))[:1]
        for shown in history.shown_lag
        for difference in [_difference_s(series, shown)]
        if difference is not None
    ]
    worst, off_s = max(compared, key=lambda each: each[1], default=(None, None))
    finding = _off(history, objective, worst, off_s) if worst is not None and off_s is not None else ""
    growth, not_grown, doubt = _growth(history, objective, cut)
    measures = (
        Measure(WORST, None if off_s is not None and isinf(off_s) else off_s, "s", objective=objective),
        Measure("growth of the shown lag for each second of the cut", growth, "s"),
        Measure("shown lags compared", float(len(compared)), "looks"),
    )
    findings = tuple(Finding(CHECK, sentence) for sentence in (finding, not_grown) if sentence)
    return Judgement(CHECK, findings, measures, doubt)


def _difference_s(series: LagSeries, shown: ShownLag) -> float | None:
    """None where the looks do not go far enough in time; infinite where none was shown."""
    first = int(np.searchsorted(series.at_ns, shown.asked_ns, side="right")) - 1
    last = int(np.searchsorted(series.at_ns, shown.shown_ns))
    if first < 0 or last >= len(series.at_ns):
        return None
    if shown.lag_s is None:
        return float("inf")
    meanwhile = series.lag_s[first : last + 1]
    now_s = max(0.0, float(meanwhile.min()) - shown.lag_s, shown.lag_s - float(meanwhile.max()))
    return min(now_s, _since_it_was_right_s(series, first, shown.asked_ns, shown.lag_s))


def _since_it_was_right_s(series: LagSeries, last: int, asked_ns: int, lag_s: float) -> float:
    """How far it is from what was measured at a look up to this one or between two, with the age of that."""
    age_s, off_s = (asked_ns - series.at_ns[: last + 1]) / 1e9, series.lag_s[: last + 1] - lag_s
    crossed = np.flatnonzero(np.signbit(off_s[:-1]) != np.signbit(off_s[1:]))
    share = off_s[crossed] / (off_s[crossed] - off_s[crossed + 1])
    crossed_s = age_s[crossed] + share * (age_s[crossed + 1] - age_s[crossed])
    return float(min((np.abs(off_s) + age_s).min(), crossed_s.min(initial=np.inf)))


def _off(history: History, objective: Objective, worst: ShownLag, off_s: float) -> str:
    if off_s <= objective.limit:
        return ""
    at, allowed = moment(history, worst.shown_ns), f"allowed {objective.limit:g} s ({objective.name})"
    if worst.lag_s is None:
        return f"no lag was shown at {at}; {allowed}"
    return f"the lag shown at {at} was {worst.lag_s:.3f} s, off by {off_s:.3f} s; {allowed}"


def _growth(history: History, objective: Objective, cut: FaultRecord) -> tuple[float | None, str, str]:
    """By how much it grew each second, the finding where that was too little, and the reason for doubt."""
    during = _during(history.shown_lag, cut)
    lags = [shown.lag_s for shown in during if shown.lag_s is not None]
    passed_s = (during[-1].shown_ns - during[0].shown_ns) / 1e9 if during else 0.0
    if passed_s < BY_THE_CLOCK * objective.limit:
        return None, "", f"the lag was looked at for {passed_s:.3f} s of {event_name(cut)}, too short to see it grow"
    if len(lags) < len(during):
        return None, f"no lag was shown during {event_name(cut)}", ""
    grown_s = lags[-1] - lags[0]
    sentence = f"in {passed_s:.3f} s of {event_name(cut)} the shown lag went from {lags[0]:.3f} s to {lags[-1]:.3f} s"
    return grown_s / passed_s, sentence if grown_s < passed_s - objective.limit else "", ""


def _during(shown: Sequence[ShownLag], cut: FaultRecord) -> list[ShownLag]:
    """Asked for once the cut was complete, and answered before it was mended."""
    end_ns = cut.heal_began_ns
    return [each for each in shown if each.asked_ns >= cut.effective_ns and (end_ns is None or each.shown_ns <= end_ns)]
