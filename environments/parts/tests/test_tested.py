"""What is said where a part is not the one that the tests ran with."""

import pytest

from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.tested import TITLES, as_tested, differences


@pytest.mark.parametrize("part", TITLES)
def test_part_as_tested_needs_no_warning(part: str) -> None:
    """The version and packages on record differ from themselves in nothing."""
    reference = as_tested(part)
    assert (differences(part, reference.version, reference.packages), differences(part, reference.version)) == ((), ())


def test_other_version_is_one_warning() -> None:
    """Both versions stand in the sentence."""
    reference = as_tested("mysql").version
    expected = (f"MySQL 8.4.6 is used; the project's own tests ran with {reference}",)
    assert expected == differences("mysql", "8.4.6", (Package("mysql-server-core", "8.4.6-1", "sha256:00"),))


def test_other_build_of_the_same_version_is_a_warning() -> None:
    """The same version from another package is told by its digest."""
    reference = as_tested("haproxy")
    found = differences("haproxy", reference.version, (Package("haproxy", "3.2.26-1+local", "sha256:00"),))
    assert len(found) == 1
    assert "package haproxy 3.2.26-1+local (sha256:00) is used" in found[0]
