"""The order of places, and what is said when none has the part."""

import pytest

from hadrill.environments.parts.places import NotHere, Place, first_found
from hadrill.harness.engines.executable import UnusableProgram
from hadrill.harness.errors import PartMissing


def _not_here() -> str:
    raise NotHere("no served")


def _unusable() -> str:
    raise UnusableProgram("served is MariaDB")


def test_first_place_that_has_the_part_wins() -> None:
    """Places are asked in their order and the rest is left alone."""
    places = [Place("PATH", _not_here), Place("cache", lambda: "cached"), Place("registry", lambda: "fetched")]
    assert first_found("Served", places, "install it") == "cached"


def test_every_place_is_listed_with_what_came_back() -> None:
    """The message names the part, each place with its answer, and what to do; the call was wrong."""
    with pytest.raises(PartMissing) as caught:
        first_found("Served", [Place("PATH", _unusable), Place("cache", _not_here)], "install it")
    expected = "Served is missing. Tried:\n  PATH: served is MariaDB\n  cache: no served\n  What to do: install it"
    assert (expected, 4) == (str(caught.value), caught.value.exit_code)


def test_part_that_the_user_named_is_never_replaced() -> None:
    """A decisive place that fails ends the search."""
    places = [Place("--served (/x)", _unusable, decisive=True), Place("PATH", lambda: "another")]
    with pytest.raises(PartMissing, match="MariaDB"):
        first_found("Served", places, "install it")
