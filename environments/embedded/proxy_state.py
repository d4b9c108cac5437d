"""What Toxiproxy says of a proxy, read."""

from dataclasses import dataclass
from typing import Any

from hadrill.environments.toxics import Stream, Toxic
from hadrill.harness.errors import HarnessTrouble

Json = Any


@dataclass(frozen=True, slots=True)
class ProxyState:
    """A proxy as Toxiproxy describes it.

    Attributes:
        is_open: it takes connections.
        toxics: those in force, in the order in which they were put on.
    """

    is_open: bool
    toxics: tuple[Toxic, ...]

    @property
    def is_bare(self) -> bool:
        """Open, and without a toxic."""
        return self.is_open and not self.toxics

    def __str__(self) -> str:
        toxics = ", ".join(sorted(map(str, self.toxics))) or "nothing"
        return toxics if self.is_open else f"{toxics} and is closed"


def state_of(proxy: Json) -> ProxyState:
    """A proxy, from Toxiproxy's answer."""
    return ProxyState(bool(proxy["enabled"]), tuple(toxic_of(toxic) for toxic in proxy.get("toxics", ())))


def toxic_of(answer: Json) -> Toxic:
    """A toxic, from Toxiproxy's answer.

    Raises:
        HarnessTrouble: it strikes some connections only.
    """
    if answer["toxicity"] != 1:
        raise HarnessTrouble(f"Toxiproxy has a toxic with toxicity {answer['toxicity']}, which nobody asked for")
    attributes = tuple(sorted((str(name), int(value)) for name, value in answer["attributes"].items()))
    return Toxic(answer["type"], Stream(answer["stream"]), attributes)
