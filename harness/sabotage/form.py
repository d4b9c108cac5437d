"""Sabotages as they are written down: YAML, ours and those from outside the tree in the same form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from hadrill.harness.sabotage.entry import NotShown, Sabotage
from hadrill.harness.yaml_file import read_yaml

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Titles = Annotated[
    tuple[Sentence, ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    Field(min_length=1),
]


def read_sabotages(path: Path) -> tuple[Sabotage, ...]:
    """The sabotages of a file, in its order.

    Raises:
        WrongCall: the file is malformed; the first such place is named.
    """
    return tuple(entry.named(name) for name, entry in read_yaml(path, _File).sabotages.items())


def read_not_shown(path: Path) -> NotShown:
    """What no sabotage shows, each with the reason; raises WrongCall."""
    read = read_yaml(path, _NotShown)
    return NotShown(read.decisions, read.checks, read.promises)


class _Entry(BaseModel):
    """Scenarios stand under the reason for which they fail: a check under ``must``, a sentence under ``may``.

    Under ``says`` stands, by check, a piece of what it finds, where that check alone does not tell one from another.

    Under ``may`` can stand more than are meant, a list that several sabotages share: those under ``must`` must.
    """

    model_config = ConfigDict(extra="forbid")

    breaks: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2,}-[1-9][0-9]*)?$")] = ""
    decision: Sentence
    value: bool
    why: str = ""
    must: Annotated[dict[Sentence, Titles], Field(min_length=1)]
    may: dict[Sentence, Titles] = {}
    says: dict[Sentence, Sentence] = {}

    def named(self, name: str) -> Sabotage:
        must = _by_title(self.must)
        may = {title: reasons[0] for title, reasons in _by_title(self.may).items() if title not in must}
        return Sabotage(name, self.breaks, self.decision, self.value, self.why, must, may, self.says)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1]
    sabotages: Annotated[dict[Name, _Entry], Field(min_length=1)]


class _NotShown(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1]
    decisions: dict[Sentence, Sentence]
    checks: dict[Sentence, Sentence]
    promises: dict[Sentence, Sentence]


def _by_title(by_reason: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The reasons of each scenario: one that stands under several must fail by each of them."""
    titles = dict.fromkeys(title for titles in by_reason.values() for title in titles)
    return {title: tuple(reason for reason, named in by_reason.items() if title in named) for title in titles}
