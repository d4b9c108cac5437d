"""Where a part is made: its own unfinished folder, and the tools run there."""

import itertools
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Progress

SAY_AGAIN_S = 10.0
_LAST_LINES = 3
_LONGEST_LINE = 300
_TELLING = re.compile(r"E: |Err:|error\b|npm (error|ERR!)|go: |warning: retrying", re.IGNORECASE)
_CHATTER = re.compile(r"go: downloading|npm (error|ERR!)( (network|A complete log|If you are|'proxy'| |\}).*)?$")


@dataclass(frozen=True, slots=True)
class Workshop:
    """A part in the making.

    Attributes:
        part: its name, which begins each line of progress.
        folder: its unfinished folder; whatever is left in there is kept.
        environ: environment of the tools; its PATH is where they are found.
        progress: told what is being done.
        lock: descriptor of the lock, shared with each tool: the lock lasts until the last of them has ended.
    """

    part: str
    folder: Path
    environ: Mapping[str, str]
    progress: Progress
    lock: int
    _run_numbers: Iterator[int] = field(default_factory=itertools.count)

    def tool(self, name: str) -> str:
        """Full path of a tool on PATH.

        Raises:
            FetchFailed: it is not there.
        """
        found = shutil.which(name, path=self.environ["PATH"])
        if found is None:
            raise FetchFailed(f"{name} is not on PATH ({self.environ['PATH']})")
        return found

    def say(self, message: str) -> None:
        """Tell the progress, with the part's name in front."""
        self.progress.say(f"{self.part}: {message}")

    def run(
        self,
        argv: Sequence[str],
        doing: str = "",
        *,
        timeout_s: float,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> str:
        """Run a tool to its end and return what it printed, both streams together.

        Args:
            argv: its command; the first word is looked up on PATH.
            doing: what to say while it runs, at the start and every ten seconds; nothing is said without.
            timeout_s: seconds after which it is killed.
            environ: variables on top of the workshop's.
            cwd: folder to run in; the workshop's by default.

        Raises:
            FetchFailed: not there, failed, or took too long; ends with its last lines.
        """
        log = self.folder / f"run-{next(self._run_numbers)}.log"
        command = [*self._die_with_us(), self.tool(argv[0]), *argv[1:]]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**self.environ, "LC_ALL": "C.UTF-8", **(environ or {})},
                cwd=cwd or self.folder,
                pass_fds=(self.lock,),
            ) as process,
        ):
            try:
                returned = self._wait(process, doing, timeout_s)
            finally:
                process.kill()
        printed = log.read_text(encoding="utf-8", errors="replace")
        log.unlink()
        if returned != 0:
            outcome = f"took longer than {timeout_s:g} s" if returned is None else f"ended with {returned}"
            raise FetchFailed(f"`{Path(argv[0]).name} {' '.join(argv[1:3])}` {outcome}: {_gist(printed)}")
        return printed

    def _wait(self, process: subprocess.Popen[bytes], doing: str, timeout_s: float) -> int | None:
        started_s = time.monotonic()
        if doing:
            self.say(doing)
        while (elapsed_s := time.monotonic() - started_s) < timeout_s:
            try:
                return process.wait(min(SAY_AGAIN_S, timeout_s - elapsed_s))
            except subprocess.TimeoutExpired:
                if doing:
                    self.say(f"{doing} ({time.monotonic() - started_s:.0f} s)")
        return None

    def _die_with_us(self) -> tuple[str, ...]:
        """Has the kernel end the tool when we end, kill -9 included, where util-linux is there."""
        setpriv = shutil.which("setpriv", path=f"{self.environ['PATH']}:{os.defpath}")
        return (setpriv, "--pdeathsig", "TERM") if setpriv else ()


def _gist(printed: str) -> str:
    """The last lines that tell what went wrong, or the last ones at all where none says so."""
    lines = [line.strip()[:_LONGEST_LINE] for line in printed.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.match(line) and not _CHATTER.match(line)]
    return " / ".join((telling or lines)[-_LAST_LINES:]) or "no output"
