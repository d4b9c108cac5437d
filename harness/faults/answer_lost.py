"""Answers over one link are lost: what was asked for is done, and who asked is not told."""

from dataclasses import dataclass
from typing import ClassVar

from hadrill.harness.faults.broken_links import BrokenLink
from hadrill.harness.faults.effect import ANSWER_LOST, Effect


@dataclass(slots=True)
class AnswerLost(BrokenLink):
    """The first answer on each connection is lost and ends it."""

    name: ClassVar[str] = "answer-lost"

    @property
    def effect(self) -> Effect:
        """See ``ANSWER_LOST``."""
        return ANSWER_LOST
