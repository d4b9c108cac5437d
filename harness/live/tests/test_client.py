"""Which MySQL client the lines to paste call."""

from pathlib import Path

import pytest

from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.live.client import client_of


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A package's tree with a server in it, and no client."""
    (tmp_path / "usr" / "bin").mkdir(parents=True)
    server = tmp_path / "usr" / "sbin" / "mysqld"
    return Installation((str(server),), "9.7.4", (), "", "named")


def program(path: Path) -> Path:
    """An executable file."""
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o755)
    return path


def test_the_client_on_path_comes_first(installation: Installation, tmp_path: Path) -> None:
    """It is called by its name."""
    program(tmp_path / "usr" / "bin" / "mysql")
    program(tmp_path / "bin" / "mysql")
    assert client_of(installation, str(tmp_path / "bin")) == ("mysql",)


def test_the_client_beside_the_server_is_next(installation: Installation, tmp_path: Path) -> None:
    """A package's server lies in sbin and its client in bin."""
    client = program(tmp_path / "usr" / "bin" / "mysql")
    assert client_of(installation, "") == (str(client),)


def test_without_a_client_its_name_stays(installation: Installation) -> None:
    """The lines are right as soon as there is one."""
    assert client_of(installation, "") == ("mysql",)
