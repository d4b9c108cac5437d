"""How a program is started, asked and told apart from a plain file."""

from pathlib import Path

import pytest

from hadrill.harness.engines.executable import UnusableProgram, banner, launch_argv, resolve, sha256


def _program(path: Path, script: str = "#!/bin/sh\necho Ver 1.2.3\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script)
    path.chmod(0o755)
    return path


def test_program_of_an_unpacked_tree_starts_through_its_own_loader(tmp_path: Path) -> None:
    """A tree with a loader of its own runs on its own libraries."""
    program = _program(tmp_path / "usr/sbin/served")
    loader = _program(tmp_path / "usr/lib64/ld-linux-x86-64.so.2")
    libraries = tmp_path / "usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    expected = (str(loader), "--library-path", f"{libraries}:{tmp_path / 'usr/lib'}", str(program))
    assert expected == launch_argv(program)


def test_program_without_a_loader_beside_it_starts_as_it_is(tmp_path: Path) -> None:
    """A tarball's program, and the system's own, are started directly."""
    unpacked, system = _program(tmp_path / "bin/served"), Path("/usr/bin/env")
    expected = [(str(unpacked),), (str(system),)]
    assert expected == [launch_argv(unpacked), launch_argv(system)]


def test_missing_and_plain_files_are_told_apart(tmp_path: Path) -> None:
    """The message says whether the file is absent or only not executable."""
    plain = tmp_path / "plain"
    plain.write_text("x")
    with pytest.raises(UnusableProgram, match="absent is not a file"):
        resolve(tmp_path / "absent")
    with pytest.raises(UnusableProgram, match="plain may not be executed"):
        resolve(plain)


def test_failing_program_is_quoted_with_its_code_and_first_line(tmp_path: Path) -> None:
    """What came back stands in the message."""
    program = _program(tmp_path / "broken", "#!/bin/sh\necho 'libaio is missing' >&2\nexit 127\n")
    with pytest.raises(UnusableProgram, match="ended with 127: libaio is missing"):
        banner((str(program), "--version"))


def test_digest_is_sha256_of_the_file(tmp_path: Path) -> None:
    """The digest is the one that sha256sum prints."""
    path = tmp_path / "empty"
    path.write_bytes(b"")
    assert sha256(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
