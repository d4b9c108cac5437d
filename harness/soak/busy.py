"""Every core kept busy meanwhile: the machine as a drill may find it, under load."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from hadrill.environments.embedded.guardian import PDEATHSIG
from hadrill.harness.errors import HarnessTrouble

_SPIN: Final = """
import os, sys
os.sched_setaffinity(0, {int(sys.argv[1])})
while os.getppid() == int(sys.argv[2]):  # whoever started it may have ended before it could be told to end with them
    for _ in range(100_000):
        pass
"""
Spinner = subprocess.Popen[bytes]


class BusyCores:
    """A process at normal priority on each core that we may use."""

    def __init__(self, spinners: tuple[Spinner, ...]) -> None:
        self.spinners = spinners

    def require_whole(self) -> None:
        """See that none has ended.

        Raises:
            HarnessTrouble: one has, so that its core was not busy all the time.
        """
        for spinner in self.spinners:
            if spinner.poll() is not None:
                sentence = f"process {spinner.pid}, which was to keep a core busy, ended with {spinner.returncode}"
                raise HarnessTrouble(f"{sentence}: this drill was not as busy as it was to be")


@contextmanager
def busy_cores() -> Iterator[BusyCores]:
    """They run until this is left, and end with us however we end."""
    with ExitStack() as stack:
        spinners = []
        for core in sorted(os.sched_getaffinity(0)):
            command = (*PDEATHSIG, sys.executable, "-c", _SPIN, str(core), str(os.getpid()))
            one = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # Ctrl-C is not for it
            spinners.append(stack.enter_context(one))
            stack.callback(spinners[-1].kill)
        yield BusyCores(tuple(spinners))
