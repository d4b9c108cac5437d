"""How Allure is pinned, and when there is none."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from hadrill.environments.parts.locate import locate_allure
from hadrill.environments.parts.npm_install import with_addresses
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.tested import as_tested
from hadrill.environments.parts.tests.heard import Heard


def _lock(folder: str = "npm") -> dict[str, Any]:
    text = (files("hadrill.environments.parts") / folder / "package-lock.json").read_text(encoding="utf-8")
    lock: dict[str, Any] = json.loads(text)
    return lock


@pytest.mark.parametrize("folder", ["npm", "npm-old-mysql"])
def test_lock_has_a_digest_for_each_package_and_no_address(folder: str) -> None:
    """What is installed is pinned by digest, wherever it comes from."""
    packages = {place: entry for place, entry in _lock(folder)["packages"].items() if place}
    assert packages
    assert [place for place, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []


def test_allure_is_the_tested_one() -> None:
    """The report says so where another one was used."""
    allure = _lock()["packages"]["node_modules/allure"]
    assert (as_tested("allure").version, as_tested("allure").packages[0].digest) == (
        allure["version"],
        allure["integrity"],
    )


def test_addresses_follow_from_the_registry() -> None:
    """Each package is addressed at the machine's registry, nested and scoped ones too."""
    places = ("node_modules/glob", "node_modules/@a/b", "node_modules/x/node_modules/glob")
    lock: dict[str, Any] = {"packages": {"": {}} | {place: {"version": "1.0.0"} for place in places}}
    resolved = [entry.get("resolved") for entry in with_addresses(lock, "file:/r/")["packages"].values()]
    assert resolved == [
        None,
        "file:/r/glob/-/glob-1.0.0.tgz",
        "file:/r/@a/b/-/b-1.0.0.tgz",
        "file:/r/glob/-/glob-1.0.0.tgz",
    ]


def test_machine_without_node_has_no_allure_and_is_told(settings: PartSettings, heard: Heard) -> None:
    """Allure is optional: its absence is a line of progress, not an error."""
    assert locate_allure(settings, heard) is None
    assert heard.messages == ["allure: there is no node on PATH; the report will be a plain page"]


def test_registry_that_fails_is_told_with_what_npm_said(
    settings: PartSettings, heard: Heard, tmp_path: Path, program: Callable[..., Path]
) -> None:
    """Where npm cannot install, the drill goes on without."""
    program(tmp_path / "bin/node")
    program(tmp_path / "bin/npm", "echo 'npm error code ECONNREFUSED'; [ $1 = config ]")
    assert locate_allure(settings, heard) is None
    assert "ended with 1: npm error code ECONNREFUSED; the report will be a plain page" in heard.messages[-1]
