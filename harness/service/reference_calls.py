"""Calls to the reference service's manager over HTTP, and waiting for what they began."""

import re
import reprlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeVar

import httpx

from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WrongCall
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.service.reference_answers import ID, OperationSeen, Refused
from hadrill.harness.typed import read_json
from hadrill.harness.wait import NotYet, until

T = TypeVar("T")
Segments = tuple[str, ...]
"""The parts of a path, words of the API and ids, one after the other."""

CALL_LIMIT_S = 5.0
LOOK_S = 0.02
CHECK_EVERY_S = 1.0
_ID: Final = re.compile(ID)


class ManagerCalls:
    """Speaks to a manager that is (or is about to be) listening.

    Args:
        endpoint: where the manager listens.
        token: opens it.
        call_limit_s: seconds that a request may take.
        instruments: raises HarnessTrouble where one of ours has ended, so that nothing is waited for in vain.

    Raises:
        ServiceRefused: any request may, with the service's code and sentence.
        WrongCall: an id can be none, or a text cannot be sent; nothing was asked for then.
        HarnessTrouble: the manager did not answer, or its answer makes no sense.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        token: str,
        *,
        call_limit_s: float = CALL_LIMIT_S,
        instruments: Callable[[], None] = lambda: None,
    ) -> None:
        self._instruments = instruments
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

    def _await_operation(self, operation: int, what: str, timeout_s: float, last: str = "") -> OperationSeen:
        def over() -> OperationSeen | NotYet:
            seen = self._ask(OperationSeen, "GET", ("operations", str(operation)))
            under_way = seen.status == "running" and seen.step != last  # which nobody waits for
            why = f": {seen.reason}" if seen.reason else ""
            return NotYet(f"at step {seen.step}{why}") if under_way else seen

        seen = self._await(over, f"{what} to be over", timeout_s)
        if seen.status == "undone":
            raise ServiceRefused(seen.arguments.refusal, f"{what} was undone at {seen.reason}")
        return seen

    def _await(self, probe: Callable[[], T | NotYet], what: str, timeout_s: float) -> T:
        """Poll a manager that may be away for a while.

        Raises:
            WaitTimeout: the deadline passed.
            HarnessTrouble: an instrument of ours has ended.
        """
        checked_s = time.monotonic()

        def look() -> T | NotYet:
            nonlocal checked_s
            if (now_s := time.monotonic()) - checked_s >= CHECK_EVERY_S:
                self._instruments()
                checked_s = now_s
            try:
                return probe()
            except HarnessTrouble as error:
                return NotYet(str(error))

        return until(look, what, timeout_s=timeout_s, interval_s=LOOK_S)

    def _ask(
        self,
        kind: type[T],
        verb: str,
        segments: Segments,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> T:
        """Call, and read what the answer is to hold; any call goes through here."""
        request = self._request(verb, segments, body, query)
        what = f"{verb} {request.url.path}"
        response = self._sent(request, what)
        if response.is_error:
            refused = _read(Refused, response, what)
            raise ServiceRefused(refused.code, refused.message)
        return _read(kind, response, what)

    def _request(
        self, verb: str, segments: Segments, body: Mapping[str, object] | None, query: Mapping[str, str] | None
    ) -> httpx.Request:
        path = _path(segments)
        try:
            return self._http.build_request(verb, path, json=body, params=query)
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise WrongCall(
                f"{verb} {path} cannot be sent as asked: a text in it is too long, or is no UTF-8; give another"
            ) from error

    def _sent(self, request: httpx.Request, what: str) -> httpx.Response:
        try:
            with self._owing(request.method):
                return self._http.send(request)
        except (httpx.ProtocolError, httpx.DecodingError) as error:
            why = type(error).__name__  # its sentence may quote the answer
        except httpx.HTTPError as error:
            why = repr(error)
        raise HarnessTrouble(f"the manager did not answer {what}: {why}")

    @contextmanager
    def _owing(self, verb: str) -> Iterator[None]:
        request = object()
        if verb != "GET":
            self._owed.add(request)
        try:
            yield
        finally:
            self._owed.discard(request)


def _path(segments: Segments) -> str:
    """The path; quoting would not do: whoever reads a path undoes that before it looks for slashes."""
    for part in segments:
        if not _ID.fullmatch(part):
            raise WrongCall(
                f"{reprlib.repr(part)} can be no id: one has letters, digits, - and _, and 64 of them at most;"
                " 'hadrill instance list' shows those that there are"
            )
    return "".join(f"/{part}" for part in segments)


def _read(kind: type[T], response: httpx.Response, what: str) -> T:
    """What the answer holds; where it does not, nothing of it is told: there are passwords in answers."""
    try:
        return read_json(kind, response.content)
    except ValueError as error:
        raise HarnessTrouble(
            f"the manager's answer to {what}, status {response.status_code}, makes no sense: {error};"
            " its log may say why"
        ) from None
