"""One drill as a user calls it, in a process of its own that dies with whoever started it."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.guardian import PDEATHSIG
from hadrill.harness.errors import HarnessTrouble, WrongCall

SAID: Final = "said.txt"
LONGEST_S: Final = 3600.0
"""A whole drill takes minutes: one that takes so long hangs."""
TAKEN_DOWN_S: Final = 180.0
_HADRILL: Final = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"


def drill(asked: Sequence[str], seed: int, folder: Path) -> int:
    """Drill, and wait for the end; returns the exit code.

    Args:
        asked: options of ``hadrill drill``.
        seed: of the drill.
        folder: where it makes its run's folder; what it says goes to ``said.txt`` there.

    Raises:
        WrongCall: it refuses what it was asked.
        HarnessTrouble: it hangs.
        Interrupted: the soak was asked to end; so was the drill, which has ended.
    """
    with started(asked, seed, folder) as child:
        return end_of(child, folder)


@contextmanager
def started(
    asked: Sequence[str], seed: int, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A drill under way; one that still is when this is left is asked to end, and has ended.

    Args:
        asked, seed, folder: as of ``drill``.
        environment: all that it gets; by default what we have.
    """
    (folder / SAID).touch(mode=0o600)
    options = ("drill", *asked, "--seed", str(seed), "--output", str(folder))
    with (
        (folder / SAID).open("wb") as said,
        subprocess.Popen(
            (*PDEATHSIG, sys.executable, "-c", _HADRILL, *options),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment,
        ) as child,
    ):
        try:
            yield child
        finally:
            _end(child)


def end_of(child: "subprocess.Popen[bytes]", folder: Path) -> int:
    """Wait for a drill's own end; returns the exit code.

    Raises:
        WrongCall: it refuses what it was asked.
        HarnessTrouble: it hangs.
    """
    try:
        code = child.wait(LONGEST_S)
    except subprocess.TimeoutExpired as error:
        raise HarnessTrouble(f"the drill in {folder} did not end within {LONGEST_S:g} s") from error
    require_taken(code, folder)
    return code


def require_taken(code: int, folder: Path) -> None:
    """See that a drill did not refuse the call.

    Raises:
        WrongCall: it did, with that exit code; says what it said.
    """
    if code == WrongCall.exit_code:
        raise WrongCall(_refusal(folder))


def _refusal(folder: Path) -> str:
    lines = (folder / SAID).read_text(encoding="utf-8", errors="replace").splitlines()
    told = [line.removeprefix("hadrill: ") for line in lines if line.startswith("hadrill: ")]
    return "\n".join(told) or f"the drill was refused; what it said is in {folder / SAID}"


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Have it heal and take down what it has; where that takes too long it is killed, and its guardian does it."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(TAKEN_DOWN_S)
        except subprocess.TimeoutExpired:
            child.kill()
