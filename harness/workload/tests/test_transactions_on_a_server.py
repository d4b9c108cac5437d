"""Transactions of several statements on a server: what became of one, its COMMIT decides."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

import pytest

from hadrill.harness.model.operation import Outcome, Way
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.accounts import TOTAL, read_total
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.connection import connect
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.tests.bare_server import OWNER, BareServer
from hadrill.harness.workload.tests.load_settings import client
from hadrill.harness.workload.tests.talk import DOES_NOT_WAIT, WAITS_FOR_A_REPLICA, setting
from hadrill.harness.workload.transactions import Transaction, batches, transfers
from hadrill.harness.workload.transactor import Transactor

pytestmark = pytest.mark.e2e

TABLE = "d.ledger"
SLEEP = "SELECT SLEEP(30)"
ITS_TURN = "SELECT GET_LOCK('turn', 20)"
"""Waits until a test gives the turn."""

Told = tuple[int, Outcome, int]


class Mover:
    """One client that makes transactions, a beat at a time."""

    def __init__(self, server: BareServer, transactions: Iterator[Transaction], timeout_s: float = 5.0) -> None:
        own = {"user": OWNER.user, "password": OWNER.password, "port": server.endpoint.port}
        self.strange: list[object] = []
        self._columns = Columns(0, Way.ADDRESS)
        settings = client("transfer", **own, request_timeout_s=timeout_s)
        self.conversation = Conversation(settings, self._columns, {server.server_id: 0}, self.strange.append)
        self._transactor = Transactor(self.conversation, transactions)

    def turn(self) -> list[Told]:
        """What the client learned of one transaction: key, outcome, error for each row."""
        self._transactor.turn()
        return [(row["key"], Outcome(row["outcome"]), row["error"]) for part in self._columns.take() for row in part]


@pytest.fixture
def ledger(server: BareServer) -> BareServer:
    """A server with an empty ledger and opened accounts."""
    create_ledger(server.endpoint, OWNER, timeout_s=5, table=TABLE)
    return server


def rows() -> Rows:
    """Rows with keys from 1."""
    return Rows(TABLE, 0, 1, 16)


def moving() -> Iterator[Transaction]:
    """Transfers with keys from 1."""
    return transfers(rows(), "d.accounts", Random(7))


def ending_in(statement: str) -> Iterator[Transaction]:
    """Transfers that run this before they are committed."""
    return (Transaction(each.kind, each.keys, (*each.statements, statement)) for each in moving())


def holds(server: BareServer) -> tuple[list[int], int, int]:
    """Keys in the ledger, what the accounts hold together, and how many of them changed."""
    keys = read_keys(server.endpoint, OWNER, timeout_s=5, table=TABLE).tolist()
    total = read_total(server.endpoint, OWNER, timeout_s=5, table=TABLE)
    assert total is not None
    ((changed,),) = server.run("SELECT COUNT(*) FROM d.accounts WHERE balance <> 1000")
    return keys, total, changed


def wait_for_rollback(server: BareServer) -> None:
    """Wait until no transaction is open any more."""

    def none() -> bool | NotYet:
        ((count,),) = server.run("SELECT COUNT(*) FROM information_schema.innodb_trx")
        return True if count == 0 else NotYet(f"{count} transactions")

    until(none, "transactions to end", timeout_s=5)


def wait_for(server: BareServer, statement: str) -> int:
    """The session that runs this, once it does."""

    def running() -> int | NotYet:
        found = [int(row[0]) for row in server.run("SHOW PROCESSLIST") if row[7] == statement]
        return found[0] if found else NotYet("nobody does")

    return until(running, f"a session to run {statement}", timeout_s=5, interval_s=0.005)


@contextmanager
def turn_held(server: BareServer) -> Iterator[Callable[[], object]]:
    """Nobody else gets the turn until what this gives is called."""
    with connect(server.endpoint, OWNER, timeout_s=5) as connection:
        connection.query(ITS_TURN)
        yield lambda: connection.query("DO RELEASE_LOCK('turn')")


@contextmanager
def no_commits(server: BareServer) -> Iterator[None]:
    """Whoever commits meanwhile waits."""
    with connect(server.endpoint, OWNER, timeout_s=5) as connection:
        connection.query("FLUSH TABLES WITH READ LOCK")
        yield


def test_a_committed_transfer_is_there_as_a_whole(ledger: BareServer) -> None:
    """An acknowledged transfer has its row, has changed two accounts and made no money."""
    mover = Mover(ledger, moving())
    assert mover.turn() == [(1, Outcome.ACKNOWLEDGED, 0)]
    assert holds(ledger) == ([1], TOTAL, 2)
    assert mover.turn() == [(2, Outcome.ACKNOWLEDGED, 0)]
    assert mover.strange == []


def test_a_batch_is_one_transaction(ledger: BareServer) -> None:
    """Every row of a batch has the COMMIT's outcome and its times."""
    mover = Mover(ledger, batches(rows(), 3))
    assert mover.turn() == [(key, Outcome.ACKNOWLEDGED, 0) for key in (1, 2, 3)]
    with setting(ledger, "super_read_only", "ON"):
        assert mover.turn() == [(key, Outcome.REFUSED, 1290) for key in (4, 5, 6)]
    ledger.run("SET GLOBAL read_only = OFF")
    assert holds(ledger)[0] == [1, 2, 3]


def test_refused_before_the_commit(ledger: BareServer) -> None:
    """A statement that is refused undoes those before it, and the next transfer goes on."""
    ledger.run("INSERT INTO d.ledger VALUES (1, 9, 'in the way')")
    mover = Mover(ledger, moving())
    assert mover.turn() == [(1, Outcome.REFUSED, 1062)]
    wait_for_rollback(ledger)
    assert holds(ledger) == ([1], TOTAL, 0)
    assert [1062] == [getattr(strange, "error", None) for strange in mover.strange]
    assert mover.turn() == [(2, Outcome.ACKNOWLEDGED, 0)]


def test_killed_before_the_commit(ledger: BareServer) -> None:
    """A connection that is lost before the COMMIT was sent takes its transaction along: that is a refusal."""
    mover = Mover(ledger, ending_in(SLEEP))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mover.turn)
        ledger.run(f"KILL {wait_for(ledger, SLEEP)}")
        ((key, outcome, error),) = waiting.result(10)
    assert (key, outcome, error in {1317, 2013, 3169}) == (1, Outcome.REFUSED, True)
    wait_for_rollback(ledger)
    assert holds(ledger) == ([], TOTAL, 0)


def test_given_up_before_the_commit(ledger: BareServer) -> None:
    """So does one that the client gives up waiting on."""
    mover = Mover(ledger, ending_in(SLEEP), timeout_s=0.3)
    assert mover.turn() == [(1, Outcome.REFUSED, 2013)]
    ledger.run(f"KILL {wait_for(ledger, SLEEP)}")
    wait_for_rollback(ledger)
    assert holds(ledger) == ([], TOTAL, 0)


def test_read_only_when_it_is_committed(ledger: BareServer) -> None:
    """A server that was closed to writes between the last statement and the COMMIT refuses: nothing is there."""
    mover = Mover(ledger, ending_in(ITS_TURN))
    with turn_held(ledger) as give_turn, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mover.turn)
        wait_for(ledger, ITS_TURN)
        ledger.run("SET GLOBAL super_read_only = ON")
        give_turn()
        told = waiting.result(10)
    ledger.run("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF")
    assert told == [(1, Outcome.REFUSED, 1290)]
    wait_for_rollback(ledger)
    assert holds(ledger) == ([], TOTAL, 0)


def test_commit_whose_answer_is_late(ledger: BareServer) -> None:
    """A COMMIT that was not answered in time leaves it open; here the whole transfer turns out to be there."""
    mover = Mover(ledger, moving(), timeout_s=0.5)
    ledger.run(*WAITS_FOR_A_REPLICA)
    assert mover.turn() == [(1, Outcome.INDETERMINATE, 2013)]
    ledger.run(DOES_NOT_WAIT)
    wait_for_rollback(ledger)
    assert holds(ledger) == ([1], TOTAL, 2)


def test_commit_that_is_never_carried_out(ledger: BareServer) -> None:
    """The same answer may mean that nothing of the transfer is there."""
    mover = Mover(ledger, ending_in(ITS_TURN))
    with turn_held(ledger) as give_turn, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mover.turn)
        session = wait_for(ledger, ITS_TURN)
        with no_commits(ledger):
            give_turn()
            wait_for(ledger, "COMMIT")
            ledger.run(f"KILL {session}")
            ((key, outcome, error),) = waiting.result(10)
    assert (key, outcome, error in {1317, 2013, 3169}) == (1, Outcome.INDETERMINATE, True)
    wait_for_rollback(ledger)
    assert holds(ledger) == ([], TOTAL, 0)
