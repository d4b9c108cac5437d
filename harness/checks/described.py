"""SW-4, HA-8: what customers hold on to, as the service describes it, and that nothing was made on the way.

Does not flag: what the service does not describe.
"""

from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.verdict import Finding, Judgement, Measure


def no_other_instance(others: tuple[str, ...]) -> Judgement:
    """The service knows the one instance alone; ``others`` are the ids of those that it knows besides."""
    name = "no other instance"
    findings = tuple(Finding(name, f"there is an instance {other}") for other in others)
    return Judgement(name, findings, (Measure("other instances afterwards", len(others), "instances"),))


def same_address(before: Endpoint, now: Endpoint) -> Judgement:
    """What clients connect to has not changed."""
    name = "same address"
    return Judgement(name, () if now == before else (Finding(name, f"the address was {before} and is {now}"),))
