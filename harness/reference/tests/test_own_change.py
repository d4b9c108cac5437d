"""A change of a user's own."""

import sys
from pathlib import Path

import pytest

from hadrill.harness.reference.own_change import make_change


def test_the_function_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may change whatever is loaded."""
    monkeypatch.setattr(sys, "own_change_called", False, raising=False)
    (tmp_path / "own.py").write_text("import sys\n\ndef sleeps():\n    sys.own_change_called = True\n")
    make_change(f"{tmp_path}/own.py:sleeps")
    assert getattr(sys, "own_change_called")  # noqa: B009 - mypy knows of no such name
