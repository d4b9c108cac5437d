"""apt with state, lists and cache of its own: nothing of the system is touched and no root is needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from hadrill.environments.parts.mirror import mirrors
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.progress import megabytes
from hadrill.environments.parts.workshop import Workshop

_KEYRINGS = ("/usr/share/keyrings/debian-archive-keyring.pgp", "/usr/share/keyrings/debian-archive-keyring.gpg")
_UNITS = {"B": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_NOT_ABOUT_REACHING = re.compile(
    "Acquire::(IndexTargets|Languages|GzipIndexes|CompressionTypes|Changelogs|AllowInsecure|AllowWeak|AllowDowngrade)"
)


@dataclass(frozen=True, slots=True)
class Deb:
    """A package to download: its name, and the size of its file in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Apt:
    """An apt of our own in a folder of the workshop.

    Attributes:
        workshop: where it runs.
        suite: ``unstable``, ``bookworm``, ...
    """

    workshop: Workshop
    suite: str

    @property
    def folder(self) -> Path:
        """Everything that this apt writes, downloads included."""
        return self.workshop.folder / "apt"

    def update(self, named_mirror: str | None) -> int:
        """Fetch the suite's index from the first archive that has it; returns the bytes fetched.

        Raises:
            FetchFailed: no archive has it, or none can be reached.
        """
        for folder in ("lists/partial", "cache/archives/partial", "debs"):
            (self.folder / folder).mkdir(parents=True)
        (self.folder / "status").touch()
        (self.folder / "apt.conf").write_text(configuration(self.folder, self._how_to_reach()), encoding="utf-8")
        tried = []
        for mirror in mirrors(self.workshop, named_mirror):
            (self.folder / "debian.sources").write_text(source(mirror, self.suite), encoding="utf-8")
            try:
                return fetched_bytes(self._run("update", doing=f"reading the index of Debian {self.suite}"))
            except FetchFailed as error:
                tried.append(f"{mirror}: {error}")
        raise FetchFailed("; ".join(tried))

    def resolve(self, packages: Sequence[str]) -> tuple[Deb, ...]:
        """The packages with all that they depend on, as if nothing were installed."""
        return debs(self._run("install", "--print-uris", "-qq", "--no-install-recommends", *packages))

    def download(self, packages: Sequence[Deb]) -> tuple[Path, ...]:
        """Download packages, checked by apt against the signed index; returns their files."""
        size = sum(package.size for package in packages)
        doing = f"fetching {len(packages)} package{'s' if len(packages) > 1 else ''}, {megabytes(size)}"
        self._run("download", *[package.name for package in packages], doing=doing, cwd=self.folder / "debs")
        return tuple(sorted((self.folder / "debs").glob("*.deb")))

    def _run(self, *words: str, doing: str = "", cwd: Path | None = None) -> str:
        ours = {"APT_CONFIG": str(self.folder / "apt.conf")}
        return self.workshop.run(["apt-get", *words], doing, timeout_s=1200, environ=ours, cwd=cwd)

    def _how_to_reach(self) -> str:
        """The machine's own settings for reaching archives (proxies, certificates), without its hooks."""
        lines = self.workshop.run(["apt-config", "dump"], timeout_s=60).splitlines()
        return "\n".join(line for line in lines if line.startswith("Acquire::") and not _NOT_ABOUT_REACHING.match(line))


def configuration(folder: Path, how_to_reach: str) -> str:
    """Text of an apt.conf that keeps everything inside a folder.

    apt reads this file before it looks for others, and is told here that there are none (apt.conf(5)).
    An index may be older on a mirror than it says it is valid; its signature is checked all the same.
    """
    return f"""Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "{folder}/debian.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{folder}";
Dir::State::lists "{folder}/lists";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Dir::Log "{folder}";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
{how_to_reach}
Acquire::Check-Valid-Until "false";
"""


def source(mirror: str, suite: str) -> str:
    """Text of a source in apt's deb822 format, with Debian's own keyring where the machine has it."""
    keyring = next((path for path in _KEYRINGS if Path(path).is_file()), None)
    signed_by = f"Signed-By: {keyring}\n" if keyring else ""
    return f"Types: deb\nURIs: {mirror}\nSuites: {suite}\nComponents: main\nTargets: Packages\n{signed_by}"


def debs(printed: str) -> tuple[Deb, ...]:
    """The packages in apt's lines ``'URI' name_version_architecture.deb SIZE HASH``."""
    lines = re.findall(r"^'[^']*' ([^_\s]+)_\S+\.deb (\d+)\b", printed, re.MULTILINE)
    return tuple(Deb(unquote(name), int(size)) for name, size in lines)


def fetched_bytes(printed: str) -> int:
    """What apt says it fetched, in bytes; 0 where it says nothing."""
    found = re.search(r"^Fetched ([\d.,]+) (\w+) in", printed, re.MULTILINE)
    return round(float(found.group(1).replace(",", "")) * _UNITS.get(found.group(2), 0)) if found else 0
