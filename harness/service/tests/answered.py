"""A manager that is a function: the real client speaks to it, and no byte leaves the process."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import strategies as st

Answer = Callable[[httpx.Request], httpx.Response]

NEW: Final = "db-new"
VERIFIED: Final = json.dumps({"tables": 1, "rows": 2, "differences": []})
OPERATION: Final = {"status": "done", "step": "end", "reason": "", "arguments": {"verification": VERIFIED}}
ACCOUNT: Final = {"user": "app", "password": "hunter2"}
BEGUN: Final = {"operation": 7, "instance": NEW, "awaiting_restart": [], "rows": [], **ACCOUNT}
"""To whatever is asked for but a synchronization."""

TASK: Final = {
    "id": 1, "instance": "db-1", "master": "db-0", "name": "by hand", "tables": [], "state": "Synchronizing",
    "progress": 1.0,
}  # fmt: skip
INSTANCE: Final = {
    "id": "db-1", "edition": "high-availability", "state": "running", "address": {"host": "127.0.0.1", "port": 14000},
    "created_at": "2026-11-21T09:00:02+00:00", "protected": True, "type": "disaster-recovery",
    "members": [{"node": "a1", "role": "primary"}, {"node": "b1", "role": "secondary"}],
}  # fmt: skip
SHOWN: Final[dict[str, Any]] = {
    "synchronizations": [TASK], "lag": {"lag_s": 0.25}, "accounts": [ACCOUNT], "monitoring": [], "slow-log": [],
}  # fmt: skip
"""By the last part of a path, to whoever looks."""

SIGNS: Final = (
    "", ".", "..", "../..", "db-1/..", "db-1/switch", "db-1/accounts", "db-1/", "/", "//db-1", "db-1?x", "?", "#",
    "db-1#x", "db-1%2Fswitch", "db-1%3Fx", "%2e%2e", "%", "db-1;x", "db-1\\switch", " db-1", "db-1 ", "db-1\n",
    "db-1\x01", "\x7f", "\udcff", "ö", "db-1\u2028", "*", "@host", "http://host", "x" * 65, "x" * 70_000, "-h",
    "--topology",
)  # fmt: skip
ODD_IDS: Final = st.sampled_from(SIGNS) | st.text(st.characters(exclude_characters="\0"), max_size=8)
"""As arguments can have them: a byte that is no UTF-8 is half a character, and a zero byte is in none."""


@dataclass(slots=True)
class Asked:
    """What was asked of a manager.

    Attributes:
        answer: as it answers.
        paths: ``VERB path`` of each request, as a server reads it: quoting undone.
    """

    answer: Answer
    paths: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer, and keep what was asked."""
        self.paths.append(f"{request.method} {unquote(request.url.raw_path.partition(b'?')[0].decode())}")
        return self.answer(request)

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every client that is made from now on speaks to it."""
        transport = httpx.MockTransport(self)
        monkeypatch.setattr("httpx.Client", partial(httpx.Client, transport=transport))


def plausible(request: httpx.Request) -> httpx.Response:
    """As the manager would where everything goes well at once; of whatever instance."""
    _, *way = unquote(request.url.raw_path.partition(b"?")[0].decode()).strip("/").split("/")
    last = way[-1] if way else ""
    if request.method == "GET":
        if way[:1] == ["operations"]:
            return httpx.Response(200, json=OPERATION)
        described = [INSTANCE] if way == ["instances"] else INSTANCE
        return httpx.Response(200, json=SHOWN.get(last, described))
    return httpx.Response(200, json=TASK if last == "synchronizations" else BEGUN)
