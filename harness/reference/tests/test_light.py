"""The manager is started for every scenario, and again after each of its deaths: it takes along what it needs."""

import subprocess
import sys


def test_the_manager_needs_no_arrays() -> None:
    """They are for those who judge, and take a fifth of a second to import."""
    program = "import sys, hadrill.harness.reference.__main__; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
