"""The harness's line to the room."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from hadrill.environments.embedded.room.program import ProgramState
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.instance import Endpoint

CALL_TIMEOUT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class RoomClient:
    """Speaks to the room's control; every method raises HarnessTrouble when the room refuses or is silent."""

    endpoint: Endpoint
    token: str = field(repr=False)

    def state(self, program: str) -> ProgramState:
        """A program's state."""
        return ProgramState(**self.call("GET", f"/programs/{program}"))

    def act(self, what: str, verb: str, body: Mapping[str, object] | None = None, **limits: float) -> ProgramState:
        """A verb on ``programs/NAME`` or ``nodes/NAME``; returns the state after it."""
        return ProgramState(**self.call("POST", f"/{what}/{verb}", body or {}, **limits))

    def call(
        self, method: str, path: str, body: Mapping[str, object] | None = None, timeout_s: float = CALL_TIMEOUT_S
    ) -> dict[str, Any]:
        """One request; returns the answer's body."""
        connection = http.client.HTTPConnection(self.endpoint.host, self.endpoint.port, timeout=timeout_s)
        what = f"{method} {path} to the room at {self.endpoint}"
        try:
            data = json.dumps(body) if body is not None else None
            connection.request(method, path, data, {"Authorization": f"Bearer {self.token}"})
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise HarnessTrouble(f"{what} got no answer within {timeout_s:g} s: {error}; no verdict") from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise HarnessTrouble(f"{what} was refused with {response.status}: {answer.get('error', answer)}")
        return answer
