"""Every way in which the reference service is broken on purpose, document by document, and a user's own besides."""

from functools import cache
from pathlib import Path
from typing import Final

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.entry import NotShown, Sabotage
from hadrill.harness.sabotage.form import read_not_shown, read_sabotages

FILES: Final = ("of_switch.yaml", "of_high_availability.yaml", "of_editions.yaml", "of_disaster_recovery.yaml")
NOT_SHOWN: Final = "not_shown.yaml"


@cache
def catalogue() -> tuple[Sabotage, ...]:
    """Those that come with hadrill."""
    return tuple(each for file in FILES for each in read_sabotages(Path(__file__).with_name(file)))


@cache
def not_shown() -> NotShown:
    """The decisions that have no sabotage, and the checks that none must trip, each with the reason."""
    return read_not_shown(Path(__file__).with_name(NOT_SHOWN))


def sabotages(own: Path | None = None) -> tuple[Sabotage, ...]:
    """Those that come with hadrill, and then those of a user's own file.

    Raises:
        WrongCall: the file is malformed, or gives one a name that is taken.
    """
    ours = catalogue()
    theirs = read_sabotages(own) if own else ()
    if taken := {each.name for each in ours} & {each.name for each in theirs}:
        raise WrongCall(f"{own}: {min(taken)!r} is the name of a sabotage that comes with hadrill; choose another")
    return (*ours, *theirs)


def sabotage(name: str, own: Path | None = None) -> Sabotage:
    """The sabotage of that name.

    Raises:
        WrongCall: there is none; lists those that there are.
    """
    found = {each.name: each for each in sabotages(own)}
    if name not in found:
        raise WrongCall(f"there is no sabotage {name!r}; there are: {', '.join(sorted(found))}")
    return found[name]
