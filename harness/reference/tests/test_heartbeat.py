"""Whether somebody stood still is noticed, by a process that does."""

import os
import signal
import subprocess
import sys

from hadrill.harness.reference.tests.passing import await_passing

STILL_S = 1.0
CHILD = """
import time
from hadrill.harness.reference.heartbeat import Heartbeat
from hadrill.harness.wait import until

heart, began_ns = Heartbeat(), time.monotonic_ns()
heart.start()
print("beats", flush=True)
input()
before = heart.stood_still_since(began_ns)
print(before, flush=True)
input()
since = [heart.stood_still_since(began_ns)]
until(lambda: not heart.stood_still_since(time.monotonic_ns()), "it to beat again", timeout_s=10)
print([*since, heart.stood_still_since(began_ns)], flush=True)
"""


def test_who_was_frozen_knows_from_the_first_moment() -> None:
    """And once it beats again; of what came later it is not said."""
    call = [sys.executable, "-c", CHILD]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "beats\n"
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "False\n"
        os.kill(child.pid, signal.SIGSTOP)
        await_passing(STILL_S)
        child.stdin.write("\n")
        child.stdin.flush()
        os.kill(child.pid, signal.SIGCONT)
        assert child.stdout.readline() == "[True, True]\n"
