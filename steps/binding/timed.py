"""Which scenarios judge a time (design decision 12): those run alone, all others may run beside one another."""

from collections.abc import Iterable, Mapping

from hadrill.harness.model.verdict import Objective
from hadrill.steps.binding.feature_form import OBJECTIVE

SECONDS = "s"
MILLISECONDS = " milliseconds"


def judges_a_time(sentences: Iterable[str], objectives: Mapping[str, Objective]) -> bool:
    """Whether a sentence names an objective in seconds, or has something last for so many milliseconds.

    Args:
        sentences: the texts of all steps, those of backgrounds included, with the row of Examples filled in.
        objectives: by name; a name that is not among them is somebody else's to refuse.
    """
    said = tuple(sentences)
    named = {name for sentence in said for name in OBJECTIVE.findall(sentence)}
    in_seconds = any(objectives[name].unit == SECONDS for name in named & objectives.keys())
    return in_seconds or any(MILLISECONDS in sentence for sentence in said)
