"""Sentences about the objectives themselves."""

from pytest_bdd import parsers, then

from hadrill.harness.drill.objectives import judge_limit
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.verdicts import Verdicts, no_instruments
from hadrill.steps.binding.numbers import Finite


@then(parsers.parse('the objective "{name}" allows at most {limit:g} {unit}'), converters={"limit": Finite()})
def objective_allows_at_most(hadrill_run: Run, name: str, limit: float, unit: str) -> None:
    """For features of one's own that count on a limit."""
    judgement = judge_limit(hadrill_run.objectives[name], limit, unit)
    Verdicts(Recorder(hadrill_run), hadrill_run.objectives, no_instruments).of(judgement)
