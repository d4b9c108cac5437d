"""Allure 3, which renders results as pages: optional, and only where Node is there."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf, Shelved
from hadrill.environments.parts.tested import as_tested
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.origin import Origin

_PROGRAM = "node_modules/allure/cli.js"
_PINNED = Path(__file__).with_name("npm")
_SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


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
    cache = workshop.folder / "npm-cache"
    environ = {**_trust(workshop.environ), "npm_config_cache": str(cache), "npm_config_update_notifier": "false"}
    registry = workshop.run(["npm", "config", "get", "registry"], timeout_s=60, environ=environ).split()[-1]
    shutil.copy(_PINNED / "package.json", workshop.folder)
    lock = json.loads((_PINNED / "package-lock.json").read_text(encoding="utf-8"))
    (workshop.folder / "package-lock.json").write_text(json.dumps(with_addresses(lock, registry)), encoding="utf-8")
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    workshop.run(install, "installing by npm", timeout_s=600, environ=environ)
    fetched_bytes = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file())
    shutil.rmtree(cache)
    workshop.run(["node", _PROGRAM, "--version"], timeout_s=60)
    pinned = lock["packages"]["node_modules/allure"]
    return Made({"allure": _PROGRAM}, (Package("allure", pinned["version"], pinned["integrity"]),), fetched_bytes)


def with_addresses(lock: dict[str, Any], registry: str) -> dict[str, Any]:
    """The lock of npm with the address of each package at a registry.

    The lock that is kept names no registry; with addresses npm fetches the packages alone, and none of the
    descriptions of all their versions, which are larger.
    """
    packages = {place: dict(entry) for place, entry in lock["packages"].items()}
    for place, entry in packages.items():
        if place:
            name = entry.get("name") or place.rpartition("node_modules/")[2]
            entry["resolved"] = f"{registry.rstrip('/')}/{name}/-/{name.split('/')[-1]}-{entry['version']}.tgz"
    return {**lock, "packages": packages}


def _trust(environ: Mapping[str, str]) -> dict[str, str]:
    """Has Node trust the authorities that the machine trusts, as all other tools do; what the user set stays."""
    variable = "NODE_EXTRA_CA_CERTS"
    return {} if variable in environ or not _SYSTEM_AUTHORITIES.is_file() else {variable: str(_SYSTEM_AUTHORITIES)}
