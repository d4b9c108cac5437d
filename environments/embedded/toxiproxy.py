"""An adapter around toxiproxy-python that can be trusted: time-outs, statuses and read-back on every call.

The library keeps host and port in class attributes, knows no time-outs, opens a connection for each call and lets
answers of 500 pass; what it makes of an answer is used, in a subclass that keeps its connections.
"""

import http.client
from collections.abc import Iterable
from typing import Final, Protocol

import requests
from toxiproxy.api import APIConsumer, validate_response
from toxiproxy.exceptions import InvalidToxic, NotFound, ProxyExists

from hadrill.environments.embedded.network import PlannedProxy
from hadrill.environments.embedded.proxy_state import Json, ProxyState, state_of, toxic_of
from hadrill.environments.toxics import Toxic
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.model.instance import Endpoint

CALL_TIMEOUT_S: Final = 3.0
FLUSH_TIMEOUT_S: Final = 15.0


class _Answer(Protocol):
    status_code: int
    text: str

    def json(self) -> Json: ...


class _Consumer(APIConsumer):  # type: ignore[misc]
    """Calls one server over connections that are kept: a third of the time of a call is enough."""

    def __init__(self, api: Endpoint) -> None:
        self._base = f"http://{api}"
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy of the machine's leads to loopback

    def call(self, method: str, path: str, body: Json, timeout_s: float) -> _Answer:
        """One request; raises what the library and ``requests`` raise."""
        answer = self._session.request(method, self._base + path, json=body, timeout=timeout_s)
        checked: _Answer = validate_response(answer)
        return checked


class ToxiproxyServer:
    """One Toxiproxy server, spoken to over its API.

    Every method raises HarnessTrouble when the server does not answer as it should: its state is unknown then, and the
    drill has no verdict.
    """

    def __init__(self, api: Endpoint, timeout_s: float = CALL_TIMEOUT_S) -> None:
        self._api = api
        self._timeout_s = timeout_s
        self._http = _Consumer(api)

    def answers(self) -> bool:
        """Whether the API answers at all; for waiting until it is up."""
        try:
            return self._http.call("GET", "/version", None, self._timeout_s).status_code == http.client.OK
        except requests.RequestException:
            return False

    def populate(self, proxies: Iterable[PlannedProxy]) -> None:
        """Create proxies in one call and read them back.

        Raises:
            WrongCall: a port is busy.
        """
        wanted = {proxy.name: proxy for proxy in proxies}
        body = [
            {"name": name, "listen": str(proxy.listen), "upstream": str(proxy.upstream), "enabled": True}
            for name, proxy in wanted.items()
        ]
        self._call("POST", "/populate", body)
        have = self._call("GET", "/proxies")
        for name, proxy in wanted.items():
            _require_as_planned(proxy, have.get(name))

    def proxies(self) -> dict[str, ProxyState]:
        """The state of every proxy, by name."""
        return {name: state_of(proxy) for name, proxy in self._call("GET", "/proxies").items()}

    def add(self, proxy: str, toxic: Toxic) -> None:
        """Put a toxic on a proxy that has none of its kind on that stream, and check the answer."""
        body = {
            "name": toxic.name,
            "type": toxic.kind,
            "stream": str(toxic.stream),
            "toxicity": 1.0,
            "attributes": dict(toxic.attributes),
        }
        answered = toxic_of(self._call("POST", f"/proxies/{proxy}/toxics", body))
        if answered != toxic:
            raise HarnessTrouble(f"Toxiproxy was asked for {toxic} on {proxy} and set {answered}: no verdict")

    def remove(self, proxy: str, toxic: Toxic) -> None:
        """Take a toxic off a proxy; one that is not there is no error.

        Toxiproxy flushes what the toxic holds first, and gives each piece 5 s where a connection's end has gone.
        """
        path = f"/proxies/{proxy}/toxics/{toxic.name}"
        self._call("DELETE", path, missing_is_fine=True, timeout_s=max(self._timeout_s, FLUSH_TIMEOUT_S))

    def pass_by(self, proxy: str, toxic: Toxic) -> None:
        """Have bytes pass by a toxic that is there, what it holds first, and check the answer.

        Its toxicity is what is changed. A bandwidth whose rate is changed while it holds bytes may end Toxiproxy 2.12
        with a panic: it cuts what it waited with by the new rate (toxics/bandwidth.go, line 46).
        """
        answered = self._call("POST", f"/proxies/{proxy}/toxics/{toxic.name}", {"toxicity": 0})
        if answered.get("toxicity") != 0:
            raise HarnessTrouble(
                f"Toxiproxy was asked to let bytes pass by {toxic} on {proxy} and answered {answered}: no verdict"
            )

    def set_open(self, proxy: PlannedProxy, *, to_open: bool) -> None:
        """Have a proxy take connections, or end those that it has and refuse new ones; checks the answer."""
        answered = state_of(self._call("POST", f"/proxies/{proxy.name}", {"enabled": to_open}))
        if answered.is_open != to_open:
            wanted = "open" if to_open else "closed"
            raise HarnessTrouble(f"Toxiproxy was asked to have {proxy.name} {wanted}, and it is not: no verdict")

    def recreate(self, proxy: PlannedProxy, toxics: Iterable[Toxic] = ()) -> None:
        """Delete a proxy with all that is on it and create it afresh; its connections close.

        Args:
            proxy: which one.
            toxics: put on before it takes any connection, so that several stand on no stream that is in use.
        """
        wanted = tuple(toxics)
        self._call("DELETE", f"/proxies/{proxy.name}", missing_is_fine=True)
        body = {"name": proxy.name, "listen": str(proxy.listen), "upstream": str(proxy.upstream), "enabled": not wanted}
        _require_as_planned(proxy, self._call("POST", "/proxies", body), is_open=not wanted)
        for toxic in wanted:
            self.add(proxy.name, toxic)
        if wanted:
            self.set_open(proxy, to_open=True)

    def _call(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        missing_is_fine: bool = False,
        timeout_s: float | None = None,
    ) -> Json:
        """One request; returns the answer's JSON, or None where there is none."""
        timeout_s = timeout_s or self._timeout_s
        what = f"{method} {path} to Toxiproxy at {self._api}"
        try:
            answer = self._http.call(method, path, body, timeout_s)
        except NotFound as error:
            if missing_is_fine:
                return None
            raise HarnessTrouble(f"{what} found nothing: {_words(error)}") from error
        except (ProxyExists, InvalidToxic) as error:
            raise HarnessTrouble(f"{what} was refused: {_words(error)}") from error
        except requests.Timeout as error:
            raise HarnessTrouble(f"{what} got no answer within {timeout_s:g} s: no verdict") from error
        except requests.RequestException as error:
            raise HarnessTrouble(f"{what} broke off ({type(error).__name__}); Toxiproxy ended: no verdict") from error
        if answer.status_code >= http.client.BAD_REQUEST:
            if "address already in use" in answer.text:
                raise WrongCall(f"a port of the links' proxies is busy: {answer.text.strip()}")
            raise HarnessTrouble(f"{what} answered {answer.status_code}: {answer.text.strip()}; no verdict")
        return answer.json() if answer.text else None


def _require_as_planned(proxy: PlannedProxy, have: Json, *, is_open: bool = True) -> None:
    wanted = {"listen": str(proxy.listen), "upstream": str(proxy.upstream), "enabled": is_open}
    seen = {key: have.get(key) for key in wanted} if have else None
    if seen != wanted or have.get("toxics"):
        raise HarnessTrouble(f"Toxiproxy's proxy {proxy.name} should be {wanted} without toxics and is {have}")


def _words(error: Exception) -> str:
    content = error.args[0] if error.args else b""
    return content.decode(errors="replace").strip() if isinstance(content, bytes) else str(content)
