"""DR-6, DR-17: how long an instance in another region takes, from the request, until it acknowledges a write. Seconds.

*Time to the first write*: from the request to activate (or to switch back) to the first acknowledgement at the
disaster-recovery instance's own address. The resolution is the 99th percentile of the time between tries plus the
longest stall of our own load meanwhile; a value that exceeds its objective by less than our own stalls leaves no
verdict. A write that was acknowledged there before the request is a breach, however fast the rest was; and so it is
where the request was carried out and all writes of the half second since then, or more, were refused.

Does not flag: what is lost by it (``data loss``); whether the old master still writes (``divergence``).
"""

from typing import Final

from hadrill.harness.checks.columns import WRITES, are, select, some_keys
from hadrill.harness.checks.gaps import Gap, beyond, spacing_s, stalled_s
from hadrill.harness.checks.left_alone import FEWEST, TRIED_S
from hadrill.harness.checks.wording import moment, number_of
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

CHECK: Final = "activation"
MEASURE: Final = "time to the first write"


def activation(history: History, objective: Objective, since: SwitchRecord) -> Judgement:
    """Measure from the request to the first write and hold it to the objective.

    Args:
        history: with writes tried over ``Way.RECOVERY`` before and after the request.
        objective: in seconds.
        since: the request to activate, or to switch back.
    """
    tried = select(history.operations, are(history.operations, WRITES, way=Way.RECOVERY))
    writes = select(tried, tried["outcome"] == Outcome.ACKNOWLEDGED)
    early = select(writes, writes["received_ns"] <= since.asked_ns)
    after = writes["received_ns"][writes["received_ns"] > since.asked_ns]
    end_ns = int(after.min()) if len(after) else int(tried["received_ns"].max(initial=since.asked_ns))
    waited = Gap(0, since.asked_ns, max(end_ns, since.asked_ns))
    value = waited.length_s if len(after) else None
    resolution_s = spacing_s(tried["sent_ns"]) + stalled_s(history.stalls, waited)[0]
    finding, doubt = _late(history, objective, since, waited, answered=bool(len(after)))
    findings = [*_early(history, early), *([Finding(CHECK, finding)] if finding else [])]
    if not len(after):
        findings += _refused(history, since, tried)
    if not (tried["sent_ns"] <= since.asked_ns).any():
        doubt = "no write was tried at the disaster-recovery instance before it was to take any"
    return Judgement(CHECK, tuple(findings), (Measure(MEASURE, value, "s", resolution_s, objective),), doubt)


def _early(history: History, early: Operations) -> list[Finding]:
    if not len(early):
        return []
    sentence = (
        f"{number_of(len(early), 'write')} had been acknowledged at the disaster-recovery instance before it was to "
        f"take any, the first at {moment(history, int(early['received_ns'].min()))}"
    )
    return [Finding(CHECK, sentence, some_keys(early))]


def _refused(history: History, since: SwitchRecord, tried: Operations) -> list[Finding]:
    """The request was carried out, and all that was tried afterwards is refused.

    Of what was tried for a shorter time, or more seldom, it may be by those alone who never may write.
    """
    done_ns = since.finished_ns
    later = tried[:0] if done_ns is None else select(tried, tried["sent_ns"] > done_ns)
    if done_ns is None or len(later) < FEWEST or not are(later, outcome=Outcome.REFUSED).all():
        return []
    if (int(later["received_ns"].max()) - done_ns) / 1e9 < TRIED_S:
        return []
    sentence = (
        f"it was done at {moment(history, done_ns)}, and {number_of(len(later), 'write')} that were tried at the "
        "disaster-recovery instance since then were refused"
    )
    return [Finding(CHECK, sentence)]


def _late(
    history: History, objective: Objective, since: SwitchRecord, waited: Gap, *, answered: bool
) -> tuple[str, str]:
    """The finding, or the reason for doubt."""
    allowed = f"allowed {objective.limit:g} s ({objective.name})"
    asked = moment(history, since.asked_ns)
    if answered:
        sentence = f"asked for at {asked}, the first write was acknowledged {waited.length_s:.3f} s later; {allowed}"
        return beyond(sentence, history.stalls, waited, objective.limit)
    sentence = f"asked for at {asked}, and no write was acknowledged in the {waited.length_s:.3f} s of load since"
    return (f"{sentence}; {allowed}", "") if waited.length_s >= objective.limit else ("", sentence)
