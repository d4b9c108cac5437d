"""One link is cut in one direction: who calls is not heard, or hears nothing."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.environments.toxics import Stream
from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.effect import Effect, one_way


@dataclass(slots=True)
class LinkOneWay(BrokenLink):
    """A blackhole on one stream of one link.

    Attributes:
        stream: ``UPSTREAM``: what the link's source says is lost; ``DOWNSTREAM``: what its target answers is.
    """

    stream: Stream
    name: ClassVar[str] = "link-one-way"

    @property
    def target(self) -> str:
        """The link in words, and which way is cut."""
        return f"{self.link}, {self.stream}"

    @property
    def effect(self) -> Effect:
        """See ``one_way``."""
        return one_way(self.stream)
