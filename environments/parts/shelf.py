"""The cache of fetched parts: a part is made beside its place and moved there whole, by one process at a time."""

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from hadrill.environments.parts.ledger import record
from hadrill.environments.parts.lock import hold
from hadrill.environments.parts.manifest import Manifest, Package, read_manifest
from hadrill.environments.parts.places import FetchFailed, NotHere
from hadrill.environments.parts.progress import Progress, megabytes
from hadrill.environments.parts.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Made:
    """What making a part left in its folder.

    Attributes:
        programs: file of each program, relative to the folder.
        packages: what it was made of.
        fetched_bytes: bytes that came over the network.
    """

    programs: Mapping[str, str]
    packages: tuple[Package, ...]
    fetched_bytes: int


@dataclass(frozen=True, slots=True)
class Shelved:
    """A finished part in the cache."""

    folder: Path
    manifest: Manifest

    def program(self, name: str) -> Path:
        """The file of one of its programs."""
        return self.folder / self.manifest.programs[name]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of finished parts, and of those in the making.

    Attributes:
        cache: this project's cache folder.
    """

    cache: Path

    @property
    def folder(self) -> Path:
        """Where the parts lie, a folder each."""
        return self.cache / "parts"

    def find(self, pattern: str, program: str) -> Shelved:
        """A finished part that holds a program; the richest if there are several.

        Args:
            pattern: of the part's folder name, with ``*``.
            program: its name in the manifest.

        Raises:
            NotHere: no finished part holds it, or the cache cannot be read.
        """
        folders = [folder for folder in self._folders() if fnmatch(folder.name, pattern)]
        shelved = [Shelved(folder, manifest) for folder in folders if (manifest := read_manifest(folder))]
        fitting = [part for part in shelved if program in part.manifest.programs]
        if not fitting:
            raise NotHere(f"no finished {pattern} with {program} in {self.folder}")
        return max(fitting, key=lambda part: len(part.manifest.programs))

    def obtain(
        self, name: str, part: str, make: Callable[[Workshop], Made], environ: Mapping[str, str], progress: Progress
    ) -> Shelved:
        """The part of that name; made now unless it is there, or another process finishes it while we wait.

        Args:
            name: of its folder.
            part: as progress calls it.
            make: makes it in the workshop's folder.
            environ: environment of the tools that make it.
            progress: told what happens.

        Raises:
            FetchFailed: it could not be made, or the cache cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with hold(self.folder / f"{name}.lock", part, progress) as lock:
                self._clear_leftovers(name)
                if manifest := read_manifest(self.folder / name):
                    return Shelved(self.folder / name, manifest)
                unfinished = self.folder / f"{name}.partial-{os.getpid()}"
                return self._make(name, Workshop(part, unfinished, environ, progress, lock), make)
        except OSError as error:
            raise FetchFailed(self._trouble("written", error)) from error

    def _folders(self) -> list[Path]:
        """All but those in the making."""
        try:
            return sorted(folder for folder in self.folder.iterdir() if ".partial-" not in folder.name)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NotHere(self._trouble("read", error)) from error

    def _trouble(self, done: str, error: OSError) -> str:
        place = error.filename or self.folder
        return f"the cache cannot be {done}: {place}: {error.strerror}; HADRILL_CACHE names another folder"

    def _make(self, name: str, workshop: Workshop, make: Callable[[Workshop], Made]) -> Shelved:
        started_s = time.monotonic()
        workshop.folder.mkdir()
        try:
            made = make(workshop)
            manifest = _manifest(workshop.folder, made, time.monotonic() - started_s)
            _finish(workshop.folder, manifest, self.folder / name)
        except BaseException:
            shutil.rmtree(workshop.folder, ignore_errors=True)
            raise
        workshop.say(f"ready; {megabytes(manifest.fetched_bytes)} fetched, {manifest.seconds:.0f} s")
        record(self.cache, workshop.part, seconds=manifest.seconds, fetched_bytes=manifest.fetched_bytes)
        return Shelved(self.folder / name, manifest)

    def _clear_leftovers(self, name: str) -> None:
        """Remove what dead set-ups left; whoever holds the lock knows that none of them lives."""
        for leftover in self.folder.glob(f"{name}.partial-*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _manifest(folder: Path, made: Made, seconds: float) -> Manifest:
    return Manifest(
        programs=made.programs,
        sizes={name: (folder / path).stat().st_size for name, path in made.programs.items()},
        packages=made.packages,
        fetched_bytes=made.fetched_bytes,
        seconds=round(seconds, 1),
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )


def _finish(unfinished: Path, manifest: Manifest, final: Path) -> None:
    os.sync()  # the manifest must not reach the disk before the files that it vouches for
    manifest.write(unfinished)
    if final.exists():
        final.rename(unfinished.with_name(f"{final.name}.partial-old"))
    unfinished.rename(final)
    shutil.rmtree(unfinished.with_name(f"{final.name}.partial-old"), ignore_errors=True)
