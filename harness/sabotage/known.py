"""What sabotages name must be there: decisions, scenarios, checks; and none of them is left out (pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.entry import ITS_STEPS, Sabotage


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name.

    Attributes:
        decisions: the true service's, by name.
        scenarios: titles.
        checks: names, as findings carry them.
    """

    decisions: Mapping[str, bool]
    scenarios: Collection[str]
    checks: Collection[str]


def refuse_strangers(sabotages: Iterable[Sabotage], known: Known) -> None:
    """See that each sabotage changes something, and can be caught.

    Raises:
        WrongCall: one names a decision, a scenario or a check that there is not, or leaves a decision as it is.
    """
    for each in sabotages:
        require_effect(each, known.decisions)
        for title in (*each.must, *each.may):
            if title not in known.scenarios:
                raise WrongCall(f"{each.name}: there is no scenario {title!r}{_nearest(title, known.scenarios)}")
        must = {check for checks in each.must.values() for check in checks}
        for check in sorted(must):
            if check not in {*known.checks, ITS_STEPS}:
                there = ", ".join(sorted(known.checks))
                raise WrongCall(f"{each.name}: there is no check {check!r}; there are: {there}, {ITS_STEPS}")
        if strange := sorted(set(each.says) - must):
            raise WrongCall(f"{each.name}: no scenario must fail by {strange[0]!r}, of which is told what it says")


def require_effect(sabotage: Sabotage, decisions: Mapping[str, bool]) -> None:
    """See that a sabotage changes one of these decisions, or something else.

    Raises:
        WrongCall: it names another one, or leaves it as it is.
    """
    if sabotage.change:
        return
    if sabotage.decision not in decisions:
        there = ", ".join(decisions)
        raise WrongCall(f"{sabotage.name}: there is no decision {sabotage.decision!r} to change; there are: {there}")
    if sabotage.value == decisions[sabotage.decision]:
        told = f"{sabotage.decision} is {str(sabotage.value).lower()} in the true service, too"
        raise WrongCall(f"{sabotage.name}: {told}; nothing would be broken")


def without_sabotage(sabotages: Iterable[Sabotage], scenarios: Iterable[str]) -> tuple[str, ...]:
    """The scenarios that have to fail on none of them: nobody has seen that they can."""
    caught = {title for each in sabotages for title in each.must}
    return tuple(title for title in scenarios if title not in caught)


def without_word(
    sabotages: Iterable[Sabotage], decisions: Iterable[str], not_shown: Collection[str]
) -> tuple[str, ...]:
    """The decisions that no sabotage changes, and of which nobody says why."""
    told = {each.decision for each in sabotages} | set(not_shown)
    return tuple(decision for decision in decisions if decision not in told)


def never_tripped(sabotages: Iterable[Sabotage], checks: Iterable[str], not_shown: Collection[str]) -> tuple[str, ...]:
    """The checks by which no scenario must fail on any of them, and of which nobody says why."""
    told = {check for each in sabotages for checks in each.must.values() for check in checks} | set(not_shown)
    return tuple(check for check in checks if check not in told)


def _nearest(title: str, titles: Collection[str]) -> str:
    near = get_close_matches(title, titles, n=1)
    return f"; the nearest is {near[0]!r}" if near else ""
