"""pip: what it says of its downloads, and where it comes from on a Python that was packaged without it."""

import re
import shutil
from functools import partial
from pathlib import Path

from hadrill.environments.parts.apt import Apt
from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.executable import sha256

_DEBIAN_PACKAGE = "python3-pip-whl"
_SYSTEM_WHEELS = Path("/usr/share/python-wheels")
_UNITS = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def downloaded_bytes(printed: str) -> int:
    """Bytes that pip's lines ``Downloading NAME (12.3 MB)`` add up to, as precise as they are."""
    sizes = re.findall(r"^\s*Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)", printed, re.MULTILINE)
    return round(sum(float(size) * _UNITS[unit] for size, unit in sizes))


def fetch_pip_wheel(settings: PartSettings, progress: Progress) -> Path:
    """A wheel of pip for a Python without ``ensurepip``, as Debian packages it: the system's, the cache's, or fetched.

    Raises:
        FetchFailed: the package cannot be had.
    """
    if there := sorted(_SYSTEM_WHEELS.glob("pip-*.whl")):
        return there[-1]
    make = partial(_make, mirror=settings.debian_mirror)
    return Shelf(settings.cache).obtain("pip-wheel", "pip", make, settings.environ, progress).program("pip")


def _make(workshop: Workshop, mirror: str | None) -> Made:
    apt = Apt(workshop, "unstable")
    index_bytes = apt.update(mirror)
    packages = [package for package in apt.resolve([_DEBIAN_PACKAGE]) if package.name == _DEBIAN_PACKAGE]
    files = apt.download(packages)
    workshop.run(["dpkg-deb", "-x", str(files[0]), "root"], timeout_s=60)
    wheels = list((workshop.folder / "root").rglob("pip-*.whl"))
    if len(wheels) != 1:
        raise FetchFailed(f"the package {_DEBIAN_PACKAGE} holds {len(wheels)} wheels of pip, one was expected")
    made_of = Package(_DEBIAN_PACKAGE, wheels[0].name.split("-")[1], f"sha256:{sha256(files[0])}")
    shutil.rmtree(apt.folder)
    return Made({"pip": str(wheels[0].relative_to(workshop.folder))}, (made_of,), index_bytes + packages[0].size)
