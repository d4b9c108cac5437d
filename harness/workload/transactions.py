"""Transactions of several statements: transfers between accounts, and batches of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Final

from hadrill.harness.model.operation import Kind
from hadrill.harness.workload.accounts import ACCOUNTS
from hadrill.harness.workload.rows import Rows

LARGEST_AMOUNT: Final = 100


@dataclass(frozen=True, slots=True)
class Transaction:
    """Statements that take effect together or not at all.

    Attributes:
        kind: what it counts as.
        keys: of the rows that it writes; one operation each.
        statements: between BEGIN and COMMIT.
    """

    kind: Kind
    keys: tuple[int, ...]
    statements: tuple[str, ...]


def transfers(rows: Rows, accounts: str, random: Random) -> Iterator[Transaction]:
    """Each moves an amount between two accounts and writes one row.

    Args:
        rows: the client's own.
        accounts: ``schema.table``, a name that was checked.
        random: chooses accounts and amounts.
    """
    for key, insert in rows:
        payer, payee = random.sample(range(1, ACCOUNTS + 1), 2)
        amount = random.randint(1, LARGEST_AMOUNT)
        # In one order for everybody, so that no two transfers wait for each other.
        moves = sorted([(payer, -amount), (payee, amount)])
        updates = (
            f"UPDATE {accounts} SET balance = balance + ({change}) WHERE id = {account}"  # noqa: S608 - a checked name
            for account, change in moves
        )
        yield Transaction(Kind.TRANSFER, (key,), (*updates, insert))


def batches(rows: Rows, size: int) -> Iterator[Transaction]:
    """Each writes so many rows."""
    while True:
        keys, inserts = zip(*islice(rows, size), strict=True)
        yield Transaction(Kind.WRITE, keys, inserts)
