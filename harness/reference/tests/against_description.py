"""``python -m hadrill.harness.reference.tests.against_description``: the API against its description, by schemathesis.

A program of its own, and without garbage collection: before 3.11.8 Python reads no source in two threads at once when a
collection comes between ("AST constructor recursion depth mismatch"), and schemathesis, or pytest in reading it, does.
"""

import gc
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import content_type_conformance, ignored_auth, response_schema_conformance
from schemathesis.checks import status_code_conformance as status_conformance

from hadrill.harness.model.instance import InstanceType
from hadrill.harness.reference.tests.console_app import TOKEN, ConsoleApp

STEADY: Final = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
CHECKS: Final = [status_conformance, content_type_conformance, response_schema_conformance, ignored_auth]
REFUSED: Final = 400
MISTAKE: Final = 500
SAID: Final = "calls were answered as is described"


class Unstarted:
    """An application whose start and end are passed over: nobody looks after its instances meanwhile."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as the application does."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        for phase in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{phase}.complete"})


def try_out(app: ConsoleApp, call: Any, mode: GenerationMode) -> None:
    """Make calls of one kind; raises what schemathesis has against an answer, or AssertionError."""
    # A release of one that is there would be accepted, and go on beside the other calls.
    there = {} if call.method == "delete" else {"path_parameters": {"instance": "db-0", "operation": 1}}

    @STEADY
    @given(call.as_strategy(generation_mode=mode) | call.as_strategy(generation_mode=mode, **there))
    def every(case: Any) -> None:
        before = app.memory()
        answer = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
        case.validate_response(answer, checks=CHECKS)
        told = f"{case.method} {case.formatted_path} with {case.body} was answered {answer.status_code}"
        assert answer.status_code != MISTAKE, told
        if answer.status_code >= REFUSED or case.method == "GET":
            assert before == app.memory(), f"{told}, and changed something"

    every()


def main(folder: Path) -> None:
    """Every call that is described, with what fits the description and with what does not."""
    app = ConsoleApp(folder)
    for address, node in enumerate(("a1", "b1", "c1")):
        app.add(f"db-{address}", InstanceType.REGULAR, node, address)
    described: Any = schemathesis.openapi.from_asgi("/openapi.json", Unstarted(app.app))
    calls = [found.ok() for found in described.get_all_operations()]
    for call in calls:
        for mode in GenerationMode:
            try_out(app, call, mode)
    sys.stdout.write(f"{len(calls)} {SAID}\n")


if __name__ == "__main__":
    gc.disable()
    with tempfile.TemporaryDirectory() as state:
        main(Path(state))
