"""How old the newest heartbeat is that each server shows, kept up to date for the eye, never for a verdict."""

from array import array
from collections.abc import Mapping
from typing import Final, Self

from hadrill.harness.model.operation import NO_SERVER, Kind, Operations, Outcome
from hadrill.harness.workload.settings import KEYS_PER_CLIENT, LoadSettings


class Lag:
    """Follows one heart and all readers; no clock of its own."""

    def __init__(self, heart: int | None, first_key: int, readers: Mapping[int, int], nodes: tuple[str, ...]) -> None:
        """Begin with nothing.

        Args:
            heart: the client whose rows have an age; None for none, and then nothing is told.
            first_key: the heart's.
            readers: by client, the server that it is to look at; ``NO_SERVER`` where that is the address's choice.
            nodes: names of the servers.
        """
        self._heart: Final = heart
        self._first_key: Final = first_key
        self._nodes: Final = nodes
        self._server: Final = dict(readers)
        self._newest: Final[dict[int, int]] = {}
        self._sent_ns: Final = array("q")

    @classmethod
    def of(cls, settings: LoadSettings) -> Self:
        """For a load's clients."""
        kinds = [client.kind for client in settings.clients]
        heart = kinds.index("heart") if "heart" in kinds and settings.nodes else None
        readers = {
            place: NO_SERVER if client.server is None else client.server
            for place, client in enumerate(settings.clients)
            if client.kind == "reader"
        }
        return cls(heart, 0 if heart is None else settings.first_keys()[heart], readers, settings.nodes)

    def add(self, operations: Operations) -> None:
        """Take in operations that were not seen before, each client's in order."""
        if self._heart is None:
            return
        # A heart uses up one key a beat, whatever comes of it: its n-th operation is that of its n-th key.
        beats = operations[operations["client"] == self._heart]
        self._sent_ns.extend(beats["sent_ns"].tolist())
        keys = operations["key"]
        seen = (operations["kind"] == Kind.SEEN) & (operations["outcome"] == Outcome.ACKNOWLEDGED)
        seen &= (keys >= self._first_key) & (keys < self._first_key + KEYS_PER_CLIENT)
        for row in operations[seen]:
            reader = int(row["client"])
            self._server[reader] = int(row["server"])
            self._newest[reader] = int(row["key"]) - self._first_key

    def at(self, at_ns: int) -> tuple[tuple[str, float | None], ...]:
        """By node, in the order of their numbers, at that time on the monotonic clock."""
        if self._heart is None:
            return ()
        ages: dict[int, float | None] = {}
        for reader, server in sorted(self._server.items(), key=lambda pair: pair[1]):
            if server != NO_SERVER:
                known = [age for age in (ages.get(server), self._age_s(reader, at_ns)) if age is not None]
                ages[server] = min(known, default=None)
        return tuple((self._nodes[server], age) for server, age in ages.items())

    def _age_s(self, reader: int, at_ns: int) -> float | None:
        beat = self._newest.get(reader)
        if beat is None:
            return None
        # One that was shown before its writer had heard of it is new.
        return max(0, at_ns - self._sent_ns[beat]) / 1e9 if beat < len(self._sent_ns) else 0.0
