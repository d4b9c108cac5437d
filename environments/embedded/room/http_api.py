"""A small JSON API over HTTP: a token, a table of routes, errors as sentences."""

import json
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from hadrill.environments.embedded.room.body import Body
from hadrill.environments.embedded.room.refusal import Refusal

_LARGEST_BODY: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Route:
    """One request that is understood.

    Attributes:
        path: pattern of the whole path; its groups are the handler's first arguments.
        handler: gets the groups and the body, returns the answer's body.
    """

    method: str
    path: str
    handler: Callable[..., Body]


def serve(host: str, port: int, token: str, routes: tuple[Route, ...]) -> ThreadingHTTPServer:
    """Listen and answer from a thread of its own."""

    class Handler(_Handler):
        wanted = f"Bearer {token}"
        table = routes

    server = ThreadingHTTPServer((host, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds that a connection may be idle
    disable_nagle_algorithm = True
    wanted = ""
    table: tuple[Route, ...] = ()

    def _answer(self) -> None:
        try:
            status, body = 200, self._result()
        except Refusal as refusal:
            status, body = refusal.status, {"error": str(refusal)}
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets a sentence and the log the rest
            status, body = 500, {"error": f"{type(error).__name__}: {error}"}
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - http.server's names

    def _result(self) -> Body:
        if not secrets.compare_digest(self.headers.get("Authorization", "").encode(), self.wanted.encode()):
            self.close_connection = True  # nothing that a stranger sends is read
            raise Refusal(401, "this needs the token")
        body = self._body()
        for route in self.table:
            found = re.fullmatch(route.path, self.path)
            if found and route.method == self.command:
                return route.handler(*found.groups(), body)
        raise Refusal(404, f"{self.command} {self.path} is not understood")

    def _body(self) -> Body:
        said = self.headers.get("Content-Length", "0")
        length = int(said) if re.fullmatch("[0-9]{1,9}", said) else -1
        if not 0 <= length <= _LARGEST_BODY:
            self.close_connection = True
            raise Refusal(413, f"a body of {said[:20]} bytes is none, or too large")
        data = self.rfile.read(length)
        try:
            body = json.loads(data) if data else {}
        except ValueError as error:
            raise Refusal(400, f"the body is no JSON: {error}") from error
        except RecursionError as error:
            raise Refusal(400, "the body is nested too deeply") from error
        if not isinstance(body, dict):
            raise Refusal(400, "the body must be a JSON object")
        return body

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Requests are not logged; the harness's journal has what matters."""
