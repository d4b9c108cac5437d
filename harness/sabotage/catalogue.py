"""Every way in which the reference service is broken on purpose, document by document."""

from typing import Final

from hadrill.harness.errors import WrongCall
from hadrill.harness.sabotage.entry import Sabotage
from hadrill.harness.sabotage.of_disaster_recovery import OF_DISASTER_RECOVERY
from hadrill.harness.sabotage.of_high_availability import OF_HIGH_AVAILABILITY
from hadrill.harness.sabotage.of_switch import OF_SWITCH

CATALOGUE: Final = (*OF_SWITCH, *OF_HIGH_AVAILABILITY, *OF_DISASTER_RECOVERY)


def sabotage(name: str) -> Sabotage:
    """The sabotage of that name.

    Raises:
        WrongCall: there is none; lists those that there are.
    """
    found = {each.name: each for each in CATALOGUE}
    if name not in found:
        raise WrongCall(f"there is no sabotage {name!r}; there are: {', '.join(sorted(found))}")
    return found[name]
