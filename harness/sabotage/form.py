"""Sabotages as they are written down: YAML, ours and those from outside the tree in the same form."""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from hadrill.harness.errors import WrongCall
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
        WrongCall: the file is malformed, the first such place is named; or a function of a user's own is not there.
    """
    return tuple(entry.named(name, path.absolute().parent) for name, entry in read_yaml(path, _File).sabotages.items())


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
    decision: str = ""
    value: bool | None = None
    change: Annotated[str, StringConstraints(pattern=r"^(.+\.py:[A-Za-z_]\w*)?$")] = ""
    why: str = ""
    must: Annotated[dict[Sentence, Titles], Field(min_length=1)]
    may: dict[Sentence, Titles] = {}
    says: dict[Sentence, Sentence] = {}

    @model_validator(mode="after")
    def changes_one_thing(self) -> Self:
        """A decision with its value, or a function."""
        if (not self.decision, self.value is None) != (bool(self.change),) * 2:
            raise ValueError("needs a decision and its value, or in place of both a change: FILE.py:FUNCTION")
        return self

    def named(self, name: str, folder: Path) -> Sabotage:
        """Paths are those beside the file that it stands in; raises WrongCall."""
        change = str(folder / self.change) if self.change else ""
        if change:
            _require_function(name, change)
        must = _by_title(self.must)
        may = {title: reasons[0] for title, reasons in _by_title(self.may).items() if title not in must}
        return Sabotage(name, self.breaks, self.decision, self.value is True, self.why, must, may, self.says, change)


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


def _require_function(name: str, change: str) -> None:
    """See that it is there, without running anything of it."""
    path, _, function = change.rpartition(":")
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError) as error:
        raise WrongCall(f"{name}: {path} cannot be read as Python: {error}") from error
    there = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
    if function not in there:
        raise WrongCall(f"{name}: {path} has no function {function!r}; it has: {', '.join(there) or 'none'}")


def _by_title(by_reason: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The reasons of each scenario: one that stands under several must fail by each of them."""
    titles = dict.fromkeys(title for titles in by_reason.values() for title in titles)
    return {title: tuple(reason for reason, named in by_reason.items() if title in named) for title in titles}
