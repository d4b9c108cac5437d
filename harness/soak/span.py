"""Spans of time as people write them."""

import re

from hadrill.harness.errors import WrongCall

UNITS_S = {"s": 1, "m": 60, "h": 3600}


def seconds_in(span: str) -> float:
    """Seconds in a span like 90s, 30m or 1.5h.

    Raises:
        WrongCall: it is none.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", span)
    if match is None:
        raise WrongCall(f"a span of time is a number and s, m or h, like 90s, 30m or 1h, not {span!r}")
    return float(match[1]) * UNITS_S[match[2]]
