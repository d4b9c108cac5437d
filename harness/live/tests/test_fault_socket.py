"""The way to the desk."""

import socket
from pathlib import Path

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.live.fault_messages import Request, answer_from
from hadrill.harness.live.fault_socket import SOCKET, ask, desk_open
from hadrill.harness.live.tests.faults import Workshop

LIMIT_S = 5.0


def test_a_request_is_answered(tmp_path: Path) -> None:
    """With what the desk says, records and all."""
    with desk_open(Workshop().desk, tmp_path):
        injected = ask(str(tmp_path), Request("inject", "process-killed", "a1"), timeout_s=LIMIT_S)
        assert ask(str(tmp_path), Request("standing"), timeout_s=LIMIT_S) == injected


def test_nobody_else_can_ask(tmp_path: Path) -> None:
    """The socket is its owner's alone."""
    with desk_open(Workshop().desk, tmp_path):
        assert (tmp_path / SOCKET).stat().st_mode & 0o777 == 0o600


def test_what_is_no_request_is_answered(tmp_path: Path) -> None:
    """And the next one is taken."""
    with desk_open(Workshop().desk, tmp_path):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(LIMIT_S)
            connection.connect(str(tmp_path / SOCKET))
            connection.sendall(b"{}\n")
            assert answer_from(connection.makefile().readline()).error == "the request cannot be read"
        assert ask(str(tmp_path), Request("standing"), timeout_s=LIMIT_S).records == ()


def test_a_holder_that_is_gone_is_told(tmp_path: Path) -> None:
    """In a sentence."""
    with pytest.raises(HarnessTrouble, match=r"does not take requests at .*faults.sock: No such file or directory"):
        ask(str(tmp_path), Request("standing"), timeout_s=LIMIT_S)


def test_a_holder_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    """The limit is told."""
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / SOCKET))
        deaf.listen()
        with pytest.raises(HarnessTrouble, match=r"did not answer at .* within 0.1 s"):
            ask(str(tmp_path), Request("standing"), timeout_s=0.1)
