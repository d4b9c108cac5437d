"""What is looked for: each needed part with its names, its option and how it is recognised."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from hadrill.environments.parts import debian, toxiproxy
from hadrill.environments.parts.haproxy import inspect_haproxy
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.settings import (
    HAPROXY_VARIABLE,
    MYSQLD_VARIABLE,
    TOXIPROXY_VARIABLE,
    PartSettings,
)
from hadrill.environments.parts.tested import TITLES
from hadrill.harness.engines.mysql.installation import Installation, inspect_mysqld
from hadrill.harness.engines.origin import Origin

P = TypeVar("P", Installation, Program)


@dataclass(frozen=True, slots=True)
class Wanted(Generic[P]):
    """A needed part.

    Attributes:
        name: key of the part everywhere: ``mysql``, ``haproxy``, ``toxiproxy``.
        program: what its program is called on PATH.
        option, variable: what the user names one with.
        named: the one that the user named, if any.
        shelf: pattern of the cache folders that may hold it.
        registry: where it is fetched from, as the message on failure calls it.
        inspect: recognises it, or raises ``UnusableProgram``.
        remedy: what to do by hand, to the end of the sentence "What to do: ".
    """

    name: str
    program: str
    option: str
    variable: str
    named: Path | None
    shelf: str
    inspect: Callable[[Path, Origin], P]
    registry: str
    remedy: str

    @property
    def title(self) -> str:
        """The product's name as people write it."""
        return TITLES[self.name]


def mysql(settings: PartSettings) -> Wanted[Installation]:
    """MySQL's server."""
    return Wanted(
        name="mysql",
        program="mysqld",
        option="--mysqld",
        variable=MYSQLD_VARIABLE,
        named=settings.mysqld,
        shelf=f"debian-{debian.SUITE}-*",
        inspect=inspect_mysqld,
        registry=f"Debian {debian.SUITE}, by apt",
        remedy=f"unpack a MySQL 8.4 or 9.7 tarball anywhere, or install its package, and name its bin/mysqld with "
        f"--mysqld or {MYSQLD_VARIABLE}",
    )


def haproxy(settings: PartSettings) -> Wanted[Program]:
    """HAProxy."""
    return Wanted(
        name="haproxy",
        program="haproxy",
        option="--haproxy",
        variable=HAPROXY_VARIABLE,
        named=settings.haproxy,
        shelf=f"debian-{debian.SUITE}-*",
        inspect=inspect_haproxy,
        registry=f"Debian {debian.SUITE}, by apt",
        remedy=f"install the package haproxy (2.4 or newer) and name its program with --haproxy or {HAPROXY_VARIABLE}",
    )


def toxiproxy_server(settings: PartSettings) -> Wanted[Program]:
    """Toxiproxy's server."""
    return Wanted(
        name="toxiproxy",
        program="toxiproxy-server",
        option="--toxiproxy",
        variable=TOXIPROXY_VARIABLE,
        named=settings.toxiproxy,
        shelf=toxiproxy.shelf_name(),
        inspect=toxiproxy.inspect_toxiproxy,
        registry="its Go module, by go install",
        remedy=f"put a released toxiproxy-server 2.x anywhere and name it with --toxiproxy or {TOXIPROXY_VARIABLE}, "
        "or install Go 1.23 or newer",
    )
