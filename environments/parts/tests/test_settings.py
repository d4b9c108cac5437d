"""What arguments and the environment decide."""

import os
import pwd
from pathlib import Path

import pytest

from hadrill.environments.parts.settings import PartSettings, cache_folder
from hadrill.harness.errors import WrongCall


def test_argument_goes_before_its_variable() -> None:
    """A named program comes from the argument, then from the variable; an empty variable names none."""
    environ = {
        "HOME": "/h",
        "HADRILL_MYSQLD": "/by/variable",
        "HADRILL_HAPROXY": "/by/variable",
        "HADRILL_TOXIPROXY": "",
    }
    found = PartSettings.from_environ(environ, mysqld=Path("/by/argument"))
    expected = (Path("/by/argument"), Path("/by/variable"), None)
    assert expected == (found.mysqld, found.haproxy, found.toxiproxy)


def test_cache_is_ours_then_xdg_then_home() -> None:
    """Each variable outdoes the next."""
    home = {"HOME": "/h"}
    xdg = {**home, "XDG_CACHE_HOME": "/x"}
    own = {**xdg, "HADRILL_CACHE": "/own"}
    expected = [Path("/own"), Path("/x/hadrill"), Path("/h/.cache/hadrill")]
    assert expected == [cache_folder(environ) for environ in (own, xdg, home)]


def test_home_that_is_not_set_is_looked_up() -> None:
    """Without HOME, or with an empty one, the user database says where the home is."""
    expected = Path(pwd.getpwuid(os.getuid()).pw_dir) / ".cache/hadrill"
    assert [expected, expected] == [cache_folder({}), cache_folder({"HOME": ""})]


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs as a number nobody knows."""

    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(WrongCall, match=r"HOME is not set, and user [0-9]+ has no entry in the user database; set"):
        cache_folder({})


def test_programs_are_found_where_path_is_not_set() -> None:
    """An environment without PATH searches the system's default folders."""
    assert PartSettings.from_environ({}).path == os.defpath
