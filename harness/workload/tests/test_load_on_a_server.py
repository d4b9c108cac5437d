"""A whole load on one server: what its clients say they learned is what the server holds."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.segments import unseal
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome, Way
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.client_settings import ClientSettings
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.report import LoadReport
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.settings import LoadSettings
from hadrill.harness.workload.tests.bare_server import OWNER, READER, BareServer
from hadrill.harness.workload.tests.load_settings import client, load
from hadrill.harness.workload.visitor import Visitor

pytestmark = pytest.mark.e2e

TABLE = "d.ledger"
PATIENT = {"connect_timeout_s": 30.0, "request_timeout_s": 30.0}
"""Those that give up sooner by themselves would meet what these tests do not try, on a busy machine."""


def at(server: BareServer, kind: str, account: Account = OWNER, /, **changes: Any) -> ClientSettings:
    """A client of that server."""
    own = {"port": server.endpoint.port, "user": account.user, "password": account.password}
    return client(kind, **(own | PATIENT | changes))


def load_of(server: BareServer, folder: Path, *clients: ClientSettings, **changes: Any) -> LoadSettings:
    """A load on that server, whose ledger is made."""
    create_ledger(server.endpoint, OWNER, timeout_s=5, table=TABLE)
    return load(folder, *clients, **({"table": TABLE, "servers": {server.server_id: 0}} | changes))


def wait_for_acknowledged(process: LoadProcess, count: int) -> None:
    """Wait until so many more writes were acknowledged than are now."""
    before = process.latest.acknowledged if process.latest else 0

    def acknowledged() -> bool | NotYet:
        seen = process.latest
        return True if seen is not None and seen.acknowledged >= before + count else NotYet(str(seen))

    until(acknowledged, f"{count} more writes", timeout_s=15)


def sealed(folder: Path, report: LoadReport) -> Operations:
    """All operations of a load."""
    return np.concatenate([unseal(folder, segment) for segment in report.segments])


def assert_ledger_agrees(server: BareServer, operations: Operations) -> None:
    """What was acknowledged is there, what was refused is not, and nobody wrote what no client tried."""
    present = read_keys(server.endpoint, OWNER, timeout_s=5, table=TABLE)
    writes = operations[np.isin(operations["kind"], (Kind.WRITE, Kind.TRANSFER))]
    assert len(np.unique(writes["key"])) == len(writes)
    assert np.isin(writes["key"][writes["outcome"] == Outcome.ACKNOWLEDGED], present).all()
    assert not np.isin(writes["key"][writes["outcome"] == Outcome.REFUSED], present).any()
    assert np.isin(present, writes["key"]).all()


def test_ledger_is_what_the_server_holds(server: BareServer, tmp_path: Path) -> None:
    """Every kind of client on a healthy server: all is acknowledged, and the rows are those of the ledger."""
    clients = (
        *(at(server, "writer", name=f"writer-{number}") for number in range(4)),
        at(server, "witness", way=Way.RACK, server=0),
        at(server, "visitor", way=Way.NODE, server=0),
        at(server, "stubborn"),
        at(server, "heart"),
        at(server, "large", body_bytes=1 << 20),
        at(server, "transfer"),
        at(server, "batch"),
        at(server, "reader", READER, watches=("writer-1", "heart", "transfer")),
    )
    process = LoadProcess.start(load_of(server, tmp_path, *clients))
    process.wait_ready(10)
    wait_for_acknowledged(process, 600)
    report = process.stop()
    operations = sealed(tmp_path, report)
    assert (report.operations, report.strange) == (len(operations), ())
    assert {Outcome.ACKNOWLEDGED} == set(operations["outcome"].tolist())
    assert set(range(len(clients))) == set(operations["client"].tolist())
    assert {0} == set(operations["server"].tolist())
    assert set(Kind) == set(operations["kind"].tolist())
    assert (operations["received_ns"] > operations["sent_ns"]).all()
    assert_ledger_agrees(server, operations)


def test_reconnecting_clients_carry_on_and_the_stubborn_one_does_not(server: BareServer, tmp_path: Path) -> None:
    """When the server dies under load and comes back, each client does what its kind says."""
    clients = (at(server, "writer"), at(server, "stubborn"), at(server, "visitor", way=Way.NODE, server=0))
    process = LoadProcess.start(load_of(server, tmp_path, *clients))
    process.wait_ready(10)
    wait_for_acknowledged(process, 100)
    server.kill()
    server.restart()
    wait_for_acknowledged(process, 100)
    assert process.latest is not None
    assert process.latest.last_outage_s is not None
    operations = sealed(tmp_path, process.stop())
    for place, comes_back in enumerate((True, False, True)):
        own = operations[operations["client"] == place]
        broken = own["received_ns"][own["outcome"] != Outcome.ACKNOWLEDGED]
        assert comes_back == bool((own["outcome"][own["sent_ns"] > broken.max(initial=0)]).any())
    assert_ledger_agrees(server, operations)


def test_pause_leaves_writes_open(server: BareServer, tmp_path: Path) -> None:
    """Writes that a paused server took in are indeterminate, and no refused one turns up when it wakes."""
    clients = (at(server, "writer", request_timeout_s=0.3), at(server, "witness", way=Way.RACK, server=0))
    process = LoadProcess.start(load_of(server, tmp_path, *clients))
    process.wait_ready(10)
    server.pause()
    try:
        until(
            lambda: bool(process.latest and process.latest.indeterminate) or NotYet(str(process.latest)),
            "a write to be given up",
            timeout_s=10,
        )
    finally:
        server.resume()
    wait_for_acknowledged(process, 50)
    operations = sealed(tmp_path, process.stop())
    assert {0} < set(operations["error"].tolist()) <= {0, 2013}
    assert_ledger_agrees(server, operations)


def test_visitor_without_the_right_to_write(server: BareServer, tmp_path: Path) -> None:
    """An account that may only read is let in and reads, and its writes are refused."""
    process = LoadProcess.start(
        load_of(server, tmp_path, at(server, "writer"), at(server, "visitor", READER, pace_ms=10))
    )
    process.wait_ready(10)
    wait_for_acknowledged(process, 50)
    operations = sealed(tmp_path, process.stop())
    visits = operations[operations["client"] == 1]
    assert {
        (Kind.LOGIN, Outcome.ACKNOWLEDGED, 0),
        (Kind.READ, Outcome.ACKNOWLEDGED, 0),
        (Kind.WRITE, Outcome.REFUSED, 1142),
    } == set(visits[["kind", "outcome", "error"]].tolist())
    assert_ledger_agrees(server, operations)


def test_visitor_leaves(server: BareServer) -> None:
    """A visit takes one connection, which is gone when the visit is over."""
    columns = Columns(0, Way.NODE)
    settings = at(server, "visitor", READER)
    visitor = Visitor(Conversation(settings, columns, {}, lambda _: None), Rows("d.t", 0, 1, 16))
    visitor.turn()

    def gone() -> bool | NotYet:
        sessions = [row for row in server.run("SHOW PROCESSLIST") if row[1] == READER.user]
        return True if not sessions else NotYet(str(sessions))

    assert until(gone, "the visitor's session to end", timeout_s=5)
    assert [Kind.LOGIN, Kind.READ, Kind.WRITE] == columns.take()[0]["kind"].tolist()


def test_unknown_server_is_strange(server: BareServer, tmp_path: Path) -> None:
    """A server that is not in the settings is never taken for one that is."""
    settings = load_of(server, tmp_path, at(server, "writer"), servers={99: 0})
    process = LoadProcess.start(settings)
    process.wait_ready(10)
    report = process.stop()
    assert {NO_SERVER} == set(sealed(tmp_path, report)["server"].tolist())
    assert [f"server_id {server.server_id} answered, not the server that the settings name"] == [
        message.text for message in report.strange
    ]


def test_every_key_is_read(server: BareServer) -> None:
    """A ledger of several chunks is read to its end, with keys of any size."""
    server.run(
        "SET SESSION cte_max_recursion_depth = 70000",
        "INSERT INTO d.t (id) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70000)"
        " SELECT i FROM n",
        "INSERT INTO d.t (id) VALUES (18446744073709551615)",
    )
    keys = read_keys(server.endpoint, OWNER, timeout_s=5, table="d.t")
    assert [*range(1, 70_001), 18_446_744_073_709_551_615] == keys.tolist()


def test_ledger_that_cannot_be_reached(server: BareServer) -> None:
    """A ledger that cannot be made or read is the harness's trouble, told with place and account but no password."""
    nowhere = Endpoint("127.0.0.1", 1)
    with pytest.raises(HarnessTrouble, match=r"could not create d\.ledger at 127\.0\.0\.1:1 as owner: .*2003"):
        create_ledger(nowhere, OWNER, timeout_s=1, table=TABLE)
    with pytest.raises(HarnessTrouble, match=r"could not read d\.gone back from .*1146"):
        read_keys(server.endpoint, OWNER, timeout_s=5, table="d.gone")
