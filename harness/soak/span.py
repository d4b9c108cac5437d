"""Spans of time as people write them."""

import re

from hadrill.harness.errors import WrongCall
from hadrill.harness.whole_number import whole_number

UNITS_S = {"s": 1, "m": 60, "h": 3600}


def seconds_in(span: str) -> float:
    """Seconds in a span like 90s, 30m or 1.5h.

    Raises:
        WrongCall: it is none.
    """
    match = re.fullmatch(r"([0-9]+)((?:\.[0-9]+)?)([smh])", span)
    if match is None:
        raise WrongCall(f"a span of time is a number and s, m or h, like 90s, 30m or 1h, not {span!r}")
    whole = whole_number(match[1], "a span of time begins with")
    return (whole + float(f"0{match[2]}")) * UNITS_S[match[3]]
