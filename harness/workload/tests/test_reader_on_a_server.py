"""What readers are shown by a server, and what they record of it."""

from pathlib import Path
from typing import Any

import pytest

from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.accounts import TOTAL, read_total
from hadrill.harness.workload.casting import Client, client_at
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.ledger_table import create_ledger
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.tests.bare_server import OWNER, READER, BareServer
from hadrill.harness.workload.tests.load_settings import client, load

pytestmark = pytest.mark.e2e

TABLE = "d.ledger"
WATCHED = ("writer", "heart")
PATIENT = {"connect_timeout_s": 10.0, "request_timeout_s": 10.0}
"""A second, as by themselves, may pass on a busy machine."""


@pytest.fixture
def ledger(server: BareServer) -> BareServer:
    """A server with an empty ledger and opened accounts."""
    create_ledger(server.endpoint, OWNER, timeout_s=5, table=TABLE)
    return server


def reader_of(bare: BareServer, folder: Path, **changes: Any) -> tuple[Client, Columns, tuple[int, ...]]:
    """A reader of two writers, its columns, and where the keys of each client begin."""
    own = {"port": bare.endpoint.port, "user": READER.user, "password": READER.password, "server": 0, "way": Way.RACK}
    looking = client("reader", watches=WATCHED, **(PATIENT | own | changes))
    settings = load(folder, client(), client("heart"), client("large"), looking, table=TABLE)
    columns = Columns(3, looking.way)
    conversation = Conversation(looking, columns, {bare.server_id: 0}, lambda _: None)
    return client_at(3, settings, conversation), columns, settings.first_keys()


def told(columns: Columns) -> list[tuple[int, Kind, Outcome, int]]:
    """What was recorded since the last call: key, kind, outcome, error."""
    rows = [row for part in columns.take() for row in part]
    return [(int(row["key"]), Kind(row["kind"]), Outcome(row["outcome"]), int(row["error"])) for row in rows]


def seen(*keys: int) -> list[tuple[int, Kind, Outcome, int]]:
    """A look that showed these."""
    return [(key, Kind.SEEN, Outcome.ACKNOWLEDGED, 0) for key in keys]


def write(server: BareServer, *keys: int) -> None:
    """Put rows with these keys into the ledger."""
    server.run(*(f"INSERT INTO d.ledger VALUES ({key}, 0, '')" for key in keys))  # noqa: S608 - numbers


def test_newest_row_of_each_writer_is_seen(ledger: BareServer, tmp_path: Path) -> None:
    """Each look records one row a writer: the largest of its keys, or 0 before its first; others are not looked for."""
    reader, columns, (writer, heart, large, _) = reader_of(ledger, tmp_path)
    reader.turn()
    assert sorted(told(columns)) == seen(0, 0)
    write(ledger, writer, writer + 5, large)
    reader.turn()
    assert sorted(told(columns)) == seen(0, writer + 5)
    write(ledger, heart, writer + 6)
    reader.turn()
    assert sorted(told(columns)) == seen(writer + 6, heart)


def test_a_look_has_one_moment_and_the_server_that_answered(ledger: BareServer, tmp_path: Path) -> None:
    """All rows of a look have the same times, the reader's number and way, and the server's number."""
    reader, columns, _ = reader_of(ledger, tmp_path, server=None, way=Way.READ_ONLY)
    reader.turn()
    (look,) = columns.take()
    assert len(look) == 2
    for name, expected in (("client", 3), ("way", Way.READ_ONLY), ("server", 0)):
        assert {expected} == set(look[name].tolist())
    assert [1, 1] == [len(set(look[name].tolist())) for name in ("sent_ns", "received_ns")]
    assert look["sent_ns"][0] < look["received_ns"][0]


def test_accounts_are_added_up_every_so_many_looks(ledger: BareServer, tmp_path: Path) -> None:
    """The sum that was shown stands in the key's column; one below 0 is recorded as 0."""
    reader, columns, _ = reader_of(ledger, tmp_path, total_every=2)
    for _ in range(4):
        reader.turn()
    kinds = [kind for _, kind, _, _ in told(columns)]
    assert kinds == [*[Kind.SEEN] * 4, Kind.TOTAL] * 2
    ledger.run("UPDATE d.accounts SET balance = balance + 7 WHERE id = 1")
    for expected in (TOTAL + 7, 0):
        for _ in range(2):
            reader.turn()
        assert told(columns)[-1] == (expected, Kind.TOTAL, Outcome.ACKNOWLEDGED, 0)
        ledger.run("UPDATE d.accounts SET balance = -1")


def test_a_look_that_fails_is_recorded_and_the_next_one_connects_anew(ledger: BareServer, tmp_path: Path) -> None:
    """A failed look is one operation without a number; the reader comes back by itself."""
    reader, columns, _ = reader_of(ledger, tmp_path)
    reader.turn()
    told(columns)
    ((session,),) = [[row[0]] for row in ledger.run("SHOW PROCESSLIST") if row[1] == READER.user]
    ledger.run(f"KILL {session}")
    reader.turn()
    assert told(columns) == [(0, Kind.SEEN, Outcome.INDETERMINATE, 2013)]
    reader.turn()
    assert told(columns) == seen(0, 0)


def test_a_server_that_cannot_be_reached_shows_nothing(ledger: BareServer, tmp_path: Path) -> None:
    """A look whose connection could not be had is refused."""
    reader, columns, _ = reader_of(ledger, tmp_path, port=1)
    reader.turn()
    assert told(columns) == [(0, Kind.SEEN, Outcome.REFUSED, 2003)]


def test_lag_is_told_while_the_load_runs(ledger: BareServer, tmp_path: Path) -> None:
    """The status names the server that a reader looks at, and how old the heartbeat is that it showed."""
    own: dict[str, Any] = {"port": ledger.endpoint.port, "user": OWNER.user, "password": OWNER.password}
    clients = (client(**own), client("heart", **own), client("reader", **own, server=0, watches=("heart",)))
    settings = load(tmp_path, *clients, table=TABLE, servers={ledger.server_id: 0}, nodes=("a1",))
    process = LoadProcess.start(settings)
    process.wait_ready(10)

    def shown() -> tuple[tuple[str, float | None], ...] | NotYet:
        lag_s = process.latest.lag_s if process.latest else ()
        return lag_s if lag_s and lag_s[0][1] is not None else NotYet(str(lag_s))

    ((node, age_s),) = until(shown, "a heartbeat to be seen", timeout_s=10)
    process.stop()
    assert (node, age_s is not None and 0 <= age_s < 2) == ("a1", True)


def test_total_is_read(ledger: BareServer) -> None:
    """Accounts that are there are added up, and opened only once; where there are none there is no total."""
    ledger.run("UPDATE d.accounts SET balance = balance + 1")
    create_ledger(ledger.endpoint, OWNER, timeout_s=5, table=TABLE)
    assert read_total(ledger.endpoint, READER, timeout_s=5, table=TABLE) == TOTAL + 100
    assert read_total(ledger.endpoint, READER, timeout_s=5, table="gone.ledger") is None
