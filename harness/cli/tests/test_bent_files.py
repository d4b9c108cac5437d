"""Files that users write, bent in one place: taken, or refused as a wrong call in a sentence; never anything else."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from hadrill.environments.embedded.settings import SETTINGS_FILE, load_settings
from hadrill.environments.topology_file import FOLDER, load_topology
from hadrill.harness import sabotage
from hadrill.harness.drill.catalogue import REQUIREMENTS, load_catalogue, packaged_features
from hadrill.harness.drill.objectives import load_objectives
from hadrill.harness.errors import WrongCall
from hadrill.harness.faults.line_file import LINES, load_lines
from hadrill.harness.sabotage.catalogue import NOT_SHOWN
from hadrill.harness.sabotage.form import read_not_shown, read_sabotages
from hadrill.harness.tests.bent_yaml import bent, many_times
from hadrill.harness.tests.steady import steady
from hadrill.harness.workload import profiles
from hadrill.harness.workload.profile import load_profile

SABOTAGES: Final = Path(next(iter(sabotage.__path__)))
Load = Callable[[Path], object]


def load_topology_at(path: Path) -> object:
    """As ``hadrill up`` does with a path."""
    return load_topology(str(path))


FILES: Final[dict[str, tuple[Path, Load]]] = {
    "objectives": (packaged_features() / "objectives.yaml", load_objectives),
    "requirements": (packaged_features() / REQUIREMENTS, load_catalogue),
    "lines": (LINES, load_lines),
    "environment": (SETTINGS_FILE, load_settings),
    "sabotages": (SABOTAGES / "of_editions.yaml", read_sabotages),
    "not shown": (SABOTAGES / NOT_SHOWN, read_not_shown),
    "load": (Path(next(iter(profiles.__path__))) / "standard.yaml", load_profile),
    **{f"topology {path.stem}": (path, load_topology_at) for path in sorted(FOLDER.glob("*.yaml"))},
}
STEADY = steady(40, HealthCheck.data_too_large)


def require_taken_or_refused(load: Load, path: Path) -> None:
    """A refusal is a sentence in one line that names the file."""
    refusal = None
    try:
        load(path)
    except WrongCall as error:
        refusal = str(error)
    if refusal is not None:
        assert (str(path) in refusal, len(refusal.split()) > 3, "\n" in refusal) == (True, True, False), refusal


@pytest.mark.parametrize("name", FILES)
def test_a_bent_file_is_taken_or_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    """Which names the file; whatever is bent in it."""
    original, load = FILES[name]
    text = original.read_text()
    if name == "requirements":  # the first of many that are alike
        text = "\n".join(text.splitlines()[:60]) + "\n"
    path = tmp_path / "bent.yaml"

    @STEADY
    @given(st.just(text) | bent(text))
    def every(given_text: str) -> None:
        path.write_text(given_text, encoding="utf-8", newline="")
        require_taken_or_refused(load, path)

    every()


NONE_AT_ALL = (
    b"",
    b"\xff\xfe",
    b"\0",
    b"- " * 5000,
    b"[" * 5000,
    b"a: *b",
    b"!!python/object:os.x",
    b"a: " + b"9" * 5000,
    b"a: " + many_times("[{}]").encode(),
)


@pytest.mark.parametrize("content", NONE_AT_ALL, ids=lambda content: repr(content[:8]))
def test_what_is_no_yaml_at_all_is_refused_too(content: bytes, tmp_path: Path) -> None:
    """By every loader; an empty file may be one."""
    path = tmp_path / "bent.yaml"
    path.write_bytes(content)
    for _, load in FILES.values():
        require_taken_or_refused(load, path)


def test_every_file_is_taken_as_it_is() -> None:
    """What is bent is right before."""
    for path, load in FILES.values():
        load(path)
