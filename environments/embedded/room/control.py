"""What the harness may do: start, pause and kill any program, and hold nodes down."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.room.body import Body, flag_in, seconds_in, table_in, text_in, texts_in
from hadrill.environments.embedded.room.http_api import Route
from hadrill.environments.embedded.room.nodes import Nodes
from hadrill.environments.embedded.room.program import ProgramSpec
from hadrill.environments.embedded.room.programs import Programs
from hadrill.environments.embedded.room.refusal import Refusal

_PROGRAM = r"/programs/([^/]+)"
_NODE = r"/nodes/([^/]+)"
LONGEST_WAIT_S: Final = 3600.0


class Control:
    """The harness's hands in the room."""

    def __init__(self, programs: Programs, nodes: Nodes) -> None:
        self._programs = programs
        self._nodes = nodes

    def routes(self) -> tuple[Route, ...]:
        """What it understands."""
        return (
            Route("GET", _PROGRAM, self.show),
            Route("PUT", _PROGRAM, self.start),
            Route("POST", f"{_PROGRAM}/(kill|pause|resume|release|wait)", self.act),
            Route("GET", _NODE, lambda node, _body: asdict(self._nodes.state(node))),
            Route("POST", f"{_NODE}/(kill|pause|resume|release)", self.act_on_node),
        )

    def show(self, name: str, _body: Body) -> Body:
        """One program's state."""
        return asdict(self._programs.state(name))

    def start(self, name: str, body: Body) -> Body:
        """Start a program as the body says (``ProgramSpec``)."""
        argv, env, log = texts_in(body, "argv"), table_in(body, "env"), Path(text_in(body, "log"))
        spec = ProgramSpec(argv, env, log, text_in(body, "stdin_text", ""))
        return asdict(self._programs.start(name, spec))

    def act(self, name: str, verb: str, body: Body) -> Body:
        """Kill (``hold``), pause, resume, release (``start``) or wait for the end (``timeout_s``) of a program."""
        if verb == "kill":
            self._programs.kill(name, hold=flag_in(body, "hold", default=False))
        elif verb == "pause":
            self._programs.pause(name)
        elif verb == "resume":
            self._programs.resume(name)
        elif verb == "release":
            self._programs.release(name, start=flag_in(body, "start", default=True))
        elif not self._programs.wait_for_exit(name, seconds_in(body, "timeout_s", LONGEST_WAIT_S)):
            raise Refusal(504, f"{name} still runs after {body['timeout_s']} s")
        return asdict(self._programs.state(name))

    def act_on_node(self, node: str, verb: str, body: Body) -> Body:
        """The same on a node's server."""
        name = self._nodes.place(node).name
        if verb == "release":
            return asdict(self._nodes.release(name, start=flag_in(body, "start", default=True)))
        self.act(name, verb, body)
        return asdict(self._nodes.state(name))
