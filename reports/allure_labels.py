"""How a scenario is filed in Allure: its requirements, labels and description; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from allure_commons.types import LabelType
from pytest_bdd.parser import Scenario

from hadrill.harness.model.requirement import Requirement

EPICS: Final = {"switch": "Switchover", "ha": "High availability", "dr": "Disaster recovery"}
SEVERITIES: Final = ("blocker", "critical", "normal", "minor", "trivial")
REQUIREMENT: Final = "requirement"
MEANT: Final = re.compile(r"[\\`*_\[\]<>&!~|#]")
"""Signs that mean something to Markdown, or to HTML within it; a backslash before one takes that away."""


def tags_of(scenario: Scenario) -> set[str]:
    """The tags of a scenario and of the rule and feature around it, without the at sign."""
    return scenario.tags | scenario.feature.tags | (scenario.rule.tags if scenario.rule else set())


def requirements_of(scenario: Scenario, catalogue: Mapping[str, Requirement]) -> tuple[Requirement, ...]:
    """The requirements that are among the tags, in the catalogue's order."""
    tags = tags_of(scenario)
    return tuple(requirement for clause, requirement in catalogue.items() if clause in tags)


def labels_of(scenario: Scenario, shown: Sequence[Requirement]) -> Iterator[tuple[str, str]]:
    """Name and value of each label.

    Epic is the document, feature the feature, story the rule; the suites say the same, since Allure would otherwise
    name them after Python modules. Severity is that of the gravest requirement.
    """
    epics = list(dict.fromkeys(EPICS.get(one.document, one.document) for one in shown))
    yield from ((LabelType.EPIC, epic) for epic in epics)
    yield from ((LabelType.PARENT_SUITE, epic) for epic in epics[:1])
    yield from ((LabelType.FEATURE, scenario.feature.name), (LabelType.SUITE, scenario.feature.name))
    if scenario.rule:
        yield from ((LabelType.STORY, scenario.rule.name), (LabelType.SUB_SUITE, scenario.rule.name))
    yield LabelType.SEVERITY, min((one.severity for one in shown), key=SEVERITIES.index, default="normal")
    yield from ((REQUIREMENT, one.id) for one in shown)


def description_of(scenario: Scenario, shown: Sequence[Requirement]) -> str:
    """Markdown: the requirements that are shown, then the words of feature, rule and scenario, which are text."""
    promises = "\n".join(
        f"- **{plain(one.id)}** ({plain(one.document)}, {plain(one.section)}): {plain(one.title)}" for one in shown
    )
    rule = scenario.rule.description if scenario.rule else ""
    words = (plain(text or "") for text in (scenario.feature.description, rule, scenario.description))
    return "\n\n".join(part.strip() for part in (promises, *words) if part.strip())


def plain(text: str) -> str:
    """Markdown that reads as the text does, whoever wrote it: neither markup, nor a link, nor a picture."""
    return MEANT.sub(r"\\\g<0>", text)
