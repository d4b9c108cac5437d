"""Allure 3, which renders results as pages: optional, and only where Node is there."""

from pathlib import Path

from hadrill.environments.parts.npm_install import install
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf, Shelved
from hadrill.environments.parts.tested import as_tested
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.origin import Origin

_PROGRAM = "node_modules/allure/cli.js"
_PINNED = Path(__file__).with_name("npm")


def fetch_allure(settings: PartSettings, progress: Progress) -> Shelved:
    """Allure of the version that the tests ran with, installed by npm unless it is in the cache by now.

    Raises:
        FetchFailed: no npm, or its registry cannot be reached.
    """
    return Shelf(settings.cache).obtain(shelf_name(), "allure", _make, settings.environ, progress)


def shelf_name() -> str:
    """Name of Allure's folder in the cache."""
    return f"allure-{as_tested('allure').version}"


def shelved_allure(shelved: Shelved, node: str, origin: Origin) -> Program:
    """The program in a finished folder of the cache, started by that Node."""
    package = shelved.manifest.packages[0]
    return Program("allure", (node, str(shelved.program("allure"))), package.version, origin, package.digest)


def _make(workshop: Workshop) -> Made:
    installed = install(workshop, _PINNED)
    workshop.run(["node", _PROGRAM, "--version"], timeout_s=60)
    return Made({"allure": _PROGRAM}, (installed.package("allure"),), installed.fetched_bytes)
