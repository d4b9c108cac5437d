"""How pytest is called for a drill: with hadrill's plugins and no others, and no configuration but ours."""

import ast
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from hadrill.harness.drill.catalogue import packaged_features
from hadrill.harness.drill.settings import RunSettings
from hadrill.harness.errors import WrongCall

PLUGINS = ("pytest_bdd.plugin", "allure_pytest.plugin", "hadrill.steps.plugin", "no:terminal", "no:cacheprovider")
FOREIGN_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
JUNIT = "junit.xml"
ALLURE_RESULTS = "allure-results"
TAG = re.compile(r"@?[\w:+.\[\]\\/-]+")
OPERATORS = {"and", "or", "not"}
NESTED = re.compile(r"\(|\bnot\b")
LONGEST = 1000
MOST_NESTED = 100  # pytest goes three calls deeper for a bracket, and Python a thousand in all
PARTS_OF_AN_EXPRESSION = (ast.Expression, ast.BoolOp, ast.UnaryOp, ast.Name, ast.boolop, ast.Not, ast.Load)


def pytest_arguments(
    settings: RunSettings, features: Sequence[Path] | None, tags: str | None, folder: Path
) -> list[str]:
    """The arguments of pytest.

    Args:
        settings: of the run.
        features: what to look for scenarios in; hadrill's own where there are none.
        tags: an expression of tags, each with or without its @.
        folder: of the run.

    Raises:
        WrongCall: a path is neither a feature file nor a folder, or the expression of tags is none.
    """
    paths = [_existing(path) for path in features or [packaged_features()]]
    root = str(_root(paths))
    return [
        *("-c", os.devnull, "--rootdir", root, "--confcutdir", root, "--import-mode", "importlib"),
        *("--disable-plugin-autoload", *(word for plugin in PLUGINS for word in ("-p", plugin))),
        *("-o", "python_files="),  # features alone, no tests that stand beside them
        *("--junitxml", str(folder / JUNIT), "-o", "junit_suite_name=hadrill"),
        *("--alluredir", str(folder / ALLURE_RESULTS)),
        *("--hadrill", "--hadrill-folder", str(folder), *_options(settings)),
        *(("-m", marker_expression(tags)) if tags is not None else ()),
        *map(str, paths),
    ]


def marker_expression(tags: str) -> str:
    """Tags as Gherkin writes them, in pytest's own form.

    Raises:
        WrongCall: there are none, too many, or they are put together as pytest would not read them.
    """
    if not tags.strip():
        raise WrongCall("--tags is empty; name a tag, for example @smoke")
    if len(tags) > LONGEST:
        raise WrongCall(f"--tags has {len(tags)} characters; {LONGEST} can be read: name fewer, or tag what is meant")
    if len(NESTED.findall(tags)) > MOST_NESTED:
        raise WrongCall(f"--tags has more than {MOST_NESTED} brackets and nots, which cannot be read: name fewer")
    if not _is_expression(tags):
        raise WrongCall(
            f"--tags {tags!r} cannot be read; tags go with and, or, not and (), as in '@smoke and not @HA-8'"
        )
    return re.sub(r"@([\w-]+)", r"\1", tags)


def _is_expression(tags: str) -> bool:
    """Whether it is one of Python's, of names, ``and``, ``or``, ``not`` and brackets alone, once tags are names."""
    named = TAG.sub(lambda word: word[0] if word[0] in OPERATORS else "tag", tags)
    try:
        tree = ast.parse(named.strip(), mode="eval")
    except (ValueError, SyntaxError, RecursionError, MemoryError):  # no text at all, none of Python's, nested too deep
        return False
    return all(isinstance(node, PARTS_OF_AN_EXPRESSION) for node in ast.walk(tree))


def _options(settings: RunSettings) -> Iterator[str]:
    values = {
        "seed": settings.seed,
        "environment": settings.environment,
        "objectives": settings.objectives,
        "load": settings.load,
        "mysqld": settings.mysqld,
        "haproxy": settings.haproxy,
        "toxiproxy": settings.toxiproxy,
        "sabotage": settings.sabotage or None,
        "sabotage-file": settings.sabotage_file,
        "jobs": settings.jobs,
    }
    for name, value in values.items():
        if value is not None:
            yield from (f"--hadrill-{name}", str(value.absolute() if isinstance(value, Path) else value))
    if settings.fresh:
        yield "--hadrill-fresh"


def _existing(path: Path) -> Path:
    if not path.exists():
        raise WrongCall(f"there is no {path} to take features from")
    whole = path.resolve()
    if whole.suffix != ".feature" and not whole.is_dir():
        raise WrongCall(f"{path} is neither a feature file (.feature) nor a folder of them")
    return whole


def _root(paths: Sequence[Path]) -> Path:
    """Where pytest looks for conftest.py: the working directory for features below it, else around the features."""
    here = Path.cwd().resolve()
    if all(path.is_relative_to(here) for path in paths) and paths != [packaged_features()]:
        return here
    common = Path(os.path.commonpath(paths))
    return common if common.is_dir() else common.parent
