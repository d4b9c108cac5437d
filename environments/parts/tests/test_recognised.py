"""How HAProxy and Toxiproxy binaries are recognised."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.haproxy import haproxy_version, inspect_haproxy
from hadrill.environments.parts.toxiproxy import MODULE, inspect_toxiproxy, module_of
from hadrill.harness.engines.executable import UnusableProgram, sha256

Make = Callable[..., Path]
EMBEDDED = f"path\t{MODULE}/cmd/server\nmod\t{MODULE}\tv2.12.0\th1:abc+/=\ndep\tother\tv1.0.0\th1:x\n"


def test_haproxy_says_its_version_in_two_spellings() -> None:
    """Versions before 2.5 write the name with a hyphen."""
    said = ["HAProxy version 3.2.26-1 2026/10/14 - https://haproxy\nStatus: long-term\n", "HA-Proxy version 2.4.22 x\n"]
    assert [haproxy_version(text) for text in said] == ["3.2.26", "2.4.22"]


def test_old_haproxy_and_other_programs_are_refused(tmp_path: Path, program: Make) -> None:
    """The message says which program it is, and what is needed."""
    old = program(tmp_path / "old", "echo HA-Proxy version 2.2.9-2 2021/05/19")
    other = program(tmp_path / "other", "echo nginx")
    with pytest.raises(UnusableProgram, match=r"old is HAProxy 2\.2\.9; 2\.4 or newer"):
        inspect_haproxy(old, "path")
    with pytest.raises(UnusableProgram, match="not HAProxy; it says: nginx"):
        inspect_haproxy(other, "path")


def test_released_toxiproxy_says_its_version(tmp_path: Path, program: Make) -> None:
    """A release answers with its number."""
    path = program(tmp_path / "server", "echo toxiproxy-server version 2.9.0")
    found = inspect_toxiproxy(path, "path")
    assert ((str(path),), "2.9.0", sha256(path)) == (found.argv, found.version, found.digest)


def test_toxiproxy_built_from_its_module_has_its_version_inside(tmp_path: Path, program: Make) -> None:
    """Where the server answers ``git``, the version that the compiler wrote into it counts."""
    path = program(tmp_path / "server", f"echo toxiproxy-server version git; exit 0\n{EMBEDDED}")
    module = module_of(path)
    assert ("2.12.0", "v2.12.0", "h1:abc+/=") == (
        inspect_toxiproxy(path, "path").version,
        module.version,
        module.digest,
    )


def test_toxiproxy_of_another_generation_is_refused(tmp_path: Path, program: Make) -> None:
    """Versions 1 and 3 speak another API, or might."""
    for version in ("1.2.1", "3.0.0"):
        path = program(tmp_path / "server", f"echo toxiproxy-server version {version}")
        with pytest.raises(UnusableProgram, match=f"Toxiproxy {version}; a version 2"):
            inspect_toxiproxy(path, "path")


def test_toxiproxy_without_any_version_is_refused(tmp_path: Path, program: Make) -> None:
    """A server built from a checkout does not say what it is."""
    path = program(tmp_path / "server", "echo toxiproxy-server version git")
    with pytest.raises(UnusableProgram, match="does not say which version"):
        inspect_toxiproxy(path, "path")
