"""What pytest's own summary tells of a drill."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from hadrill.reports.publish import Published
from hadrill.reports.result import build_result
from hadrill.reports.tests.hostile import COMMANDS
from hadrill.reports.tests.sample_run import write_mixed
from hadrill.steps.binding.session import DrillSession

HARM: Final = "\x1b[2J\x07"


def test_the_terminal_gets_no_command(tmp_path: Path) -> None:
    """Whatever a folder is called, and whatever is said of a report that could not be made."""
    nothing: Any = None
    session = DrillSession(nothing, nothing, nothing, nothing, nothing, None)
    write_mixed(tmp_path / "run")
    session.trouble = f"no end of {HARM}"
    session.published = Published(
        build_result(tmp_path / "run"), {"result": Path(f"/a{HARM}/result.json")}, (f"no summary was made: {HARM}",)
    )
    said: list[str] = []
    reporter: Any = SimpleNamespace(
        write_line=lambda line, **_: said.append(line), write=said.append, section=said.append
    )
    session.pytest_terminal_summary(reporter, 1)
    text = "\n".join(said)
    assert COMMANDS.findall(text) == []
    shown = "\\x1b[2J\\x07"
    for words in (f"hadrill: no end of {shown}", f"result  /a{shown}/result.json", f"no summary was made: {shown}"):
        assert words in text
