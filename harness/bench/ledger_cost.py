"""What it costs to record an operation: blocks with the ledger, in turn with blocks of a bare PyMySQL loop."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pymysql
from pydantic import SecretStr

from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import Parts
from hadrill.environments.embedded.template import template_folder
from hadrill.environments.parts.settings import cache_folder
from hadrill.harness.bench.bare import BareServer, bare_server
from hadrill.harness.bench.figure import Figure, median_of, ratio_of
from hadrill.harness.bench.first_row import LIMIT_S
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.operation import Kind, Way
from hadrill.harness.workload.client_settings import WriterSettings
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.sealer import Sealer

OPERATIONS: Final = 20_000
AIM: Final = 1.1
_USER: Final = "bench"
_STATEMENT: Final = "SELECT 1"
_SERVER_ID: Final = 1

Say = Callable[[str], None]
"""Takes a line of progress."""

Block = Callable[[], None]
"""Asks the server so many times."""


def ledger_against_bare(parts: Parts, blocks: int, *, say: Say, operations: int = OPERATIONS) -> tuple[Figure, ...]:
    """Microseconds an operation of both, and their ratio; the first block of each is not counted.

    A block with the ledger holds all that a load process does with an operation: stamp it, record it, seal it.

    Raises:
        HarnessTrouble: the server did not come up, or an operation was not answered.
    """
    settings = load_settings()
    template = template_folder(cache_folder(os.environ), parts.mysql)
    with bare_server(parts.mysql, template, settings) as server, tempfile.TemporaryDirectory() as folder:
        writer = _writer(server)
        columns = Columns(0, Way.ADDRESS)
        conversation = Conversation(writer, columns, {_SERVER_ID: 0}, lambda _strange: None)
        with closing(_bare_connection(writer)) as bare:
            both = (
                _ledger_block(conversation, columns, Path(folder), operations),
                _bare_block(bare, operations),
            )
            samples = in_turn(both, blocks, operations, say)
        conversation.drop()
    return (
        median_of("an operation with the ledger", samples[0], "us"),
        median_of("an operation of a bare loop", samples[1], "us"),
        ratio_of("the ledger's cost against a bare loop", *samples, AIM),
    )


def in_turn(both: tuple[Block, Block], blocks: int, operations: int, say: Say) -> tuple[list[float], list[float]]:
    """Which of the two is first changes from round to round."""
    samples: tuple[list[float], list[float]] = ([], [])
    for number in range(blocks + 1):
        for place in (0, 1) if number % 2 else (1, 0):
            began_ns = now_ns()
            both[place]()
            if number:
                samples[place].append((now_ns() - began_ns) / 1e3 / operations)
        if number:
            say(f"block {number} of {blocks}: ledger {samples[0][-1]:.1f} us, bare {samples[1][-1]:.1f} us")
    return samples


def _ledger_block(conversation: Conversation, columns: Columns, folder: Path, operations: int) -> Block:
    sealer = Sealer([columns], folder, "operations", every_ns=0, rows=1, began_ns=now_ns())
    connection = conversation.log_in()
    conversation.learn_server(connection)

    def block() -> None:
        for _ in range(operations):
            if not conversation.ask(connection, Kind.READ, _STATEMENT):
                raise HarnessTrouble(f"{_STATEMENT} was not answered")
        sealer.gather()
        sealer.seal(now_ns())

    return block


def _bare_block(connection: "pymysql.Connection[Any]", operations: int) -> Block:
    def block() -> None:
        for _ in range(operations):
            connection.query(_STATEMENT)

    return block


def _writer(server: BareServer) -> WriterSettings:
    """A client of the load, with an account that only logs in."""
    password = secrets.token_urlsafe(18)
    server.root.query(f"CREATE USER {_USER} IDENTIFIED BY '{password}'")
    return WriterSettings(
        name="writer",
        way=Way.ADDRESS,
        host=server.endpoint.host,
        port=server.endpoint.port,
        user=_USER,
        password=SecretStr(password),
    )


def _bare_connection(writer: WriterSettings) -> "pymysql.Connection[Any]":
    """As a customer's own loop has it: PyMySQL's defaults, with a limit so that nothing waits for ever."""
    return pymysql.connect(
        host=writer.host,
        port=writer.port,
        user=writer.user,
        password=writer.password.get_secret_value(),
        autocommit=True,
        ssl_disabled=True,
        read_timeout=LIMIT_S,
        write_timeout=LIMIT_S,
    )
