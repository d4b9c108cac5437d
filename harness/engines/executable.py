"""What can be learned of a program from outside: how it is started, what it says of itself, its digest."""

import hashlib
import os
import subprocess
from pathlib import Path

from hadrill.harness.errors import WrongCall

BANNER_TIMEOUT_S = 20.0


class UnusableProgram(WrongCall):
    """A program that was found cannot be used; the message says where it is and why."""


def resolve(path: Path) -> Path:
    """The program's own file, links followed.

    Raises:
        UnusableProgram: there is no such file, or it may not be executed.
    """
    program = Path(os.path.realpath(path))
    if not program.is_file():
        raise UnusableProgram(f"{path} is not a file")
    if not os.access(program, os.X_OK):
        raise UnusableProgram(f"{path} may not be executed")
    return program


def launch_argv(program: Path) -> tuple[str, ...]:
    """How to start a program: as it is, or through its tree's own loader and libraries.

    A program unpacked to ``ROOT/usr/sbin`` from the packages of another distribution needs the C library that it was
    built against; that one lies in the same tree and is started in place of the system's.
    """
    root = program.parents[2] if len(program.parents) > 2 else Path("/")
    loaders = [*root.glob("usr/lib64/ld-linux-*.so.*"), *root.glob("usr/lib/ld-linux-*.so.*")]
    if root == Path("/") or program.parent.parent != root / "usr" or not loaders:
        return (str(program),)
    folders = [*sorted(root.glob("usr/lib/*-linux-gnu")), root / "usr/lib", root / "usr/lib/mysql/private"]
    library_path = ":".join(str(folder) for folder in folders if folder.is_dir())
    return (str(loaders[0]), "--library-path", library_path, str(program))


def banner(argv: tuple[str, ...]) -> str:
    """What a program answers when asked for its version, both streams together.

    Args:
        argv: the whole command with its version option, which differs from program to program.

    Raises:
        UnusableProgram: it could not be started, failed, or took longer than 20 s.
    """
    command = " ".join(argv)
    try:
        answer = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=BANNER_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnusableProgram(f"`{command}` gave no answer within {BANNER_TIMEOUT_S:g} s") from None
    except OSError as error:
        raise UnusableProgram(f"`{command}` could not be started: {error.strerror}") from error
    if answer.returncode != 0:
        raise UnusableProgram(f"`{command}` ended with {answer.returncode}: {_first_line(answer.stdout)}")
    return answer.stdout


def sha256(path: Path) -> str:
    """Digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no output")
