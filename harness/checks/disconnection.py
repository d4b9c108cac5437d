"""SW-7: a switch breaks connections; who reconnects carries on at the same address, who does not stays broken.

Does not flag: how long a client was away (outage measures that); clients that were not at work before the switch; a
guest who logs in anew each time and noticed nothing.
"""

from typing import Final

from hadrill.harness.checks.columns import are, numbers_in, select, some_keys
from hadrill.harness.checks.groups import Groups
from hadrill.harness.checks.wording import moment
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "disconnection"


def disconnection(history: History, switch: SwitchRecord, within_s: float = 5.0) -> Judgement:
    """Follow every client over the address through one switch.

    Args:
        history: with clients that reconnect and at least one that does not, at work before and after the switch.
        switch: must have finished; else there is no verdict.
        within_s: seconds of load after the switch in which a client that reconnects must have been served again.
    """
    if switch.finished_ns is None:
        return Judgement(CHECK, undecided="the switch was not seen to finish")
    clients = {True: _at_work(history, switch, reconnecting=True), False: _at_work(history, switch, reconnecting=False)}
    findings: list[Finding] = []
    doubts = [
        f"no client that {'reconnects' if reconnects else 'does not reconnect'} was at work before the switch"
        for reconnects, at_work in clients.items()
        if not at_work
    ]
    for name, own in clients[True].items():
        finding, doubt = _carries_on(name, own, switch.finished_ns, within_s)
        findings += finding or _unbroken(history, name, own, switch.finished_ns)
        doubts += doubt
    for name, own in clients[False].items():
        finding, doubt = _stays_broken(history, name, own, switch)
        findings += finding
        doubts += doubt
    broken = [own for at_work in clients.values() for own in at_work.values() if len(_errors(own))]
    measure = Measure("clients whose connection broke", float(len(broken)), "clients")
    return Judgement(CHECK, tuple(findings), (measure,), "; ".join(doubts))


def _at_work(history: History, switch: SwitchRecord, *, reconnecting: bool) -> dict[str, Operations]:
    """By its name, each client that was acknowledged something over the address before the switch was asked for.

    With what it was told over the address since then.
    """
    over_address = are(history.operations, way=Way.ADDRESS)
    earlier = history.operations["received_ns"] <= switch.asked_ns
    before = over_address & earlier & are(history.operations, outcome=Outcome.ACKNOWLEDGED)
    at_work = set(numbers_in(history.operations["client"][before]))
    since = select(history.operations, over_address & ~earlier)
    own = Groups.of(since["client"]).parts(since)
    return {
        client.name: own.get(number, since[:0])
        for number, client in enumerate(history.roster.clients)
        if number in at_work and client.reconnects is reconnecting
    }


def _errors(own: Operations) -> Operations:
    """What a client was not acknowledged."""
    errors: Operations = own[~are(own, outcome=Outcome.ACKNOWLEDGED)]
    return errors


def _carries_on(name: str, own: Operations, finished_ns: int, within_s: float) -> tuple[list[Finding], list[str]]:
    if (are(own, outcome=Outcome.ACKNOWLEDGED) & (own["sent_ns"] > finished_ns)).any():
        return [], []
    tried_s = (int(own["received_ns"].max(initial=finished_ns)) - finished_ns) / 1e9
    sentence = f"{name}, which reconnects, was acknowledged nothing in the {tried_s:.3f} s after the switch"
    return ([Finding(CHECK, sentence)], []) if tried_s >= within_s else ([], [sentence])


def _unbroken(history: History, name: str, own: Operations, finished_ns: int) -> list[Finding]:
    """A client that has to reconnect is told an error first; one that logs in each time had nothing to keep."""
    served = own[own["sent_ns"] > finished_ns]
    if len(_errors(own)) or not len(served) or are(own, Kind.LOGIN).any():
        return []
    sentence = (
        f"{name}, which reconnects, kept its connection through the switch: acknowledged at "
        f"{moment(history, int(served['sent_ns'].min()))}"
    )
    return [Finding(CHECK, sentence, some_keys(served))]


def _stays_broken(
    history: History, name: str, own: Operations, switch: SwitchRecord
) -> tuple[list[Finding], list[str]]:
    errors = _errors(own)
    if not len(errors):
        since_ns, what = switch.finished_ns or switch.asked_ns, "kept its connection through the switch"
    else:
        since_ns, what = int(errors["received_ns"].min()), "was served again on a connection that had broken"
    after = own[own["sent_ns"] > since_ns]
    served = after[are(after, outcome=Outcome.ACKNOWLEDGED)]
    if len(served):
        sentence = (
            f"{name}, which does not reconnect, {what}: acknowledged at {moment(history, int(served['sent_ns'].min()))}"
        )
        return [Finding(CHECK, sentence, some_keys(served))], []
    return [], [] if len(after) else [f"{name} tried nothing after the switch"]
