"""What a drill leaves outside its own processes and its own folder."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hadrill.environments.embedded.label import folder_prefix, write_label
from hadrill.environments.embedded.lease import CLAIM
from hadrill.harness.kills import surroundings
from hadrill.harness.kills.surroundings import Listener, Surroundings, listeners_in

HOST = "127.83.251.9"
TABLE = """\
   0: 0104537F:36EC 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 1598805 1 0 100 0 0 10 0
   1: 0204537F:36ED 0204537F:9C41 01 00000000:00000000 00:00000000 00000000     7        0 1598806 1 0 100 0 0 10 0
   2: 0304537F:36ED 00000000:0000 0A 00000000:00000000 00:00000000 00000000     8        0 1598807 1 0 100 0 0 10 0
   3: 0100007F:36ED 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 1598808 1 0 100 0 0 10 0
"""


@contextmanager
def listening() -> Iterator[int]:
    """Somebody listens on a network that nobody has claimed; the port."""
    with closing(socket.create_server((HOST, 0))) as server:
        yield server.getsockname()[1]


def test_only_this_users_listeners_on_our_networks_are_seen() -> None:
    """No connection, no other user's, none of another network."""
    assert list(listeners_in(TABLE.splitlines(), "127.83.0.0/16", 7)) == [Listener("127.83.4.1", 14060, 1598805)]


def test_a_listener_that_came_and_is_nobodys_is_left() -> None:
    """One that was there before is not; nor is one that a living run may have."""
    before = Surroundings.now()
    with listening() as port:
        assert f"listener {HOST}:{port}" in before.added()
        assert f"listener {HOST}:{port}" not in Surroundings.now().added()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as claim:
            claim.bind(f"\0{CLAIM}127.83.251.0")
            assert f"listener {HOST}:{port}" not in before.added()
    assert f"listener {HOST}:{port}" not in before.added()


def test_a_folder_that_came_and_is_nobodys_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In memory as well; one whose run lives is not, and what is named otherwise is somebody else's."""
    monkeypatch.setattr(surroundings, "MEMORY", tmp_path)
    old, stray, alive = (tmp_path / f"{folder_prefix()}{name}" for name in ("old", "stray", "alive"))
    old.mkdir()
    before = Surroundings.now()
    for folder in (stray, alive, tmp_path / "other"):
        folder.mkdir()
    with write_label(alive, os.getpid()):
        assert [one for one in before.added() if str(tmp_path) in one] == [f"folder {stray}"]
    assert f"folder {alive}" in before.added()


def test_a_folder_that_goes_while_we_look_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its run, of somebody who drills beside, ends just then."""
    monkeypatch.setattr(surroundings, "MEMORY", tmp_path)
    before, going = Surroundings.now(), tmp_path / f"{folder_prefix()}going"
    going.mkdir()
    monkeypatch.setattr(surroundings, "is_held", lambda folder: folder == going and bool(folder.rmdir()))
    assert f"folder {going}" not in before.added()
    assert not going.exists()
