"""What the catalogue says of a fault, and how one is made from words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.fault import Fault

NONE: Final = ""


class Takes(StrEnum):
    """What a fault is aimed at."""

    NODE = "node"
    RACK = "rack"
    ZONE = "zone"
    REGION = "region"
    LINE = "line"
    LINK = "link"
    ADDRESS = "address"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Attributes:
        default: taken where nothing is chosen; empty where that has a meaning of its own.
    """

    name: str
    meaning: str
    default: str = NONE


@dataclass(frozen=True, slots=True)
class Place:
    """Where faults are injected.

    Attributes:
        start_manager: starts the manager as it was started, and does nothing where it runs.
    """

    site: EmbeddedSite
    start_manager: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options of one fault, defaults included."""

    values: Mapping[str, str]

    def whole(self, name: str) -> int:
        """A whole number.

        Raises:
            WrongCall: it is none.
        """
        try:
            return int(self.values[name])
        except ValueError as error:
            raise WrongCall(f"{name}={self.values[name]} is no whole number") from error

    def whole_or_none(self, name: str) -> int | None:
        """The same; None where nothing was chosen."""
        return self.whole(name) if self.values[name] else None

    def number(self, name: str) -> float:
        """A number; raises WrongCall."""
        try:
            return float(self.values[name])
        except ValueError as error:
            raise WrongCall(f"{name}={self.values[name]} is no number") from error

    def one_of(self, name: str, meanings: Mapping[str, str]) -> str:
        """What the chosen word stands for; raises WrongCall for an unknown one."""
        if self.values[name] not in meanings:
            raise WrongCall(f"{name}={self.values[name]} is not known; known are: {', '.join(meanings)}")
        return meanings[self.values[name]]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One fault, for people who choose one and for reports that explain one.

    Attributes:
        make: the fault, aimed at a target that its topology has.
        blips: it can be healed by the clock.
    """

    name: str
    takes: Takes
    made_of: str
    proof: str
    heal: str
    make: Callable[[Place, str, Chosen], Fault]
    own_options: tuple[Option, ...] = ()
    blips: bool = True

    @property
    def options(self) -> tuple[Option, ...]:
        """All that can be chosen."""
        return (*self.own_options, FOR) if self.blips else self.own_options


FOR: Final = Option("for_s", "seconds until it is healed by the clock; until it is asked for where none are given")
