"""Ways of changing one thing in the history of a course; times in milliseconds."""

from dataclasses import replace
from typing import Any

import numpy as np

from hadrill.harness.checks.columns import WRITES, Mask, are
from hadrill.harness.checks.tests.courses import Case
from hadrill.harness.checks.tests.histories import TRANSFER, Row, ns
from hadrill.harness.checks.tests.service_model import D
from hadrill.harness.model.operation import OPERATION, Kind, Operations, Outcome


def changed_history(case: Case, **fields: Any) -> Case:
    """The same course, recorded otherwise."""
    return replace(case, history=replace(case.history, **fields))


def with_more(case: Case, *rows: Row) -> Case:
    """These operations besides, and the rows of writes among them."""
    more = np.array(list(rows), dtype=OPERATION)
    written = more["key"][are(more, WRITES, Outcome.ACKNOWLEDGED) & (more["server"] != D)]
    last_ns = int(more["received_ns"].max())
    assert case.history.present is not None
    return changed_history(
        case,
        operations=np.append(case.history.operations, more),
        present=np.append(case.history.present, written),
        snapshots=tuple(
            replace(each, keys=np.append(each.keys, written)) if each.at_ns >= last_ns and each.place != "d1" else each
            for each in case.history.snapshots
        ),
    )


def changed_operations(case: Case, mask: Mask, **columns: int) -> Case:
    """Some operations had another end."""
    operations = case.history.operations.copy()
    assert mask.any()
    for name, value in columns.items():
        operations[name][mask] = value
    return changed_history(case, operations=operations)


def operations_of(case: Case, client: int, kind: Kind | None = None) -> Mask:
    """What a client tried."""
    mask: Mask = are(case.history.operations, kind) & (case.history.operations["client"] == client)
    return mask


def transfers_acknowledged(case: Case, from_ms: int, until_ms: int) -> Operations:
    """Acknowledged transfers answered in that time."""
    operations = case.history.operations
    within = (operations["received_ns"] >= ns(from_ms)) & (operations["received_ns"] < ns(until_ms))
    found: Operations = operations[
        operations_of(case, TRANSFER) & within & are(operations, outcome=Outcome.ACKNOWLEDGED)
    ]
    assert len(found)
    return found


def seen_without(case: Case, place: str, key: int) -> Case:
    """A snapshot of that place lacks a row."""
    snapshots = [
        replace(each, keys=each.keys[each.keys != key]) if each.place == place else each
        for each in case.history.snapshots
    ]
    assert any(len(one.keys) < len(other.keys) for one, other in zip(snapshots, case.history.snapshots, strict=True))
    return changed_history(case, snapshots=tuple(snapshots))


def frozen(case: Case, reader: int, from_ms: int, until_ms: int) -> Case:
    """All looks of a reader in that time show what the first of them does."""
    operations = case.history.operations.copy()
    sent = operations["sent_ns"]
    looks = np.flatnonzero(operations_of(case, reader, Kind.SEEN) & (sent >= ns(from_ms)) & (sent < ns(until_ms)))
    assert len(looks) > 4
    operations["key"][looks] = np.resize(operations["key"][looks[:2]], len(looks))
    return changed_history(case, operations=operations)


def touched(before: Case, after: Case) -> frozenset[int]:
    """Keys of all rows that are recorded otherwise, in whatever place."""
    one, other = before.history, after.history
    assert one.present is not None
    assert other.present is not None
    changed = [np.setxor1d(one.operations, other.operations)["key"], np.setxor1d(one.present, other.present)]
    changed += [np.setxor1d(then.keys, now.keys) for then, now in zip(one.snapshots, other.snapshots, strict=True)]
    return frozenset(int(key) for keys in changed for key in keys)
