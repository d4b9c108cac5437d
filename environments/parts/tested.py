"""Which versions and digests the project's tests ran with, and what to say where another is used."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hadrill.environments.parts.manifest import Package

_FILE = Path(__file__).with_name("tested.json")
TITLES = {"mysql": "MySQL", "haproxy": "HAProxy", "toxiproxy": "Toxiproxy", "allure": "Allure"}


@dataclass(frozen=True, slots=True)
class Tested:
    """One part as the tests ran with it.

    Attributes:
        version: as the program says.
        packages: the packages that matter, of the architecture that the tests ran on.
    """

    version: str
    packages: tuple[Package, ...]


def as_tested(part: str) -> Tested:
    """What the tests ran with, by the part's name."""
    entry = json.loads(_FILE.read_text(encoding="utf-8"))[part]
    return Tested(entry["version"], tuple(Package(**package) for package in entry["packages"]))


def differences(part: str, version: str, packages: Iterable[Package] = ()) -> tuple[str, ...]:
    """What the report should say where a part is not as the tests ran with it.

    Args:
        part: its name, a key of ``TITLES``.
        version: as the program says.
        packages: what it was made of, where that is known.
    """
    reference = as_tested(part)
    if version != reference.version:
        return (f"{TITLES[part]} {version} is used; the project's own tests ran with {reference.version}",)
    used = {package.name: package for package in packages}
    return tuple(
        f"{TITLES[part]}: package {package.name} {used[package.name].version} ({used[package.name].digest}) is used; "
        f"the project's own tests ran with {package.version} ({package.digest})"
        for package in reference.packages
        if package.name in used and used[package.name].digest != package.digest
    )
