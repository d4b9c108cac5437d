"""Whatever the standard streams are like, a call ends with its code and no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "import sys; from hadrill.harness.cli.main import main; sys.exit(main())"


def hadrill(shell: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The command, started by a shell that says where its streams lead."""
    script = f'exec "$@" {shell}'
    command = ("sh", "-c", script, "sh", sys.executable, "-c", MAIN, *arguments)
    return subprocess.run(command, env=environ, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("shell", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_ends_nothing(tmp_path: Path, shell: str) -> None:
    """What would have been said there is said to nobody."""
    done = hadrill(shell, "status", XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")
    done = hadrill(shell, "drill", "--objectives", "none.yaml", XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, b"Traceback" in done.stderr) == (4, False)


def test_what_an_encoding_has_no_sign_for_is_said_by_its_number(tmp_path: Path) -> None:
    """In a terminal of long ago, or a cron job without a locale."""
    ascii_only = {"XDG_STATE_HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    topology = tmp_path / "ö.yaml"
    topology.write_text("regions: {north: {zone-a: {a-1: [a1]}}}\naddresses: 1\n", encoding="utf-8")
    done = hadrill("", "status", str(topology), **ascii_only)
    assert (done.returncode, b"\\xf6" in done.stdout, done.stderr) == (0, True, b"")
