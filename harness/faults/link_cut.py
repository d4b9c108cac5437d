"""One link is cut: every byte on it is lost, both ways; its ends reach everybody else."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.effect import CUT, Effect


@dataclass(slots=True)
class LinkCut(BrokenLink):
    """A blackhole on both streams of one link."""

    name: ClassVar[str] = "link-cut"

    @property
    def effect(self) -> Effect:
        """See ``CUT``."""
        return CUT
