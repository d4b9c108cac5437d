"""Calls generated from the description of the API: answered as it says, never with a 500; a refusal changes nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.console_app import ConsoleApp
from hadrill.harness.reference.tests.described_calls import TEXTS, DescribedCall, calls_of
from hadrill.harness.reference.tests.every_kind import AIMED, INSTANCES, every_kind, named_once_more
from hadrill.harness.tests.steady import steady

STEADY = steady(20, *HealthCheck)
NO_CALL = {404, 405}
"""A name with a slash in it makes another path."""

ACCEPTED = {
    "DELETE /v1/instances/{instance}",
    "POST /v1/instances/{instance}/promotion",
    "POST /v1/instances/{instance}/verification",
    "POST /v1/instances/{instance}/switch-back",
    "POST /v1/instances/{instance}/switch",
    "DELETE /v1/instances/{instance}/switch",
    "PUT /v1/instances/{instance}/maintenance-period",
    "PATCH /v1/instances/{instance}/specification",
    "POST /v1/instances/{instance}/restart",
}
"""For which no server is asked; there are instances at which they meet no guard that holds."""

REFUSED = {
    Code.NOT_PROTECTED, Code.DOWNGRADE, Code.SWITCH_WAITS, Code.NO_SWITCH_WAITS, Code.IS_READ_ONLY, Code.HAS_READ_ONLY,
    Code.NOT_ON_DISASTER_RECOVERY, Code.NOT_DISASTER_RECOVERY, Code.SYNCHRONIZATION_EXISTS, Code.NEVER_SYNCHRONIZED,
    Code.PROMOTED_FOR_GOOD, Code.CONFIRMATION_MISSING, Code.MASTER_MAY_BE_ALIVE, Code.NOT_RUNNING,
}  # fmt: skip
"""By what an instance is, and in which state; the last one by its servers, which nobody can reach."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> ConsoleApp:
    """Instances whose servers nobody can reach, and no free address; what is accepted is forgotten again."""
    return every_kind(Path(tmp_path_factory.mktemp("state")))


def test_generated_calls_are_answered_as_described(app: ConsoleApp) -> None:
    """Those that fit the description and those that nearly do, of instances that are there and of others."""
    calls = calls_of(app.app.openapi())
    trial = Trial(app)
    for call in calls:
        trial.of_any(call)
        trial.of_each(call)
    assert len(calls) > 20
    assert {call for call, code in trial.met if not code} >= ACCEPTED
    assert {code for _, code in trial.met} >= REFUSED


class Trial:
    """Makes calls, and goes back after each that was accepted, so that it is in no other one's way.

    Attributes:
        met: calls, and the codes that they were refused with; empty where they were accepted.
    """

    def __init__(self, app: ConsoleApp) -> None:
        self.met: set[tuple[str, str]] = set()
        self._app = app
        self._kept = app.keep()

    def of_any(self, call: DescribedCall) -> None:
        """Of instances that are there and of others, with bodies that fit the description and that nearly do."""
        bodies = st.none() if call.body is None else call.body

        @STEADY
        @given(st.sampled_from(INSTANCES) | TEXTS, st.integers(), bodies, st.booleans())
        def every(instance: str, operation: int, body: Any, knowing: bool) -> None:
            self._ask(call, instance, operation, named_once_more(body, instance) if knowing else body)

        every()

    def of_each(self, call: DescribedCall) -> None:
        """Of each instance that is there, with what is right."""
        for body in (None,) if call.body is None else AIMED.get(call.path.rpartition("/")[-1], ()):
            for instance in INSTANCES:
                self._ask(call, instance, 1, named_once_more(body, instance))

    def _ask(self, call: DescribedCall, instance: str, operation: int, body: Any) -> None:
        path = call.path.removeprefix("/v1").format(
            instance=quote(instance, safe="", errors="surrogatepass"), operation=operation
        )
        before = self._app.memory()
        status, answer = self._app.ask(call.verb, path, None if call.body is None else json.dumps(body).encode())
        assert status in call.statuses | NO_CALL
        assert status != 500
        self.met.add((f"{call.verb} {call.path}", answer["code"] if status >= 400 else ""))
        if status >= 400:
            assert len(answer["message"].split()) > 3
        if status >= 400 or call.verb == "GET":
            assert before == self._app.memory()
        else:
            self._app.go_back(self._kept)


def test_calls_that_schemathesis_generates_are_answered_as_described() -> None:
    """Statuses, kinds and forms of the answers, nothing without the token; a refusal changes nothing here either."""
    program = (sys.executable, "-m", "hadrill.harness.reference.tests.against_description")
    done = subprocess.run(program, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    calls, accepted = (int(number) for number in re.findall(r"\d+", done.stdout))
    assert calls > 20
    assert accepted > len(ACCEPTED) / 2
