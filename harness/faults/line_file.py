"""The lines that features and people can name, with where their figures come from: a part of the objectives' file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

import hadrill.features
from hadrill.environments.toxics import FASTEST_KB_S
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.line import Cuts, LineProfile
from hadrill.harness.yaml_file import read_yaml

LINES: Final = Path(hadrill.features.__file__).resolve().parent / "objectives.yaml"

Seconds = Annotated[float, Field(ge=0.1, le=3600, allow_inf_nan=False)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def load_lines(path: Path | None = None) -> Mapping[str, LineProfile]:
    """Read the lines that come with hadrill, by name; those of a file of one's own stand in their place or beside them.

    Raises:
        WrongCall: the file is malformed; says where.
    """
    return {
        name: entry.as_profile(name)
        for each in (LINES, path)
        if each is not None
        for name, entry in read_yaml(each, _File).lines.items()
    }


def line_named(name: str, lines: Mapping[str, LineProfile]) -> LineProfile:
    """The one of that name; ``private-line`` is ``private line``, as a shell takes it.

    Raises:
        WrongCall: there is none; lists those that there are.
    """
    wanted = name.replace("-", " ")
    if wanted not in lines:
        raise WrongCall(f"there is no line {name!r}; there are: {', '.join(lines)}")
    return lines[wanted]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Cuts(_Entry):
    after_s: tuple[Seconds, Seconds]
    last_s: tuple[Seconds, Seconds]

    @model_validator(mode="after")
    def _in_order(self) -> "_Cuts":
        for name, (least, most) in (("after_s", self.after_s), ("last_s", self.last_s)):
            if least > most:
                raise ValueError(f"{name} gives its least first and its most then, not {least:g} and {most:g}")
        return self


class _Line(_Entry):
    latency_ms: Annotated[int, Field(ge=1, le=1000)]
    jitter_ms: Annotated[int, Field(ge=0)]
    rate_kb_s: Annotated[int, Field(ge=1, le=FASTEST_KB_S)]
    cuts: _Cuts | None = None
    source: Sentence

    @model_validator(mode="after")
    def _possible(self) -> "_Line":
        if self.jitter_ms > self.latency_ms:
            raise ValueError(f"a jitter of {self.jitter_ms} ms exceeds the latency of {self.latency_ms} ms")
        return self

    def as_profile(self, name: str) -> LineProfile:
        """The same as plain data."""
        cuts = Cuts(self.cuts.after_s, self.cuts.last_s) if self.cuts else None
        return LineProfile(name, self.latency_ms, self.jitter_ms, self.rate_kb_s, cuts, self.source)


class _File(BaseModel):
    """What else the file holds is somebody else's to read."""

    version: Literal[1]
    lines: dict[str, _Line] = Field(default_factory=dict)
