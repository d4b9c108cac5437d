"""What the command in the foreground and the holder tell each other, a line of JSON each."""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

from hadrill.environments.embedded.site import Parts

STAY: Final = "stay\n"
"""The last word of the foreground; without it the holder ends when the foreground does."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What the holder is told first.

    Attributes:
        topology: a name, or the path of a file.
        records: folder of the records.
        client: see ``LiveStage``.
    """

    topology: str
    parts: Parts
    records: str
    client: tuple[str, ...]

    def line(self) -> str:
        """As it is sent."""
        return _ORDERS.dump_json(self).decode() + "\n"


@dataclass(frozen=True, slots=True)
class Message:
    """What the holder says.

    Attributes:
        kind: ``say``: what is being done now; ``up``: everything is; ``failed``: nothing is, and nothing is left.
        text: a sentence.
        exit_code: for ``failed``.
    """

    kind: Literal["say", "up", "failed"]
    text: str = ""
    exit_code: int = 0

    def line(self) -> str:
        """As it is sent."""
        return _MESSAGE.dump_json(self).decode() + "\n"


def orders_from(line: str) -> Orders:
    """The reverse of ``Orders.line``."""
    return _ORDERS.validate_json(line)


def message_from(line: str) -> Message:
    """The reverse of ``Message.line``."""
    return _MESSAGE.validate_json(line)


_ORDERS = TypeAdapter(Orders)
_MESSAGE = TypeAdapter(Message)
