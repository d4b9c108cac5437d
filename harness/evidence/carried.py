"""What an event of a journal carries, as the kind that it should be: whoever reads a run may not have written it."""

from typing import TypeVar

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.journal import Event
from hadrill.harness.typed import read

T = TypeVar("T")


def carried(event: Event, kind: type[T], under: str = "") -> T:
    """What stands in the event's data under that name; in all of them where none is given.

    Raises:
        HarnessTrouble: it is not there, or of another kind.
    """
    try:
        return read(kind, event.data.get(under) if under else event.data)
    except ValueError as error:
        place = f" under {under!r}" if under else ""
        raise HarnessTrouble(f"event {event.seq} of the journal does not carry its record{place}: {error}") from error
