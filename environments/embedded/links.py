"""The links of a running topology: toxics go on and come off, links close and open, each read back."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from hadrill.environments.embedded.network import PlannedProxy
from hadrill.environments.embedded.proxy_state import ProxyState
from hadrill.environments.embedded.toxiproxy import ToxiproxyServer
from hadrill.environments.toxics import LinkToxic, Toxic, hold, is_long
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.topology import Link


class Links:
    """Every link's proxy.

    A link carries one plan's toxics at a time: toxics that are added to what is there already have been seen to crash
    Toxiproxy at the next change, so a link that carries some is made afresh first and its connections close.

    A line's toxics are what a link is whole with: they stay when it is healed, and give way to a plan until then.

    Every method raises HarnessTrouble when Toxiproxy does not do as told.
    """

    def __init__(self, server: ToxiproxyServer, proxies: Iterable[PlannedProxy]) -> None:
        self._server = server
        self._proxies: Mapping[Link, PlannedProxy] = MappingProxyType({proxy.link: proxy for proxy in proxies})
        self._lines: dict[Link, tuple[Toxic, ...]] = {}
        self._turn = threading.RLock()  # a line interrupts itself, while faults come and go

    def lay(self, links: Iterable[Link], toxics: Iterable[Toxic]) -> None:
        """Lay a line on bare links: these toxics, read back, until it is lifted; the links' connections close."""
        wanted, carried = tuple(links), tuple(toxics)
        with self._turn:
            self._require({link: ProxyState(True, ()) for link in wanted})
            self._lines |= dict.fromkeys(wanted, carried)
            for link in wanted:
                self._server.recreate(self._proxies[link], carried)
            self._require({link: ProxyState(True, carried) for link in wanted})

    def lift(self, links: Iterable[Link]) -> None:
        """Take a line off; a link that something else is done to loses it at that one's heal."""
        with self._turn:
            laid = {link: frozenset(self._lines.pop(link, ())) for link in links}
            states = self.states(laid)
            self.heal(link for link, state in states.items() if laid[link] >= frozenset(state.toxics))

    def interrupt(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """Close those of these links that are whole, with their line if they have one; returns which."""
        with self._turn:
            whole = tuple(link for link, state in self.states(tuple(links)).items() if self._is_whole(link, state))
            for link in whole:
                self._server.set_open(self._proxies[link], to_open=False)
            return whole

    def resume(self, links: Iterable[Link]) -> None:
        """Open those of these links to which nothing was done since they were interrupted."""
        with self._turn:
            for link, state in self.states(tuple(links)).items():
                if not state.is_open and self._is_whole(link, ProxyState(True, state.toxics)):
                    self._server.set_open(self._proxies[link], to_open=True)

    def apply(self, plan: Sequence[LinkToxic]) -> None:
        """Put toxics on their links; returns once all of them have been read back."""
        by_link: dict[Link, list[Toxic]] = {}
        for step in plan:
            by_link.setdefault(step.link, []).append(step.toxic)
        with self._turn:
            before = self._server.proxies()
            for link in by_link:
                if not before[self._proxies[link].name].is_bare:
                    self._server.recreate(self._proxies[link])
            for link, toxics in by_link.items():
                for toxic in toxics:
                    self._server.add(self._proxies[link].name, toxic)
            self._require({link: ProxyState(True, tuple(toxics)) for link, toxics in by_link.items()})

    def close(self, links: Iterable[Link]) -> None:
        """End these links' connections and refuse new ones, without any toxic; returns once that has been read back."""
        wanted = tuple(links)
        with self._turn:
            self._mend(wanted)
            for link in wanted:
                self._server.set_open(self._proxies[link], to_open=False)
            self._require({link: ProxyState(False, self._line(link)) for link in wanted})

    def heal(self, links: Iterable[Link]) -> None:
        """Take every toxic but a line's off these links and open what is closed; returns once that has been read back.

        A link that carried two toxics one way, or a long latency, or has a line, is made afresh: its connections close.
        """
        wanted = tuple(links)
        with self._turn:
            self._mend(wanted)
            self._require({link: ProxyState(True, self._line(link)) for link in wanted})

    def states(self, links: Iterable[Link] | None = None) -> dict[Link, ProxyState]:
        """What Toxiproxy says of these links; of all by default."""
        states = self._server.proxies()
        return {link: states[self._proxies[link].name] for link in (self._proxies if links is None else links)}

    def in_force(self, links: Iterable[Link] | None = None) -> dict[Link, tuple[Toxic, ...]]:
        """The toxics that Toxiproxy says are on these links (all by default), links without any included."""
        return {link: state.toxics for link, state in self.states(links).items()}

    def _mend(self, links: Iterable[Link]) -> None:
        states = self.states(links)
        self._let_go(states)
        for link, state in states.items():
            proxy = self._proxies[link]
            if self._is_whole(link, state):
                continue
            if self._line(link):
                self._server.recreate(proxy, self._line(link))
                continue
            if len({toxic.stream for toxic in state.toxics}) < len(state.toxics) or any(map(is_long, state.toxics)):
                self._server.recreate(proxy)
                continue
            for toxic in state.toxics:
                self._server.remove(proxy.name, toxic)
            if not state.is_open:
                self._server.set_open(proxy, to_open=True)

    def _let_go(self, states: Mapping[Link, ProxyState]) -> None:
        """Let held bytes flow before their toxics are taken off.

        Toxiproxy hands over what a toxic held while nothing else can happen on its proxy; where the connection's end
        has gone meanwhile it waits there for a reader that cannot end.
        """
        for link, state in states.items():
            for toxic in state.toxics:
                if toxic == hold(toxic.stream):
                    self._server.pass_by(self._proxies[link].name, toxic)

    def _line(self, link: Link) -> tuple[Toxic, ...]:
        return self._lines.get(link, ())

    def _is_whole(self, link: Link, state: ProxyState) -> bool:
        return state.is_open and frozenset(state.toxics) == frozenset(self._line(link))

    def _require(self, wanted: Mapping[Link, ProxyState]) -> None:
        have = self.states(wanted)
        for link, state in wanted.items():
            seen = have[link]
            if seen.is_open != state.is_open or frozenset(seen.toxics) != frozenset(state.toxics):
                raise HarnessTrouble(f"the link {link} should carry {state} and carries {seen}: no verdict")
