"""What set-up from nothing cost on this machine, as set-up itself wrote it down."""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.bench.figure import Figure, not_measured

WHOLE: Final = "whole"
SECONDS_AIM: Final = 90.0
MEGABYTES_AIM: Final = 300.0
_ABSENT: Final = "not measured here: set-up did not begin from nothing"


def setup_figures(costs: Mapping[str, Mapping[str, float]]) -> tuple[Figure, Figure]:
    """Time, and bytes fetched (pure).

    Args:
        costs: seconds and bytes by step (``read_costs``).
    """
    names = "set-up from nothing, time", "set-up from nothing, fetched"
    whole = costs.get(WHOLE)
    if whole is None:
        return not_measured(names[0], "s", _ABSENT, SECONDS_AIM), not_measured(names[1], "MB", _ABSENT, MEGABYTES_AIM)
    seconds, megabytes = whole["seconds"], whole["bytes"] / 1e6
    return (
        Figure(names[0], seconds, "s", SECONDS_AIM, (seconds,)),
        Figure(names[1], megabytes, "MB", MEGABYTES_AIM, (megabytes,)),
    )
