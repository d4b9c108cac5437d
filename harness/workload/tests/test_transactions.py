"""What transfers and batches consist of."""

import re
from itertools import islice
from random import Random

from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.accounts import ACCOUNTS, OPENING, TOTAL, opening
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.transactions import Transaction, batches, transfers

UPDATE = re.compile(r"UPDATE d\.accounts SET balance = balance \+ \((-?\d+)\) WHERE id = (\d+)")


def some_transfers(seed: int) -> list[Transaction]:
    """The first thousand transfers that follow from that seed."""
    return list(islice(transfers(Rows("d.ledger", 2, 41, 16), "d.accounts", Random(seed)), 1000))


def moves_of(transfer: Transaction) -> list[tuple[int, int]]:
    """Account and change of each update, in order."""
    matches = [UPDATE.fullmatch(statement) for statement in transfer.statements[:-1]]
    return [(int(match[2]), int(match[1])) for match in matches if match]


def test_a_transfer_moves_money_and_makes_none() -> None:
    """What one account loses another one gets, and both are accounts that there are."""
    for transfer in some_transfers(7):
        (one, change), (other, opposite) = moves_of(transfer)
        assert change == -opposite != 0
        assert 1 <= one < other <= ACCOUNTS


def test_accounts_are_taken_in_one_order() -> None:
    """Two transfers that meet at two accounts lock them in the same order, so that neither waits for the other."""
    for transfer in some_transfers(7):
        accounts = [account for account, _ in moves_of(transfer)]
        assert accounts == sorted(accounts)


def test_a_transfer_writes_one_row() -> None:
    """Its last statement inserts the row of its one key; the next transfer has the next key."""
    for place, transfer in enumerate(some_transfers(7)):
        assert (transfer.kind, transfer.keys, len(transfer.statements)) == (Kind.TRANSFER, (41 + place,), 3)
        assert transfer.statements[-1].partition("VALUES")[2].startswith(f" ({41 + place},2,")


def test_transfers_follow_from_the_seed() -> None:
    """The same seed gives the same transfers, another one others."""
    assert some_transfers(7) == some_transfers(7) != some_transfers(8)


def test_a_batch_has_so_many_rows() -> None:
    """Each batch inserts its own rows, each under its own key."""
    both = list(islice(batches(Rows("d.ledger", 2, 41, 16), 3), 2))
    assert [batch.keys for batch in both] == [(41, 42, 43), (44, 45, 46)]
    assert {Kind.WRITE} == {batch.kind for batch in both}
    assert ["41,", "42,", "43,"] == [statement.partition("(")[2][:3] for statement in both[0].statements]


def test_every_account_is_opened() -> None:
    """The total is what all accounts were opened with."""
    *_, insert = opening("d.accounts")
    opened = re.findall(r"\((\d+), (\d+)\)", insert)
    assert [int(account) for account, _ in opened] == list(range(1, ACCOUNTS + 1))
    assert sum(int(balance) for _, balance in opened) == TOTAL == ACCOUNTS * OPENING
