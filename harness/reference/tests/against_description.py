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
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import content_type_conformance, ignored_auth, response_schema_conformance
from schemathesis.checks import status_code_conformance as status_conformance

from hadrill.harness.reference.tests.console_app import TOKEN, ConsoleApp
from hadrill.harness.reference.tests.every_kind import INSTANCES, every_kind, named_once_more
from hadrill.harness.tests.steady import steady

STEADY: Final = steady(8, *HealthCheck)
CHECKS: Final = [status_conformance, content_type_conformance, response_schema_conformance, ignored_auth]
REFUSED: Final = 400
MISTAKE: Final = 500
AT_ONCE: Final = 3
"""Instances that a generated call is made of."""

SAID: Final = "calls were answered as is described, and accepted {} of them, each by some instance"


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


def try_out(app: ConsoleApp, call: Any, mode: GenerationMode) -> set[str]:
    """Make calls of one kind; raises what schemathesis has against an answer, or AssertionError.

    Returns:
        which were accepted.
    """
    accepted: set[str] = set()
    kept = app.keep()

    @STEADY
    @given(call.as_strategy(generation_mode=mode), st.permutations(INSTANCES))
    def every(case: Any, instances: list[str]) -> None:
        for instance in ("", *instances[:AT_ONCE]) if "instance" in case.path_parameters else ("",):
            aim(case, instance)
            if is_accepted(app, case):
                accepted.add(f"{call.method.upper()} {call.path}")
                app.go_back(kept)

    every()
    return accepted


def aim(case: Any, instance: str) -> None:
    """Make it the call of an instance that is there, named in its body, too; it stays as it is where none is given."""
    if instance:
        case.path_parameters["instance"] = instance
        case.body = named_once_more(case.body, instance)


def is_accepted(app: ConsoleApp, case: Any) -> bool:
    """Make a call; True where it was accepted, and may have changed something."""
    before = app.memory()
    answer = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
    case.validate_response(answer, checks=CHECKS)
    told = f"{case.method} {case.formatted_path} with {case.body} was answered {answer.status_code}"
    assert answer.status_code != MISTAKE, told
    if answer.status_code < REFUSED and case.method != "GET":
        return True
    assert before == app.memory(), f"{told}, and changed something"
    return False


def main(folder: Path) -> None:
    """Every call that is described, of instances of each kind, with what fits its description and what does not."""
    app = every_kind(folder)
    described: Any = schemathesis.openapi.from_asgi("/openapi.json", Unstarted(app.app))
    calls = [found.ok() for found in described.get_all_operations()]
    accepted = {name for call in calls for mode in GenerationMode for name in try_out(app, call, mode)}
    sys.stdout.write(f"{len(calls)} {SAID.format(len(accepted))}\n")


if __name__ == "__main__":
    gc.disable()
    with tempfile.TemporaryDirectory() as state:
        main(Path(state))
