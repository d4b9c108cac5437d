"""HA-3: while the secondary's acknowledgements are held back a commit waits. Unit: seconds.

No write that was sent once the hold was in force is acknowledged in the time that it has to wait, or before the hold
began to be lifted, whichever is sooner; over whatever way.

Does not flag: writes sent before the hold was in force; refused and indeterminate ones; how fast the backlog drains;
answers in a hold that we prolonged, since a secondary that is silent for long is given up, and rightly (HA-4).
"""

from typing import Final

from hadrill.harness.checks.columns import WRITES, are, select, some_keys
from hadrill.harness.checks.wording import event_name, moment, number_of
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "commit waits"


def commit_waits(history: History, hold: FaultRecord, at_least_s: float) -> Judgement:
    """Look for a write that was answered although nobody had received it.

    Args:
        history: with load before, during and after the hold.
        hold: the acknowledgements held back in full.
        at_least_s: commits have to wait for so long; a shorter hold leaves no verdict.
    """
    if hold.heal_began_ns is None:
        return Judgement(CHECK, undecided=f"{event_name(hold)} was never lifted")
    began_ns, ended_ns = hold.effective_ns, hold.heal_began_ns
    operations = history.operations
    sent = select(operations, (operations["sent_ns"] > began_ns) & (operations["sent_ns"] < ended_ns))
    sent = select(sent, are(sent, WRITES))
    has_to_wait_ns = min(ended_ns, began_ns + round(at_least_s * 1e9))
    early = sent[(sent["outcome"] == Outcome.ACKNOWLEDGED) & (sent["received_ns"] < has_to_wait_ns)]
    waiting = sent[sent["received_ns"] >= ended_ns]
    measures = (
        Measure("longest wait of a commit held back", _longest_s(waiting), "s"),
        Measure("commits waiting when the hold was lifted", float(len(waiting)), "writes"),
    )
    return Judgement(CHECK, _findings(history, early), measures, _doubt(hold, waiting, at_least_s))


def _longest_s(waiting: Operations) -> float | None:
    """How long the write waited that was sent first of those answered after the hold; None where none was."""
    answered = waiting[waiting["outcome"] == Outcome.ACKNOWLEDGED]
    if not len(answered):
        return None
    first = answered[answered["sent_ns"].argmin()]
    return float(first["received_ns"] - first["sent_ns"]) / 1e9


def _findings(history: History, early: Operations) -> tuple[Finding, ...]:
    if not len(early):
        return ()
    sentence = (
        f"{number_of(len(early), 'write')} got an answer while the secondary's acknowledgements were held back, "
        f"the first at {moment(history, int(early['received_ns'].min()))}"
    )
    return (Finding(CHECK, sentence, some_keys(early)),)


def _doubt(hold: FaultRecord, waiting: Operations, at_least_s: float) -> str:
    """Why there is no verdict; empty where the hold was long enough and something waited for its end."""
    held_s = ((hold.heal_began_ns or hold.effective_ns) - hold.effective_ns) / 1e9
    if held_s < at_least_s:
        return f"acknowledgements were held back for {held_s:.3f} s, less than {at_least_s:g} s"
    if not len(waiting):
        return "no commit was waiting when the hold was lifted"
    return ""
