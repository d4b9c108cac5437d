"""The manager is started for every scenario and asked all the time: it takes along what it needs, answers at once."""

import subprocess
import sys
from typing import Final

from hadrill.harness.drill.stage import Stage
from hadrill.harness.evidence.clock import now_ns

ANSWERED_S: Final = 0.02
"""A system that acknowledges late, 40 ms on Linux, is not waited for."""


def test_the_manager_needs_no_arrays() -> None:
    """They are for those who judge, and take a fifth of a second to import."""
    program = "import sys, hadrill.harness.reference.__main__; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_answer_is_not_held_back(drill_stage: Stage) -> None:
    """Head and body are sent one after the other, the body before the head is acknowledged."""

    def ask_s() -> float:
        began_ns = now_ns()
        drill_stage.service.instances()
        return (now_ns() - began_ns) / 1e9

    took_s = [ask_s() for _ in range(20)]  # the first connects, and the kernel acknowledges those after it at once
    assert min(took_s[-10:]) < ANSWERED_S  # what is held back is held back each time; others may be busy
