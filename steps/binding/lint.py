"""Faults of a feature's form that would let it pass without showing anything, found before anything runs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hadrill.harness.visible import visible
from hadrill.steps.binding.feature_form import Feature, Outline, Rule
from hadrill.steps.binding.taken_tags import why_taken


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in a feature file that must be put right before the feature can run.

    Attributes:
        file: path of the feature file, as people name it.
        line: from 1.
        sentence: what is wrong there.
    """

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Known:
    """What features may name: requirements by id, objectives and lines by name."""

    requirements: Collection[str]
    objectives: Collection[str]
    lines: Collection[str]


def lint(feature: Feature, known: Known) -> list[Problem]:
    """All faults of form, in the order of their lines."""
    found = [*_of_feature(feature), *_of_tags(feature, known), *_of_characters(feature)]
    for rule in feature.rules:
        found += _of_rule(rule, known)
    for outline in feature.outlines:
        found += _of_steps(outline)
        found += _of_examples(outline)
        found += _of_names(outline, known)
    return [Problem(feature.file, line, sentence) for line, sentence in sorted(set(found))]


Fault = tuple[int, str]


def _of_feature(feature: Feature) -> Iterator[Fault]:
    if not feature.outlines:
        yield feature.line, "this feature has no scenario"
    first: dict[str, int] = {}
    for outline in feature.outlines:
        before = first.setdefault(outline.name, outline.line)
        if before != outline.line:
            yield outline.line, f"the scenario at line {before} has the same name: only one of them would run"


def _of_tags(feature: Feature, known: Known) -> Iterator[Fault]:
    for tag in feature.tags:
        if tag.is_requirement and tag.name not in known.requirements:
            yield tag.line, f"@{tag.name} is no requirement of the catalogue"
        if reason := why_taken(tag.name):
            yield tag.line, reason


def _of_characters(feature: Feature) -> Iterator[Fault]:
    """A terminal would obey some; reports show them instead, and would call a scenario otherwise than its feature."""
    for what, line, text in _supplied(feature):
        shown = visible(text)
        if shown != text:
            yield line, f"this {what} has a control character, which is shown here by its number: {shown}; leave it out"


def _supplied(feature: Feature) -> Iterator[tuple[str, int, str]]:
    """What kind of text, its line, and the text."""
    yield from (("tag", tag.line, tag.name) for tag in feature.tags)
    for outline in feature.outlines:
        yield "title", outline.line, outline.name
        yield from (("step", step.line, step.text) for step in outline.all_steps)
        for examples in outline.examples:
            cells = (*examples.columns, *(cell for row in examples.rows for cell in row.values()))
            yield from (("cell of Examples", examples.line, cell) for cell in cells)


def _of_rule(rule: Rule, known: Known) -> Iterator[Fault]:
    if not known.requirements or not any(tag.name in known.requirements for tag in rule.tags):
        yield rule.line, "a Rule needs the tag of the requirement that it shows, like @HA-4"
    if not rule.outlines:
        yield rule.line, "this Rule has no scenario: its requirement would not be shown"


def _of_steps(outline: Outline) -> Iterator[Fault]:
    types = [step.type for step in outline.all_steps]
    if not outline.steps:
        yield outline.line, "this scenario has no steps"
    elif types[0] == "":
        yield outline.all_steps[0].line, "the first step must begin with Given, When or Then"
    elif "then" not in types:
        yield outline.line, "this scenario has no Then: it would pass whatever happens"
    elif "when" not in types[: types.index("then")]:
        yield outline.line, "this scenario has no When before its Then: nothing is done that could be judged"
    elif types[-1] != "then":
        after_last_then = len(types) - types[::-1].index("then")
        yield outline.all_steps[after_last_then].line, "no Then follows this step: what it does is not judged"


def _of_examples(outline: Outline) -> Iterator[Fault]:
    if outline.is_outline and not outline.examples:
        yield outline.line, "this outline has no Examples: it would not run"
    for examples in outline.examples:
        if not examples.rows:
            yield examples.line, "these Examples have no rows: nothing would run"
        for column in sorted(outline.placeholders - set(examples.columns)):
            yield examples.line, f"these Examples have no column for <{column}>"


def _of_names(outline: Outline, known: Known) -> Iterator[Fault]:
    for step in outline.all_steps:
        for filled in outline.filled(step):
            yield from _strangers(step.line, "objective", filled.objectives, known.objectives)
            yield from _strangers(step.line, "line", filled.lines, known.lines)


def _strangers(line: int, what: str, named: list[str], there: Collection[str]) -> Iterator[Fault]:
    for name in named:
        if name not in there:
            yield line, f'there is no {what} "{name}"; there are: {", ".join(there)}'
