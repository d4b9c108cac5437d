"""Calls to the reference service's manager over HTTP, and waiting for what they began."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from hadrill.harness.errors import HarnessTrouble, ServiceRefused
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.wait import NotYet, until

CALL_LIMIT_S = 5.0
LOOK_S = 0.02


class ManagerCalls:
    """Speaks to a manager that is (or is about to be) listening.

    Args:
        endpoint: where the manager listens.
        token: opens it.
        call_limit_s: seconds that a request may take.

    Raises:
        ServiceRefused: any request may, with the service's code and sentence.
        HarnessTrouble: the manager did not answer.
    """

    def __init__(self, endpoint: Endpoint, token: str, *, call_limit_s: float = CALL_LIMIT_S) -> None:
        self._http = httpx.Client(
            base_url=f"http://{endpoint}/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=call_limit_s,
            trust_env=False,
            verify=False,  # noqa: S501 - plain HTTP on loopback; a TLS context that nobody uses costs 14 ms
        )
        self._owed: set[object] = set()

    @property
    def owes_an_answer(self) -> bool:
        """Something was asked for, not only looked at, and no answer has come yet; from any thread."""
        return bool(self._owed)

    def close(self) -> None:
        """Close the connection to the manager."""
        self._http.close()

    def _await_operation(self, operation: int, what: str, timeout_s: float, last: str = "") -> dict[str, Any]:
        def over() -> dict[str, Any] | NotYet:
            seen = self._call("GET", f"/operations/{operation}")
            under_way = seen["status"] == "running" and seen["step"] != last  # which nobody waits for
            why = f": {seen['reason']}" if seen["reason"] else ""
            return NotYet(f"at step {seen['step']}{why}") if under_way else seen

        seen = until(over, f"{what} to be over", timeout_s=timeout_s, interval_s=LOOK_S, tolerate=(HarnessTrouble,))
        if seen["status"] == "undone":
            code = str(seen["arguments"].get("refusal", "Undone"))
            raise ServiceRefused(code, f"{what} was undone at {seen['reason']}")
        return seen

    def _call(self, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        try:
            with self._owing(verb):
                response = self._http.request(verb, path, json=body)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise HarnessTrouble(f"the manager did not answer {verb} {path}: {error!r}") from error
        if response.is_error:
            raise ServiceRefused(str(answer.get("code")), str(answer.get("message")))
        return answer

    @contextmanager
    def _owing(self, verb: str) -> Iterator[None]:
        request = object()
        if verb != "GET":
            self._owed.add(request)
        try:
            yield
        finally:
            self._owed.discard(request)
