"""A rack's host, at which servers are prepared, started, stopped and wiped."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hadrill.harness.model.instance import Endpoint


class HostTrouble(Exception):
    """A rack's host could not be reached, or refused; the message is its sentence."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a host says of one of its servers.

    Attributes:
        state: ``absent``, ``prepared``, ``running``, ``paused`` or ``exited``.
        held: the host cannot start it for now.
    """

    state: str
    held: bool


class Host:
    """Speaks to one rack's host through the manager's link to it.

    Raises:
        HostTrouble: every method may.
    """

    def __init__(self, endpoint: Endpoint, token: str) -> None:
        self._endpoint = endpoint
        self._token = token

    def look(self, node: str) -> ServerState:
        """The server's state; answers within 0.3 s or fails."""
        answer = self._call("GET", node, timeout_s=0.3)
        return ServerState(str(answer["state"]), bool(answer["held"]))

    def stored_bytes(self, node: str) -> int:
        """What the files of its data directory take on disk, logs included; answers within a second or fails."""
        return int(self._call("GET", f"{node}/stored", timeout_s=1)["bytes"])

    def prepare(self, node: str) -> None:
        """Lay down a fresh data directory; nothing happens where there is one."""
        self._call("PUT", node)

    def start(self, node: str, variables: Mapping[str, str], first_boot: tuple[str, ...] = ()) -> None:
        """Start the server, which may take a while to answer; nothing happens where it runs."""
        init_sql = "".join(f"{statement};\n" for statement in first_boot)
        self._call("POST", f"{node}/start", {"variables": dict(variables), "init_sql": init_sql})

    def stop(self, node: str, timeout_s: float = 10) -> None:
        """Ask the server to end, and wait until it has; nothing happens where it does not run."""
        self._call("POST", f"{node}/stop", {}, timeout_s)

    def kill(self, node: str) -> None:
        """End the server at once."""
        self._call("POST", f"{node}/kill", {})

    def wipe(self, node: str) -> None:
        """End the server and remove its data."""
        self._call("DELETE", node)

    def _call(
        self, verb: str, path: str, body: Mapping[str, object] | None = None, timeout_s: float = 10
    ) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._endpoint.host, self._endpoint.port, timeout=timeout_s)
        what = f"{verb} /nodes/{path} at the host on {self._endpoint}"
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
            connection.request(verb, f"/nodes/{path}", json.dumps(body or {}), headers)
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise HostTrouble(f"{what}: no answer within {timeout_s:g} s ({error!r})") from error
        finally:
            connection.close()
        if response.status >= 400:
            raise HostTrouble(f"{what}: {response.status}, {answer.get('error', 'no reason given')}")
        return answer
