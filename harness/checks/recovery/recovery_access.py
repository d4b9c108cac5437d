"""DR-1: a disaster-recovery instance has an address of its own, where reads pass and writes are refused.

Where reads are tried after the last event and its heal, some are answered.

Does not flag: reads that are refused before it holds anything or while one of its servers is lost (``recovery reads``
measures for how long); how old what it shows is; what it takes once it is promoted.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are, numbers_in, select, some_keys
from hadrill.harness.checks.left_alone import left_alone
from hadrill.harness.checks.read_only_access import CLIENT_ERRORS, READS
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.operation import NO_SERVER, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "recovery access"


def recovery_access(history: History, nodes: tuple[str, ...], until: SwitchRecord | None = None) -> Judgement:
    """Look for writes let in, and for answers from any other server.

    Args:
        history: with reads and writes tried over ``Way.RECOVERY``.
        nodes: where the instance's servers run.
        until: the request to promote it; what was not answered by then is not looked at.
    """
    tried = select(history.operations, are(history.operations, way=Way.RECOVERY))
    if until is not None:
        tried = select(tried, tried["received_ns"] <= until.asked_ns)
    served = select(tried, tried["outcome"] == Outcome.ACKNOWLEDGED)
    by_server = ~np.isin(tried["error"], np.array(CLIENT_ERRORS)) & (tried["server"] != NO_SERVER)
    counts = (
        Measure("reads answered at its address", float(are(served, READS).sum()), "reads"),
        Measure(
            "writes refused at its address", float((are(tried, WRITES, Outcome.REFUSED) & by_server).sum()), "writes"
        ),
    )
    missing = [count.name for count in counts if not count.value]
    shut = left_alone(history, select(tried, are(tried, READS)), "at the disaster-recovery instance's address")
    findings = (
        *_writes(history, select(served, are(served, WRITES))),
        *_astray(history, served, nodes),
        *([Finding(CHECK, shut)] if shut else ()),
    )
    return Judgement(CHECK, findings, counts, f"there were no {', no '.join(missing)}" if missing else "")


def _writes(history: History, let_in: Operations) -> list[Finding]:
    """One finding per server that took a write."""
    return [
        Finding(
            CHECK,
            f"{server_name(history, server)} took {number_of(len(theirs), 'write')} at the address of a "
            f"disaster-recovery instance, the first sent at {moment(history, int(theirs['sent_ns'].min()))}",
            some_keys(theirs),
        )
        for server in numbers_in(let_in["server"])
        for theirs in [let_in[let_in["server"] == server]]
    ]


def _astray(history: History, served: Operations, nodes: tuple[str, ...]) -> list[Finding]:
    """One finding per server of another instance that answered there."""
    servers = [server for server in numbers_in(served["server"]) if server != NO_SERVER]
    names = [server_name(history, server) for server in servers]
    return [
        Finding(CHECK, f"{name} answered at the address of a disaster-recovery instance on {' and '.join(nodes)}")
        for name in names
        if name not in nodes
    ]
