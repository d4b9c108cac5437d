"""Sample runs to render."""

from pathlib import Path

import pytest

from hadrill.reports.tests.sample_run import write_mixed


@pytest.fixture
def mixed_run(tmp_path: Path) -> Path:
    """A finished run in which scenarios passed, failed, were left undecided, and were not addressed."""
    folder = tmp_path / "20261121-080000-ab12"
    write_mixed(folder)
    return folder
