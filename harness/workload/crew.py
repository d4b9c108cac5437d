"""The clients of one load process, a thread each."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.workload.casting import client_at
from hadrill.harness.workload.client_settings import ClientSettings
from hadrill.harness.workload.columns import Columns
from hadrill.harness.workload.conversation import Conversation
from hadrill.harness.workload.messages import Strange
from hadrill.harness.workload.pace import Pace
from hadrill.harness.workload.settings import LoadSettings

_LAST_GRACE_S: Final = 5.0
_CUT_AGAIN_S: Final = 0.1


class Crew:
    """Starts every client at its own place in the beat, and ends them without leaving a request unrecorded.

    Attributes:
        columns: what each client recorded, in the order of the roster.
    """

    def __init__(self, settings: LoadSettings, tell: Callable[[Strange], None]) -> None:
        """Connect nothing and start no thread yet."""
        self._settings: Final = settings
        self._stopped: Final = threading.Event()
        self.columns: Final = [Columns(place, client.way) for place, client in enumerate(settings.clients)]
        self._conversations: Final = [
            Conversation(client, columns, settings.servers, tell)
            for client, columns in zip(settings.clients, self.columns, strict=True)
        ]
        self._threads: Final = [
            threading.Thread(target=self._run, args=(place,), name=client.name, daemon=True)
            for place, client in enumerate(settings.clients)
        ]

    def start(self) -> None:
        """Set every client going."""
        for thread in self._threads:
            thread.start()

    def lost(self) -> tuple[str, ...]:
        """Names of clients whose thread ended although none was told to."""
        if self._stopped.is_set():
            return ()
        return tuple(thread.name for thread in self._threads if not thread.is_alive())

    def stop(self) -> tuple[str, ...]:
        """Let requests in flight be answered, cut those that are not, and wait for the threads.

        Returns:
            Names of clients that hung all the same; their last operation is not recorded.
        """
        self._stopped.set()
        running = self._still_running(self._settings.drain_s)
        deadline_s = time.monotonic() + _LAST_GRACE_S
        while running and time.monotonic() < deadline_s:
            # More than once: a client may just have opened a connection that was not there to be cut.
            for conversation in self._conversations:
                conversation.cut()
            running = self._still_running(_CUT_AGAIN_S)
        return running

    def _still_running(self, timeout_s: float) -> tuple[str, ...]:
        deadline_s = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return tuple(thread.name for thread in self._threads if thread.is_alive())

    def _run(self, place: int) -> None:
        settings, conversation = self._settings.clients[place], self._conversations[place]
        client = client_at(place, self._settings, conversation)
        first_ns = now_ns() + offset_ns(self._settings.clients, place)
        pace = Pace(int(settings.pace_ms * 1e6), first_ns, self._stopped)
        while pace.wait():
            client.turn()
        conversation.drop()


def offset_ns(clients: Sequence[ClientSettings], place: int) -> int:
    """How much later than the first of its kind a client begins: one kind is spread evenly over its beat."""
    alike = [index for index, other in enumerate(clients) if other.kind == clients[place].kind]
    return int(clients[place].pace_ms * 1e6) * alike.index(place) // len(alike)
