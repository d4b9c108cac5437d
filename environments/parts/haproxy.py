"""HAProxy: what a binary is."""

import re
from pathlib import Path

from hadrill.environments.parts.program import Program
from hadrill.harness.engines.executable import UnusableProgram, banner, launch_argv, resolve, sha256
from hadrill.harness.engines.origin import Origin
from hadrill.harness.engines.version import at_least

LOWEST_VERSION = "2.4"


def inspect_haproxy(path: Path, origin: Origin) -> Program:
    """What an HAProxy binary is.

    Raises:
        UnusableProgram: it cannot be run, or is no HAProxy from 2.4 up.
    """
    program = resolve(path)
    argv = launch_argv(program)
    version = haproxy_version(banner((*argv, "-v")))
    if not at_least(version, LOWEST_VERSION):
        raise UnusableProgram(f"{path} is HAProxy {version}; {LOWEST_VERSION} or newer is needed")
    return Program("haproxy", argv, version, origin, sha256(program))


def haproxy_version(said: str) -> str:
    """The version in what ``haproxy -v`` says.

    Raises:
        UnusableProgram: it is not HAProxy that says it.
    """
    found = re.search(r"^HA-?Proxy version (\d+(?:\.\d+)+)", said, re.MULTILINE)
    if not found:
        raise UnusableProgram(f"this is not HAProxy; it says: {said.strip() or 'nothing'}")
    return found.group(1)
