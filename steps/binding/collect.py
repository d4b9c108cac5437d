"""Feature files as pytest collects them: given as arguments, or found below the folders that it looks through."""

import os
from collections.abc import Callable, Generator, Iterable
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.scenario import get_python_name_generator, scenario

from hadrill.harness.visible import visible
from hadrill.steps.binding.definitions import undefined_steps
from hadrill.steps.binding.feature_file import NotGherkin, read_feature
from hadrill.steps.binding.feature_form import Feature
from hadrill.steps.binding.items import DRILL, template_of
from hadrill.steps.binding.lint import Known, Problem, lint
from hadrill.steps.binding.taken_tags import why_taken


class FeatureFile(pytest.Module):
    """A module that holds one test for each scenario of a feature file; none where the file's form is wrong.

    pytest makes one of every feature file beside a file that was named: only what is collected is read.
    """

    def __init__(self, examine: Callable[[Path], list[Problem]], **of_pytest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**of_pytest)
        self._examine = examine

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """The scenarios; the call is refused for what is wrong with the file once all files have been seen."""
        return () if self._examine(self.path) else super().collect()

    def _getobj(self) -> ModuleType:
        """Bind the scenarios as a test module of the user's would."""
        module = ModuleType(self.path.stem)
        folder = str(self.path.parent)
        for name in get_feature(folder, self.path.name).scenarios:
            test = next(test for test in get_python_name_generator(name) if not hasattr(module, test))
            setattr(module, test, scenario(self.path.name, name, features_base_dir=folder)(_nothing_more))
        return module


class FeatureCollection:
    """Collects scenarios, marks them and refuses those whose form is wrong.

    Attributes:
        scenarios: all that were collected, in order, whether or not they are selected later.
    """

    def __init__(self, config: pytest.Config, known: Known) -> None:
        self.scenarios: list[pytest.Item] = []
        self._config = config
        self._known = known
        self._problems: dict[Path, list[Problem]] = {}
        self._markers = {line.partition(":")[0].partition("(")[0].strip() for line in config.getini("markers")}

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Offer a feature file; it is read when pytest collects what is in it."""
        if file_path.suffix != ".feature":
            return None
        collector: pytest.Collector = FeatureFile.from_parent(parent, path=file_path, examine=self._lint)
        return collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_apply_tag(self, tag: str, function: Callable[..., object]) -> bool:
        """Make a marker of each tag, those included that nobody registered; none of one that is going to be refused."""
        if not why_taken(tag):
            self._register(tag)
            getattr(pytest.mark, tag)(function)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Mark and locate the scenarios; one that a test module binds is not run from its file a second time."""
        templates = {item: template for item in items if (template := template_of(item)) is not None}
        bound = {
            (template.feature.filename, template.name)
            for item, template in templates.items()
            if item.getparent(FeatureFile) is None
        }
        twice = {
            item
            for item, template in templates.items()
            if item.getparent(FeatureFile) and (template.feature.filename, template.name) in bound
        }
        items[:] = [item for item in items if item not in twice]
        self.scenarios = [item for item in items if item in templates]
        for item in self.scenarios:
            item.add_marker(DRILL)
            file = os.path.relpath(templates[item].feature.filename, item.config.rootpath)
            item.location = (file, templates[item].line_number - 1, item.name)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self, session: pytest.Session) -> Generator[None, object, object]:
        """Refuse the call where a feature's form is wrong or a selected scenario has a step that nobody defined.

        Raises:
            pytest.UsageError: names each place.
        """
        try:
            result = yield
        except pytest.UsageError:
            self._refuse(list(chain.from_iterable(self._problems.values())))
            raise
        files = {Path(template.feature.filename) for item in self.scenarios if (template := template_of(item))}
        selected = set(session.items)
        steps = undefined_steps([item for item in self.scenarios if item in selected], _shown)
        self._refuse([*chain.from_iterable(map(self._lint, sorted(files.union(self._problems)))), *steps])
        return result

    def _lint(self, file: Path) -> list[Problem]:
        if file not in self._problems:
            feature, self._problems[file] = _examined(file, self._known)
            for tag in feature.tags if feature else ():
                self._register(tag.name)
        return self._problems[file]

    def _register(self, tag: str) -> None:
        if tag not in self._markers:
            self._markers.add(tag)
            self._config.addinivalue_line("markers", f"{tag}: a tag of a feature")

    @staticmethod
    def _refuse(problems: list[Problem]) -> None:
        if problems:
            raise pytest.UsageError(visible("\n".join(map(str, problems))))


def _examined(file: Path, known: Known) -> tuple[Feature | None, list[Problem]]:
    shown = _shown(file)
    try:
        feature = read_feature(file, shown)
    except NotGherkin as error:
        return None, [Problem(shown, error.line, error.sentence)]
    return feature, lint(feature, known)


def _shown(file: Path) -> str:
    """The path as the caller would type it."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _nothing_more() -> None:
    """What runs after a scenario's steps."""
