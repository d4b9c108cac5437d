"""What is there and what is missing, for ``hadrill doctor``; fetches nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hadrill.environments.parts.locate import find_allure, locate_haproxy, locate_mysql, locate_toxiproxy
from hadrill.environments.parts.places import NotHere
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Quiet
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Shelved
from hadrill.environments.parts.tested import TITLES
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.engines.origin import Origin
from hadrill.harness.errors import PartMissing


@dataclass(frozen=True, slots=True)
class PartReport:
    """One part as the doctor sees it.

    Attributes:
        name: the product's name.
        needed: no drill without it.
        version, origin, program: of the part that would be used; None where it is missing.
        warnings: what a report would say of it.
        problem: where it is missing, the places that were looked at and what to do, to be read after the name; empty
            otherwise.
    """

    name: str
    needed: bool
    version: str | None = None
    origin: Origin | None = None
    program: str | None = None
    warnings: tuple[str, ...] = ()
    problem: str = ""


def examine(settings: PartSettings) -> tuple[PartReport, ...]:
    """Look for every part without fetching any."""
    here, quiet = replace(settings, fetch=False), Quiet()
    return (
        _report("mysql", lambda: locate_mysql(here, quiet)),
        _report("haproxy", lambda: locate_haproxy(here, quiet)),
        _report("toxiproxy", lambda: locate_toxiproxy(here, quiet)),
        _report("allure", lambda: find_allure(here, _no_fetch), needed=False),
    )


def _report(part: str, locate: Callable[[], Installation | Program], *, needed: bool = True) -> PartReport:
    try:
        found = locate()
    except (PartMissing, NotHere) as error:
        return PartReport(TITLES[part], needed, problem=str(error).removeprefix(f"{TITLES[part]} is "))
    return PartReport(TITLES[part], needed, found.version, found.origin, found.argv[-1], found.warnings)


def _no_fetch() -> Shelved:
    raise NotHere("fetching is switched off")
