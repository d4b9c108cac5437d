"""What a timeline shows, worked out from hand-made histories."""

import numpy as np
import pytest

from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History, Stall, SwitchRecord
from hadrill.harness.model.operation import OPERATION, Client, Kind, Outcome, Roster, Way, no_operations
from hadrill.reports.course import Band, Course, Mark, bin_edges, latency_quantiles, rate
from hadrill.reports.retrace import course_of

S = 1_000_000_000
ZERO_NS = 500 * S
ROSTER = Roster((Client("writer-1", Way.ADDRESS, "owner"), Client("witness-a1", Way.RACK, "owner")), ("a1", "a2"))


def write(
    at_s: float, server: int, *, took_s: float = 0.01, outcome: Outcome = Outcome.ACKNOWLEDGED
) -> tuple[int, ...]:
    """A write over the address."""
    sent_ns = ZERO_NS + round(at_s * S)
    return (1, sent_ns, sent_ns + round(took_s * S), 0, server, 0, Kind.WRITE, Way.ADDRESS, outcome)


def history(*operations: tuple[int, ...], **more: object) -> History:
    """A history of these operations."""
    return History(ROSTER, np.array(list(operations), dtype=OPERATION), **more)  # type: ignore[arg-type] # a test's shorthand


def killed(at_s: float, healed_s: float | None = None, *, disrupts: bool = True) -> FaultRecord:
    """A fault at a1."""
    at_ns = ZERO_NS + round(at_s * S)
    healed_ns = None if healed_s is None else ZERO_NS + round(healed_s * S)
    return FaultRecord("process-killed", "a1", at_ns, at_ns, Proof(True, "", at_ns), disrupts, None, healed_ns)


def course(found: History, *said: Mark) -> Course:
    """Its course, which must be there."""
    made = course_of(found, ZERO_NS, said)
    assert made is not None
    return made


def test_no_writes_over_the_address_make_no_course() -> None:
    """A witness beside the server is no customer, and a scenario without load has no picture."""
    witness = (1, ZERO_NS, ZERO_NS + 1, 1, 0, 0, Kind.WRITE, Way.RACK, Outcome.ACKNOWLEDGED)
    assert [None, None] == [course_of(one, ZERO_NS) for one in (history(witness), History(ROSTER, no_operations()))]


def test_the_first_write_on_a_new_primary_is_the_first_answer_from_another_server() -> None:
    """By the time of the answer, not of the sending, and counted from the fault on."""
    found = course(history(write(1, 0), write(2.1, 1, took_s=0.5), write(2.2, 1, took_s=0.1), faults=(killed(2.0),)))
    assert (Mark(2.0, "process killed: a1"), Mark(2.3, "first write on a2")) == found.marks


def test_a_primary_that_stays_has_no_first_write() -> None:
    """A fault that changed no primary leaves its own mark only."""
    found = course(history(write(1, 0), write(3, 0), faults=(killed(2.0),)))
    assert ["process killed: a1"] == [mark.name for mark in found.marks]


def test_a_link_held_back_is_shaded_and_no_disruption() -> None:
    """It takes no server from the clients: a band, no mark, nothing to see close up."""
    found = course(history(write(1, 0), write(3, 0), faults=(killed(2.0, 2.5, disrupts=False),)))
    assert ((Band(2.0, 2.5, "process killed: a1"),), (), None) == (found.faults, found.marks, found.close_up)


def test_a_fault_that_was_never_healed_lasts_to_the_end() -> None:
    """Its band ends with the load."""
    found = course(history(write(1, 0), write(3, 1), faults=(killed(2.0),)))
    assert (Band(2.0, 3.01, "process killed: a1"),) == found.faults


def test_the_close_up_spans_a_switch_and_the_first_write_after_it() -> None:
    """From before it was asked for to after the first write on the new primary; times are told from the asking."""
    switch = SwitchRecord(ZERO_NS + 5 * S, ZERO_NS + 6 * S)
    found = course(history(write(1, 0), write(5.39, 1), write(20, 1), switches=(switch,)))
    assert found.close_up is not None
    assert (4.88, 5.58, 5.0) == pytest.approx(
        (found.close_up.from_s, found.close_up.to_s, found.close_up.since_s), abs=1e-9
    )


def test_an_outage_without_end_is_seen_for_ten_seconds() -> None:
    """No first write came: the close-up is cut off."""
    found = course(history(write(1, 0), write(60, 0, outcome=Outcome.REFUSED), faults=(killed(2.0),)))
    assert found.close_up is not None
    assert 17.0 > found.close_up.to_s


def test_the_services_own_marks_and_the_stalls_stand_at_their_times() -> None:
    """What the service said is told among the others, by time."""
    stall = Stall("load", ZERO_NS + 4 * S, S // 10)
    found = course(history(write(1, 0), write(3, 1), faults=(killed(2.0),), stalls=(stall,)), Mark(2.2, "detected"))
    assert ["process killed: a1", "detected", "first write on a2"] == [mark.name for mark in found.marks]
    assert (Band(4.0, 4.1, "load"),) == found.stalls


def test_what_the_service_says_before_the_load_widens_nothing() -> None:
    """The picture spans the load, and a disruption that ended it."""
    found = course(
        history(write(5, 0), write(6, 0), faults=(killed(7.0),)), Mark(0.5, "created"), Mark(30.0, "released")
    )
    assert (5.0, 7.0) == found.span


def test_throughput_counts_answers_by_the_second() -> None:
    """Three answers within a tenth of a second are thirty a second, wherever they were sent."""
    found = course(history(write(3, 1), write(3.05, 0, took_s=0.17), write(3.1, 0, took_s=0.13), write(3.25, 0)))
    heights = rate(found, found.server == 0)
    assert [0.0, 0.0, 30.0] == list(heights[:3])
    assert len(bin_edges(found)) == len(heights) + 1


def test_a_window_without_writes_has_no_latency() -> None:
    """Its quantiles are not a number; a gap is never drawn as a value."""
    found = course(history(write(0, 0, took_s=0.010), write(0.1, 0, took_s=0.030), write(1.2, 0, took_s=0.040)))
    _, quantiles = latency_quantiles(found, (0.5,))
    assert [20.0, None, 40.0] == [None if np.isnan(one) else pytest.approx(one) for one in quantiles[:, 0]]
