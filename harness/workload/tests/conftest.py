"""Servers for the end-to-end tests, started once for all of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hadrill.environments.parts.locate import locate_mysql
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.workload.tests.bare_server import BareServer, initialise
from hadrill.harness.workload.tests.talk import ACKNOWLEDGED, Talk


@pytest.fixture(scope="session")
def installation() -> Installation:
    """The MySQL that drills here would use; it is not fetched by a test."""
    return locate_mysql(PartSettings.from_environ(os.environ, fetch=False), Quiet())


@pytest.fixture(scope="session")
def template(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised data directory."""
    return initialise(installation, tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def shared_server(
    installation: Installation, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BareServer]:
    """The server that tests share; each leaves it as it was."""
    server = BareServer(installation, template, tmp_path_factory.mktemp("a"), server_id=7)
    yield server
    server.kill()


@pytest.fixture(scope="session")
def other_server(
    installation: Installation, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BareServer]:
    """A second one, to compare with."""
    server = BareServer(installation, template, tmp_path_factory.mktemp("b"), server_id=8)
    yield server
    server.kill()


@pytest.fixture
def server(shared_server: BareServer) -> BareServer:
    """A running server with an empty database ``d`` that has a table ``t``."""
    shared_server.run(
        "DROP DATABASE IF EXISTS d", "CREATE DATABASE d", "CREATE TABLE d.t (id BIGINT UNSIGNED PRIMARY KEY, body TEXT)"
    )
    return shared_server


@pytest.fixture
def talk(server: BareServer) -> Iterator[Talk]:
    """The owner's conversation, logged in; whatever the server says is known to us."""
    talk = Talk(server)
    assert talk.log_in() == ACKNOWLEDGED
    yield talk
    talk.conversation.drop()
    assert talk.strange == []
