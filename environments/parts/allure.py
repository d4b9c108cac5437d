"""Allure 3, which renders results as pages: optional, and only where Node is there."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf, Shelved
from hadrill.environments.parts.tested import tested
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.origin import Origin

_PROGRAM = "node_modules/allure/cli.js"
_SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def fetch_allure(settings: PartSettings, progress: Progress) -> Shelved:
    """Allure of the version that the tests ran with, installed by npm unless it is in the cache by now.

    Raises:
        FetchFailed: no npm, or its registry cannot be reached.
    """
    return Shelf(settings.cache).obtain(shelf_name(), "allure", _make, settings.environ, progress)


def shelf_name() -> str:
    """Name of Allure's folder in the cache."""
    return f"allure-{tested('allure').version}"


def shelved_allure(shelved: Shelved, node: str, origin: Origin) -> Program:
    """The program in a finished folder of the cache, started by that Node."""
    package = shelved.manifest.packages[0]
    return Program("allure", (node, str(shelved.program("allure"))), package.version, origin, package.digest)


def _make(workshop: Workshop) -> Made:
    cache = workshop.folder / "npm-cache"
    package = f"allure@{tested('allure').version}"
    options = ["--prefix", str(workshop.folder), "--cache", str(cache), "--ignore-scripts", "--no-audit", "--no-fund"]
    words = ["npm", "install", *options, "--fetch-retries=1", package]
    workshop.run(words, "installing by npm", timeout_s=600, environ=_trust(workshop.environ))
    fetched_bytes = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file())
    shutil.rmtree(cache)
    workshop.run(["node", _PROGRAM, "--version"], timeout_s=60)
    return Made({"allure": _PROGRAM}, (_installed(workshop.folder),), fetched_bytes)


def _trust(environ: Mapping[str, str]) -> dict[str, str]:
    """Has Node trust the authorities that the machine trusts, as all other tools do; what the user set stays."""
    variable = "NODE_EXTRA_CA_CERTS"
    return {} if variable in environ or not _SYSTEM_AUTHORITIES.is_file() else {variable: str(_SYSTEM_AUTHORITIES)}


def _installed(folder: Path) -> Package:
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    entry = lock["packages"]["node_modules/allure"]
    return Package("allure", entry["version"], entry.get("integrity", ""))
