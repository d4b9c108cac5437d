"""What a run writes is its owner's alone, whatever umask it was started with."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.embedded.hands import Programs
from hadrill.environments.embedded.live_site import EmbeddedSite
from hadrill.environments.embedded.pen import Pen, start_pen
from hadrill.environments.embedded.room.configuration import RoomConfiguration
from hadrill.environments.embedded.room_client import RoomClient
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.model.instance import Endpoint

pytestmark = pytest.mark.usefixtures("usual_umask")

TOKEN = "t0ken"
NONE: Any = None


@pytest.fixture
def port() -> int:
    """Nobody's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def pen(tmp_path: Path, port: int) -> Iterator[Pen]:
    """A guardian and a room, without nodes."""
    work = tmp_path / "work"
    room = RoomConfiguration(
        work=str(work),
        namespaces=False,
        control=Endpoint("127.0.0.1", port),
        control_token=TOKEN,
        racks={},
        rack_token=TOKEN,
        nodes=(),
        installation=Installation(("mysqld",), "9.7.4", (), "0a", "named"),
        template=str(tmp_path / "template"),
        variables={},
        env={},
    )
    pen = start_pen(work, room.to_json(), namespaces=False, keep_fds=(), timeout_s=60)
    yield pen
    pen.close()


def open_to_others(folder: Path) -> list[Path]:
    """What somebody else could read if the folder were not closed to them."""
    return [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def test_so_is_what_its_programs_write(pen: Pen, port: int) -> None:
    """The room's log as well, and what a program makes without a thought."""
    script = f"cd {pen.work}; mkdir folder; echo text >folder/file; echo text >logs/other.log"
    program = Programs(RoomClient(Endpoint("127.0.0.1", port), TOKEN), pen.work).spawn("own", ("sh", "-c", script))
    assert program.wait(60) == 0
    assert {path.name for path in (pen.work / "logs").iterdir()} == {"room.log", "own.log", "other.log"}
    assert (pen.work / "folder" / "file").is_file()
    assert open_to_others(pen.work) == []


def test_so_are_the_logs_that_are_kept(tmp_path: Path) -> None:
    """And each folder on the way to them."""
    work = tmp_path / "work"
    for folder in (work, work / "logs"):
        folder.mkdir(mode=0o700)
    (work / "logs" / "room.log").touch(mode=0o600)
    site = EmbeddedSite(NONE, NONE, "", work, NONE, NONE, _programs=NONE, _pen=NONE, _lease=NONE)
    site.keep_logs(tmp_path / "run" / "logs" / "scenario")
    assert (tmp_path / "run" / "logs" / "scenario" / "room.log").is_file()
    assert open_to_others(tmp_path / "run") == []
