"""How much of a server's copy has arrived, from what its data directory holds (pure).

The server that is being filled could tell by its performance schema, once a second and at the cost of having that;
its host tells at any moment, and no server is asked.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Arrival:
    """One copy, from its beginning.

    What was there before counts for nothing; it is removed before anything arrives, or when all has.

    Attributes:
        whole_bytes: what is to arrive.
    """

    whole_bytes: int
    _least: int | None = field(default=None, init=False)
    _share: float = field(default=0.0, init=False)

    def share(self, stored_bytes: int) -> float:
        """Of the whole, 0 to 1; it never falls.

        Args:
            stored_bytes: what the data directory takes on disk now.
        """
        self._least = min(stored_bytes, self._least if self._least is not None else stored_bytes)
        arrived = (stored_bytes - self._least) / max(self.whole_bytes, 1)
        self._share = min(max(self._share, arrived), 1.0)
        return self._share
