"""Which packages are fetched, and what of them is kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.apt import Deb
from hadrill.environments.parts.debian import fetch_tree, is_needed
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.tests.heard import Heard

# stands for apt: an archive of two packages, one of them for installation scripts alone
APT_GET = """
case "$*" in
  update) echo 'Fetched 2 kB in 1s (2 kB/s)' ;;
  install*) printf "'u' haproxy_3.2.26-1_amd64.deb 500 x\\n'u' perl-base_5_amd64.deb 900 x\\n" ;;
  download*) shift; for name in "$@"; do echo $name > ${name}_1_amd64.deb; done ;;
esac
"""
DPKG_DEB = """
case $1 in
  -x) mkdir -p $3/usr/sbin $3/usr/bin $3/usr/share/man $3/usr/share/doc
      printf '#!/bin/sh\\necho HAProxy version 3.2.26-1\\n' > $3/usr/sbin/haproxy; chmod +x $3/usr/sbin/haproxy
      touch $3/usr/bin/halog $3/usr/share/doc/copyright ;;
  -f) printf 'Package: haproxy\\nVersion: 3.2.26-1\\n' ;;
esac
"""


def test_packages_for_installation_scripts_are_left_out() -> None:
    """Scripts do not run here; libraries that programs link stay."""
    names = ["perl-base", "libperl5.42", "adduser", "libpam0g", "libc6", "libssl3t64", "mysql-server-core", "libnuma1"]
    needed = [name for name in names if is_needed(Deb(name, 1))]
    assert needed == ["libc6", "libssl3t64", "mysql-server-core", "libnuma1"]


@pytest.fixture
def machine(tmp_path: Path, settings: PartSettings, program: Callable[..., Path]) -> PartSettings:
    """A machine whose apt offers HAProxy."""
    program(tmp_path / "bin/apt-get", APT_GET)
    program(tmp_path / "bin/apt-config")
    program(tmp_path / "bin/dpkg-deb", DPKG_DEB)
    environ = {"PATH": f"{tmp_path / 'bin'}:{os.defpath}"}
    return PartSettings(cache=settings.cache, environ=environ, debian_mirror="file:/archive")


def test_tree_holds_the_program_its_licence_and_its_costs(machine: PartSettings, heard: Heard) -> None:
    """What runs and its licence stay; the manifest has the package with its digest, and the bytes fetched."""
    tree = fetch_tree(machine, heard, ["haproxy"])
    left = sorted(str(path.relative_to(tree.folder)) for path in tree.folder.rglob("*") if path.is_file())
    assert ["manifest.json", "root/usr/sbin/haproxy", "root/usr/share/doc/copyright"] == left
    assert [("haproxy", "3.2.26-1")] == [(package.name, package.version) for package in tree.manifest.packages]
    assert tree.manifest.fetched_bytes == 2_500


def test_tree_that_does_not_run_is_not_kept(
    machine: PartSettings, heard: Heard, tmp_path: Path, program: Callable[..., Path]
) -> None:
    """A program that lacks a library after unpacking is a failure of the fetch."""
    program(tmp_path / "bin/dpkg-deb", DPKG_DEB.replace("echo HAProxy version 3.2.26-1", "exit 127"))
    with pytest.raises(FetchFailed, match=r"does not run here: .*haproxy -v. ended with 127"):
        fetch_tree(machine, heard, ["haproxy"])
    assert list(machine.cache.glob("parts/debian-*[!k]")) == []


def test_archive_that_lacks_the_suite_is_named(
    machine: PartSettings, heard: Heard, tmp_path: Path, program: Callable[..., Path]
) -> None:
    """The message has the archive and what apt said of it."""
    program(tmp_path / "bin/apt-get", "echo 'E: the archive has no unstable'; exit 100")
    with pytest.raises(FetchFailed, match="file:/archive: `apt-get update` ended with 100: E: the archive has no unst"):
        fetch_tree(machine, heard, ["haproxy"])
