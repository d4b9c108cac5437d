"""What the operating system refused."""

import errno
import os

import pytest

from hadrill.harness.cli import doctor
from hadrill.harness.cli.main import main
from hadrill.harness.cli.refused_by_system import refused_by_system


@pytest.mark.parametrize(
    ("number", "place", "code", "told"),
    [
        (errno.ENOSPC, "/runs/one", 2, " at '/runs/one': No space left on device; make room on that disk, and"),
        (errno.EACCES, "/runs", 2, " at '/runs': Permission denied; see that it may be read and written, or name"),
        (errno.EMFILE, None, 2, " something: Too many open files; let more files be open (ulimit -n), and"),
        (errno.EIO, None, 2, " something: Input/output error; mend that, and call it again"),
        pytest.param(
            *(errno.ENAMETOOLONG, "/" + "n" * 5000, 4, "nnn': File name too long; give it a shorter name, and"),
            id="too long",
        ),
    ],
)
def test_a_refusal_is_a_sentence(number: int, place: str | None, code: int, told: str) -> None:
    """With what was called, where, why, and what to do; a name that is too long is the caller's."""
    error = refused_by_system(OSError(number, os.strerror(number), place), "hadrill drill")
    assert str(error).startswith("'hadrill drill' could not go on: the system refused something")
    assert (error.exit_code, told in str(error), len(str(error)) < 400) == (code, True, True), error


def test_one_without_a_number_tells_what_it_has() -> None:
    """Its text, or its name."""
    assert "something: no route; mend that" in str(refused_by_system(OSError("no route"), "hadrill up"))
    assert "something: TimeoutError; mend that" in str(refused_by_system(TimeoutError(), "hadrill up"))


def test_the_command_tells_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the verb was about."""

    def full(_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/runs/\x1b")

    monkeypatch.setattr(doctor, "run", full)
    assert main(["doctor"]) == 2
    assert capsys.readouterr().err == (
        "hadrill: 'hadrill doctor' could not go on: the system refused something at '/runs/\\x1b': "
        "No space left on device; make room on that disk, and call it again\n"
    )
