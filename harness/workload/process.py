"""The harness's side of a load process: start it, follow what it says, stop it."""

import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import Final, Self

from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.messages import STOP, Status, command, from_line
from hadrill.harness.workload.report import Listeners, LoadReport, Transcript
from hadrill.harness.workload.settings import LoadSettings

PROGRAM: Final = (sys.executable, "-m", "hadrill.harness.workload.load")
_LAST_WORDS_BYTES: Final = 2000
_END_TIMEOUT_S: Final = 10.0


class LoadProcess:
    """A load process that runs.

    The thread that follows it also starts it, since the kernel ends the process with the thread that started it: so it
    lives as long as the harness, whichever thread called ``start``.
    """

    def __init__(self, argv: Sequence[str]) -> None:
        """Use ``start`` or ``spawn``."""
        self._name = "the load"
        self._argv: Final = tuple(argv)
        self._transcript = Transcript(Listeners())
        self._child: subprocess.Popen[str] | None = None
        self._trouble: Exception | None = None
        self._last_words = ""
        self._started: Final = threading.Event()
        self._thread: Final = threading.Thread(target=self._follow, daemon=True, name="load")

    @classmethod
    def start(
        cls, settings: LoadSettings, *, command_prefix: Sequence[str] = (), listeners: Listeners | None = None
    ) -> Self:
        """Start a load process and give it its settings.

        Args:
            settings: its clients, and the run's folder for what they learn.
            command_prefix: a command that starts it elsewhere, in a namespace say; it must pass on standard input and
                output and replace itself with the program.
            listeners: who is told of segments and stalls as they come. An error that one of them raises stops the load
                and is raised by the next call here.

        Raises:
            HarnessTrouble: it could not be started.
        """
        load = cls.spawn(command_prefix=command_prefix)
        load.begin(settings, listeners)
        return load

    @classmethod
    def spawn(cls, *, command_prefix: Sequence[str] = ()) -> Self:
        """Start a load process that knows nothing yet: once it is told it is at work sooner than a new one.

        Raises:
            HarnessTrouble: it could not be started.
        """
        load = cls((*command_prefix, *PROGRAM))
        load._thread.start()
        load._started.wait()
        load._raise_trouble()
        return load

    def begin(self, settings: LoadSettings, listeners: Listeners | None = None) -> None:
        """Give it its settings, where it is new or at rest; see ``start``."""
        self._name = f"the load of {settings.scenario}"
        self._transcript = Transcript(listeners or Listeners())
        self._tell(settings.model_dump_json() + "\n")

    @property
    def latest(self) -> Status | None:
        """How the writes stood within the last 50 ms; None before the first look."""
        return self._transcript.latest

    def wait_ready(self, timeout_s: float) -> None:
        """Wait until every writer has had its first acknowledgement.

        Raises:
            WaitTimeout: they had not; says which.
            HarnessTrouble: the process ended.
        """
        until(self._is_ready, f"{self._name} to have every writer acknowledged", timeout_s=timeout_s)

    def rest(self, timeout_s: float = 30.0) -> LoadReport:
        """Have every client stop and everything sealed; another load can ``begin`` then.

        Raises:
            WaitTimeout: it did not come to rest in time; it is killed, and its last operations are lost.
            HarnessTrouble: it had ended before, or ended instead.
        """
        self._tell(command(STOP))
        try:
            until(self._rests, f"{self._name} to stop", timeout_s=timeout_s)
        except WaitTimeout:
            self.kill()
            raise
        return self._transcript.report()

    def stop(self, timeout_s: float = 30.0) -> LoadReport:
        """The same, and the process ends."""
        try:
            return self.rest(timeout_s)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once; what was not sealed is lost. Harmless where it has ended."""
        if self._child is not None:
            self._child.kill()
            self._thread.join(_END_TIMEOUT_S)

    def _is_ready(self) -> bool | NotYet:
        self._raise_trouble()
        if self._transcript.ready:
            return True
        if self.latest is None:
            return NotYet("nothing said yet")
        return NotYet(f"no acknowledgement for {', '.join(self.latest.waiting)}")

    def _rests(self) -> bool | NotYet:
        self._raise_trouble()
        return self._transcript.stopped is not None or NotYet("still running")

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            raise self._trouble

    def _tell(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # it has ended; whoever follows it says so
            assert self._child is not None
            assert self._child.stdin is not None
            self._child.stdin.write(line)
            self._child.stdin.flush()

    def _follow(self) -> None:
        """Start the process, take what it says until it ends, and find out whether it ended in order."""
        with tempfile.TemporaryFile() as stderr:
            try:
                # A session of its own: a terminal's Ctrl-C is for the harness, which then stops the load in order.
                self._child = subprocess.Popen(
                    self._argv,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    text=True,
                    start_new_session=True,
                )
            except OSError as error:
                self._trouble = HarnessTrouble(f"{self._name} could not be started with {self._argv[0]}: {error}")
                return
            finally:
                self._started.set()
            with contextlib.suppress(BrokenPipeError), self._child as child:
                self._take_messages(child)
            stderr.seek(0)
            said = stderr.read()[-_LAST_WORDS_BYTES:].decode(errors="replace").strip()
        if self._trouble is None and (child.returncode != 0 or self._transcript.stopped is None):
            self._trouble = HarnessTrouble(
                f"{self._name} ended with {child.returncode}; its last words: {said or 'none'}"
            )

    def _take_messages(self, child: "subprocess.Popen[str]") -> None:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                self._transcript.add(from_line(line))
        except Exception as error:  # noqa: BLE001 - a listener's error belongs to the caller's thread
            self._trouble = error
            child.kill()
