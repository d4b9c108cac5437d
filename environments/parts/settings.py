"""What the caller and the environment say about parts: which are named, where the cache is, whether to fetch."""

import os
import pwd
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hadrill.harness.errors import WrongCall

MYSQLD_VARIABLE = "HADRILL_MYSQLD"
HAPROXY_VARIABLE = "HADRILL_HAPROXY"
TOXIPROXY_VARIABLE = "HADRILL_TOXIPROXY"
CACHE_VARIABLE = "HADRILL_CACHE"
MIRROR_VARIABLE = "HADRILL_DEBIAN_MIRROR"


@dataclass(frozen=True, slots=True)
class PartSettings:
    """Everything that decides where parts come from.

    Attributes:
        cache: folder that holds what was fetched.
        environ: environment of the tools that fetch; its PATH is searched for programs.
        mysqld, haproxy, toxiproxy: programs that the user named, if any.
        debian_mirror: URI of a Debian archive, where the machine's own apt is not to be asked for one.
        pip: command that runs pip, for where no Go compiler is at hand.
        fetch: whether what is missing may be fetched.
    """

    cache: Path
    environ: Mapping[str, str] = field(repr=False)
    mysqld: Path | None = None
    haproxy: Path | None = None
    toxiproxy: Path | None = None
    debian_mirror: str | None = None
    pip: tuple[str, ...] = (sys.executable, "-m", "pip")
    fetch: bool = True

    @classmethod
    def from_environ(
        cls,
        environ: Mapping[str, str],
        *,
        mysqld: Path | None = None,
        haproxy: Path | None = None,
        toxiproxy: Path | None = None,
        fetch: bool = True,
    ) -> "PartSettings":
        """Settings from an environment; what is given as an argument goes before its variable."""
        return cls(
            cache=cache_folder(environ),
            environ={"PATH": os.defpath, **environ},
            mysqld=mysqld or _named(environ, MYSQLD_VARIABLE),
            haproxy=haproxy or _named(environ, HAPROXY_VARIABLE),
            toxiproxy=toxiproxy or _named(environ, TOXIPROXY_VARIABLE),
            debian_mirror=environ.get(MIRROR_VARIABLE) or None,
            fetch=fetch,
        )

    @property
    def path(self) -> str:
        """The folders that programs are searched in, separated by colons."""
        return self.environ["PATH"]


def home_folder(environ: Mapping[str, str], instead: str) -> Path:
    """The user's home folder; one that the environment lacks, or leaves empty, is looked up in the user database.

    Args:
        instead: the variable that names a folder of our own where there is no home.

    Raises:
        WrongCall: nobody knows one.
    """
    if home := environ.get("HOME"):
        return Path(home).absolute()
    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir).absolute()
    except KeyError as error:
        raise WrongCall(
            f"HOME is not set, and user {os.getuid()} has no entry in the user database; set {instead} to a folder"
        ) from error


def cache_folder(environ: Mapping[str, str]) -> Path:
    """The user's cache folder for this project: ours if set, else below the XDG one, else below the home folder."""
    if own := environ.get(CACHE_VARIABLE):
        return Path(own).absolute()
    if xdg := environ.get("XDG_CACHE_HOME"):
        return Path(xdg).absolute() / "hadrill"
    return home_folder(environ, CACHE_VARIABLE) / ".cache" / "hadrill"


def _named(environ: Mapping[str, str], variable: str) -> Path | None:
    value = environ.get(variable)
    return Path(value).absolute() if value else None
