"""What the manager says when its own disk fails it, and when it is wrong itself."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.model.topology import Node, Topology
from hadrill.harness.reference.address import Addresses
from hadrill.harness.reference.api import build_app
from hadrill.harness.reference.last_words import MISTAKE
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.settings import Settings
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work

A_THREAD_WITH_A_MISTAKE = """
import threading
from hadrill.harness.reference.last_words import end_the_program
threading.excepthook = end_the_program
threading.Thread(target=lambda: 1 / 0, name="keep-db-1", daemon=True).start()
threading.Event().wait(30)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a manager of one node."""
    topology = Topology("one", (Node("a1", "a-1", "zone-a", "north"),), addresses=1)
    account = Account("someone", "s3cret")
    return Settings(
        listen=Endpoint("127.0.0.1", 1),
        token="t0ken",
        inventory=Inventory(topology, (), (), (), str(tmp_path / "address")),
        rack_token="r4ck",
        state=tmp_path / "manager.db",
        service=account,
        replicator=account,
        auditor=account,
    )


async def ask(
    store: Store, settings: Settings, verb: str, path: str, body: dict[str, str] | None = None
) -> httpx.Response:
    """Ask the manager something, without a network between."""
    app = build_app(Manager(Work(settings, store, Addresses(Path("none")))), settings.token)
    headers = {"Authorization": f"Bearer {settings.token}"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://manager", headers=headers
    ) as client:
        return await client.request(verb, path, json=body)


def test_a_state_that_cannot_be_written_is_answered_with_a_code_and_a_sentence(settings: Settings) -> None:
    """A creation that cannot be put on record does not begin."""
    store = Store(settings.state)
    store._connection.execute("PRAGMA query_only = ON")
    answer = asyncio.run(ask(store, settings, "POST", "/v1/instances", {"edition": "basic"}))
    assert (answer.status_code, answer.json()["code"]) == (503, "StateUnavailable")
    assert "see to its disk" in answer.json()["message"]
    assert store.instances() == ()


@pytest.mark.parametrize(
    ("verb", "path", "status", "code"),
    [
        ("GET", "/", 404, "NoSuchCall"),
        ("GET", "/v1/instance", 404, "NoSuchCall"),
        ("POST", "/v2/instances", 404, "NoSuchCall"),
        ("DELETE", "/v1/instances", 405, "MethodNotAllowed"),
        ("PUT", "/v1/instances/db-1/switch", 405, "MethodNotAllowed"),
    ],
)
def test_a_call_that_there_is_not_is_answered_with_a_code_and_a_sentence(
    settings: Settings, verb: str, path: str, status: int, code: str
) -> None:
    """Whatever is wrong, the answer looks the same."""
    answer = asyncio.run(ask(Store(settings.state), settings, verb, path))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert path in answer.json()["message"]


def test_a_mistake_in_a_thread_ends_the_manager(tmp_path: Path) -> None:
    """With a traceback that names the thread, so that it is started again or missed, and never half-dead."""
    ended = subprocess.run(
        [sys.executable, "-c", A_THREAD_WITH_A_MISTAKE],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == MISTAKE
    assert "keep-db-1 ended by a mistake of ours" in ended.stderr
    assert "ZeroDivisionError" in ended.stderr


def take_user(said: dict[str, Any]) -> None:
    """An account without a name."""
    del said["service"]["user"]


def rename_token(said: dict[str, Any]) -> None:
    """What is wrong is the secret itself."""
    said["key"] = said["token"]


def ended_by(settings: Settings, folder: Path, damage: Callable[[dict[str, Any]], None]) -> str:
    """What a manager says that is started with damaged settings."""
    said = json.loads(settings.model_dump_json())
    damage(said)
    file = folder / "manager.json"
    file.write_text(json.dumps(said))
    program = (sys.executable, "-m", "hadrill.harness.reference", str(file))
    ended = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    return ended.stdout + ended.stderr


@pytest.mark.parametrize(("damage", "told"), [(take_user, "service.user"), (rename_token, "key")])
def test_settings_that_are_wrong_end_it_and_are_not_quoted(
    settings: Settings, tmp_path: Path, damage: Callable[[dict[str, Any]], None], told: str
) -> None:
    """Its log says which field it is; it is kept with the run, and holds no secret."""
    words = ended_by(settings, tmp_path, damage)
    assert f"for Settings\n{told}\n" in words
    assert [secret for secret in ("s3cret", "t0ken", "r4ck") if secret in words] == []
