"""The harness's hands on programs and nodes in the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hadrill.environments.embedded.label import PROGRAM_VARIABLE
from hadrill.environments.embedded.room.program import ProgramState
from hadrill.environments.embedded.room_client import CALL_TIMEOUT_S, RoomClient
from hadrill.environments.embedded.work_folder import last_words, mark_environment
from hadrill.harness.errors import HarnessTrouble

_WAIT_MARGIN_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Process:
    """A program in the room, by name; its end is seen by the room alone."""

    name: str
    room: RoomClient
    work: Path

    @property
    def state(self) -> ProgramState:
        """Its state now."""
        return self.room.state(self.name)

    def kill(self, *, hold: bool = False) -> ProgramState:
        """SIGKILL; with ``hold`` it cannot be started until it is released. Returns once it has ended."""
        return self.room.act(f"programs/{self.name}", "kill", {"hold": hold})

    def pause(self) -> ProgramState:
        """SIGSTOP; returns once all of it has stopped."""
        return self.room.act(f"programs/{self.name}", "pause")

    def resume(self) -> ProgramState:
        """SIGCONT; returns once it goes on."""
        return self.room.act(f"programs/{self.name}", "resume")

    def release(self, *, start: bool = True) -> ProgramState:
        """Let go of a hold; with ``start`` it is started as it last was."""
        return self.room.act(f"programs/{self.name}", "release", {"start": start})

    def wait(self, timeout_s: float) -> int:
        """Wait for its end; returns its exit code, or minus a signal's number.

        Raises:
            HarnessTrouble: it had not ended in time.
        """
        body = {"timeout_s": timeout_s}
        state = self.room.act(f"programs/{self.name}", "wait", body, timeout_s=timeout_s + _WAIT_MARGIN_S)
        if state.exit is None:
            raise HarnessTrouble(f"{self.name} is {state.state}; it was never started or has been started again")
        return state.exit

    def require_running(self) -> None:
        """Raises HarnessTrouble, with its last words, unless it runs."""
        state = self.state
        if state.state != "running":
            words = last_words(self.work, self.name)
            raise HarnessTrouble(f"{self.name} ended ({state.state}, {state.exit}): no verdict; last words: {words}")


@dataclass(frozen=True, slots=True)
class Nodes:
    """What the harness does to nodes behind the drilled service's back."""

    room: RoomClient

    def state(self, node: str) -> ProgramState:
        """``absent``, ``prepared``, ``running``, ``paused`` or ``exited``; seen in the kernel, not remembered."""
        return ProgramState(**self.room.call("GET", f"/nodes/{node}"))

    def kill(self, node: str, *, hold: bool = True) -> ProgramState:
        """Kill its server; with ``hold`` the node stays down, whoever asks. Returns once waitpid has said so."""
        return self.room.act(f"nodes/{node}", "kill", {"hold": hold})

    def pause(self, node: str) -> ProgramState:
        """Stop its server in its tracks; returns once all threads have stopped."""
        return self.room.act(f"nodes/{node}", "pause")

    def resume(self, node: str) -> ProgramState:
        """Let it go on."""
        return self.room.act(f"nodes/{node}", "resume")

    def release(self, node: str, *, start: bool = True) -> ProgramState:
        """Let go of a hold; with ``start`` its server is started as it last was, as a host's init would."""
        return self.room.act(f"nodes/{node}", "release", {"start": start})


@dataclass(frozen=True, slots=True)
class Programs:
    """Starts programs in the room."""

    room: RoomClient
    work: Path

    def spawn(
        self,
        name: str,
        argv: tuple[str, ...],
        env: Mapping[str, str] | None = None,
        stdin_text: str = "",
        log: Path | None = None,
    ) -> Process:
        """Start a program.

        Args:
            name: unique among programs and nodes.
            env: what it gets beyond our base environment.
            stdin_text: what it reads from standard input; secrets are well placed there.
            log: takes both its streams; by default ``logs/NAME.log`` in the work folder.

        Raises:
            HarnessTrouble: it cannot be executed.
        """
        body = {
            "argv": list(argv),
            "env": mark_environment(self.work, {**(env or {}), PROGRAM_VARIABLE: name}),
            "stdin_text": stdin_text,
            "log": str(log or self.work / "logs" / f"{name}.log"),
        }
        self.room.call("PUT", f"/programs/{name}", body, timeout_s=CALL_TIMEOUT_S)
        return Process(name, self.room, self.work)
