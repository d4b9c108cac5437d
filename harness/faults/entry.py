"""What the catalogue says of a fault, and how one is made from words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.blip import LASTS_S
from hadrill.harness.faults.fault import Fault
from hadrill.harness.faults.span import Span

NONE: Final = ""
_LONGEST_SHOWN: Final = 40
N = TypeVar("N", int, float)


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
        within: for numbers.
    """

    name: str
    meaning: str
    default: str = NONE
    within: Span | None = None


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

    def whole(self, option: Option) -> int:
        """A whole number.

        Raises:
            WrongCall: it is none, or not within what the option takes.
        """
        return self._within(option, int, "no whole number")

    def whole_or_none(self, option: Option) -> int | None:
        """The same; None where nothing was chosen."""
        return self.whole(option) if self.values[option.name] else None

    def number(self, option: Option) -> float:
        """A number; raises WrongCall."""
        return self._within(option, float, "no number")

    def one_of(self, option: Option, meanings: Mapping[str, str]) -> str:
        """What the chosen word stands for; raises WrongCall for an unknown one."""
        if self.values[option.name] not in meanings:
            raise WrongCall(f"{self._shown(option)} is not known; known are: {', '.join(meanings)}")
        return meanings[self.values[option.name]]

    def _within(self, option: Option, read: Callable[[str], N], none: str) -> N:
        try:
            value = read(self.values[option.name])
        except ValueError as error:
            raise WrongCall(f"{self._shown(option)} is {none}") from error
        if option.within is not None:
            option.within.require(value, self._shown(option))
        return value

    def _shown(self, option: Option) -> str:
        return f"{option.name}={self.values[option.name][:_LONGEST_SHOWN]}"


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


FOR: Final = Option(
    "for_s", "seconds until it is healed by the clock; until it is asked for where none are given", within=LASTS_S
)
