"""What ``hadrill fault`` and the holder tell each other, a line of JSON each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from hadrill.harness.model.fault import FaultRecord


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the holder.

    Attributes:
        verb: ``standing`` asks what is broken.
        name: in the catalogue; empty for all that stand.
        target: what it is, or is to be, aimed at; empty for every one.
        options: for ``inject``.
    """

    verb: Literal["standing", "inject", "heal"]
    name: str = ""
    target: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """As it is sent."""
        return _REQUEST.dump_json(self).decode() + "\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it.

    Attributes:
        records: of what stands, was injected or was healed.
        under_way: faults in words whose injection has not ended, or failed half-way.
        error: why nothing came of it; empty otherwise.
        exit_code: of the error.
    """

    records: tuple[FaultRecord, ...] = ()
    under_way: tuple[str, ...] = ()
    error: str = ""
    exit_code: int = 0

    def line(self) -> str:
        """As it is sent."""
        return _ANSWER.dump_json(self).decode() + "\n"


def request_from(line: str) -> Request:
    """The reverse of ``Request.line``; raises ValueError."""
    return _REQUEST.validate_json(line)


def answer_from(line: str) -> Answer:
    """The reverse of ``Answer.line``; raises ValueError."""
    return _ANSWER.validate_json(line)


_REQUEST = TypeAdapter(Request)
_ANSWER = TypeAdapter(Answer)
