"""A MySQL server that can be run: where its parts lie, whichever way it was installed."""

import re
from dataclasses import dataclass
from pathlib import Path

from hadrill.harness.engines.executable import UnusableProgram, banner, launch_argv, resolve, sha256
from hadrill.harness.engines.origin import Origin
from hadrill.harness.engines.version import at_least

LOWEST_VERSION = "8.4"
NEEDED_PLUGINS = ("semisync_source.so", "semisync_replica.so", "mysql_clone.so")
_PLUGIN_FOLDERS = ("lib/plugin", "lib/mysql/plugin", "lib64/mysql/plugin", "lib/*-linux-gnu/mysql/plugin")
_SHARE_FOLDERS = ("share", "share/mysql", "share/mysql-*", "share/percona-server*")


@dataclass(frozen=True, slots=True)
class Installation:
    """A MySQL server and what it needs to start from a folder of our own.

    Attributes:
        argv: what the server's command begins with; more than the program where its tree brings its own loader.
        version: three numbers, as the server says: ``9.7.4``.
        base_args: options that tell the server where its own files lie; they follow ``--no-defaults``.
        digest: SHA-256 of the server's file, in hexadecimal.
        origin: which way it was found.
        warnings: what the report should say of it, a sentence each.
    """

    argv: tuple[str, ...]
    version: str
    base_args: tuple[str, ...]
    digest: str
    origin: Origin
    warnings: tuple[str, ...] = ()

    @property
    def program(self) -> Path:
        """The server's file."""
        return Path(self.argv[-1])


def inspect_mysqld(path: Path, origin: Origin = "named") -> Installation:
    """Work out the layout around a ``mysqld``.

    Known are an unpacked MySQL tarball (``bin/mysqld``, ``lib/plugin``, ``share``), a distribution's package
    (``/usr/sbin/mysqld``, ``/usr/lib*/mysql/plugin``, ``/usr/share/mysql*``), and such a package unpacked into a folder
    with all its libraries, which is started through its own loader.

    Raises:
        UnusableProgram: it cannot be started, is no MySQL from 8.4 up, or lacks plugins or its share folder.
    """
    program = resolve(path)
    argv = launch_argv(program)
    version = mysql_version(banner((*argv, "--no-defaults", "--version")))
    if not at_least(version, LOWEST_VERSION):
        raise UnusableProgram(f"{path} is MySQL {version}; {LOWEST_VERSION} or newer is needed")
    prefix = program.parent.parent
    share = _share_dir(prefix)
    return Installation(
        argv=argv,
        version=version,
        base_args=(
            f"--basedir={prefix}",
            f"--plugin-dir={_plugin_dir(prefix)}",
            f"--lc-messages-dir={share}",
            f"--character-sets-dir={share / 'charsets'}",
            "--secure-file-priv=NULL",
        ),
        digest=sha256(program),
        origin=origin,
    )


def mysql_version(said: str) -> str:
    """The version in what ``mysqld --version`` says.

    Raises:
        UnusableProgram: another product says it (MariaDB's server goes by the same name), or there is no version.
    """
    line = said.strip()
    found = re.search(r"\bVer (\d+\.\d+\.\d+)", line)
    if "MariaDB" in line or not found:
        raise UnusableProgram(f"this is not a MySQL server; it says: {line or 'nothing'}")
    return found.group(1)


def _plugin_dir(prefix: Path) -> Path:
    folders = [folder for pattern in _PLUGIN_FOLDERS for folder in sorted(prefix.glob(pattern))]
    for folder in folders:
        if all((folder / plugin).is_file() for plugin in NEEDED_PLUGINS):
            return folder
    seen = ", ".join(str(folder) for folder in folders) or f"none of {', '.join(_PLUGIN_FOLDERS)} below {prefix}"
    raise UnusableProgram(f"no plugin folder holds all of {', '.join(NEEDED_PLUGINS)}; looked in: {seen}")


def _share_dir(prefix: Path) -> Path:
    for pattern in _SHARE_FOLDERS:
        for folder in sorted(prefix.glob(pattern)):
            if (folder / "english" / "errmsg.sys").is_file() and (folder / "charsets").is_dir():
                return folder
    raise UnusableProgram(f"no folder below {prefix} holds english/errmsg.sys; looked in: {', '.join(_SHARE_FOLDERS)}")
