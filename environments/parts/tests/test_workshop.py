"""How tools are run, and what is said of those that fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.tests.heard import Heard
from hadrill.environments.parts.workshop import Workshop

Make = Callable[..., Path]


def test_tool_that_is_not_there_is_named_with_the_path(workshop: Workshop) -> None:
    """The message says what was looked for, and where."""
    with pytest.raises(FetchFailed, match=r"no-such-tool is not on PATH \(.*:/usr/bin:/bin\)"):
        workshop.run(["no-such-tool"], timeout_s=10)


def test_output_of_a_tool_is_returned_and_its_log_removed(workshop: Workshop, tmp_path: Path, program: Make) -> None:
    """Both streams come back together; nothing is left in the folder."""
    program(tmp_path / "bin/tool", "echo out; echo err >&2; echo $GIVEN; pwd")
    printed = workshop.run(["tool"], timeout_s=10, environ={"GIVEN": "given"})
    assert (f"out\nerr\ngiven\n{workshop.folder}\n", []) == (printed, list(workshop.folder.iterdir()))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo reading; echo 'E: no such package'; echo done; exit 100", "ended with 100: E: no such package$"),
        ("echo 'go: downloading x'; echo 'go: x: refused'; exit 1", "ended with 1: go: x: refused$"),
        ("echo 'npm error code EAI_AGAIN'; echo 'npm error'; exit 1", "ended with 1: npm error code EAI_AGAIN$"),
        ("echo one; echo two; echo three; echo four; exit 3", "ended with 3: two / three / four$"),
        ("exit 3", "ended with 3: no output$"),
    ],
)
def test_failing_tool_is_quoted_by_its_telling_lines(
    workshop: Workshop, tmp_path: Path, program: Make, script: str, said: str
) -> None:
    """The message carries the lines that tell an error; the last lines where none does."""
    program(tmp_path / "bin/tool", script)
    with pytest.raises(FetchFailed, match=said):
        workshop.run(["tool"], timeout_s=10)


def test_tool_that_hangs_is_ended(workshop: Workshop, tmp_path: Path, program: Make) -> None:
    """A deadline ends the tool, and the message says so."""
    program(tmp_path / "bin/tool", "exec cat /dev/zero > /dev/null")
    with pytest.raises(FetchFailed, match=r"took longer than 0\.2 s"):
        workshop.run(["tool"], timeout_s=0.2)


def test_what_is_being_done_is_said_with_the_part(workshop: Workshop, heard: Heard) -> None:
    """A line of progress begins with the part's name; without words nothing is said."""
    workshop.run(["true"], "building", timeout_s=10)
    workshop.run(["true"], timeout_s=10)
    assert heard.messages == ["part: building"]
