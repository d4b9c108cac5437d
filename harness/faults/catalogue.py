"""The faults there are, what each is made of and proves and leaves behind, and how it is had."""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.blip import Blip
from hadrill.harness.faults.entry import FOR, CatalogueEntry, Chosen, Place
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.faults_of_links import OF_LINKS
from hadrill.harness.faults.faults_of_processes import OF_PROCESSES
from hadrill.harness.faults.faults_of_racks import OF_RACKS
from hadrill.harness.faults.faults_of_regions import OF_REGIONS
from hadrill.harness.faults.targets import target_from

CATALOGUE: Final[tuple[CatalogueEntry, ...]] = (*OF_PROCESSES, *OF_RACKS, *OF_REGIONS, *OF_LINKS)


def entry(name: str) -> CatalogueEntry:
    """The fault of that name.

    Raises:
        WrongCall: there is none; lists those that there are.
    """
    by_name = {each.name: each for each in CATALOGUE}
    if name not in by_name:
        raise WrongCall(f"there is no fault {name!r}; there are: {', '.join(by_name)}")
    return by_name[name]


def fault_from(place: Place, name: str, target: str, options: Mapping[str, str]) -> Fault:
    """A fault, from words.

    Args:
        target: see ``target_from``.
        options: see the fault's entry; one with ``for_s`` heals by itself.

    Raises:
        WrongCall: there is no such fault, target or option, or its value makes no sense.
    """
    chosen = entry(name)
    aimed_at = target_from(place.site.inventory.topology, chosen.takes, target)
    values = Chosen(_with_defaults(chosen, options))
    fault = chosen.make(place, aimed_at, values)
    return Blip(fault, values.number(FOR)) if options.get(FOR.name) else fault


def _with_defaults(chosen: CatalogueEntry, options: Mapping[str, str]) -> dict[str, str]:
    defaults = {option.name: option.default for option in chosen.options}
    for name in options:
        if name not in defaults:
            known = f"it takes: {', '.join(defaults)}" if defaults else "it takes none"
            raise WrongCall(f"{chosen.name} takes no option {name!r}; {known}")
    return defaults | dict(options)
