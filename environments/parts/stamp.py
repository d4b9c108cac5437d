"""The mark of a finished virtual environment: what it was made from, by which Python, where."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = ".hadrill-setup"
_INPUTS = ("requirements.txt", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Written last, so that an interrupted set-up has none.

    Attributes:
        inputs: SHA-256 over the files that say what is installed.
        interpreter: the Python that the environment's own one is a link to.
        folder: where the environment was made; it does not survive a move.
    """

    inputs: str
    interpreter: str
    folder: str


def expected_stamp(clone: Path, venv: Path) -> Stamp:
    """The stamp that a virtual environment of this clone would get now."""
    inputs = hashlib.sha256()
    for name in _INPUTS:
        inputs.update((clone / name).read_bytes())
    return Stamp(inputs.hexdigest(), str((venv / "bin/python").resolve()), str(venv))


def read_stamp(venv: Path) -> Stamp | None:
    """The stamp of a finished environment; None where set-up has not run, or was interrupted."""
    try:
        return Stamp(**json.loads((venv / FILE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(venv: Path, stamp: Stamp) -> None:
    """Put the stamp in place in one step."""
    unfinished = venv / f"{FILE_NAME}.partial"
    unfinished.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    unfinished.replace(venv / FILE_NAME)
