"""Whether a request to the manager has been answered, as another thread sees it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import pytest

from hadrill.harness.errors import HarnessTrouble, ServiceRefused
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.service.reference import ReferenceService

LIMIT_S: Final = 5.0
ACCEPTED: Final = (200, b"{}")
REFUSED: Final = (409, b'{"code": "Busy", "message": "something is under way"}')
GARBLED: Final = (200, b"{")


@pytest.mark.parametrize("answer", [ACCEPTED, REFUSED, GARBLED])
def test_a_request_is_owed_until_its_answer_comes_whatever_that_is(answer: tuple[int, bytes]) -> None:
    """Refused and garbled ones included."""
    with _manager(*answer) as (service, came, let_go), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(service.cancel_switch, "db-1")
        assert came.wait(LIMIT_S)
        assert service.owes_an_answer
        let_go.set()
        with suppress(ServiceRefused, HarnessTrouble):
            asked.result(LIMIT_S)
        assert not service.owes_an_answer


def test_a_look_is_not_owed() -> None:
    """It may be lost, and is taken again."""
    with _manager(200, b"[]") as (service, came, let_go), ThreadPoolExecutor(1) as pool:
        looking = pool.submit(service.instances)
        assert came.wait(LIMIT_S)
        assert not service.owes_an_answer
        let_go.set()
        assert looking.result(LIMIT_S) == ()


@contextmanager
def _manager(status: int, body: bytes) -> Iterator[tuple[ReferenceService, threading.Event, threading.Event]]:
    """Something that answers like this once it is let go; who calls it, and what tells that a request came."""
    came, let_go = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.set()
            let_go.wait(LIMIT_S)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_DELETE(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        service = ReferenceService(Endpoint("127.0.0.1", server.server_port), "token", Account("auditor", "secret"))
        try:
            yield service, came, let_go
        finally:
            service.close()
            server.shutdown()
