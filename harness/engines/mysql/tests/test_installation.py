"""Which layouts of a MySQL installation are recognised, and what is refused."""

from pathlib import Path

import pytest

from hadrill.harness.engines.executable import UnusableProgram
from hadrill.harness.engines.mysql.installation import NEEDED_PLUGINS, inspect_mysqld, mysql_version


def _install(
    prefix: Path, *, folder: str, plugins: str, share: str, says: str = "mysqld  Ver 9.7.4-2 for Linux"
) -> Path:
    """A tree of empty files in the layout of an installation; its server only says its version."""
    program = prefix / folder / "mysqld"
    for parent in (program.parent, prefix / plugins, prefix / share / "english", prefix / share / "charsets"):
        parent.mkdir(parents=True, exist_ok=True)
    for plugin in NEEDED_PLUGINS:
        (prefix / plugins / plugin).touch()
    (prefix / share / "english/errmsg.sys").touch()
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("folder", "plugins", "share"),
    [
        ("bin", "lib/plugin", "share"),
        ("sbin", "lib/mysql/plugin", "share/mysql"),
        ("sbin", "lib64/mysql/plugin", "share/mysql-8.4"),
        ("bin", "lib/aarch64-linux-gnu/mysql/plugin", "share/percona-server"),
    ],
)
def test_each_known_layout_is_recognised(tmp_path: Path, folder: str, plugins: str, share: str) -> None:
    """A tarball and the packages of several distributions all give their own folders to the server."""
    found = inspect_mysqld(_install(tmp_path, folder=folder, plugins=plugins, share=share))
    expected = (
        f"--basedir={tmp_path}",
        f"--plugin-dir={tmp_path / plugins}",
        f"--lc-messages-dir={tmp_path / share}",
        f"--character-sets-dir={tmp_path / share / 'charsets'}",
        "--secure-file-priv=NULL",
    )
    assert ("9.7.4", expected) == (found.version, found.base_args)


def test_link_to_a_server_is_followed_to_its_installation(tmp_path: Path) -> None:
    """The folders are those of the server's own file, not of a link to it."""
    program = _install(tmp_path / "opt", folder="bin", plugins="lib/plugin", share="share")
    (tmp_path / "mysqld").symlink_to(program)
    assert program == inspect_mysqld(tmp_path / "mysqld").program


@pytest.mark.parametrize("plugin", NEEDED_PLUGINS)
def test_server_without_a_needed_plugin_is_refused(tmp_path: Path, plugin: str) -> None:
    """Semi-synchronous replication and cloning are needed; the message names what is looked for, and where."""
    program = _install(tmp_path, folder="bin", plugins="lib/plugin", share="share")
    (tmp_path / "lib/plugin" / plugin).unlink()
    with pytest.raises(UnusableProgram, match=f"{plugin}.*looked in: {tmp_path / 'lib/plugin'}"):
        inspect_mysqld(program)


def test_server_without_its_messages_is_refused(tmp_path: Path) -> None:
    """A server taken out of its tree cannot start, which is said before it is tried."""
    program = _install(tmp_path, folder="bin", plugins="lib/plugin", share="share")
    (tmp_path / "share/english/errmsg.sys").unlink()
    with pytest.raises(UnusableProgram, match=r"errmsg\.sys"):
        inspect_mysqld(program)


def test_server_below_the_lowest_version_is_refused(tmp_path: Path) -> None:
    """MySQL 8.0 lacks statements that the drill uses."""
    said = "mysqld  Ver 8.0.43 for Linux on x86_64"
    program = _install(tmp_path, folder="bin", plugins="lib/plugin", share="share", says=said)
    with pytest.raises(UnusableProgram, match=r"MySQL 8\.0\.43; 8\.4 or newer"):
        inspect_mysqld(program)


def test_version_is_read_from_what_different_builds_say() -> None:
    """Distribution, community and Percona builds write the version the same way."""
    said = [
        "/x/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))",
        "/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)",
        "mysqld  Ver 8.4.5-5 for Linux on x86_64 (Percona Server (GPL), Release 5)",
    ]
    expected = ["9.7.4", "8.4.6", "8.4.5"]
    assert expected == [mysql_version(line) for line in said]


def test_mariadb_is_not_taken_for_mysql() -> None:
    """MariaDB's server is called mysqld too; it is told by its name."""
    with pytest.raises(UnusableProgram, match="not a MySQL server"):
        mysql_version("mysqld  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64")
