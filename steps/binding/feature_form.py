"""What a feature says, as far as its form matters: rules, scenarios, steps and tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

REQUIREMENT = re.compile(r"[A-Z]{2,}-\d+")
OBJECTIVE = re.compile(r'\bobjective "([^"]*)"')
LINE = re.compile(r'\bline between the regions is like a "([^"]*)"')
COLUMN = re.compile(r"<([^<>]+)>")


def columns_in(text: str) -> set[str]:
    """The columns of Examples that a text asks for."""
    return set(COLUMN.findall(text))


def filled(text: str, row: Mapping[str, str]) -> str:
    """The text with the cells of a row in place of their columns' names."""
    return COLUMN.sub(lambda hit: row.get(hit[1], hit[0]), text)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag without its @."""

    line: int
    name: str

    @property
    def is_requirement(self) -> bool:
        """It has the form of a clause id, like HA-4."""
        return REQUIREMENT.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A step.

    Attributes:
        type: given, when or then, that of the step before for And and But; empty where there is none.
    """

    line: int
    type: str
    text: str

    @property
    def objectives(self) -> list[str]:
        """The objectives that it names."""
        return OBJECTIVE.findall(self.text)

    @property
    def lines(self) -> list[str]:
        """The lines between regions that it names."""
        return LINE.findall(self.text)

    def filled(self, row: Mapping[str, str]) -> "Sentence":
        """The step with the cells of a row in place of their columns' names."""
        return Sentence(self.line, self.type, filled(self.text, row))


@dataclass(frozen=True, slots=True)
class Examples:
    """One table of an outline; each row has a cell for each column."""

    line: int
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A scenario, or several that a table fills in.

    Attributes:
        is_outline: it needs Examples to run.
        background: steps that stand before its own.
    """

    line: int
    name: str
    is_outline: bool
    background: tuple[Sentence, ...]
    steps: tuple[Sentence, ...]
    examples: tuple[Examples, ...]

    @property
    def all_steps(self) -> tuple[Sentence, ...]:
        """In the order in which they run."""
        return (*self.background, *self.steps)

    @property
    def rows(self) -> list[Mapping[str, str]]:
        """Of all its tables."""
        return [row for examples in self.examples for row in examples.rows]

    def filled(self, step: Sentence) -> Iterator[Sentence]:
        """One of its steps for each row of the Examples, where a row decides."""
        for row in self.rows if columns_in(step.text) else [{}]:
            yield step.filled(row)

    @property
    def placeholders(self) -> set[str]:
        """The columns that its name and steps ask for."""
        return set().union(*(columns_in(text) for text in (self.name, *(step.text for step in self.all_steps))))


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise and the scenarios that show it."""

    line: int
    tags: tuple[Tag, ...]
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature file.

    Attributes:
        file: its path, as people name it.
        tags: all that stand anywhere in it.
        outlines: all scenarios, those of the rules included.
    """

    file: str
    line: int
    tags: tuple[Tag, ...]
    rules: tuple[Rule, ...]
    outlines: tuple[Outline, ...]
