"""The holder's line to the command that started it: until the command lets go, its end is the holder's."""

import os
import signal
import threading

from hadrill.harness.errors import HadrillError
from hadrill.harness.live.messages import STAY, Message


class Foreground:
    """The command in the foreground, at the other ends of standard input and output.

    Attributes:
        gone: the command has let go; from then on nobody listens.
    """

    def __init__(self) -> None:
        self.gone = False
        self._stay = threading.Event()

    def follow(self) -> None:
        """Have this process end, as by SIGTERM, should the command end before it has let go."""
        threading.Thread(target=self._listen, daemon=True, name="foreground").start()

    def say(self, text: str) -> None:
        """Tell what is being done now."""
        self._send(Message("say", text))

    def fail(self, error: HadrillError) -> None:
        """Tell why nothing is up."""
        self._send(Message("failed", str(error), error.exit_code))

    def let_go(self) -> None:
        """Tell that everything is up, wait for the command's last word, and leave its terminal."""
        self._send(Message("up"))
        self._stay.wait()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)
        self.gone = True

    def _listen(self) -> None:
        # Read past sys.stdin, whose lock, held by a thread that waits, would break the interpreter's end.
        if os.read(0, len(STAY)) == STAY.encode():
            self._stay.set()
        else:
            os.kill(os.getpid(), signal.SIGTERM)

    def _send(self, message: Message) -> None:
        try:
            os.write(1, message.line().encode())
        except BrokenPipeError:
            return  # the command has ended; the thread that listens sees it too
