"""What happens to links now and then, on a thread of its own, while a fault stands."""

import threading
from collections.abc import Callable
from typing import Final

from hadrill.harness.errors import HadrillError, HarnessTrouble

_END_LIMIT_S: Final = 20.0


class NowAndThen:
    """Runs something until it is done or told that it is enough.

    Args:
        what: in words, for the thread's name and the message: "what has a link flap".
        run: waits on the event that it is given, which is set when it is enough; may raise HadrillError.

    Attributes:
        trouble: why it ended before its time; empty otherwise.
    """

    def __init__(self, what: str, run: Callable[[threading.Event], None]) -> None:
        self._what = what
        self._run = run
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._try, daemon=True, name=what)
        self.trouble = ""

    @property
    def troubled(self) -> str:
        """The trouble, to be put behind what there is to say."""
        return f"; {self.trouble}" if self.trouble else ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Tell it that it is enough, and wait until it has ended; harmless where it never began.

        Raises:
            HarnessTrouble: it does not end.
        """
        self._enough.set()
        if self._thread.ident is not None:
            self._thread.join(_END_LIMIT_S)
        if self._thread.is_alive():
            raise HarnessTrouble(f"{self._what} did not end within {_END_LIMIT_S:g} s: no verdict")

    def _try(self) -> None:
        try:
            self._run(self._enough)
        except HadrillError as error:
            self.trouble = str(error)
