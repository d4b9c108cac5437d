"""``hadrill instance`` with odd ids, odd texts and odd answers: that instance and no other, or a sentence."""

import json
from collections.abc import Callable
from typing import Any, Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.cli import instance
from hadrill.harness.cli.main import main
from hadrill.harness.live.record import LiveStage
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.service.tests.answered import NEW, ODD_IDS, Answer, Asked, plausible
from hadrill.harness.tests.steady import steady

OF_ID: Final = "GET /v1/instances/{}"
OPERATION: Final = "GET /v1/operations/7"
OF_NEW: Final = f"GET /v1/instances/{NEW}"
CALLS: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    ("list",): ("GET /v1/instances",),
    ("describe", "--", "{}"): (OF_ID, f"{OF_ID}/synchronizations", f"{OF_ID}/lag"),
    ("create",): ("POST /v1/instances", OPERATION, OF_NEW),
    ("create", "--region", "south", "--master={}"): ("POST /v1/instances/{}/disaster-recovery", OPERATION, OF_NEW),
    ("create-read-only", "--", "{}"): ("POST /v1/instances/{}/read-only", OPERATION, OF_NEW),
    ("create-sync", "--", "{}"): ("POST /v1/instances/{}/synchronizations", f"{OF_ID}/synchronizations", OF_ID),
    ("promote", "--", "{}"): ("POST /v1/instances/{}/promotion", OPERATION, OF_ID),
    ("verify", "--", "{}"): ("POST /v1/instances/{}/verification", OPERATION),
    ("switch-back", "--", "{}"): ("POST /v1/instances/{}/switch-back", OPERATION, OF_ID),
    ("release", "--", "{}"): ("DELETE /v1/instances/{}", OPERATION),
}
"""What each call asks for, in this order and nothing else; an id stands where the braces are."""

WITH_ID: Final = [call for call in CALLS if "{}" in "".join(call)]
TEXTS: Final = (
    ("list", "--region={}"), ("create", "--zone={}"), ("create", "--master=db-1", "--region={}"),
    ("create-read-only", "db-1", "--zone={}"), ("create-sync", "db-1", "--name={}"),
    ("create-sync", "db-1", "--table={}"), ("promote", "db-1", "--confirm={}"),
    ("promote", "db-1", "--accept-divergence={}"), ("switch-back", "db-1", "--confirm={}"),
)  # fmt: skip
SECRET: Final = "hunter2 p/w"
PARTS_OF_IT: Final = ("hunter", "p/w")
NAMES: Final = ("operation", "instance", "id", "status", "arguments", "user", "password", "members", "code", SECRET)
LEAVES: Final = st.just(SECRET) | st.none() | st.booleans() | st.integers() | st.floats()
DOCUMENTS: Final = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
).filter(lambda document: document != [])
"""None has all that any answer has; an empty list of instances is one."""

TORN: Final = (
    b"", SECRET.encode(), f'"{SECRET}'.encode(), b"\xff" + SECRET.encode(), f'["{SECRET}"'.encode() * 5000,
    b"[" * 100_000, b"9" * 5000, b'{"operation": ' + b"9" * 100 + b', "instance": "db-2"}',
    b'{"operation": 7, "instance": "../hunter2"}', b'{"operation": 7, "instance": "db-\\ud800"}',
    f'"{SECRET}"'.encode("utf-16"), f"[NaN, {SECRET}]".encode(),
)  # fmt: skip
BODIES: Final = st.sampled_from(TORN) | DOCUMENTS.map(lambda document: json.dumps(document).encode())
BROKEN_OFF: Final = (
    httpx.RemoteProtocolError(f"illegal status line: {SECRET}"),
    httpx.DecodingError(SECRET),
    httpx.ReadTimeout("timed out"),
)
STAGE: Final = LiveStage(
    "/none", "/none", Endpoint("127.0.0.1", 9), "token", Endpoint("127.0.0.1", 9), Account("a", "b"), (), (), ()
)
STEADY: Final = steady(60)
Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What is asked of the manager of what is up; nobody waits for what does not come at once."""
    asked = Asked(plausible)
    asked.stand_in(monkeypatch)
    monkeypatch.setattr(instance, "_stage", lambda _: STAGE)
    monkeypatch.setattr(instance, "LIMIT_S", 0.0)
    return asked


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Calls the command: its exit code, what it prints, and what it says is wrong."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["instance", *words])
        return code, *capsys.readouterr()

    return call


def require_sentence(err: str) -> None:
    """One line, which says whose it is."""
    assert err.startswith("hadrill: ")
    assert (err.count("\n"), len(err.split()) > 5) == (1, True), err


def test_every_call_is_tried() -> None:
    """No sub-verb is left out."""
    assert {call[0] for call in CALLS} == instance._ASK.keys()


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_each_asks_for_what_it_is_about(call: tuple[str, ...], asked: Asked, told: Told) -> None:
    """The ids that the manager gives are ids."""
    code, _, err = told(*(word.format("db-0a1b2c3d") for word in call))
    assert (code, err) == (0, "")
    assert asked.paths == [each.format("db-0a1b2c3d") for each in CALLS[call]]


@pytest.mark.parametrize("call", WITH_ID, ids=" ".join)
def test_an_odd_id_is_that_instance_or_none(call: tuple[str, ...], asked: Asked, told: Told) -> None:
    """It is asked for by itself, or refused with a sentence and nothing is asked; no other instance is touched."""

    @STEADY
    @given(ODD_IDS)
    def every(odd: str) -> None:
        asked.paths.clear()
        code, _, err = told(*(word.format(odd) for word in call))
        if code == 0:
            assert asked.paths == [each.format(odd) for each in CALLS[call]]
        else:
            assert (code, asked.paths) == (4, [])
            require_sentence(err)

    every()


@pytest.mark.parametrize("call", TEXTS, ids=" ".join)
def test_an_odd_text_is_sent_or_refused(call: tuple[str, ...], asked: Asked, told: Told) -> None:
    """It is in nobody's path."""
    paths = {each for of, every in CALLS.items() if of[0] == call[0] for each in every}

    @STEADY
    @given(ODD_IDS)
    def every(odd: str) -> None:
        asked.paths.clear()
        code, _, err = told(*(word.format(odd) for word in call))
        assert {path.replace("db-1", "{}") for path in asked.paths} <= paths
        if code != 0:
            assert (code, asked.paths) == (4, [])
            require_sentence(err)

    every()


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_an_answer_that_makes_no_sense_is_told_without_its_words(
    call: tuple[str, ...], asked: Asked, told: Told
) -> None:
    """There are passwords in answers. It comes at once, or after some that make sense."""

    @STEADY
    @given(BODIES, st.sampled_from((200, 202, 302, 400, 404, 500)), st.integers(0, len(CALLS[call]) - 1))
    def every(body: bytes, status: int, after: int) -> None:
        asked.paths.clear()
        asked.answer = _from_then_on(asked, after, lambda _: httpx.Response(status, content=body))
        code, out, err = told(*(word.format("db-1") for word in call))
        assert code == 2, out
        require_sentence(err)
        assert [part for part in PARTS_OF_IT if part in out + err] == []

    every()


@pytest.mark.parametrize("error", BROKEN_OFF, ids=repr)
@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_an_answer_that_breaks_off_is_told_so(
    call: tuple[str, ...], error: Exception, asked: Asked, told: Told
) -> None:
    """What came of it is not repeated either."""

    def breaks_off(_: httpx.Request) -> Any:
        raise error

    asked.answer = breaks_off
    code, out, err = told(*(word.format("db-1") for word in call))
    assert (code, out) == (2, "")
    require_sentence(err)
    assert [part for part in PARTS_OF_IT if part in err] == []


def test_what_a_terminal_would_obey_is_shown_by_its_number(asked: Asked, told: Told) -> None:
    """Whatever a service calls its instances."""
    shown = plausible(httpx.Request("GET", "http://manager/v1/instances")).json()
    shown[0]["region"] = "\x1b[2J"
    asked.answer = lambda _: httpx.Response(200, json=shown)
    _, out, _ = told("list")
    assert ("\x1b" in out, "\\x1b[2J" in out) == (False, True)


def _from_then_on(asked: Asked, after: int, answer: Answer) -> Answer:
    def either(request: httpx.Request) -> httpx.Response:
        return plausible(request) if len(asked.paths) <= after else answer(request)

    return either
