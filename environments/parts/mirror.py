"""Which Debian archive to fetch from: the one that the machine's own apt is set up for."""

import re

from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.settings import MIRROR_VARIABLE
from hadrill.environments.parts.workshop import Workshop

_FORMAT = "$(REPO_URI)|$(ORIGIN)|$(LABEL)"
_MOST_TRIED = 3


def mirrors(workshop: Workshop, named: str | None) -> tuple[str, ...]:
    """URIs of Debian archives to try, the likeliest first.

    Raises:
        FetchFailed: none is named and the machine's apt knows none.
    """
    if named:
        return (named,)
    listed = workshop.run(["apt-get", "indextargets", "--format", _FORMAT], timeout_s=60)
    if found := labelled_debian(listed):
        return found
    # before its first update apt knows its sources, but not yet what they call themselves
    unread = workshop.run(["apt-get", "indextargets", "--no-release-info", "--format", _FORMAT], timeout_s=60)
    if found := perhaps_debian(unread):
        return found
    raise FetchFailed(f"this machine's apt has no Debian archive among its sources; {MIRROR_VARIABLE} may name one")


def labelled_debian(listed: str) -> tuple[str, ...]:
    """The archives that call themselves Debian, out of lines ``URI|origin|label``; security archives do not."""
    lines = [line.split("|") for line in listed.splitlines()]
    return _distinct([line[0] for line in lines if line[1:] == ["Debian", "Debian"]])


def perhaps_debian(listed: str) -> tuple[str, ...]:
    """The archives that may be Debian's by their address, whole archives only, out of lines ``URI|...``."""
    uris = [line.split("|")[0] for line in listed.splitlines()]
    return _distinct([uri for uri in uris if re.search("debian", uri, re.IGNORECASE) and "security" not in uri])


def _distinct(uris: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(uri for uri in uris if uri))[:_MOST_TRIED]
