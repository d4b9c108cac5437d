"""Installing a pinned npm package and what it needs: by digest, from the registry that the machine is set up for."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.workshop import Workshop

_SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Installed:
    """What npm installed.

    Attributes:
        lock: npm's, as it is kept.
        fetched_bytes: bytes that came over the network.
    """

    lock: Mapping[str, Any]
    fetched_bytes: int

    def package(self, name: str) -> Package:
        """One of the packages, as it is pinned."""
        pinned = self.lock["packages"][f"node_modules/{name}"]
        return Package(name, pinned["version"], pinned["integrity"])


def install(workshop: Workshop, pinned: Path) -> Installed:
    """Install into the workshop's folder; nothing that a package brings is run.

    Args:
        workshop: where.
        pinned: folder of ``package.json`` and ``package-lock.json``.

    Raises:
        FetchFailed: no npm, or its registry cannot be reached.
    """
    cache = workshop.folder / "npm-cache"
    environ = {**_trust(workshop.environ), "npm_config_cache": str(cache), "npm_config_update_notifier": "false"}
    registry = workshop.run(["npm", "config", "get", "registry"], timeout_s=60, environ=environ).split()[-1]
    shutil.copy(pinned / "package.json", workshop.folder)
    lock = json.loads((pinned / "package-lock.json").read_text(encoding="utf-8"))
    (workshop.folder / "package-lock.json").write_text(json.dumps(with_addresses(lock, registry)), encoding="utf-8")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    workshop.run(command, "installing by npm", timeout_s=600, environ=environ)
    fetched_bytes = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file())
    shutil.rmtree(cache)
    return Installed(lock, fetched_bytes)


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
