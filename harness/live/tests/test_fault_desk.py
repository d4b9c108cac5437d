"""Faults on request."""

from collections.abc import Mapping

import pytest

from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.live.fault_desk import FaultDesk
from hadrill.harness.live.fault_messages import Answer, Request
from hadrill.harness.live.tests.faults import Painted, Workshop

KILL = Request("inject", "process-killed", "a1")
CUT = Request("inject", "link-cut", "b1..a1")


def test_what_is_injected_stands_until_it_is_healed() -> None:
    """Each answer has the record."""
    desk = Workshop().desk
    (injected,) = desk.answer(KILL).records
    assert desk.answer(Request("standing")).records == (injected,)
    (healed,) = desk.answer(Request("heal", "process-killed")).records
    assert (healed.healed_ns, desk.answer(Request("standing"))) == (5, Answer())


def test_all_is_healed_where_nothing_is_named() -> None:
    """The latest first."""
    workshop = Workshop()
    desk = workshop.desk
    desk.answer(KILL)
    desk.answer(CUT)
    assert [record.name for record in desk.answer(Request("heal")).records] == ["link-cut", "process-killed"]
    assert desk.answer(Request("heal")) == Answer()


@pytest.mark.parametrize("target", ["b1..a1", "b1 to a1"])
def test_one_of_several_is_healed_by_its_target(target: str) -> None:
    """As it was typed, or as it was told."""
    desk = Workshop().desk
    desk.answer(CUT)
    desk.answer(Request("inject", "link-cut", "a1..b1"))
    (healed,) = desk.answer(Request("heal", "link-cut", target)).records
    assert healed.target == "b1 to a1"
    assert [record.target for record in desk.answer(Request("standing")).records] == ["a1 to b1"]


def test_nothing_is_injected_twice() -> None:
    """The answer says what to do."""
    desk = Workshop().desk
    desk.answer(KILL)
    answer = desk.answer(KILL)
    assert (answer.exit_code, answer.error) == (
        4,
        "process-killed on a1 is injected already; 'hadrill fault heal process-killed' ends it",
    )


def test_two_faults_of_one_thing_are_refused() -> None:
    """They could not be healed apart."""
    desk = Workshop().desk
    desk.answer(KILL)
    assert desk.answer(Request("inject", "rack-lost", "a-1")).error == (
        "a1 is broken already, by process-killed on a1; 'hadrill fault heal process-killed' ends it"
    )


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Request("heal", "quake"), "there is no fault 'quake'; there are: process-killed, "),
        (
            Request("heal", "link-cut", "b1..a1"),
            "link-cut on b1..a1 is not injected; of those that are there are: process-killed on a1",
        ),
        (Request("heal", "process-killed", "b1"), "process-killed on b1 is not injected; "),
        (Request("inject", "process-killed", "b1", {"hard": "1"}), "it takes none"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered(request_: Request, why: str) -> None:
    """A wrong call, with what there is; what stands goes on standing."""
    desk = Workshop().desk
    desk.answer(KILL)
    answer = desk.answer(request_)
    assert (answer.exit_code, answer.error[: len(why)]) == (4, why)
    assert len(desk.answer(Request("standing")).records) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (HarnessTrouble("Toxiproxy ended: no verdict"), "Toxiproxy ended: no verdict"),
        (OverflowError("too far"), "process-killed on a1 was not injected, and is undone: OverflowError: too far"),
    ],
)
def test_an_injection_that_fails_is_undone(error: Exception, told: str) -> None:
    """Whatever it was; the answer says what failed, and nothing stands."""
    workshop = Workshop(fails={"a1": error})
    desk = workshop.desk
    answer = desk.answer(KILL)
    assert (answer.exit_code, answer.error) == (2, told)
    assert (workshop.done, desk.answer(Request("standing"))) == (["undo process-killed a1"], Answer())


def test_what_nobody_thought_of_is_answered() -> None:
    """And the next one is taken."""

    def make(name: str, target: str, options: Mapping[str, str]) -> Painted:
        if target == "a1":
            raise LookupError("gone")
        return Workshop().make(name, target, options)

    desk = FaultDesk(make)
    answer = desk.answer(KILL)
    assert (answer.exit_code, answer.error) == (2, "process-killed on a1 cannot be answered: LookupError: gone")
    assert len(desk.answer(CUT).records) == 1
