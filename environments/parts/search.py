"""One needed part, looked for in each place in turn."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from hadrill.environments.parts.places import FetchFailed, NotHere, Place, first_found
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Shelf, Shelved
from hadrill.environments.parts.tested import differences
from hadrill.environments.parts.wanted import P, Wanted
from hadrill.harness.engines.origin import Origin

Fetch = Callable[[], Shelved]


class Once:
    """A fetch that two parts share: done at most once, and a failure is not tried again."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._outcome: Shelved | FetchFailed | None = None

    def __call__(self) -> Shelved:
        """The outcome of the first call."""
        if self._outcome is None:
            try:
                self._outcome = self._fetch()
            except FetchFailed as error:
                self._outcome = error
        if isinstance(self._outcome, FetchFailed):
            raise self._outcome
        return self._outcome


def find(part: Wanted[P], settings: PartSettings, fetch: Fetch) -> P:
    """A needed part, from the first place that has it.

    Args:
        part: what to look for.
        settings: where to look, and whether fetching is allowed.
        fetch: gets it from its registry.

    Raises:
        PartMissing: no place has it.
    """
    return first_found(part.title, list(_places(part, settings, fetch)), part.remedy)


def _places(part: Wanted[P], settings: PartSettings, fetch: Fetch) -> Iterator[Place[P]]:
    by_name = f"{part.option} or {part.variable}"
    if named := part.named:
        yield Place(f"{by_name} ({named})", lambda: _inspect(part, named, "named"), decisive=True)
    else:
        yield Place(by_name, _not_named)
    yield Place("PATH", lambda: _inspect(part, _on_path(part.program, settings), "path"))
    yield Place("cache", lambda: _shelved(part, Shelf(settings.cache).find(part.shelf, part.name), "cache"))
    yield Place(part.registry, lambda: _shelved(part, _fetched(settings, fetch), "fetched"))


def _inspect(part: Wanted[P], program: Path, origin: Origin) -> P:
    found = part.inspect(program, origin)
    return replace(found, warnings=differences(part.name, found.version))


def _shelved(part: Wanted[P], shelved: Shelved, origin: Origin) -> P:
    found = part.inspect(shelved.program(part.name), origin)
    return replace(found, warnings=differences(part.name, found.version, shelved.manifest.packages))


def _not_named() -> NoReturn:
    raise NotHere("names none")


def _on_path(program: str, settings: PartSettings) -> Path:
    found = shutil.which(program, path=settings.path)
    if found is None:
        raise NotHere(f"no {program}")
    return Path(found)


def _fetched(settings: PartSettings, fetch: Fetch) -> Shelved:
    if not settings.fetch:
        raise FetchFailed("not asked, since fetching is switched off")
    return fetch()
