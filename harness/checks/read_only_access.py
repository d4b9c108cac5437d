"""SW-8: a read-only instance's address leads to that instance alone, where reads pass and writes are refused.

Where reads are tried after the last event and its heal, some are answered.

Does not flag: reads that are refused while it is rebuilt or lost, and for how long; how old what it shows is
(``staleness``).
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are, numbers_in, select, some_keys
from hadrill.harness.checks.left_alone import left_alone
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "read-only access"
READS: Final = (Kind.READ, Kind.SEEN, Kind.TOTAL)
CLIENT_ERRORS: Final = range(2000, 3000)
"""Errors that a client's own library gives: no server has said anything."""


def read_only_access(history: History, nodes: tuple[str, ...]) -> Judgement:
    """Look for writes let in, and for answers from any other server.

    Args:
        history: with reads and writes tried over ``Way.READ_ONLY``.
        nodes: where the read-only instances run; each client's answers must all come from one of them.
    """
    tried = select(history.operations, are(history.operations, way=Way.READ_ONLY))
    served = select(tried, are(tried, outcome=Outcome.ACKNOWLEDGED))
    known = tuple(place for place, name in enumerate(history.roster.servers) if name in nodes)
    counts = [count for node in nodes for count in _counts(history, tried, node)]
    findings = (
        *_writes(history, select(served, are(served, WRITES))),
        *_astray(history, served, known),
        *_shut(history, select(tried, are(tried, READS)), known),
    )
    missing = [count.name for count in counts if not count.value]
    doubt = f"there were no {', no '.join(missing)}" if missing else ""
    return Judgement(CHECK, findings, tuple(counts), doubt if nodes else "no read-only instance was named")


def _counts(history: History, tried: Operations, node: str) -> tuple[Measure, Measure]:
    """What shows that it was tried at all."""
    place = history.roster.servers.index(node) if node in history.roster.servers else NO_SERVER
    theirs = select(tried, tried["server"] == place)
    by_server = ~np.isin(theirs["error"], np.array(CLIENT_ERRORS))
    reads = are(theirs, READS, Outcome.ACKNOWLEDGED).sum()
    writes = (are(theirs, WRITES, Outcome.REFUSED) & by_server).sum()
    return (
        Measure(f"reads answered by {node}", float(reads), "reads"),
        Measure(f"writes refused by {node}", float(writes), "writes"),
    )


def _shut(history: History, reads: Operations, known: tuple[int, ...]) -> tuple[Finding, ...]:
    """One finding per read-only instance that answers nobody in the end."""
    sentences = (
        left_alone(history, reads[reads["server"] == place], f"at {server_name(history, place)}") for place in known
    )
    return tuple(Finding(CHECK, sentence) for sentence in sentences if sentence)


def _writes(history: History, let_in: Operations) -> tuple[Finding, ...]:
    """One finding per server that took a write."""
    return tuple(
        Finding(
            CHECK,
            f"{server_name(history, server)} took {number_of(len(theirs), 'write')} over a read-only instance's "
            f"address, the first sent at {moment(history, int(theirs['sent_ns'].min()))}",
            some_keys(theirs),
        )
        for server in numbers_in(let_in["server"])
        for theirs in [let_in[let_in["server"] == server]]
    )


def _astray(history: History, served: Operations, known: tuple[int, ...]) -> tuple[Finding, ...]:
    """One finding per client that was answered by a server of another kind, or by two of this one."""
    findings = []
    for client in numbers_in(served["client"]):
        own = select(served, (served["client"] == client) & (served["server"] != NO_SERVER))
        servers = numbers_in(own["server"])
        if len(servers) > 1 or not set(servers) <= set(known):
            names = " and ".join(server_name(history, server) for server in servers)
            sentence = (
                f"the address of a read-only instance led {history.roster.clients[client].name} to {names}; "
                f"read-only are {', '.join(history.roster.servers[place] for place in known) or 'none'}"
            )
            findings.append(Finding(CHECK, sentence))
    return tuple(findings)
