"""What the operating system refused, told as an error of ours."""

import errno
from collections.abc import Mapping
from typing import Final

from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall

_LONGEST_SHOWN: Final = 100
_ROOM: Final = "make room on that disk"
_RIGHT: Final = "see that it may be read and written, or name another place"
_FILES: Final = "let more files be open (ulimit -n)"
WHAT_TO_DO: Final[Mapping[int | None, str]] = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.EROFS: _RIGHT,
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.ENOMEM: "make memory free",
    errno.ENAMETOOLONG: "give it a shorter name",
}


def refused_by_system(error: OSError, call: str) -> HadrillError:
    """The sentence: during which call, on what as far as that is known, why, and what to do."""
    place = f" at {str(error.filename)[:_LONGEST_SHOWN]!r}" if error.filename is not None else ""
    why = error.strerror or str(error) or type(error).__name__
    to_do = WHAT_TO_DO.get(error.errno, "mend that")
    kind = WrongCall if error.errno == errno.ENAMETOOLONG else HarnessTrouble
    return kind(f"'{call}' could not go on: the system refused something{place}: {why}; {to_do}, and call it again")
