"""What the README tells people to type is there: tasks of the Makefile, verbs and options of the command."""

import re
import shlex
from pathlib import Path
from textwrap import dedent

import pytest

from hadrill.harness.cli.main import VERBS, main
from hadrill.harness.cli.sabotaging import refuse_what_is_not_there
from hadrill.harness.sabotage.catalogue import sabotages

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
LINES = [shlex.split(line, comments=True) for block in BLOCKS for line in block.splitlines() if line.strip()]
MADE = [line for line in LINES if line[0] == "make"]
CALLED = [line for line in LINES if line[0] == "hadrill"]


def test_the_readme_has_commands_of_each_kind() -> None:
    """An empty list would make the tests below pass whatever the README says."""
    assert {line[0] for line in LINES} == {"make", "hadrill", "pytest"}


@pytest.mark.parametrize("line", MADE, ids=" ".join)
def test_a_task_is_in_the_makefile(line: list[str]) -> None:
    """``make TASK`` has a rule."""
    assert re.search(rf"^{line[1]}:", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("line", CALLED, ids=" ".join)
def test_a_verb_takes_the_options(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """``hadrill VERB --option`` is what the verb's own help offers."""
    verb, *words = line[1:]
    assert verb in VERBS
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    offered = capsys.readouterr().out
    assert ended.value.code == 0
    assert [word for word in words if word.startswith("--") and word not in offered] == []


def test_the_feature_in_the_readme_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It passes the same lint as every feature, with every step defined and every objective known."""
    (feature,) = re.findall(r"```gherkin\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path / "noon.feature"
    path.write_text(feature)
    exit_code = pytest.main(["-q", "--hadrill", "--collect-only", "-p", "no:cacheprovider", str(path)])
    assert (exit_code, "noon.feature" in capsys.readouterr().out) == (0, True)


def test_the_sabotage_in_the_readme_is_sound(tmp_path: Path) -> None:
    """Its decision, its scenarios and its checks are there, and its name is not taken."""
    (text,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path / "own.yaml"
    path.write_text(dedent(text))
    refuse_what_is_not_there(sabotages(path), ())


@pytest.mark.parametrize("line", [line for line in LINES if line[0] == "pytest"], ids=" ".join)
def test_a_selection_finds_scenarios(line: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Pytest's own selection works on features."""
    monkeypatch.chdir(ROOT)
    assert pytest.main(["-q", "--collect-only", "-p", "no:cacheprovider", *line[1:]]) == 0
