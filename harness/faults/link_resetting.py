"""One link is out of order: its connections are reset at the first bytes, idle ones stay."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.effect import RESETTING, Effect


@dataclass(slots=True)
class LinkResetting(BrokenLink):
    """A reset for whoever speaks over one link."""

    name: ClassVar[str] = "link-resetting"

    @property
    def effect(self) -> Effect:
        """See ``RESETTING``."""
        return RESETTING
