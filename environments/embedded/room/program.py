"""A program: how it is started, and what is seen of it."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.room.refusal import Refusal

_DEFAULT_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE)


@dataclass(frozen=True, slots=True)
class ProgramSpec:
    """How a program is started.

    Attributes:
        env: its whole environment.
        log: file that takes both its streams, appended.
        stdin_text: what it reads from standard input, which then ends.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str]
    log: Path
    stdin_text: str = ""


@dataclass(frozen=True, slots=True)
class ProgramState:
    """A program as the kernel shows it.

    Attributes:
        state: ``absent`` (never started), ``running``, ``paused`` (all its threads stopped) or ``exited``.
        held: it may not be started until it is released.
        exit: as waitpid said: the exit code, or minus the signal's number; None while it runs.
        started_ns: monotonic clock just before it was last started.
    """

    state: str
    held: bool = False
    pid: int | None = None
    exit: int | None = None
    started_ns: int | None = None


def spawn(prefix: tuple[str, ...], spec: ProgramSpec) -> int:
    """Start a program in a session of its own; returns its process number.

    Args:
        prefix: command that it is started through.

    Raises:
        Refusal: it cannot be executed.
    """
    stdin = os.memfd_create("stdin")
    try:
        os.write(stdin, spec.stdin_text.encode())
        os.lseek(stdin, 0, os.SEEK_SET)
        append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        argv = (*prefix, *spec.argv)
        return os.posix_spawnp(
            argv[0],
            argv,
            dict(spec.env),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, stdin, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(spec.log), append, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
            setsigdef=_DEFAULT_SIGNALS,
        )
    except (OSError, ValueError) as error:  # the latter for words and names that no program can be given
        raise Refusal(400, f"{spec.argv[0]} cannot be started: {getattr(error, 'strerror', error)}") from error
    finally:
        os.close(stdin)
