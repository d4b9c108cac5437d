"""One set-up at a time."""

import os
from pathlib import Path

import pytest

from hadrill.environments.parts.lock import hold
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.tests.heard import Heard


def test_second_holder_says_whom_it_waits_for(tmp_path: Path, heard: Heard) -> None:
    """While the lock is held the next one waits, says for which process, and gives up at its deadline."""
    path = tmp_path / "lock"
    with (
        hold(path, "mysql", heard),
        pytest.raises(FetchFailed, match=f"process {os.getpid()} holds {path}"),
        hold(path, "mysql", heard, timeout_s=0),
    ):
        pass
    expected = [f"mysql: waiting for process {os.getpid()}, which is setting it up"]
    assert expected == heard.messages


def test_lock_is_free_again_after_its_holder(tmp_path: Path, heard: Heard) -> None:
    """A lock that was let go is taken without waiting."""
    for _ in range(2):
        with hold(tmp_path / "lock", "mysql", heard):
            pass
    assert heard.messages == []
