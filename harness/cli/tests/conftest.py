"""A record of what is up, as `harness/live` tries its own on, and a shell to bring something up in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.harness.cli.tests.shell import Shell
from hadrill.harness.live.tests.conftest import record

__all__ = ["record"]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Nothing is up in it; what is up after the test is taken down."""
    shell = Shell(tmp_path)
    yield shell
    shell.type("down")
