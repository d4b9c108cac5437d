"""A shell that the command is typed in."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from hadrill.harness.live.records import Records

COMMAND = (sys.executable, "-c", "import sys; from hadrill.harness.cli.main import main; sys.exit(main())")
LIMIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Shell:
    """Where the command is typed: its records are its own, apart from those of whoever runs the tests."""

    state: Path

    @property
    def records(self) -> Records:
        """The records."""
        return Records(self.state / "hadrill" / "live")

    def type(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        child = self.start(*arguments)
        out, err = child.communicate(timeout=LIMIT_S)
        return subprocess.CompletedProcess(arguments, child.returncode, out, err)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin to run the command."""
        environ = os.environ | {"XDG_STATE_HOME": str(self.state)}
        return subprocess.Popen(
            (*COMMAND, *arguments), env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
