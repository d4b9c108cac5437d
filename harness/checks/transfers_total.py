"""HA-4, SW-4: money that is moved between accounts is neither made nor lost, whoever adds it up, whenever.

A transfer is one transaction: every reader, at whatever server, is shown accounts that add up to the same total; so
does every server at rest.

Does not flag: which account holds what (``equality`` compares servers with each other).
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import are, select
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Outcome
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "transfers' total"


def transfers_total(history: History, total: int) -> Judgement:
    """Compare every total that was told with the one that all accounts began with.

    Args:
        history: with transfers, readers of totals, and servers at rest.
        total: of all accounts.
    """
    operations = history.operations
    transfers = int(are(operations, Kind.TRANSFER, Outcome.ACKNOWLEDGED).sum())
    told = select(operations, are(operations, Kind.TOTAL, Outcome.ACKNOWLEDGED))
    wrong = select(told, told["key"] != total)
    at_rest = [state for state in history.servers if state.total is not None]
    findings = [_shown(history, wrong[wrong["server"] == server], total) for server in np.unique(wrong["server"])]
    findings += [
        Finding(CHECK, f"the accounts of {state.node} add up to {state.total} at rest, not to {total}")
        for state in at_rest
        if state.total != total
    ]
    measures = (
        Measure("transfers acknowledged", float(transfers), "transfers"),
        Measure("totals shown to readers", float(len(told)), "totals"),
        Measure("servers whose accounts were added up at rest", float(len(at_rest)), "servers"),
    )
    missing = {
        "no transfer was acknowledged": not transfers,
        "no reader was shown a total": not len(told),
        "no server was asked for its total at rest": not at_rest,
        **{f"{state.node} told no total at rest": state.total is None for state in history.servers if at_rest},
    }
    return Judgement(CHECK, tuple(findings), measures, "; ".join(doubt for doubt, true in missing.items() if true))


def _shown(history: History, wrong: Operations, total: int) -> Finding:
    """What one server showed."""
    first = wrong[wrong["sent_ns"].argmin()]
    sentence = (
        f"{server_name(history, int(first['server']))} showed {number_of(len(wrong), 'total')} other than {total}, the "
        f"first, {int(first['key'])}, at {moment(history, int(first['sent_ns']))}"
    )
    return Finding(CHECK, sentence)
