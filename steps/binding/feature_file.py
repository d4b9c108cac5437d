"""Feature files read for their form alone; what runs is read by pytest-bdd from the same file."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gherkin.dialect import Dialect
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser

from hadrill.steps.binding.feature_form import Examples, Feature, Outline, Rule, Sentence, Tag

TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}

Node = Mapping[str, Any]
"""A node of gherkin-official's syntax tree: plain dictionaries."""


class NotGherkin(Exception):
    """A file cannot be read as a feature.

    Attributes:
        line: from 1.
        sentence: what is wrong there.
    """

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


def read_feature(path: Path, file: str) -> Feature:
    """Read a feature file.

    Raises:
        NotGherkin: it cannot be read, is no UTF-8 text, no Gherkin, or empty.
    """
    try:
        document: Node = Parser().parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotGherkin(1, f"this file cannot be read: {error}") from error
    except CompositeParserException as error:
        first = error.errors[0]
        raise NotGherkin(first.location["line"], f"this is no Gherkin: {str(first).partition(': ')[2]}") from error
    if not (feature := document.get("feature")):
        raise NotGherkin(1, "this file holds no feature")
    return _feature(feature, file)


def _feature(node: Node, file: str) -> Feature:
    dialect = Dialect.for_name(node["language"])
    assert dialect is not None, "the parser refuses languages that it does not know"
    outline = partial(_outline, keywords=dialect.scenario_outline_keywords)
    shared = _background(node)
    rules = tuple(
        Rule(
            _line(rule),
            _tags(rule),
            tuple(outline(scenario, (*shared, *_background(rule))) for scenario in _children(rule, "scenario")),
        )
        for rule in _children(node, "rule")
    )
    loose = tuple(outline(scenario, shared) for scenario in _children(node, "scenario"))
    outlines = (*loose, *(each for rule in rules for each in rule.outlines))
    return Feature(file, _line(node), tuple(_all_tags(node)), rules, outlines)


def _outline(node: Node, background: tuple[Sentence, ...], keywords: list[str]) -> Outline:
    return Outline(
        line=_line(node),
        name=node["name"],
        is_outline=bool(node["examples"]) or node["keyword"] in keywords,
        background=background,
        steps=_steps(node),
        examples=tuple(_examples(table) for table in node["examples"]),
    )


def _examples(node: Node) -> Examples:
    columns = tuple(cell["value"] for cell in node.get("tableHeader", {}).get("cells", ()))
    rows = tuple(
        dict(zip(columns, (cell["value"] for cell in row["cells"]), strict=True)) for row in node.get("tableBody", ())
    )
    return Examples(_line(node), columns, rows)


def _steps(node: Node) -> tuple[Sentence, ...]:
    steps: list[Sentence] = []
    for step in node["steps"]:
        before = steps[-1].type if steps else ""
        steps.append(Sentence(_line(step), TYPES.get(step["keywordType"], before), step["text"]))
    return tuple(steps)


def _background(node: Node) -> tuple[Sentence, ...]:
    return tuple(step for background in _children(node, "background") for step in _steps(background))


def _children(node: Node, kind: str) -> Iterator[Node]:
    return (child[kind] for child in node.get("children", ()) if kind in child)


def _tags(node: Node) -> tuple[Tag, ...]:
    return tuple(Tag(tag["location"]["line"], tag["name"].removeprefix("@")) for tag in node.get("tags", ()))


def _all_tags(node: Node) -> Iterator[Tag]:
    yield from _tags(node)
    for kind in ("rule", "scenario"):
        for child in _children(node, kind):
            yield from _all_tags(child)
    for examples in node.get("examples", ()):
        yield from _tags(examples)


def _line(node: Node) -> int:
    line: int = node["location"]["line"]
    return line
