"""What a drill of a broken service shows of the drill, on results made by hand."""

from dataclasses import replace

import pytest

from hadrill.harness.model.verdict import Verdict
from hadrill.harness.sabotage.entry import ITS_STEPS, Sabotage
from hadrill.harness.sabotage.judge import NOT_CHOSEN, Outcome, Seen, exit_code, judge

BROKEN = Sabotage(
    name="nobody-waits",
    breaks="HA-3",
    decision="wait_for_secondary",
    value=False,
    why="writes are lost",
    must={"A": ("lost writes",), "B": ("outage", ITS_STEPS)},
    may={"C": "it kills a primary, too"},
)
A_CAUGHT = Seen("A", Verdict.FAIL, ("lost writes",), "3 are missing")
B_CAUGHT = Seen("B", Verdict.FAIL, ("outage", ""), "took 9 s")


def outcomes(*seen: Seen) -> dict[str, Outcome]:
    """By title."""
    return {cell.scenario: cell.outcome for cell in judge(BROKEN, seen)}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (A_CAUGHT, Outcome.CAUGHT),
        (B_CAUGHT, Outcome.CAUGHT),
        (Seen("B", Verdict.FAIL, ("",), "was accepted"), Outcome.OTHER_REASON),
        (Seen("B", Verdict.FAIL, ("outage",)), Outcome.OTHER_REASON),
        (Seen("A", Verdict.FAIL, ("equality", "lost writes")), Outcome.CAUGHT),
        (Seen("A", Verdict.FAIL, ("equality",)), Outcome.OTHER_REASON),
        (Seen("A", Verdict.FAIL, ("",)), Outcome.OTHER_REASON),
        (Seen("A", Verdict.FAIL), Outcome.OTHER_REASON),
        (Seen("A", Verdict.PASS), Outcome.MISSED),
        (Seen("A", Verdict.NO_VERDICT, (), "the load stalled"), Outcome.NO_VERDICT),
        (Seen("A", Verdict.NO_VERDICT, ("lost writes",), "the load stalled"), Outcome.NO_VERDICT),
        (Seen("A", Verdict.NOT_ADDRESSED), Outcome.NOT_RUN),
        (Seen("C", Verdict.PASS), Outcome.PASSED),
        (Seen("C", Verdict.FAIL, ("outage",)), Outcome.ALLOWED),
        (Seen("C", Verdict.NO_VERDICT), Outcome.ALLOWED),
        (Seen("D", Verdict.PASS), Outcome.PASSED),
        (Seen("D", Verdict.FAIL, ("lost writes",)), Outcome.BROKEN),
        (Seen("D", Verdict.NO_VERDICT), Outcome.NO_VERDICT),
        (Seen("D", Verdict.NOT_ADDRESSED), Outcome.NOT_RUN),
    ],
)
def test_what_became_of_a_scenario(seen: Seen, expected: Outcome) -> None:
    """A must fails by what it should; a may need not pass; whatever else there is has to."""
    assert outcomes(seen)[seen.title] is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("a refused request was carried out", Outcome.CAUGHT), ("the slow log is empty", Outcome.OTHER_REASON)],
)
def test_a_check_that_finds_several_things_is_held_to_what_it_says(said: str, expected: Outcome) -> None:
    """Another finding of the same check is another reason."""
    told = replace(BROKEN, says={"lost writes": "carried out"})
    (cell, _) = judge(told, [replace(A_CAUGHT, said={"lost writes": ("nothing", said)})])
    assert cell.outcome is expected


def test_who_never_asks_for_the_decision_is_told_last() -> None:
    """It neither shows anything nor holds anything up."""
    cells = judge(BROKEN, (A_CAUGHT, B_CAUGHT), ["D"])
    assert {cell.scenario: cell.outcome for cell in cells} == {
        "A": Outcome.CAUGHT,
        "B": Outcome.CAUGHT,
        "D": Outcome.NEVER_ASKS,
    }
    assert exit_code(cells) == 0


def test_a_scenario_that_must_fail_and_never_ran_is_told() -> None:
    """It stands in the row all the same, before what only ran beside it."""
    assert outcomes(Seen("D", Verdict.PASS), A_CAUGHT) == {
        "A": Outcome.CAUGHT,
        "B": Outcome.NOT_RUN,
        "D": Outcome.PASSED,
    }


def test_a_scenario_that_was_left_out_is_told_from_one_that_could_not_run() -> None:
    """The one was not asked for, the other was; what became of it says why."""
    cells = judge(BROKEN, [Seen("A", Verdict.NOT_ADDRESSED, (), "nobody can pause it")])
    assert [(cell.scenario, cell.reason) for cell in cells] == [("A", "nobody can pause it"), ("B", NOT_CHOSEN)]
    assert [cell.reason for cell in judge(BROKEN, (), absent="it was interrupted")] == ["it was interrupted"] * 2


def test_a_cell_tells_what_was_expected_and_what_was_found() -> None:
    """Each check once; a step's own assertion by a name of its own."""
    (first, second) = judge(BROKEN, [Seen("A", Verdict.FAIL, ("equality", "", "equality"), "two rows"), B_CAUGHT])
    assert (first.expected, first.found, first.reason) == (("lost writes",), ("equality", ITS_STEPS), "two rows")
    assert (second.expected, second.found) == (("outage", ITS_STEPS), ("outage", ITS_STEPS))


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ((A_CAUGHT, B_CAUGHT), 0),
        ((A_CAUGHT,), 2),
        ((A_CAUGHT, Seen("B", Verdict.NOT_RUN)), 2),
        ((A_CAUGHT, Seen("B", Verdict.NOT_ADDRESSED)), 2),
        ((Seen("A", Verdict.PASS), Seen("B", Verdict.NOT_RUN)), 1),
        ((A_CAUGHT, B_CAUGHT, Seen("D", Verdict.NOT_ADDRESSED)), 0),
        ((A_CAUGHT, B_CAUGHT, Seen("C", Verdict.FAIL, ("outage",)), Seen("D", Verdict.PASS)), 0),
        ((A_CAUGHT, Seen("B", Verdict.PASS)), 1),
        ((A_CAUGHT, Seen("B", Verdict.FAIL, ("equality",))), 1),
        ((A_CAUGHT, B_CAUGHT, Seen("D", Verdict.FAIL, ("outage",))), 1),
        ((A_CAUGHT, Seen("B", Verdict.PASS), Seen("D", Verdict.NO_VERDICT)), 1),
        ((A_CAUGHT, Seen("B", Verdict.NO_VERDICT)), 2),
        ((A_CAUGHT, B_CAUGHT, Seen("D", Verdict.NO_VERDICT)), 2),
        ((Seen("D", Verdict.PASS),), 2),
        ((Seen("A", Verdict.NOT_ADDRESSED), Seen("D", Verdict.PASS)), 2),
        ((), 2),
    ],
)
def test_the_exit_code(seen: tuple[Seen, ...], expected: int) -> None:
    """Whoever is not caught as declared outranks what is not known; what must fail and never ran is not known."""
    assert exit_code(judge(BROKEN, seen)) == expected
