"""Every way in which the reference service is broken on purpose: one changed decision, and what must catch it."""

from dataclasses import dataclass

from hadrill.harness.errors import WrongCall


@dataclass(frozen=True, slots=True)
class Sabotage:
    """One broken service.

    Attributes:
        name: as ``hadrill sabotage NAME`` takes it.
        breaks: the clause whose promise it breaks.
        decision: the field of the manager's decisions that is changed.
        value: what it is changed to.
        caught_by: titles of the scenarios that must fail on it.
        why: what goes wrong then, in a sentence.
    """

    name: str
    breaks: str
    decision: str
    value: bool
    caught_by: tuple[str, ...]
    why: str


CATALOGUE = (
    Sabotage(
        name="asynchronous-replication",
        breaks="HA-3",
        decision="wait_for_secondary",
        value=False,
        caught_by=(
            "The secondary's acknowledgements are held back",
            "The primary is lost together with what was on its way to the secondary",
        ),
        why="commits are answered before the secondary has them, and a failover loses what was on its way",
    ),
)


def sabotage(name: str) -> Sabotage:
    """The sabotage of that name.

    Raises:
        WrongCall: there is none; lists those that there are.
    """
    found = {each.name: each for each in CATALOGUE}
    if name not in found:
        raise WrongCall(f"there is no sabotage {name!r}; there are: {', '.join(sorted(found))}")
    return found[name]
