"""How the room starts a program."""

import os
from pathlib import Path

import pytest

from hadrill.environments.embedded.room.program import ProgramSpec, spawn
from hadrill.environments.embedded.room.refusal import Refusal

ENV = {"PATH": os.defpath}


def test_a_program_is_started_with_what_it_is_told(tmp_path: Path) -> None:
    """Words, environment and standard input; both its streams go to the log."""
    script = 'read -r said; echo "$1 $A $said"; echo "$1" >&2'
    log = tmp_path / "x.log"
    pid = spawn((), ProgramSpec(("sh", "-c", script, "sh", "a word"), {**ENV, "A": "b"}, log, "a line\n"))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert log.read_text() == "a word b a line\na word\n"


@pytest.mark.parametrize(
    ("argv", "env", "log", "told"),
    [
        (("/no/such",), {}, "x.log", "/no/such cannot be started: No such file or directory"),
        (("true",), {}, "no/such/x.log", "true cannot be started: No such file or directory"),
        (("true",), {"A=B": "c"}, "x.log", "true cannot be started: illegal environment variable name"),
        (("true",), {"A": "b\0"}, "x.log", "true cannot be started: embedded null byte"),
        (("true", "\0"), {}, "x.log", "true cannot be started: embedded null byte"),
        (("true",), {}, "\0", "true cannot be started: embedded null byte"),
        (("",), {}, "x.log", " cannot be started: .*empty"),
    ],
)
def test_what_cannot_be_started_is_refused(
    tmp_path: Path, argv: tuple[str, ...], env: dict[str, str], log: str, told: str
) -> None:
    """The fault is the caller's."""
    with pytest.raises(Refusal, match=told) as refused:
        spawn((), ProgramSpec(argv, {**ENV, **env}, tmp_path / log))
    assert refused.value.status == 400
