"""What scenarios are called in plan and reports, also before anything is collected."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hadrill.steps.binding.feature_file import read_feature
from hadrill.steps.binding.feature_form import Outline, filled


def titles_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """The titles of all scenarios in feature files and folders of them, one for each row of Examples.

    Raises:
        NotGherkin: a file cannot be read as a feature.
    """
    return tuple(title for outline in outlines_in(paths) for title in titles_of(outline))


def outlines_in(paths: Iterable[Path]) -> Iterator[Outline]:
    """All scenarios in feature files and folders of them.

    Raises:
        NotGherkin: a file cannot be read as a feature.
    """
    files = (file for path in paths for file in (sorted(path.rglob("*.feature")) if path.is_dir() else [path]))
    return (outline for file in files for outline in read_feature(file, file.name).outlines)


def titles_of(outline: Outline) -> Iterator[str]:
    """Of a scenario, or of each row of its Examples."""
    if not outline.is_outline:
        yield outline.name
    for row in outline.rows:
        yield told_apart(outline.name, filled(outline.name, row), row)


def told_apart(template: str, name: str, row: Mapping[str, str]) -> str:
    """The name with a row filled in; a row that the name does not tell from another is added to it."""
    return name if template != name or not row else f"{name} ({', '.join(row.values())})"
