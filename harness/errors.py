"""The errors that end a call, each with the exit code that design decision 14 gives it.

HadrillError
+-- WrongCall           4  the call, a file it names, or this machine does not allow it
|   `-- PartMissing     4  a server, proxy or tool could be neither found nor fetched
+-- HarnessTrouble      2  an instrument failed: nothing is known about the drilled system
|   `-- WaitTimeout     2  a stable end state was not reached in time
+-- ServiceRefused      2  the drilled system refused a request that the drill needed
`-- NotAddressed        0  the drilled system or the environment lacks a capability
"""

from typing import ClassVar


class HadrillError(Exception):
    """Base of all errors that are told to the user as one sentence."""

    exit_code: ClassVar[int] = 2


class WrongCall(HadrillError):
    """What was asked for cannot be done as asked: bad option, file, topology, or no room or right to write."""

    exit_code = 4


class PartMissing(WrongCall):
    """A real part (server, proxy, tool) could be neither found nor fetched."""


class HarnessTrouble(HadrillError):
    """An instrument failed; the drill has no verdict and nothing is held against the drilled system."""


class WaitTimeout(HarnessTrouble):
    """A stable end state was not reached before its deadline; the message says what was seen last."""


class ServiceRefused(HadrillError):
    """The drilled system refused a request, with a documented code and a sentence.

    Attributes:
        code: the service's documented error code, for example ``EditionHasNoSecondary``.
        sentence: what the service said.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"the service refused with {code}: {sentence}")
        self.code = code
        self.sentence = sentence


class NotAddressed(HadrillError):
    """A capability that the scenario needs is lacking; it is listed by name and never faked."""

    exit_code = 0


class PromiseBroken(AssertionError):
    """A check found that a promise is broken; what it found is on record."""
