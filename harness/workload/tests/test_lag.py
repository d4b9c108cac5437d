"""How old the newest heartbeat is that each server shows."""

from pathlib import Path

import numpy as np

from hadrill.harness.model.operation import NO_SERVER, OPERATION, Kind, Operations, Outcome, Way
from hadrill.harness.workload.lag import Lag
from hadrill.harness.workload.tests.load_settings import client, load

MS = 1_000_000
FIRST = 1000
HEART, AT_ADDRESS, AT_B = 1, 2, 3


def lag() -> Lag:
    """Of one heart and two readers, one of them at the address."""
    return Lag(HEART, FIRST, {AT_ADDRESS: NO_SERVER, AT_B: 1}, ("a1", "b1"))


def operation(client: int, kind: Kind, key: int, at_ms: int, server: int = 0) -> Operations:
    """One that was acknowledged within a millisecond."""
    fields = (key, at_ms * MS, (at_ms + 1) * MS, client, server, 0, kind, Way.ADDRESS, Outcome.ACKNOWLEDGED)
    return np.array([fields], dtype=OPERATION)


def beats(*at_ms: int) -> Operations:
    """Heartbeats sent at these times, from the first key on."""
    return np.concatenate([operation(HEART, Kind.WRITE, FIRST + n, ms) for n, ms in enumerate(at_ms)])


def seen(client: int, beat: int, server: int) -> Operations:
    """That reader was shown the n-th heartbeat."""
    return operation(client, Kind.SEEN, FIRST + beat, 500, server)


def test_nothing_was_seen_yet() -> None:
    """A server that is to be looked at is listed without an age; the address leads nowhere yet."""
    assert lag().at(1000 * MS) == (("b1", None),)


def test_age_is_since_the_heartbeat_was_sent() -> None:
    """The newest heartbeat that a server showed grows older until another one is shown."""
    ages = lag()
    ages.add(np.concatenate([beats(100, 120), seen(AT_B, 0, 1), seen(AT_ADDRESS, 1, 0)]))
    assert ages.at(600 * MS) == (("a1", 0.48), ("b1", 0.5))
    ages.add(seen(AT_B, 1, 1))
    assert ages.at(620 * MS) == (("a1", 0.5), ("b1", 0.5))


def test_a_server_that_nobody_looks_at_any_more_is_left_out() -> None:
    """When the address leads elsewhere its reader tells of that server, and of two readers there the newer view."""
    ages = lag()
    ages.add(np.concatenate([beats(100, 120), seen(AT_B, 0, 1), seen(AT_ADDRESS, 1, 0), seen(AT_ADDRESS, 1, 1)]))
    assert ages.at(600 * MS) == (("b1", 0.48),)


def test_a_heartbeat_that_is_seen_before_its_answer_is_new() -> None:
    """A reader may be shown a row that its writer has not yet recorded."""
    ages = lag()
    ages.add(np.concatenate([beats(100), seen(AT_B, 1, 1)]))
    assert ages.at(600 * MS) == (("b1", 0.0),)


def test_rows_of_others_have_no_age() -> None:
    """What was seen of other writers, and what was not seen at all, changes nothing."""
    ages = lag()
    ages.add(np.concatenate([beats(100), operation(AT_B, Kind.SEEN, 5, 500, 1), operation(AT_B, Kind.SEEN, 0, 500, 1)]))
    assert ages.at(600 * MS) == (("b1", None),)


def test_heart_and_readers_are_found_in_the_settings(tmp_path: Path) -> None:
    """A load without a heart tells nothing; with one, every reader's server is listed."""
    reader = client("reader", server=0)
    assert Lag.of(load(tmp_path, client(), reader, nodes=("a1",))).at(0) == ()
    settings = load(tmp_path, client(), client("heart"), reader, nodes=("a1",))
    ages = Lag.of(settings)
    assert ages.at(0) == (("a1", None),)
    first = settings.first_keys()[1]
    ages.add(np.concatenate([operation(1, Kind.WRITE, first, 100), operation(2, Kind.SEEN, first, 110)]))
    assert ages.at(300 * MS) == (("a1", 0.2),)
