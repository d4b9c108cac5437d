"""Answers that are no MySQL: whatever the driver makes of them, the client goes on and nothing counts as refused."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from hadrill.harness.model.operation import Kind, Outcome, Way
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.messages import Strange
from hadrill.harness.workload.outcome import UNNUMBERED
from hadrill.harness.workload.rows import Rows
from hadrill.harness.workload.tests.load_settings import client
from hadrill.harness.workload.writer import Writer

OK = b"\x00\x00\x00\x02\x00\x00\x00"
_CAPABILITIES = 0x0008_8201  # long password, protocol 4.1, secure connection, plugin authentication
GREETING = (
    b"\x0a9.7.4\x00"
    + struct.pack("<I8sxHBHH", 1, b"saltsalt", _CAPABILITIES & 0xFFFF, 255, 2, _CAPABILITIES >> 16)
    + b"\x15"
    + bytes(10)
    + b"moresaltmore\x00mysql_native_password\x00"
)


def packet(number: int, payload: bytes) -> bytes:
    """A packet of MySQL's protocol."""
    return len(payload).to_bytes(3, "little") + bytes([number]) + payload


def error_packet(error: int) -> bytes:
    """A server's error answer to a request."""
    return packet(1, b"\xff" + struct.pack("<H", error) + b"#HY000a message")


@contextlib.contextmanager
def server_that_answers(*answers: bytes) -> Iterator[int]:
    """A port where each thing a client sends is answered by the next of these; after the last the server hangs up."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):  # the client hangs up when it has had enough
            connection.settimeout(5)
            for answer in answers[:-1]:
                connection.sendall(answer)
                connection.recv(4096)
            connection.sendall(answers[-1])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (packet(7, OK), UNNUMBERED),  # out of sequence
        (packet(1, b""), UNNUMBERED),
        (packet(1, b"\xfb/etc/passwd"), UNNUMBERED),  # asks for a file of the client's
        (packet(1, b"\x02") + packet(2, b"\x03def"), UNNUMBERED),  # a result whose columns break off
        (packet(1, OK)[:6], 2013),
        (b"", 2013),
        (error_packet(1064), 1064),
        (error_packet(50_000), 50_000),
        (error_packet(3032), 3032),
    ],
)
def test_mangled_answer_leaves_the_write_open(answer: bytes, error: int) -> None:
    """An answer that is not understood says nothing of the write; only a number that we do not know is reported."""
    columns, strange = Columns(0, Way.ADDRESS), list[Strange]()
    with server_that_answers(packet(0, GREETING), packet(2, OK), packet(1, OK), answer) as port:
        conversation = Conversation(client(port=port), columns, {}, strange.append)
        connection = conversation.log_in()
        acknowledged = conversation.ask(connection, Kind.WRITE, "INSERT", key=4)
        conversation.drop()
    (row,) = columns.take()[0]
    assert not acknowledged
    assert (Outcome.INDETERMINATE, error, 4) == (row["outcome"], row["error"], row["key"])
    assert [error] * (error not in (2013, 3032)) == [message.error for message in strange]


@pytest.mark.parametrize(
    "greeting", [b"", b"\x00", packet(0, b""), packet(0, b"\x0a"), b"HTTP/1.1 400 Bad Request\r\n\r\n"]
)
def test_mangled_greeting_lets_nobody_in(greeting: bytes) -> None:
    """A login that is not understood is refused, and the write that waited for it never left."""
    columns = Columns(0, Way.ADDRESS)
    with server_that_answers(greeting) as port:
        settings = client(port=port, connect_timeout_s=0.2)
        Writer(Conversation(settings, columns, {}, lambda _: None), Rows("a.b", 0, 1, 16), reconnects=True).turn()
    (row,) = columns.take()[0]
    assert (Kind.WRITE, Outcome.REFUSED, 1) == (row["kind"], row["outcome"], row["key"])


def test_stranger_is_told_once_and_without_the_password() -> None:
    """The same error again is no news, and no message carries a secret."""
    strange: list[Strange] = []
    said = packet(1, b"\xff" + struct.pack("<H", 9999) + b"#HY000not s3cret")
    with server_that_answers(packet(0, GREETING), packet(2, OK), packet(1, OK), said, said) as port:
        conversation = Conversation(client(port=port), Columns(0, Way.ADDRESS), {}, strange.append)
        connection = conversation.log_in()
        for _ in range(2):
            conversation.ask(connection, Kind.READ, "SELECT")
        conversation.drop()
    assert strange == [Strange("writer", 9999, "while in the request phase: not ***")]
