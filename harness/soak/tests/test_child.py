"""A drill in a process of its own."""

from pathlib import Path

import pytest

from hadrill.harness.errors import WrongCall
from hadrill.harness.soak.child import SAID, drill


@pytest.mark.usefixtures("usual_umask")
def test_what_a_drill_says_is_its_owners_alone(tmp_path: Path) -> None:
    """As all that it writes; a call that it refuses is told in its own words."""
    with pytest.raises(WrongCall, match="unrecognized arguments: --no-such"):
        drill(("--no-such",), 1, tmp_path)
    assert (tmp_path / SAID).stat().st_mode & 0o777 == 0o600
