"""Violations of every promise, each done to a history that was correct until then; times in milliseconds."""

from dataclasses import replace
from typing import Final

import numpy as np

from hadrill.harness.checks.columns import WRITES, are
from hadrill.harness.checks.come_and_go import ADDRESS
from hadrill.harness.checks.tests.courses import Case, case_of
from hadrill.harness.checks.tests.histories import (
    AT_ADDRESS,
    AT_C,
    CALLER,
    INTRUDER,
    OWNER,
    STUBBORN,
    TRANSFER,
    WITNESS,
    WRITER_1,
    WRITER_2,
    ns,
    operation,
)
from hadrill.harness.checks.tests.planting import (
    changed_history,
    changed_operations,
    operations_of,
    seen_without,
    transfers_acknowledged,
    with_more,
)
from hadrill.harness.checks.tests.service_model import END, MONEY, SERVERS, D
from hadrill.harness.model.difference import Difference
from hadrill.harness.model.operation import NO_SERVER, Kind, Outcome, Way

NEW: Final = 99_000_000
"""A key that nobody has."""

TOO_LONG: Final = 1100
"""Longer than any test allows."""

CALM: Final = 400
"""Long before anything happens."""


def lost_write(case: Case) -> Case:
    """Acknowledged at the end of the load, and gone."""
    assert case.history.present is not None
    gone = int(transfers_acknowledged(case, END - 400, END)["key"][0])
    return changed_history(case, present=case.history.present[case.history.present != gone])


def refused_yet_there(case: Case) -> Case:
    """A write that the other server refused is in the ledger."""
    operations, present = case.history.operations, case.history.present
    assert present is not None
    key = operations["key"][operations_of(case, WITNESS) & are(operations, outcome=Outcome.REFUSED)].max()
    return changed_history(case, present=np.append(present, key))


def nobodys_row(case: Case) -> Case:
    """A row that nobody tried to write."""
    assert case.history.present is not None
    return changed_history(case, present=np.append(case.history.present, np.uint64(NEW)))


def second_primary(case: Case) -> Case:
    """The other one takes a neighbour's write."""
    return with_more(case, operation(case.plan.other, CALM, CALM + 1, client=WITNESS, key=NEW))


def came_back_as_primary(case: Case) -> Case:
    """The lost one takes a neighbour's write long after its heal, while the new one takes others."""
    return with_more(case, operation(case.plan.old, END - 400, END - 399, client=WITNESS, key=NEW))


def came_back_unmet(case: Case) -> Case:
    """The lost one takes a neighbour's write when the new one takes none any more."""
    return with_more(case, operation(case.plan.old, END + 50, END + 51, client=WITNESS, key=NEW))


def let_in(case: Case) -> Case:
    """A visitor gets into the secondary."""
    return with_more(case, operation(case.plan.other, CALM, CALM + 1, client=OWNER, kind=Kind.LOGIN))


def led_astray(case: Case) -> Case:
    """The address answers a read from the secondary."""
    return with_more(case, operation(case.plan.other, CALM, CALM + 1, client=WRITER_2, kind=Kind.READ))


def led_to_both(case: Case) -> Case:
    """An old connection to the address still writes to the old primary while the new one serves others."""
    at = case.plan.back + 100
    return with_more(case, operation(case.plan.old, at, at + 1, client=TRANSFER, key=NEW))


def went_back(case: Case) -> Case:
    """A reader is shown the row before the one that it was shown last."""
    operations = case.history.operations.copy()
    looks = np.flatnonzero(operations_of(case, AT_C, Kind.SEEN))[::2]
    keys = operations["key"][looks]
    step = next(at for at in range(5, len(keys) - 2) if keys[at] > keys[at - 1] > 0)
    operations["key"][looks[step + 1]] = keys[step - 1]
    return changed_history(case, operations=operations)


def phantom_at_the_address(case: Case) -> Case:
    """In one more look there is a write that nobody heard of again."""
    return _phantom(case, AT_ADDRESS)


def phantom_at_the_read_only(case: Case) -> Case:
    """The same at the read-only instance, long after the other server has taken over."""
    return _phantom(case, AT_C)


def _phantom(case: Case, reader: int) -> Case:
    """Beside the newest row of the other writer."""
    operations = case.history.operations
    row = int(operations["key"][operations_of(case, WRITER_1, Kind.WRITE)].max()) + 1
    newest = int(operations["key"][operations_of(case, reader, Kind.SEEN)].max())
    server = int(operations["server"][operations_of(case, reader, Kind.SEEN)][-1])
    tried = operation(NO_SERVER, END, END + 20, client=WRITER_1, key=row, outcome=Outcome.INDETERMINATE)
    shown = [operation(server, END + 1, END + 2, client=reader, kind=Kind.SEEN, key=key) for key in (row, newest)]
    return with_more(case, tried, *shown)


def came_late(case: Case) -> Case:
    """Missing from a look through the address, although it had been acknowledged."""
    return seen_without(case, ADDRESS, int(transfers_acknowledged(case, 0, CALM)["key"][0]))


def not_received(case: Case) -> Case:
    """The secondary lacks a row that had been acknowledged."""
    return seen_without(case, SERVERS.servers[case.plan.other], int(transfers_acknowledged(case, 0, CALM)["key"][0]))


def never_arrived(case: Case) -> Case:
    """The read-only instance lacks a row in the end."""
    return seen_without(case, "c1", int(transfers_acknowledged(case, 0, CALM)["key"][0]))


def lost_on_the_line(case: Case) -> Case:
    """The promoted instance lacks a row from long before the cut."""
    return seen_without(case, "d1", int(transfers_acknowledged(case, 0, CALM // 2)["key"][0]))


def arrived_all_the_same(case: Case) -> Case:
    """The promoted instance has a row of the old side from after the cut."""
    key = transfers_acknowledged(case, case.plan.begin + 200, END)["key"][-1]
    snapshots = [
        replace(each, keys=np.append(each.keys, key)) if each.place == "d1" else each for each in case.history.snapshots
    ]
    return changed_history(case, snapshots=tuple(snapshots))


def gone_where_it_was_promoted(case: Case) -> Case:
    """The promoted instance lacks a row that it had acknowledged."""
    key = operations_of(case, CALLER, Kind.WRITE)
    acknowledged = case.history.operations["outcome"] == Outcome.ACKNOWLEDGED
    lost = case.history.operations["key"][key & acknowledged][0]
    snapshots = [
        replace(each, keys=each.keys[each.keys != lost]) if each.place == "d1" else each
        for each in case.history.snapshots
    ]
    return changed_history(case, snapshots=tuple(snapshots))


def money_made(case: Case) -> Case:
    """A reader adds up one too many."""
    first = np.flatnonzero(operations_of(case, AT_ADDRESS, Kind.TOTAL))[3]
    return changed_operations(case, np.arange(len(case.history.operations)) == first, key=MONEY + 1)


def money_lost_at_rest(case: Case) -> Case:
    """A server has one too few in the end."""
    *others, last = case.history.servers
    return changed_history(case, servers=(*others, replace(last, total=MONEY - 1)))


def different_rows(case: Case) -> Case:
    """One row of one server has other contents."""
    *others, last = case.history.comparisons
    difference = Difference("shop.entries", "id=1", "abc", "def")
    return changed_history(case, comparisons=(*others, replace(last, differences=(difference,))))


def errant(case: Case) -> Case:
    """A server has a transaction that the primary has not."""
    *others, last = case.history.servers
    more = f"{last.executed},{'1' * 8}-1111-1111-1111-{'1' * 12}:1"
    return changed_history(case, servers=(*others, replace(last, executed=more)))


def answered_too_early(case: Case) -> Case:
    """A commit does not wait for the secondary."""
    at = case.plan.begin + 5
    return with_more(case, operation(case.plan.old, at, at + 2, client=WITNESS, key=NEW))


def served_while_down(case: Case) -> Case:
    """The address acknowledges what may be lost."""
    at = case.plan.begin + 5
    return with_more(case, operation(case.plan.old, at, at + 2, client=WRITER_2, key=NEW))


def kept_its_connection(case: Case) -> Case:
    """Who does not connect again is served after the switch."""
    return with_more(case, operation(case.plan.other, END - 5, END - 4, client=STUBBORN, key=NEW))


def write_at_read_only(case: Case) -> Case:
    """It takes a write: it is a second primary by that, too."""
    return with_more(case, operation(2, CALM, CALM + 1, client=INTRUDER, key=NEW))


def read_only_led_astray(case: Case) -> Case:
    """Its address leads to the primary."""
    return with_more(case, operation(case.plan.owner(CALM), CALM, CALM + 1, client=INTRUDER, kind=Kind.READ))


def write_in_another_region(case: Case) -> Case:
    """What follows takes a write."""
    return with_more(case, operation(D, CALM, CALM + 1, client=CALLER, key=NEW))


def activated_late(case: Case) -> Case:
    """The promoted instance refuses all writes for longer than it may."""
    operations = case.history.operations
    early = operations_of(case, CALLER, Kind.WRITE) & (operations["sent_ns"] < ns(case.plan.asked + TOO_LONG))
    return changed_operations(case, early, outcome=Outcome.REFUSED, error=1290)


def wrong_lag_shown(case: Case) -> Case:
    """The service shows another one than there is, once."""
    first, *others = case.history.shown_lag
    wrong = replace(first, lag_s=2.0)
    return changed_history(case, shown_lag=(wrong, *others))


def refused_one(case: Case) -> Case:
    """A customer's write is refused for nothing."""
    return with_more(case, operation(case.plan.old, CALM, CALM + 1, client=WRITER_2, key=NEW, outcome=Outcome.REFUSED))


def unserved_until_the_heal(case: Case) -> Case:
    """Nothing that customers send while the fault stands is answered."""
    operations, ends_ns = case.history.operations, case.fault.heal_began_ns or 0
    during = are(operations, WRITES, way=Way.ADDRESS) & (operations["sent_ns"] > case.fault.injected_ns)
    during &= operations["received_ns"] <= ends_ns
    return changed_operations(case, during, outcome=Outcome.INDETERMINATE, server=NO_SERVER)


def out_of_period(case: Case) -> Case:
    """The switch was to wait for a later time."""
    return replace(case, period=(case.plan.back + 500, END))


def too_long(case: Case) -> Case:
    """Nobody is served for longer than any test allows."""
    return case_of(replace(case.plan, away=TOO_LONG))


def fails_over(case: Case) -> Case:
    """The secondary takes over, although the primary is away for a moment only."""
    return case_of(replace(case.plan, moves=True))
