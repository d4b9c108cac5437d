"""The load process: ``python -m hadrill.harness.workload.load``.

A line on its standard input is a load's settings, each further one a command to it; after the last, that to stop, it
stands ready for the settings of another load. At end of file it ends at once, since then the harness is gone. What it
says on its standard output is in ``messages``.
"""

import ctypes
import io
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.history import Stall
from hadrill.harness.workload.crew import Crew
from hadrill.harness.workload.disk_watch import watch_disk
from hadrill.harness.workload.lag import Lag
from hadrill.harness.workload.messages import STOP, Message, Ready, Sealed, Stalled, Stopped, to_line
from hadrill.harness.workload.sealer import Sealer
from hadrill.harness.workload.settings import LoadSettings
from hadrill.harness.workload.stall_watch import watch
from hadrill.harness.workload.tally import Tally
from hadrill.harness.workload.watches import Watches

LOOK_EVERY_NS: Final = 50_000_000
AWAITED: Final = frozenset({"writer", "heart", "large", "transfer", "batch"})
"""The kinds of client that must have been acknowledged something before the load counts as ready."""

THREADS_TURN_S: Final = 0.0005
"""A client whose answer has come waits no longer than this for another one that computes, unless it is in C; Python's
own 5 ms add to the end of every outage that is measured.
"""

_PR_SET_PDEATHSIG: Final = 1  # <linux/prctl.h>
_HARNESS_GONE: Final = 3


class Load:
    """Runs the clients and tells how they fare, until told to stop."""

    def __init__(self, settings: LoadSettings) -> None:
        self._inbox: Final[queue.SimpleQueue[Message | str]] = queue.SimpleQueue()
        self._crew: Final = Crew(settings, self._inbox.put)
        self._watches: Final = self._watches_of(f"load of {settings.scenario}", settings.run_folder)
        self._tally: Final = Tally(
            {place: client.name for place, client in enumerate(settings.clients) if client.kind in AWAITED}
        )
        self._lag: Final = Lag.of(settings)
        self._ready = False
        self._sealer: Final = Sealer(
            self._crew.columns,
            settings.run_folder,
            settings.segment_prefix,
            every_ns=int(settings.seal_every_s * 1e9),
            rows=settings.seal_rows,
            began_ns=now_ns(),
        )

    def run(self, commands: Iterable[bytes]) -> None:
        """Serve until the stop command.

        Raises:
            HarnessTrouble: a client or a watch ended by itself, or could not be stopped.
            OSError: a segment could not be written.
        """
        self._watches.start()
        threading.Thread(target=_listen, args=(commands, self._inbox), daemon=True).start()
        self._crew.start()
        self._serve()
        hanging = self._crew.stop()
        self._watches.end()
        self._finish()
        if hanging:
            raise HarnessTrouble(f"{', '.join(hanging)} did not stop; what they had in flight is not recorded")
        say(Stopped(operations=self._sealer.operations))

    def _watches_of(self, name: str, folder: Path) -> Watches:
        """They tell of every time in which we, or our disk, would look like an outage of the drilled system."""

        def tell(stall: Stall) -> None:
            self._inbox.put(Stalled(stall))

        disk = f"disk of the {name}"
        watches = {name: partial(watch, name, tell), disk: partial(watch_disk, disk, folder, tell)}
        return Watches({f"the watch on the {each}": on_it for each, on_it in watches.items()})

    def _serve(self) -> None:
        look_ns = now_ns()
        while True:
            try:
                item = self._inbox.get(timeout=max(0.0, (look_ns - now_ns()) / 1e9))
            except queue.Empty:
                look_ns = now_ns() + LOOK_EVERY_NS
                self._look()
                continue
            if item == STOP:
                return
            if isinstance(item, str):
                self._look()
            else:
                say(item)

    def _look(self) -> None:
        """See what the clients did since the last look, and say it."""
        at_ns = now_ns()
        fresh = self._sealer.gather()
        self._tally.add(fresh)
        self._lag.add(fresh)
        status = replace(self._tally.status(at_ns), lag_s=self._lag.at(at_ns))
        say(status)
        if not self._ready and not status.waiting:
            self._ready = True
            say(Ready())
        if self._sealer.due(at_ns):
            self._seal(at_ns)
        if lost := (*self._crew.lost(), *self._watches.lost()):
            raise HarnessTrouble(f"{', '.join(lost)} ended, with the error above")

    def _seal(self, at_ns: int) -> None:
        if (segment := self._sealer.seal(at_ns)) is not None:
            say(Sealed(segment))

    def _finish(self) -> None:
        """Say all that is left."""
        self._look()
        self._seal(now_ns())
        while not self._inbox.empty():
            if not isinstance(item := self._inbox.get(), str):
                say(item)


def say(message: Message) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(to_line(message))
    sys.stdout.flush()


def _listen(commands: Iterable[bytes], inbox: "queue.SimpleQueue[Message | str]") -> None:
    for line in commands:
        inbox.put(do := str(json.loads(line)["do"]))
        if do == STOP:  # what follows is not for this load
            return
    # The harness is gone and nobody reads any more; what was sealed stays.
    os._exit(_HARNESS_GONE)


def main() -> int:
    """Run one load after the other, until there are no more settings; returns the exit code."""
    sys.setswitchinterval(THREADS_TURN_S)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # Unbuffered: at the end a thread still reads here, and Python cannot shut down past a buffer that is in use.
    lines = io.FileIO(0, closefd=False)
    while line := lines.readline():
        if code := _run(line, lines):
            return code
    return 0


def _run(line: bytes, lines: Iterable[bytes]) -> int:
    """One load with the settings that a line holds; returns the exit code, 0 where it was told to stop and did."""
    try:
        settings = LoadSettings.model_validate_json(line)
    except ValidationError as error:
        print(f"the load process cannot use its settings: {error}", file=sys.stderr)
        return WrongCall.exit_code
    try:
        Load(settings).run(lines)
    except HarnessTrouble as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"could not write: {error}", file=sys.stderr)
        return HarnessTrouble.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
