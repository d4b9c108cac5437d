"""The lines between harness and load process."""

import pytest

from hadrill.harness.evidence.segments import Segment
from hadrill.harness.model.history import Stall
from hadrill.harness.workload.messages import (
    Message,
    Ready,
    Sealed,
    Stalled,
    Status,
    Stopped,
    Strange,
    from_line,
    to_line,
)


@pytest.mark.parametrize(
    "message",
    [
        Ready(),
        Status(1, 2, 3, 4, 5.5, None, 0.25, None, ("writer-1",), (("a1", 0.5), ("b1", None)), 7),
        Sealed(Segment("operations/x-0001.npy", "ab", 3)),
        Stalled(Stall("load", 1, 2)),
        Strange("writer-1", 1064, 'near "\n"'),
        Stopped(7),
    ],
)
def test_message_survives_its_line(message: Message) -> None:
    """A message is one line, and reading it gives the message back."""
    line = to_line(message)
    assert line.count("\n") == 1
    assert message == from_line(line)


@pytest.mark.parametrize("line", ["", "{}", "[]", "no JSON", '{"event":"unheard of"}', '{"event":"status"}'])
def test_other_lines_are_refused(line: str) -> None:
    """Whatever else comes on the pipe is not taken for a message."""
    with pytest.raises(ValueError, match=r"."):
        from_line(line)
