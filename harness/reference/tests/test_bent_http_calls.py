"""Calls generated from the description of the API: answered as it says, never with a 500; a refusal changes nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.tests.console_app import ConsoleApp
from hadrill.harness.reference.tests.described_calls import TEXTS, DescribedCall, calls_of

STEADY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
NO_CALL = {404, 405}
"""A name with a slash in it makes another path."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> ConsoleApp:
    """Instances whose servers nobody can reach, and no free address: next to nothing can be accepted."""
    app = ConsoleApp(Path(tmp_path_factory.mktemp("state")))
    for address, node in enumerate(("a1", "b1", "c1")):
        app.add(f"db-{address}", InstanceType.REGULAR, node, address)
    return app


def test_generated_calls_are_answered_as_described(app: ConsoleApp) -> None:
    """Those that fit the description and those that nearly do, of instances that are there and of others."""
    calls = calls_of(app.app.openapi())
    for call in calls:
        _try_out(app, call)
    assert len(calls) > 20


def _try_out(app: ConsoleApp, call: DescribedCall) -> None:
    # A release of one that is there would be accepted, and go on beside the other calls.
    names = (
        TEXTS.filter(lambda name: name not in {"db-0", "db-1"}) if call.verb == "DELETE" else st.just("db-0") | TEXTS
    )
    bodies = st.none() if call.body is None else call.body

    @STEADY
    @given(names, st.integers(), bodies)
    def every(instance: str, operation: int, body: Any) -> None:
        path = call.path.removeprefix("/v1").format(instance=quote(instance, safe=""), operation=operation)
        before = app.memory()
        status, answer = app.ask(call.verb, path, None if call.body is None else json.dumps(body).encode())
        assert status in call.statuses | NO_CALL
        assert status != 500
        if status >= 400:
            assert len(answer["message"].split()) > 3
        if status >= 400 or call.verb == "GET":
            assert before == app.memory()

    every()


def test_calls_that_schemathesis_generates_are_answered_as_described() -> None:
    """Statuses, kinds and forms of the answers, nothing without the token; a refusal changes nothing here either."""
    program = (sys.executable, "-m", "hadrill.harness.reference.tests.against_description")
    done = subprocess.run(program, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 20
