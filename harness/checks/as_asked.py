"""HA-9, HA-10, HA-13 and the states between: the instance is what was asked for, and the service says what it is.

Does not flag: what the judge was not given to compare.
"""

from collections.abc import Mapping

from hadrill.harness.model.instance import Edition, Instance
from hadrill.harness.model.verdict import Finding, Judgement, Measure


def as_asked(seen: Mapping[str, Mapping[str, str]], wanted: Mapping[str, str]) -> Judgement:
    """Every server runs with the system variables that were asked for.

    Args:
        seen: by node, the variables as its server says them.
        wanted: by name.
    """
    name = "as asked"
    findings = tuple(
        Finding(name, f"{node} runs with {variable}={values.get(variable)}, not with {value}")
        for node, values in seen.items()
        for variable, value in wanted.items()
        if values.get(variable) != value
    )
    undecided = "" if seen and wanted else "nothing was asked for, or no server was looked at"
    return Judgement(name, findings, (Measure("variables compared", len(seen) * len(wanted), "values"),), undecided)


def same_instance(before: Instance, after: Instance, edition: Edition) -> Judgement:
    """HA-10: id, address and creation time are inherited, and the edition is the new one."""
    name = "same instance"
    pairs = {
        "id": (before.id, after.id),
        "address": (str(before.address), str(after.address)),
        "creation time": (before.created_at, after.created_at),
        "edition": (edition, after.edition),
    }
    return Judgement(
        name,
        tuple(
            Finding(name, f"the {what} should be {wanted} and is {seen}")
            for what, (wanted, seen) in pairs.items()
            if wanted != seen
        ),
    )


def said_with_reason(whose: str, what: str, reason: str, instead: str) -> Judgement:
    """The service shows the state and says why.

    Args:
        whose: the instance, in words.
        what: its state, in words.
        reason: that it gives.
        instead: what it said all the while, where it never showed the state; else empty.
    """
    name = "said"
    if instead:
        return Judgement(name, (Finding(name, f"the service never said that {whose} is {what}: {instead}"),))
    if not reason:
        return Judgement(name, (Finding(name, f"{whose} is {what} and the service does not say why"),))
    return Judgement(name)


def carried_out(asked: str, instead: str) -> Judgement:
    """What was asked for was done; ``instead`` is what came of it otherwise, and empty where it was done."""
    name = "carried out"
    return Judgement(name, (Finding(name, f"{asked} was asked for and not carried out: {instead}"),) if instead else ())


def nothing_left(before: Instance, listed: tuple[str, ...], running: tuple[str, ...], greeted: int) -> Judgement:
    """HA-13: a released instance is not listed, none of its servers runs, and its address leads nowhere.

    Args:
        before: the instance as it was.
        listed: ids that the service lists.
        running: nodes of it on which a server runs.
        greeted: how many of the connections tried at its address were greeted.
    """
    name = "nothing left"
    wrong = {
        f"{before.id} is still listed": before.id in listed,
        f"its servers still run on {', '.join(running)}": bool(running),
        f"a server still greets at {before.address}": bool(greeted),
    }
    return Judgement(name, tuple(Finding(name, sentence) for sentence, true in wrong.items() if true))
