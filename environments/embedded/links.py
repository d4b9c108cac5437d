"""The links of a running topology: toxics go on and come off, each read back."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from hadrill.environments.embedded.network import PlannedProxy
from hadrill.environments.embedded.toxiproxy import ToxiproxyServer
from hadrill.environments.toxics import LinkToxic, Toxic
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.model.topology import Link


class Links:
    """Every link's proxy.

    A link carries one plan's toxics at a time: toxics that are added to what is there already have been seen to crash
    Toxiproxy at the next change, so a link that carries some is made afresh first and its connections close.

    Every method raises HarnessTrouble when Toxiproxy does not do as told.
    """

    def __init__(self, server: ToxiproxyServer, proxies: Iterable[PlannedProxy]) -> None:
        self._server = server
        self._proxies: Mapping[Link, PlannedProxy] = MappingProxyType({proxy.link: proxy for proxy in proxies})

    def apply(self, plan: Sequence[LinkToxic]) -> None:
        """Put toxics on their links; returns once all of them have been read back."""
        by_link: dict[Link, list[Toxic]] = {}
        for step in plan:
            by_link.setdefault(step.link, []).append(step.toxic)
        before = self._server.toxics()
        for link in by_link:
            if before[self._proxies[link].name]:
                self._server.recreate(self._proxies[link])
        for link, toxics in by_link.items():
            for toxic in toxics:
                self._server.add(self._proxies[link].name, toxic)
        self._require({link: frozenset(toxics) for link, toxics in by_link.items()})

    def heal(self, links: Iterable[Link]) -> None:
        """Take every toxic off these links; returns once it has been read back that none is left."""
        wanted = tuple(links)
        before = self._server.toxics()
        for link in wanted:
            self._clear(self._proxies[link], before[self._proxies[link].name])
        self._require({link: frozenset() for link in wanted})

    def in_force(self, links: Iterable[Link] | None = None) -> dict[Link, tuple[Toxic, ...]]:
        """The toxics that Toxiproxy says are on these links (all by default), links without any included."""
        toxics = self._server.toxics()
        return {link: toxics[self._proxies[link].name] for link in (self._proxies if links is None else links)}

    def _clear(self, proxy: PlannedProxy, toxics: tuple[Toxic, ...]) -> None:
        if len({toxic.stream for toxic in toxics}) < len(toxics):
            self._server.recreate(proxy)
            return
        for toxic in toxics:
            self._server.remove(proxy.name, toxic)

    def _require(self, wanted: Mapping[Link, frozenset[Toxic]]) -> None:
        have = self.in_force(wanted)
        for link, toxics in wanted.items():
            if frozenset(have[link]) != toxics:
                raise HarnessTrouble(
                    f"the link {link} should carry {_words(toxics)} and carries {_words(have[link])}: no verdict"
                )


def _words(toxics: Iterable[Toxic]) -> str:
    return ", ".join(sorted(map(str, toxics))) or "nothing"
