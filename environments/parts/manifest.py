"""What stands in the cache beside each fetched part: where it came from, what it holds, how much was fetched."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "manifest.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Package:
    """A package as its registry knows it.

    Attributes:
        name: its name in the registry.
        version: its version there, the distribution's suffix included.
        digest: with its kind in front: ``sha256:...``, ``h1:...`` (Go modules), ``sha512-...`` (npm).
    """

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Written last, so that a folder with a manifest is a finished one.

    Attributes:
        programs: file of each program, relative to the manifest's folder.
        sizes: size in bytes of each program's file.
        packages: what the part was made of.
        fetched_bytes: bytes that came over the network.
        seconds: how long it took to fetch and make.
        made_at: UTC, ISO 8601.
    """

    programs: Mapping[str, str]
    sizes: Mapping[str, int]
    packages: tuple[Package, ...]
    fetched_bytes: int
    seconds: float
    made_at: str

    def write(self, folder: Path) -> None:
        """Put the manifest into its folder, on the disk when this returns."""
        with (folder / FILE_NAME).open("w", encoding="utf-8") as file:
            json.dump({"schema": SCHEMA, **asdict(self)}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a finished folder; None where there is none, it is damaged, or a program is not as it says."""
    try:
        found = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if found.pop("schema") != SCHEMA:
            return None
        manifest = Manifest(**{**found, "packages": tuple(Package(**package) for package in found["packages"])})
        whole = all((folder / path).stat().st_size == manifest.sizes[name] for name, path in manifest.programs.items())
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if whole else None
