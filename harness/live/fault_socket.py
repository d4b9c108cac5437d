"""The way to the holder's desk: a Unix socket in the run's work folder, which is its owner's alone."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.live.fault_desk import FaultDesk
from hadrill.harness.live.fault_messages import Answer, Request, answer_from, request_from

SOCKET: Final = "faults.sock"
_ASK_LIMIT_S: Final = 5.0
_LONGEST_LINE: Final = 65536


@contextmanager
def desk_open(desk: FaultDesk, work: Path) -> Iterator[None]:
    """Take requests, each in a thread of its own, until this is left.

    Args:
        work: the run's work folder.
    """

    class Handler(socketserver.StreamRequestHandler):
        timeout = _ASK_LIMIT_S

        def handle(self) -> None:
            """One request."""
            line = self.rfile.readline(_LONGEST_LINE).decode(errors="replace")
            try:
                request = request_from(line)
            except ValueError:
                answer = Answer(error="the request cannot be read", exit_code=HarnessTrouble.exit_code)
            else:
                answer = desk.answer(request)
            with contextlib.suppress(OSError):  # whoever asked did not wait
                self.wfile.write(answer.line().encode())

    with _Server(str(work / SOCKET), Handler) as server:
        (work / SOCKET).chmod(0o600)
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True, name="faults").start()
        yield
        server.shutdown()


def ask(work: str, request: Request, *, timeout_s: float) -> Answer:
    """Ask the holder.

    Args:
        work: the run's work folder.
        timeout_s: seconds until its answer must be there.

    Raises:
        HarnessTrouble: it does not answer.
    """
    path = Path(work) / SOCKET
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout_s)
            connection.connect(str(path))
            connection.sendall(request.line().encode())
            with connection.makefile("r", encoding="utf-8") as answer:
                return answer_from(answer.readline())
    except TimeoutError as error:
        raise HarnessTrouble(f"what holds the topology up did not answer at {path} within {timeout_s:g} s") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its answer cannot be read"
        raise HarnessTrouble(f"what holds the topology up does not take requests at {path}: {why}") from error


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
