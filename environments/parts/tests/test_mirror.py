"""Which of the machine's sources is taken for Debian's archive."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.mirror import labelled_debian, mirrors, perhaps_debian
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.workshop import Workshop

LISTED = """file:/archive/debian/|Debian|Debian
file:/archive/debian/|Debian|Debian
file:/archive/debian-security/|Debian|Debian-Security
file:/archive/tools|Tools|Tools
"""


def test_archive_that_calls_itself_debian_is_taken_once() -> None:
    """Security archives and other people's sources lack the packages."""
    assert labelled_debian(LISTED) == ("file:/archive/debian/",)


def test_address_decides_before_the_first_update() -> None:
    """A source whose index was never read is judged by its address."""
    unread = "mirror+file:/etc/apt/mirrors/debian.list||\nfile:/archive/debian-security/||\nfile:/archive/tools||\n"
    assert perhaps_debian(unread) == ("mirror+file:/etc/apt/mirrors/debian.list",)


def test_named_mirror_is_the_only_one(workshop: Workshop) -> None:
    """What the user named is used without asking the machine's apt."""
    assert mirrors(workshop, "file:/mine") == ("file:/mine",)


def test_machine_without_debian_is_told_what_to_set(
    workshop: Workshop, tmp_path: Path, program: Callable[..., Path]
) -> None:
    """Where no source is Debian's, the message names the variable that can name one."""
    program(tmp_path / "bin/apt-get", "echo 'file:/archive/ubuntu|Ubuntu|Ubuntu'")
    with pytest.raises(FetchFailed, match=r"no Debian archive .* HADRILL_DEBIAN_MIRROR"):
        mirrors(workshop, None)
